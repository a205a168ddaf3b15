"""What is looked at before a task, a sprint or a session is over: each check is a row.

What is required stands in the way; what is recommended is only told. `docs/completion.md` lists them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from mdtm.clock.estimate import variance
from mdtm.wording import counted

SUMMARY_LENGTH = 20
"""Characters that a summary should have."""
UPDATES = 2
"""Updates that should tell how a task went."""
ENTRIES = 2
"""Entries that should tell how a session went."""
VARIANCE = 25
"""Percent that a task may take longer than estimated before it is told."""

About = Literal["task", "sprint", "session"]
Weight = Literal["required", "recommended"]


class TaskFacts(NamedTuple):
    """What is known of a task."""

    id: str
    summary: str = ""
    """What came of it, as far as anything says so."""
    updates: int = 0
    subtasks: int = 0
    open_subtasks: tuple[str, ...] = ()
    """Their ids."""
    boxes: int = 0
    open_boxes: tuple[str, ...] = ()
    """Their numbers and texts: `2 "Tiles"`."""
    estimated_hours: float | None = None
    actual_hours: float | None = None

    @property
    def variance_percent(self) -> float | None:
        """How much longer it took than estimated; negative when it took less; None when it cannot be known."""
        return variance(self.estimated_hours, self.actual_hours)

    @property
    def details(self) -> dict[str, Any]:
        actual = None if self.actual_hours is None else round(self.actual_hours, 2)
        return {**_listed(self), "actual_hours": actual, "variance_percent": self.variance_percent}


class SprintFacts(NamedTuple):
    """What is known of a sprint."""

    id: str
    tasks: int = 0
    open_tasks: tuple[str, ...] = ()
    """Their ids."""
    notes: int = 0

    @property
    def details(self) -> dict[str, Any]:
        return _listed(self)


class SessionFacts(NamedTuple):
    """What is known of a session."""

    id: str
    contexts: int = 0
    """How often something was put on its stack, or how much stands there."""
    entries: int = 0

    @property
    def details(self) -> dict[str, Any]:
        return _listed(self)


Facts = TaskFacts | SprintFacts | SessionFacts


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at; what it says may name `{id}` and the first of what is open, `{first}`."""

    name: str
    weight: Weight
    label: str
    """What is so when all is well."""
    fault: Callable[[Any], str]
    """What the thing has when it is not, in words that "has" can stand before; empty when all is well."""
    command: str
    """What makes it so."""
    left: Callable[[Any], tuple[str, ...]] = lambda _: ()
    """What is open, where there may be several."""
    applies: Callable[[Any], object] = lambda _: True
    """Whether there is anything to look at; if not, the check is left out."""
    count: Callable[[Any], str] = lambda _: ""
    """How far it is, for the label."""
    question: str = ""
    """What a person is asked whose answer makes it so."""


TASK: tuple[Check, ...] = (
    Check(
        "summary", "required", "A summary says what came of it",
        lambda task: "" if task.summary else "no summary",
        'mdtm task done {id} "what came of it"',
        question="What came of {id}?",
    ),
    Check(
        "summary_length", "recommended", f"The summary has {SUMMARY_LENGTH} characters or more",
        lambda task: "" if len(task.summary) >= SUMMARY_LENGTH else f"a summary of {len(task.summary)} characters only",
        'mdtm task done {id} "what came of it"',
        applies=lambda task: task.summary,
    ),
    Check(
        "updates", "recommended", f"{UPDATES} updates or more tell how it went",
        lambda task: "" if task.updates >= UPDATES else _only(task.updates, "update", "updates"),
        'mdtm log "{id}: how it goes" --kind update',
        count=lambda task: str(task.updates),
    ),
    Check(
        "subtasks", "required", "All subtasks are closed",
        lambda task: _counted(len(task.open_subtasks), "open subtask"),
        'mdtm task done {first} "what came of it"',
        lambda task: task.open_subtasks, lambda task: task.subtasks,
        lambda task: _of(task.subtasks, task.open_subtasks),
    ),
    Check(
        "boxes", "required", "All boxes are ticked",
        lambda task: _counted(len(task.open_boxes), "open box"),
        "mdtm task tick {id} {first}",
        lambda task: task.open_boxes, lambda task: task.boxes, lambda task: _of(task.boxes, task.open_boxes),
    ),
    Check(
        "time", "recommended", "Its time is known, estimated or actual",
        lambda task: "no time data" if task.estimated_hours is None and task.actual_hours is None else "",
        "mdtm task show {id}",
    ),
    Check(
        "actual_time", "recommended", "The actual time stands beside the estimate",
        lambda task: "an estimate but no actual time" if task.actual_hours is None else "",
        "mdtm task show {id}",
        applies=lambda task: task.estimated_hours is not None,
    ),
    Check(
        "variance", "recommended", f"It took at most {VARIANCE} % longer than estimated",
        lambda task: f"taken {task.variance_percent:g} % longer than estimated" if task.variance_percent > VARIANCE
        else "",
        "mdtm task show {id}",
        applies=lambda task: task.variance_percent is not None,
    ),
)  # fmt: skip
SPRINT: tuple[Check, ...] = (
    Check(
        "tasks", "required", "All tasks are closed",
        lambda sprint: _counted(len(sprint.open_tasks), "open task"),
        'mdtm task done {first} "what came of it"',
        lambda sprint: sprint.open_tasks, lambda sprint: sprint.tasks,
        lambda sprint: _of(sprint.tasks, sprint.open_tasks),
    ),
    Check(
        "notes", "recommended", "Notes tell how it went",
        lambda sprint: "" if sprint.notes else "no notes",
        'mdtm sprint complete {id} "how it went"',
    ),
)  # fmt: skip
SESSION: tuple[Check, ...] = (
    Check(
        "context", "recommended", "Its context says what was worked on",
        lambda session: "" if session.contexts else "an empty context",
        "mdtm show {id}",
    ),
    Check(
        "entries", "recommended", f"{ENTRIES} entries or more tell how it went",
        lambda session: "" if session.entries >= ENTRIES else _only(session.entries, "entry", "entries"),
        'mdtm log "what happened"',
        count=lambda session: str(session.entries),
    ),
)  # fmt: skip
CHECKS: dict[About, tuple[Check, ...]] = {"task": TASK, "sprint": SPRINT, "session": SESSION}


def _of(there: int, left: tuple[str, ...]) -> str:
    return f"{there - len(left)} of {there}"


def _counted(number: int, what: str) -> str:
    return counted(number, what) if number else ""


def _only(number: int, one: str, several: str) -> str:
    return f"only {number} {one if number == 1 else several}" if number else f"no {several}"


def _listed(facts: Facts) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in facts._asdict().items()}
