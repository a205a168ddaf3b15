"""What the files tell of a task, a sprint or a session, as the checks of its end ask for it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import datetime

from mdtm.clock.estimate import estimate_of
from mdtm.clock.intervals import clock_of, on_task, standing
from mdtm.completion import Completion, completion
from mdtm.completion.checks import SessionFacts, SprintFacts, TaskFacts
from mdtm.context.log import stack_of, switches_in
from mdtm.document import Document
from mdtm.files import Files
from mdtm.history import Event, events
from mdtm.schema.documents import SPRINT
from mdtm.schema.find import SESSION_LOG_NAME
from mdtm.schema.sessions import SESSION_LOG
from mdtm.sessions import active_folder, session_folders
from mdtm.sprints import sprint_id, tasks_of
from mdtm.task_links import may_be_closed, parts_of
from mdtm.task_summary import HEADINGS, last_said, matter_told, sections, summary_in, summary_told
from mdtm.tasks import boxes, is_closed, is_task, task_id
from mdtm.trace import Trace

BOOKKEEPING = frozenset({"start", "pause", "resume", "end", "delegation", "status", "context", "asked", "given"})
"""Kinds of entries that tell of a task, but not of how it goes."""
_MADE = re.compile(r"\W*Task `[^`]*` (?:created|linked|unlinked)\b")
"""What mdtm writes when a task comes or goes."""


def task_facts(
    files: Files,
    trace: Trace,
    task: Document,
    now: datetime | None = None,
    summary: str = "",
    closing: Collection[str] = (),
) -> TaskFacts:
    """What is known of a task; a summary that is given wins, and tasks that are closing at the same time are closed.

    Without the time now, a clock that runs is taken to stand at the last entry of its log.
    """
    own_id, there, parts = task_id(task), boxes(task), parts_of(task, trace)
    told = [event for log in logs_naming(files, own_id) for event in events_naming(log, own_id)]
    updates = [event for event in (*events(task), *told) if _is_update(event, own_id)]
    estimate, clocked = estimate_of(task.frontmatter), seconds_on_task(files, trace, own_id, now)
    return TaskFacts(
        own_id,
        summary.strip() or summary_in(task) or last_said(summary_told(event, own_id) for event in told),
        len({(event.stamp, matter_told(event, own_id)) for event in updates}),
        len(parts),
        tuple(row.id for row in parts if not may_be_closed(row.status) and row.id not in closing),
        len(there),
        tuple(f'{box.number} "{box.text}"' for box in there if not box.ticked),
        estimate.estimated or None,
        estimate.actual or clocked / 3600 or None,
    )


def session_facts(log: Document | None, own_id: str) -> SessionFacts:
    """What is known of a session; one without a log has no entries."""
    if log is None:
        return SessionFacts(own_id)
    pushed = sum(told.switch.what == "pushed" for told in switches_in(log))
    return SessionFacts(own_id, max(pushed, len(stack_of(log))), sum(len(reading.entry_lines) for reading in log.body))


def sprint_facts(files: Files, sprint: Document, note: str = "") -> SprintFacts:
    """What is known of a sprint; a note that is given counts as one of its own."""
    there = tasks_of(files, sprint)
    left = tuple(task_id(task) for task in there if not is_closed(task))
    prose = [text for text in sections(sprint, HEADINGS | {"notes"}) if text]
    notes = sum(len(reading.entry_lines) for reading in sprint.body) + len(prose) + bool(note.strip())
    return SprintFacts(sprint_id(sprint), len(there), left, notes)


def completion_of(
    files: Files, document: Document, now: datetime | None = None, trace: Trace | None = None
) -> Completion | None:
    """What comes of the checks of a task, a sprint or a session; None for other documents."""
    if is_task(document):
        return completion("task", task_facts(files, trace or Trace(files), document, now))
    if document.schema is SPRINT:
        return completion("sprint", sprint_facts(files, document))
    if document.schema is SESSION_LOG:
        return completion("session", session_facts(document, document.folder.rpartition("/")[2]))
    return None


def logs_naming(files: Files, own_id: str) -> Iterator[Document]:
    """The logs of all sessions that name a task."""
    for folder in session_folders(files):
        path = f"{folder}/{SESSION_LOG_NAME}"
        text = files.text(path)
        if text is not None and own_id in text:
            yield Document.read(path, text)


def events_naming(log: Document, own_id: str) -> list[Event]:
    """The entries of a log that name a task."""
    name = _name(own_id)
    return [event for event in events(log) if name.search(event.text)]


def seconds_on_task(files: Files, trace: Trace, own_id: str, now: datetime | None) -> int:
    """For how many seconds a task was worked on, in all sessions together; until now in the active one."""
    folder = active_folder(files) if now else None
    record = trace.clocks.record(folder) if folder else None
    running = on_task(clock_of(record, now, 0), own_id) - on_task(standing(record), own_id) if record and now else 0
    return trace.clocks.on_task(own_id) + running


def _is_update(event: Event, own_id: str) -> bool:
    """Whether an entry tells how a task goes; that of its end does not."""
    ended = event.kind == "result" and re.match(rf"\W*{re.escape(own_id)}`? is done\b", event.matter)
    return event.kind not in BOOKKEEPING and not _MADE.match(event.text) and not ended


def _name(own_id: str) -> re.Pattern[str]:
    """An id that stands by itself, not at the beginning of a longer one."""
    return re.compile(rf"(?<![\w-]){re.escape(own_id)}(?![\w-])")
