from __future__ import annotations

from collections.abc import Iterator

from mdtm.document import Document
from mdtm.problem import Problem, Severity
from mdtm.task_links import is_placed_task, missing, missing_fixes
from mdtm.workspace import Workspace


def missing_dependency(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A task in `depends_on` does not exist.

    Nobody can tell whether the task may begin.
    Only ids are looked up, in a workspace that has tasks, and only in tasks that lie where tasks lie.

    Bad:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        depends_on = ["TASK-API-20250605-09000"]
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
        depends_on = ["TASK-API-20250605-090000"]
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
    for link in missing(document, trace, "depends_on"):
        message = f"no task has the id {link.id}"
        fixes = missing_fixes(document, link, trace)
        yield Problem("missing-dependency", Severity.WARNING, link.span, message, fixes)
