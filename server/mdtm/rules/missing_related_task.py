from __future__ import annotations

from collections.abc import Iterator

from mdtm.document import Document
from mdtm.problem import Problem, Severity
from mdtm.schema.sessions import RELATED_TASKS
from mdtm.task_links import is_placed_task, missing, missing_fixes
from mdtm.workspace import Workspace


def missing_related_task(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A task in `related_tasks` of a task does not exist.

    The link leads nowhere, and what was meant is lost.
    Only ids are looked up, in a workspace that has tasks, and only in tasks that lie where tasks lie.

    Bad:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        related_tasks = ["TASK-API-20250605-09000"]
        +++
        -- .ruru/tasks/FEATURE_Slots/TASK-API-20250605-090000.md --
        +++
        id = "TASK-API-20250605-090000"
        title = "Serve the slots"
        status = "🟢 Done"
        type = "🌟 Feature"
        +++

    Good:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        related_tasks = ["TASK-API-20250605-090000"]
        +++
        -- .ruru/tasks/FEATURE_Slots/TASK-API-20250605-090000.md --
        +++
        id = "TASK-API-20250605-090000"
        title = "Serve the slots"
        status = "🟢 Done"
        type = "🌟 Feature"
        +++
    """

    trace = workspace.trace
    if trace is None or not is_placed_task(document):
        return
    for link in missing(document, trace, RELATED_TASKS):
        message = f"no task has the id {link.id}"
        fixes = missing_fixes(document, link, trace)
        yield Problem("missing-related-task", Severity.WARNING, link.span, message, fixes)
