from __future__ import annotations

import re
from collections.abc import Iterator

from mdtm.fields import Edit
from mdtm.joined import joined, numbered
from mdtm.markdown import Reading
from mdtm.problem import Fix, Problem, Severity
from mdtm.schema.sessions import SESSION_LOG
from mdtm.text import Span
from mdtm.timeline import Timeless, Timeline, removed_lines
from mdtm.times import PLACEHOLDER
from mdtm.workspace import Workspace

_COMMENTED = re.compile(r"^#[ \t]+[-*][ \t]+\[YYYY[^\]\r\n]*\][^\r\n]*(?:\r\n|\r|\n)?", re.MULTILINE)
_GAP = re.compile(r"`?\[[A-Za-z][^\]\r\n]{2,60}\](?!\()|<[a-z_ -]+>|\{\{[^}\r\n]*\}\}")
"""A place in a line of a template that is to be filled in, as in `[mode_slug]`."""


def placeholder_entry(timeline: Timeline, workspace: Workspace) -> Iterator[Problem]:
    """A line of the template still stands in the log where an entry belongs.

    Readers and tools take it for something that happened, and it has no time.
    A line that nobody has filled in is removed: one with a placeholder for the time, and another for what was done.
    An entry that was filled in but for its time takes that of the entry before it, which is the least that is known.
    A line of the template behind `# ` is no comment: Markdown shows it as a heading.

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
        - [YYYY-MM-DD HH:MM:SS] Session status changed to: `[New Status]`

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
    for timeless in timeline.timeless:
        if PLACEHOLDER.search(timeless.entry.stamp):
            yield _of_entry(timeline, timeless)
    if timeline.document.schema is SESSION_LOG:
        yield from _commented(timeline)


def _commented(timeline: Timeline) -> Iterator[Problem]:
    for index, span in _lines(timeline.document):
        yield _left(timeline, span.moved(timeline.document.text.block_start(index)[1]))


@joined(numbered)
def _lines(reading: Reading) -> tuple[Span, ...]:
    """Where commented lines of a template stand in a block."""
    found = (Span(*match.span()) for match in _COMMENTED.finditer(reading.text)) if reading.holds("YYYY", "Y") else ()
    return tuple(span for span in found if _counts(reading, span.start))


def _counts(reading: Reading, start: int) -> bool:
    """Whether a line stands in neither a code block nor a comment."""
    before = reading.state_before(reading.block.line_at(start))
    return not (before.fence or before.comment)


def _of_entry(timeline: Timeline, timeless: Timeless) -> Problem:
    entry, before = timeless.placed, timeless.before
    if _GAP.search(entry.entry.line, entry.entry.after):
        return _left(timeline, timeline.wholes[timeless.number].span)
    message = f"the placeholder {entry.entry.stamp} still stands where a time belongs"
    fixes: tuple[Fix, ...] = ()
    if before:
        stamp = before.entry.stamp
        fixes = (Fix(f"Take the time of the entry before, {stamp}", (Edit(entry.stamp_span, stamp),), safe=False),)
    return Problem("placeholder-entry", Severity.WARNING, entry.stamp_span, message, fixes)


def _left(timeline: Timeline, span: Span) -> Problem:
    message = "this line of the template was never filled in"
    text = timeline.document.text[span]
    fix = Fix("Remove it", (removed_lines(timeline.document, span),), safe=len(text.splitlines()) == 1)
    place = Span(span.start, span.start + len(text.rstrip("\r\n")))
    return Problem("placeholder-entry", Severity.WARNING, place, message, (fix,), unnecessary=True)
