from __future__ import annotations

from collections.abc import Iterator

from mdtm.document import Document
from mdtm.field_edit import set_text
from mdtm.problem import Fix, Problem, Severity
from mdtm.task_links import is_placed_task, open_dependencies
from mdtm.tasks import DONE, IN_PROGRESS, status_meant
from mdtm.workspace import Workspace


def open_dependency(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A task is done, though a task that it depends on is not.

    Either the dependency was none, or one of the two statuses is not what it should be.

    Bad:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🟢 Done"
        type = "🌟 Feature"
        depends_on = ["TASK-API-20250605-090000"]
        +++
        -- .ruru/tasks/FEATURE_Slots/TASK-API-20250605-090000.md --
        +++
        id = "TASK-API-20250605-090000"
        title = "Serve the slots"
        status = "🟡 To Do"
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
        status = "🟡 To Do"
        type = "🌟 Feature"
        +++
    """

    status = document.frontmatter.get("status")
    if workspace.trace is None or status is None or status.value.kind != "string" or not is_placed_task(document):
        return
    if not document.frontmatter.get("depends_on") or status_meant(status.value.data) != DONE:
        return
    for link, row in open_dependencies(document, workspace.trace):
        message = f"the task is done, but {row.id}, on which it depends, is {row.status}"
        fix = Fix(f'Write the status "{IN_PROGRESS}"', (set_text(status, IN_PROGRESS),), safe=False)
        yield Problem("open-dependency", Severity.HINT, link.span, message, (fix,))
