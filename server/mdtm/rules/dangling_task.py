from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.problem import Problem, Severity
from mdtm.schema.sessions import RELATED_TASKS, SESSION_LOG
from mdtm.task_links import missing, missing_fixes
from mdtm.workspace import Workspace


@only("session-log", "sprint")
def dangling_task(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A task that a session or a sprint lists does not exist.

    Whoever follows the trace from the session to its tasks finds nothing.
    Nothing is said in a workspace without tasks, and no fix takes an id off the list that the log itself names.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        related_tasks = ["TASK-DEV-20250605-10150"]
        +++
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
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        +++
    """
    key = RELATED_TASKS if document.schema is SESSION_LOG else "tasks"
    if workspace.trace is None or not document.frontmatter.may_hold(key):
        return
    for link in missing(document, workspace.trace, key):
        named = any(link.id in reading.task_ids for reading in document.body)
        fixes = () if named else missing_fixes(document, link, workspace.trace)
        yield Problem("dangling-task", Severity.WARNING, link.span, f"no task has the id {link.id}", fixes)
