from __future__ import annotations

from collections.abc import Iterator

from mdtm.document import Document
from mdtm.problem import Problem, Severity
from mdtm.schema.tasks import PARENT_KEYS
from mdtm.task_links import is_placed_task, missing, missing_fixes
from mdtm.workspace import Workspace


def missing_parent(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """The task that this one is a part of does not exist.

    Who asks what a task belongs to, or how far its parent has come, is led to nothing.
    Only ids are looked up, in a workspace that has tasks, and only in tasks that lie where tasks lie.

    Bad:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        parent_task_id = "TASK-API-20250605-09000"
        +++
        -- .ruru/tasks/FEATURE_Slots/TASK-API-20250605-090000.md --
        +++
        id = "TASK-API-20250605-090000"
        title = "Serve the slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        +++

    Good:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        parent_task_id = "TASK-API-20250605-090000"
        +++
        -- .ruru/tasks/FEATURE_Slots/TASK-API-20250605-090000.md --
        +++
        id = "TASK-API-20250605-090000"
        title = "Serve the slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        +++
    """

    trace = workspace.trace
    if trace is None or not is_placed_task(document):
        return
    for link in missing(document, trace, *PARENT_KEYS):
        message = f"no task has the id {link.id}"
        fixes = missing_fixes(document, link, trace)
        yield Problem("missing-parent", Severity.WARNING, link.span, message, fixes)
