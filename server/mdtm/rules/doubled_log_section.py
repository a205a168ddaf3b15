from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from mdtm.asking import only
from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.problem import Fix, Problem, Related, Severity
from mdtm.text import Span
from mdtm.usual import odd_parts
from mdtm.workspace import Workspace

_TITLE = re.compile(r"[#*\s]*Log Entries\W*$", re.IGNORECASE)


@only("session-log", when=odd_parts)
def doubled_log_section(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A session log has more than one section `## Log Entries`.

    Some tools read the first and add to the last, so that a part of the log is lost to each of them.
    The fix removes the later heading where nothing but entries stands between the two, or nothing behind the later one.

    Bad:
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

        ## Log Entries

        - [2025-06-05T03:20:00Z] `dev-api`: Slots are ten minutes long.

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

        - [2025-06-05T03:20:00Z] `dev-api`: Slots are ten minutes long.
    """
    if sum(len(reading.log_lines) for reading in document.body) < 2:
        return
    lines = [
        document.text.block_start(index)[0] + number
        for index, reading in enumerate(document.body)
        for number in reading.log_lines
    ]
    same = [number for number in lines if _TITLE.match(document.text.line(number))]
    for first, number in pairwise(same):
        span = document.text.line_span(number)
        message = "the log has this section already, further up"
        related = (Related(document.text.line_span(first), "the section further up"),)
        yield Problem("doubled-log-section", Severity.WARNING, span, message, _fixes(document, first, number), related)


def _fixes(document: Document, first: int, second: int) -> tuple[Fix, ...]:
    text = document.text
    if any(number for number in _headings(document) if first < number < second):
        behind = next((number for number in _headings(document) if number > second), text.line_count)
        if text[Span(text.line_span(second).end, text.line_start(behind))].strip():
            return ()
    last = second
    while last + 1 < text.line_count and not text.line(last + 1).strip():
        last += 1
    span = Span(text.line_start(second), text.line_start(last + 1))
    return (Fix("Remove the second heading", (Edit(span, ""),), safe=False),)


def _headings(document: Document) -> list[int]:
    """The numbers of the lines that are headings but no entries."""
    found = []
    for index, reading in enumerate(document.body):
        first = document.text.block_start(index)[0]
        marks = enumerate(reading.marks)
        found += [first + number for number, mark in marks if mark and mark.heading and not mark.entry]
    return found
