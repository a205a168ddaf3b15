from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.problem import Fix, Problem, Severity
from mdtm.usual import odd_parts
from mdtm.workspace import Workspace

HEADING = "## Log Entries"


@only("session-log", when=odd_parts)
def log_heading_form(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """The section for entries begins with a bold line instead of a heading.

    mdtm takes it for the heading that it was meant to be; other tools, outlines and links do not.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        +++

        **Log Entries:**

        - [2025-06-05T03:10:00Z] `dev-api`: Read the calendar.

    Good:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        +++

        ## Log Entries

        - [2025-06-05T03:10:00Z] `dev-api`: Read the calendar.
    """
    for index, reading in enumerate(document.body):
        for number in reading.log_lines:
            if reading.block.lines[number].startswith("*"):
                first, _ = document.text.block_start(index)
                span = document.text.line_span(first + number)
                message = f"the section for entries begins with a heading, {HEADING}"
                fix = Fix(f"Write {HEADING}", (Edit(span, HEADING),))
                yield Problem("log-heading-form", Severity.HINT, span, message, (fix,))
