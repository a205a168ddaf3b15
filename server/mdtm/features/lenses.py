"""What stands above a text: how it stands with a session, a task or a sprint, and what can be done with it now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from mdtm.clock.estimate import estimate_of
from mdtm.clock.intervals import session_clock
from mdtm.document import Document
from mdtm.facts import seconds_on_task
from mdtm.features.shape.landmarks import landmarks, sections
from mdtm.features.shape.subject import kind_of
from mdtm.features.telling import NO_STATUS, in_line
from mdtm.files import Files
from mdtm.marks import CheckBox
from mdtm.paths import plain
from mdtm.schema.sessions import RELATED_ARTIFACTS, RELATED_TASKS
from mdtm.schema.statuses import ACTIVE, COMPLETED, FAILED, PAUSED
from mdtm.sessions import Session, active_folder, session_in
from mdtm.sprints import LIST, sprint_id
from mdtm.task_links import may_be_closed
from mdtm.tasks import IN_PROGRESS, boxes, is_closed, status_meant, status_of, task_id
from mdtm.trace import Trace
from mdtm.trace.rows import TaskRow
from mdtm.wording import counted, short_duration

SESSION_VERBS = {
    ACTIVE: ("session.pause", "session.complete"),
    PAUSED: ("session.resume", "session.complete"),
    COMPLETED: ("session.reopen",),
    FAILED: ("session.reopen",),
}
"""For each state of a session what can be done with it."""
VERBS: dict[str, dict[bool, tuple[str, ...]]] = {
    "task": {False: ("task.activate", "task.done"), True: ("task.deactivate", "task.done")},
    "sprint": {False: ("sprint.activate", "sprint.complete"), True: ("sprint.complete",)},
}
"""For each kind what can be done with one that is not closed: where nobody is at work on it, and where somebody is."""


class Boxes(NamedTuple):
    """How many of the boxes right below a heading are ticked."""

    start: int
    """The offset of the heading's line."""
    ticked: int
    all: int

    @property
    def title(self) -> str:
        return f"{self.ticked} of {self.all} done"


def verbs(files: Files, document: Document) -> list[tuple[str, dict[str, str]]]:
    """The verbs that are possible now with what a document is about, each with what it is told."""
    kind = kind_of(document)
    if kind == "session":
        session = _session(files, document)
        return [(name, {"session": session.id}) for name in session_verbs(session)] if session else []
    if kind not in VERBS or is_closed(document):
        return []
    at_work = status_meant(status_of(document)) == IN_PROGRESS
    return [(name, {kind: document.path}) for name in VERBS[kind][at_work]]


def session_verbs(session: Session) -> tuple[str, ...]:
    """What can be done now with a session."""
    return SESSION_VERBS.get(ACTIVE if session.place is None else session.place, ())


def shows(files: Files, document: Document) -> tuple[str, dict[str, str]] | None:
    """The verb that tells more than a line above the text can; None where there is none."""
    kind = kind_of(document)
    if kind == "session":
        session = _session(files, document)
        return ("session.show", {"session": session.id}) if session else None
    return (f"{kind}.show", {kind: document.path}) if kind in VERBS else None


def standing(files: Files, document: Document, trace: Trace, now: datetime) -> str:
    """How it stands with what a document is about: its status, what is open, the time; empty for other documents."""
    kind = kind_of(document)
    if kind == "session":
        session = _session(files, document)
        return in_line(*_of_session(session, trace, now)) if session else ""
    if kind == "task":
        return in_line(*_of_task(files, document, trace, now))
    return in_line(*_of_sprint(document, trace)) if kind == "sprint" else ""


def progress(document: Document) -> Iterator[Boxes]:
    """For each heading that has boxes of its own, not those below another heading, how many are ticked."""
    starts = {section.first for section in sections(document)}
    start, ticked, every = -1, 0, 0
    for mark in landmarks(document):
        if mark.first in starts and mark.kind == "heading":
            if every and start >= 0:
                yield Boxes(start, ticked, every)
            start, ticked, every = mark.start, 0, 0
        elif isinstance(mark.item, CheckBox):
            ticked, every = ticked + mark.item.ticked, every + 1
    if every and start >= 0:
        yield Boxes(start, ticked, every)


def _session(files: Files, document: Document) -> Session | None:
    return session_in(files, document.folder, active_folder(files), document)


def _of_session(session: Session, trace: Trace, now: datetime) -> Iterator[str]:
    yield session.standing or NO_STATUS
    listed = session.log.frontmatter.texts(RELATED_TASKS) if session.log else ()
    rows = [rows[0] for one in listed if one and (rows := trace.tasks.get(plain(one)))]
    yield _open_of(rows)
    artifacts = len(session.log.frontmatter.texts(RELATED_ARTIFACTS)) if session.log else 0
    yield counted(artifacts, "artifact") if artifacts else ""
    clock = session_clock(session, now)
    yield f"{short_duration(clock.active)} active" if clock.known else ""


def _of_task(files: Files, task: Document, trace: Trace, now: datetime) -> Iterator[str]:
    yield status_of(task) or NO_STATUS
    there = boxes(task)
    yield f"{sum(box.ticked for box in there)} of {counted(len(there), 'box')} ticked" if there else ""
    own_id = plain(task_id(task))
    yield _open_of([row for row in trace.children.get(own_id, ()) if plain(row.id) != own_id], "subtask")
    estimate, clocked = estimate_of(task.frontmatter), seconds_on_task(files, trace, own_id, now)
    worked = short_duration(clocked) if clocked else f"{estimate.actual:g} h" if estimate.actual else ""
    of = f" of {estimate.estimated:g} h" if estimate.estimated else ""
    yield f"{worked or '0:00'}{of} at work" if worked or of else ""


def _of_sprint(sprint: Document, trace: Trace) -> Iterator[str]:
    yield status_of(sprint) or NO_STATUS
    listed = {plain(one) for one in sprint.frontmatter.texts(LIST) if one}
    named = {plain(row.id) for row in trace.members.get(plain(sprint_id(sprint)), ())}
    yield _open_of([trace.tasks[one][0] for one in sorted(listed | named) if one in trace.tasks])


def _open_of(rows: list[TaskRow], what: str = "task") -> str:
    left = sum(not may_be_closed(row.status) for row in rows)
    return f"{left} of {counted(len(rows), what)} open" if rows else ""
