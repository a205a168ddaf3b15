"""What a verb is: an operation, its names, and what it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from mdtm.occasion import Outcome


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that a verb is told."""

    name: str
    """As the operation calls it."""
    meaning: str
    kind: Literal["text", "texts", "number", "flag"] = "text"
    required: bool = False
    positional: bool = False
    """Whether it has no name on the command line, only its place."""
    choices: tuple[str, ...] = ()
    while_active: tuple[str, ...] = ()
    """Those of the choices that make sense only while a session is active."""
    question: str = ""
    """What a person is asked when it is missing; empty for what is not asked for."""
    option: str = ""
    """Its name on the command line, where that differs."""
    from_input: bool = False
    """Whether `-` on the command line stands for what comes in over standard input; of several texts one a line."""
    offers: Literal["", "task", "sprint", "context", "rest"] = ""
    """What of the workspace a person may choose from; with "context" that is of the type which is told before.

    With "rest" it is to resume the session at rest that is suggested for the goal."""
    is_path: bool = False
    """Whether it may be the path of a file, which the command line takes from the current folder too."""

    @property
    def input_told(self) -> str:
        """What is said of standard input behind the meaning."""
        if not self.from_input:
            return ""
        return f"; `-` reads {'them, one a line,' if self.kind == 'texts' else 'it'} from standard input"


@dataclass(frozen=True, slots=True)
class Verb:
    """One operation and its names."""

    name: str
    """Behind `mdtm.`, as editors call it."""
    words: tuple[str, ...]
    """Behind `mdtm`, as it is called on the command line."""
    title: str
    """What a menu shows."""
    run: Callable[..., Outcome]
    example: str
    parameters: tuple[Parameter, ...] = ()
    of_session: bool = True
    """Whether it is about one session, which may be named; else the active one is meant."""
    session_first: bool = False
    """Whether the session is named by the first word on the command line, else by --session."""
    aliases: tuple[str, ...] = ()
    """Other last words for it on the command line."""
    states: tuple[int, ...] = ()
    """For a verb that needs a session named: in which states one can be, of active, paused, completed, error."""
    situation: str = "task_update"
    """Which kind of instructions come after it, of `instructions.KINDS`."""


TASK = Parameter(
    "task", "its id, or its path", required=True, positional=True, question="Which task?", is_path=True, offers="task"
)
"""The task that a verb is about."""
NOTE = Parameter("note", "what there is to say about it, for the log", positional=True)
"""What goes into the entry that the verb writes."""
