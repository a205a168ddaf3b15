from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.field_edit import set_text
from mdtm.problem import Fix, Problem, Related, Severity
from mdtm.schema.statuses import PLANNED
from mdtm.tasks import IN_PROGRESS, TO_DO, boxes, shows_open, shows_ticked, status_meant
from mdtm.workspace import Workspace


@only("task")
def todo_with_ticked_box(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A task is still to do, but some of its check boxes are ticked.

    The work has begun, and the status hides it from whoever asks what is going on.

    Bad:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🟡 To Do"
        type = "🌟 Feature"
        +++

        - [x] Slots are ten minutes long.
        - [ ] A slot can be full.

    Good:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        +++

        - [x] Slots are ten minutes long.
        - [ ] A slot can be full.
    """

    status = document.frontmatter.get("status")
    if status is None or status.value.kind != "string":
        return
    if status_meant(status.value.data) not in (TO_DO, PLANNED):
        return
    if not (shows_open(document) and shows_ticked(document)):
        return
    there = boxes(document)
    ticked = [box for box in there if box.ticked]
    if ticked and len(ticked) < len(there):
        are = "is" if len(ticked) == 1 else "are"
        message = f"{len(ticked)} of {len(there)} boxes {are} ticked, but the task is {status.value.data}"
        fix = Fix(f'Write "{IN_PROGRESS}"', (set_text(status, IN_PROGRESS),), safe=False)
        related = (Related(ticked[0].span, "this box is ticked"),)
        yield Problem("todo-with-ticked-box", Severity.HINT, status.value.span, message, (fix,), related)
