from __future__ import annotations

from collections.abc import Iterator

from mdtm.completion.forced import was_forced
from mdtm.document import Document
from mdtm.field_edit import set_text
from mdtm.problem import Fix, Problem, Severity
from mdtm.task_links import is_placed_task, open_children
from mdtm.tasks import DONE, IN_PROGRESS, status_meant
from mdtm.workspace import Workspace


def open_subtask(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A task is done, though tasks that are parts of it are not.

    What is left to do is not found by who looks at the whole.
    `mdtm task done --force` notes in the task why that does not matter; then nothing is said of it.

    Bad:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🟢 Done"
        type = "🌟 Feature"
        +++
        -- .ruru/tasks/FEATURE_Slots/TASK-API-20250605-090000.md --
        +++
        id = "TASK-API-20250605-090000"
        title = "Serve the slots"
        status = "🟡 To Do"
        type = "🌟 Feature"
        parent_task_id = "TASK-DEV-20250605-101500"
        +++

    Good:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        +++
        -- .ruru/tasks/FEATURE_Slots/TASK-API-20250605-090000.md --
        +++
        id = "TASK-API-20250605-090000"
        title = "Serve the slots"
        status = "🟡 To Do"
        type = "🌟 Feature"
        parent_task_id = "TASK-DEV-20250605-101500"
        +++
    """

    status = document.frontmatter.get("status")
    if workspace.trace is None or status is None or status.value.kind != "string" or not is_placed_task(document):
        return
    if status_meant(status.value.data) != DONE:
        return
    if (left := open_children(document, workspace.trace)) and not was_forced(document, "open subtask"):
        more = f" and {len(left) - 1} more parts of it are" if len(left) > 1 else f", a part of it, is {left[0].status}"
        message = f"the task is done, but {left[0].id}{more}" + (" open" if len(left) > 1 else "")
        fix = Fix(f'Write "{IN_PROGRESS}"', (set_text(status, IN_PROGRESS),), safe=False)
        yield Problem("open-subtask", Severity.INFORMATION, status.value.span, message, (fix,))
