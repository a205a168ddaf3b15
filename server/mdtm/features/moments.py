"""A time as its reader's clock has it: of a log entry, with the time since the one before, or of a key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from mdtm.clock.intervals import duration
from mdtm.document import Document
from mdtm.entry import Entry
from mdtm.features.telling import Told, paragraphs
from mdtm.text import Span
from mdtm.times import Moment, read_time
from mdtm.wording import counted, day_in_words

Local = Callable[[datetime], datetime]
"""Gives a time in the zone of whoever reads it."""


def moment_at(document: Document, offset: int, local: Local) -> Told | None:
    """When the entry was written whose time, or whose actor, stands at an offset; or the time that a key holds."""
    if offset < document.frontmatter.span.end:
        return _of_key(document, offset, local)
    index = document.text.block_at(offset)
    if index >= len(document.body):
        return None
    reading, first = document.body[index], document.text.block_start(index)[0]
    number = document.text.line_at(offset) - first
    if number not in reading.entry_lines:
        return None
    entry, start = reading.entry_on(number), document.text.line_start(first + number)
    if entry is None or not entry.timed or (moment := entry.moment) is None:
        return None
    stamp = entry.stamp_span.moved(start)
    head = Span(stamp.start, start + entry.text_span.start)
    if not head.start <= offset < head.end:
        return None
    before = next(_before(document, index, number), None)
    lines = [_when(moment, local), _since(moment, before) if before else ""]
    return Told(stamp if offset <= stamp.end else head, paragraphs(*lines))


def _of_key(document: Document, offset: int, local: Local) -> Told | None:
    values = (value for field in document.frontmatter.fields for value in field.value.all())
    here = (value for value in values if value.kind == "string" and value.span.start <= offset <= value.span.end)
    value = next(here, None)
    moment = read_time(value.data) if value and isinstance(value.data, str) else None
    return Told(value.span, _when(moment, local)) if value and moment and moment.precision != "day" else None


def _before(document: Document, index: int, number: int) -> Iterator[Moment]:
    """The times of the entries above a line, from the nearest on."""
    for at in range(index, -1, -1):
        reading = document.body[at]
        for line in reversed(reading.entry_lines):
            if (at < index or line < number) and (moment := _moment(reading.entry_on(line))):
                yield moment


def _moment(entry: Entry | None) -> Moment | None:
    return entry.moment if entry and entry.timed else None


def _when(moment: Moment, local: Local) -> str:
    if not moment.zoned:
        return f"**{_spelled(moment.when, moment.precision)}**, in a zone that is not named"
    here = local(moment.utc)
    zone = here.strftime("%z")
    return f"**{_spelled(here, moment.precision)}** (UTC{zone[:3]}:{zone[3:5]})"


def _spelled(when: datetime, precision: str) -> str:
    clock = {"day": "", "minute": ", %H:%M"}.get(precision, ", %H:%M:%S")
    return f"{day_in_words(when)}{when.strftime(clock)}"


def _since(moment: Moment, before: Moment) -> str:
    """How long after another time; nothing where they cannot be compared."""
    if moment.zoned != before.zoned:
        return ""
    passed = moment.when - before.when
    seconds = int(abs(passed).total_seconds())
    days, rest = divmod(seconds, int(timedelta(days=1).total_seconds()))
    length = f"{counted(days, 'day')} and " if days else ""
    return f"{length}{duration(rest)} {'before' if passed < timedelta() else 'after'} the entry above"
