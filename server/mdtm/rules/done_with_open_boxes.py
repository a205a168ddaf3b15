from __future__ import annotations

import re
from collections.abc import Iterator

from mdtm.asking import only
from mdtm.completion.forced import was_forced
from mdtm.document import Document
from mdtm.field_edit import set_text
from mdtm.fields import Edit
from mdtm.problem import Fix, Problem, Related, Severity
from mdtm.tasks import DONE, IN_PROGRESS, OPEN, boxes, mark_in_use, shows_open, status_meant
from mdtm.workspace import Workspace

_OPTIONAL = re.compile(r"\b(?:optional|nice to have|if (?:applicable|needed|necessary|possible))\b", re.I)
SHOWN_BOXES = 10
"""How many of the open boxes are shown with the problem."""


@only("task")
def done_with_open_boxes(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A task is done, but has check boxes that are open.

    Either something is still to do, or somebody forgot to tick it; who reads the task cannot tell which.
    A box with another mark, such as `[-]` or `[N/A]`, is not open.
    One whose text says "optional" or "if needed" may stay as it is.
    `mdtm task done --force` notes in the task why open boxes do not matter; then nothing is said of them.

    Bad:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🟢 Done"
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
    if status_meant(status.value.data) != DONE:
        return
    if not shows_open(document):
        return
    there = boxes(document)
    left = [box for box in there if box.mark == OPEN and not _OPTIONAL.search(box.text)]
    if left and not was_forced(document, "open box"):
        tick = f"[{mark_in_use(there)}]"
        fixes = (
            Fix(f'Write "{IN_PROGRESS}"', (set_text(status, IN_PROGRESS),), safe=False),
            Fix("Tick the open boxes", tuple(Edit(box.span, tick) for box in left), safe=False),
        )
        related = tuple(Related(box.span, "this box is open") for box in left[:SHOWN_BOXES])
        are = "is" if len(left) == 1 else "are"
        message = f"the task is done, but {len(left)} of {len(there)} boxes {are} open"
        yield Problem("done-with-open-boxes", Severity.WARNING, status.value.span, message, fixes, related)
