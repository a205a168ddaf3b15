from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.joined import any_of, joined
from mdtm.markdown import Reading
from mdtm.problem import Fix, Problem, Severity
from mdtm.timeline import Timed, Timeline, moved_lines
from mdtm.times import surely_earlier
from mdtm.usual import log_lines
from mdtm.workspace import Workspace

FARTHEST = 50
"""Before how many entries, counted from the last, a fix may put one."""


@only("session-log")
def entry_outside_log(timeline: Timeline, workspace: Workspace) -> Iterator[Problem]:
    """An entry with a time stands outside of the section for entries.

    Whoever reads that section misses it.
    A line with a bare date is no entry here, and a log without such a section is a missing-log-section.
    The fix moves the entry into the section, before the first that is later than it, else to the end.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        +++

        - [2025-06-05T03:20:00Z] `dev-api`: Slots are ten minutes long.

        ## Log Entries

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
        - [2025-06-05T03:20:00Z] `dev-api`: Slots are ten minutes long.
    """
    document = timeline.document
    if not _any_outside(document) or not log_lines(document):
        return
    outside = {
        document.text.block_start(index)[1] + reading.line_start(number)
        for index, reading in enumerate(document.body)
        for number in reading.outside
    }
    inside = [number for number, entry in enumerate(timeline.entries) if entry.start not in outside]
    for number, entry in enumerate(timeline.entries):
        if entry.start in outside and entry.moment and entry.moment.precision != "day":
            message = "this entry stands outside of the section for log entries"
            fix = _fix(timeline, number, inside)
            yield Problem("entry-outside-log", Severity.INFORMATION, entry.span, message, (fix,))


@joined(any_of)
def _any_outside(reading: Reading) -> bool:
    return bool(reading.outside)


def _fix(timeline: Timeline, number: int, inside: list[int]) -> Fix:
    entries, wholes = timeline.entries, timeline.wholes
    later = (place for place in inside[-FARTHEST:] if _is_later(entries[place], entries[number]))
    first = next(later, None)
    if first is not None:
        at = entries[first].start
    else:
        at = wholes[inside[-1]].span.end if inside else _behind_heading(timeline.document)
    edits = moved_lines(timeline.document, wholes[number].span, at)
    return Fix("Move it into the section for entries", edits, safe=False)


def _is_later(entry: Timed, own: Timed) -> bool:
    return bool(entry.moment and own.moment and surely_earlier(own.moment, entry.moment))


def _behind_heading(document: Document) -> int:
    """Where the first section for entries begins, behind its heading and the blank lines that follow."""
    text = document.text
    index, reading = next((index, part) for index, part in enumerate(document.body) if part.log_lines)
    number = text.block_start(index)[0] + reading.log_lines[0] + 1
    while number + 1 < text.line_count and not text.line(number).strip():
        number += 1
    return text.line_start(number)
