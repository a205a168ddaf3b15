from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.field_edit import set_text
from mdtm.problem import Fix, Problem, Severity
from mdtm.schema.statuses import PLANNED
from mdtm.task_links import open_children, open_dependencies
from mdtm.tasks import DONE, IN_PROGRESS, TO_DO, boxes, shows_open, shows_ticked, status_meant
from mdtm.workspace import Workspace


@only("task")
def all_ticked_not_done(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """All check boxes of a task are ticked, but its status says that there is still something to do.

    Whoever looks for work by the status takes up a task that is finished.
    Nothing is said of a task whose parts, or whose dependencies, are open.

    Bad:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        +++

        - [x] Slots are ten minutes long.
        - [x] A slot can be full.

    Good:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🟢 Done"
        type = "🌟 Feature"
        +++

        - [x] Slots are ten minutes long.
        - [x] A slot can be full.
    """

    status = document.frontmatter.get("status")
    if status is None or status.value.kind != "string":
        return
    meant = status_meant(status.value.data)
    if meant not in (TO_DO, IN_PROGRESS, PLANNED):
        return
    if shows_open(document) or not shows_ticked(document):
        return
    there = boxes(document)
    if not there or not all(box.ticked for box in there):
        return
    if open_children(document, workspace.trace) or open_dependencies(document, workspace.trace):
        return
    message = f"all {len(there)} boxes are ticked, but the task is {status.value.data}"
    if len(there) == 1:
        message = f"the only box is ticked, but the task is {status.value.data}"
    fix = Fix(f'Write "{DONE}"', (set_text(status, DONE),), safe=False)
    yield Problem("all-ticked-not-done", Severity.INFORMATION, status.value.span, message, (fix,))
