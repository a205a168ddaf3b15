from __future__ import annotations

import re
from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.markdown import Reading
from mdtm.problem import Fix, Problem, Severity
from mdtm.text import Span
from mdtm.workspace import Workspace

_SIGN = re.compile(r"\[(?:\]|  | [xX✅]|[xX✅] )")
"""What no sound box begins with; looking for it costs less than looking for boxes."""
_BOX = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)+(?P<box>\[(?P<mark>|  +|[ ]+[xX✅][ ]*|[xX✅][ ]+)\])(?=[ \t]+\S)", re.M
)


@only("task")
def broken_box(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A check box of a task holds a blank beside its mark, several blanks, or nothing at all.

    Markdown takes it for plain text, so that nobody can tick it and no count has it.

    Bad:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        +++

        - [ x] Slots are ten minutes long.
        - [] A slot can be full.

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
    for index, reading in enumerate(document.body):
        if _SIGN.search(reading.text):
            start = document.text.block_start(index)[1]
            yield from (problem.moved(start) for problem in _problems(reading))


def _problems(reading: Reading) -> Iterator[Problem]:
    """What is found in a block of lines; spans count from its start."""
    for match in _BOX.finditer(reading.text):
        state = reading.state_before(reading.text.count("\n", 0, match.start()))
        if state.fence or state.comment or state.skip:
            continue
        meant = f"[{match['mark'].strip() or ' '}]"
        span = Span(*match.span("box"))
        message = f"{match['box']} is no check box; write {meant}"
        yield Problem("broken-box", Severity.HINT, span, message, (Fix(f"Write {meant}", (Edit(span, meant),)),))
