from __future__ import annotations

import re
from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.field_edit import append_item, insert_field
from mdtm.joined import all_in, joined
from mdtm.markdown import Reading
from mdtm.marks import placed_task_ids
from mdtm.paths import plain, stem
from mdtm.problem import Fix, Problem, Severity
from mdtm.schema.sessions import RELATED_TASKS, SESSION_LOG
from mdtm.text import Span
from mdtm.toml.writing import text_value
from mdtm.trace import Trace
from mdtm.workspace import Workspace

UNLINKED = "unlinked"
"""The word with which `mdtm task unlink` tells the log."""
_TOLD = re.compile(r"\b(?:delegat|assign|creat|start)(?:e|ed|ing)\b", re.I)
_STAMPED = re.compile(r"\d{6}")


@only("session-log")
def unlisted_task(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """The log names a task that is not in `related_tasks`.

    The list is how tools find the tasks that came out of a session; one that it lacks is lost to them.
    Tasks that there are count wherever the log names them, unless it tells that they were unlinked.
    Others count only where an entry tells that they were created, started or given to somebody.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        related_tasks = []
        +++

        ## Log Entries

        - [2025-06-05T03:20:00Z] `dev-api`: Delegated `TASK-DEV-20250605-101500` to `dev-web`: slots
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        +++

    Good:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        related_tasks = ["TASK-DEV-20250605-101500"]
        +++

        ## Log Entries

        - [2025-06-05T03:20:00Z] `dev-api`: Delegated `TASK-DEV-20250605-101500` to `dev-web`: slots
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        +++
    """
    named = _named(document)
    if not named:
        return
    listed = {plain(item.data) for item in document.frontmatter.strings(RELATED_TASKS)}
    listed |= {stem(path) for path in listed}
    left = {name for name in named if plain(name) not in listed}
    left -= _unlinked(document, left)
    for index, reading in enumerate(document.body if left else ()):
        start = document.text.block_start(index)[1]
        for name, number, at in _mentions(reading, left):
            task = _meant(name, reading, number, at, workspace.trace)
            if task and plain(task) not in listed:
                listed.add(plain(task))
                left.discard(name)
                span = Span(at, at + len(name)).moved(start + reading.line_start(number))
                message = f"{task} is not in {RELATED_TASKS}"
                fixes = _fixes(task, document, workspace.trace)
                yield Problem("unlisted-task", Severity.WARNING, span, message, fixes)


@joined(all_in)
def _named(reading: Reading) -> frozenset[str]:
    return reading.task_ids


def _unlinked(document: Document, names: set[str]) -> set[str]:
    """The tasks that the log tells to be none of the session's any more."""
    readings = (reading for reading in document.body if names and UNLINKED in reading.text)
    lines = [line for reading in readings for line in reading.block.lines if UNLINKED in line]
    return {name for name in names if any(name in line for line in lines)}


def _mentions(reading: Reading, left: set[str]) -> Iterator[tuple[str, int, int]]:
    """The names, with the lines and the places in them, that stand neither in code nor in a comment."""
    wanted = reading.task_ids & left
    for number, line in enumerate(reading.block.lines if wanted else ()):
        state = reading.state_before(number)
        if "TASK-" in line and not (state.fence or state.comment or state.skip):
            yield from ((name, number, at) for name, at in placed_task_ids(line) if name in wanted)


def _meant(name: str, reading: Reading, number: int, at: int, trace: Trace | None) -> str:
    """The id of the task that is named; empty when nothing shows that it belongs to the session."""
    if trace and (known := trace.task_named(name)):
        return known
    mark = reading.mark(number)
    told = mark is not None and mark.entry is not None and _TOLD.search(reading.block.lines[number], 0, at)
    return name if told and _STAMPED.search(name) else ""


def _fixes(task: str, document: Document, trace: Trace | None) -> tuple[Fix, ...]:
    """Adding it; a person should look first where the workspace has other tasks, but not this one."""
    field = document.frontmatter.get(RELATED_TASKS)
    if document.frontmatter.syntax != "toml" or (field and field.value.kind != "array"):
        return ()
    if field:
        edits = append_item(document, field.value, task)
    else:
        edits = (insert_field(document, RELATED_TASKS, f"[{text_value(task)}]", SESSION_LOG.order),)
    safe = trace is None or not trace.tasks or trace.task_named(task) != ""
    return (Fix(f"Add it to {RELATED_TASKS}", edits, safe),)
