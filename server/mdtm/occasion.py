"""What an operation may know, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mdtm.files import Files
from mdtm.plan import Plan
from mdtm.sessions import Session, active_folder, chosen, session_in
from mdtm.settings import DEFAULTS, Settings
from mdtm.workflow import temporary


@dataclass(frozen=True, slots=True)
class Occasion:
    """The world as it is when somebody asks for something; made at a wall."""

    files: Files
    now: datetime
    """With its zone."""
    actor: str
    """Who asks: a mode, or a person's name."""
    template: Callable[[str], str]
    """Gives the text of a template that comes with mdtm, by its file's name."""
    session_id: str = ""
    """The session that is meant; empty for the active one."""
    settings: Settings = DEFAULTS
    source: str = ""
    """The face that was asked: cli, editor or mcp; empty where that is not known."""

    def session(self) -> Session:
        """The session that is meant.

        Raises:
            Refused: there is none.
        """
        return chosen(self.files, self.session_id)

    def session_if_any(self) -> Session | None:
        """The same; None where none is named and none is active.

        Raises:
            Refused: one is named that does not exist.
        """
        if self.session_id:
            return self.session()
        active = active_folder(self.files)
        return session_in(self.files, active, active) if active else None

    def workplace(self) -> Session:
        """The session that is meant; where sessions are workflow ones and none is active, the temporary one.

        Raises:
            Refused: there is neither.
        """
        free = not self.session_id and active_folder(self.files) is None
        found = temporary(self.files, self.template, self.now, self.settings.dialect) if free else None
        return found or self.session()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an operation: a change that is still to be made, and what to say."""

    text: str
    """For people, in one line or more."""
    plan: Plan = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    """The same for programs: what JSON can say."""
    show: str = ""
    """The path of a file that is worth looking at now."""
    status: int = 0
    """The exit status of the command line: 1 when what was looked for is found, as a check does."""
    situation: str = ""
    """The kind of situation that the instructions are for, where the verb alone does not show it."""
    instructions: Mapping[str, Any] = field(default_factory=dict)
    """What comes next, as the part `instructions` makes it; empty where nothing was changed."""
