"""What a log tells between its lines: the time since the entry before, new days, and how long was worked by then."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple

from mdtm.clock.intervals import Clock, standing
from mdtm.clock.record import Record, record_of
from mdtm.clock.ticks import exact, whole
from mdtm.document import Document
from mdtm.entry import Entry
from mdtm.features.shape.keeping import kept
from mdtm.features.shape.landmarks import Landmark, days, landmarks
from mdtm.markdown import Reading
from mdtm.schema.sessions import SESSION_LOG
from mdtm.text import Span
from mdtm.times import Moment
from mdtm.wording import day_in_words, short_duration

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


class Hint(NamedTuple):
    """A few words that are shown in the text without standing there."""

    at: int
    """The offset that they stand behind."""
    label: str
    kind: str
    """One of HINTS of the settings."""
    tooltip: str


def hints(document: Document, span: Span, hidden: Collection[str] = ()) -> list[Hint]:
    """Those of the entries that begin on the lines of a span, in the order of the text, less the kinds in `hidden`."""
    first, last = document.text.line_at(span.start), document.text.line_at(span.end)
    entries = [mark for mark in landmarks(document) if mark.kind == "entry"]
    shown = [number for number, mark in enumerate(entries) if first <= mark.first <= last]
    if not shown:
        return []
    found = list[Hint]()
    if "days" not in hidden:
        found += _days(document, entries[shown[0]].first, entries[shown[-1]].last)
    if "elapsed" not in hidden:
        found += _elapsed(entries, _moments(document), shown)
    if "total" not in hidden and document.schema is SESSION_LOG:
        found += _totals(document, [entries[number] for number in shown])
    return sorted(found, key=lambda hint: hint.at)


def _elapsed(entries: list[Landmark], moments: list[Moment | None], shown: list[int]) -> Iterator[Hint]:
    before = next((moment for moment in reversed(moments[: shown[0]]) if moment), None)
    for number in shown:
        mark, moment = entries[number], moments[number]
        if moment and before and moment.zoned is before.zoned:
            seconds = int((whole(moment.when) - whole(before.when)).total_seconds())
            sign = "+" if seconds >= 0 else "−"
            since = f"{_roughly(abs(seconds))} {'since' if seconds >= 0 else 'before'} the entry before"
            if seconds:  # a verb may write several entries at once
                yield Hint(_behind_stamp(mark), sign + _roughly(abs(seconds)), "elapsed", since)
        before = moment or before


def _days(document: Document, first: int, last: int) -> Iterator[Hint]:
    """The weekday where another day begins than that of the entries above."""
    before = ""
    starts = {mark.first: mark for mark in landmarks(document) if mark.kind == "entry" and first <= mark.first <= last}
    for day in days(document):
        if day.name and day.name != before and day.first in starts:
            date = datetime.strptime(day.name, "%Y-%m-%d")
            tooltip = f"Here begins {day_in_words(date)}"
            yield Hint(_behind_stamp(starts[day.first]), f"{date:%A}", "days", tooltip)
        before = day.name or before


def _totals(document: Document, shown: list[Landmark]) -> Iterator[Hint]:
    """How long was worked by the last entry of each day."""
    last_lines = {day.last for day in days(document)}
    ends = [mark for mark in shown if mark.last in last_lines]
    record = record_of(document) if ends else None
    clock = standing(record) if record else None
    for mark in ends:
        moment = _moment(mark)
        if record and clock and clock.known and moment and moment.zoned is record.zoned:
            seconds = {kind: _until(clock, kind, record, moment) for kind in ("active", "paused")}
            worked, rested = (short_duration(seconds[kind]) for kind in ("active", "paused"))
            tooltip = f"Up to this entry {worked} of work and {rested} of rest"
            assert isinstance(mark.item, Entry)
            yield Hint(mark.start + len(mark.item.line), f"Σ {worked}", "total", tooltip)


def _until(clock: Clock, kind: str, record: Record, moment: Moment) -> int:
    """For how many seconds the clock was in a state before a time."""
    when = whole(moment.when)
    spent = (min(one.end, when) - one.start for one in clock.intervals if one.kind == kind and one.start < when)
    return sum(int(one.total_seconds()) for one in spent)


def _moments(document: Document) -> list[Moment | None]:
    """The times of all entries, in their order; read again only where lines were edited."""
    found: list[Moment | None] = []
    for reading in document.body:
        if reading.entry_lines:
            found += kept(reading, "moments", _moments_of)
    return found


def _moments_of(reading: Reading) -> list[Moment | None]:
    return [exact(entry.moment) for entry in reading.entries]


def _moment(mark: Landmark) -> Moment | None:
    """The time of an entry, when it names the hour."""
    return exact(mark.item.moment) if isinstance(mark.item, Entry) else None


def _behind_stamp(mark: Landmark) -> int:
    return mark.start + min(mark.item.after, len(mark.item.line)) if isinstance(mark.item, Entry) else mark.start


def _roughly(seconds: int) -> str:
    """A stretch of time in its two largest units: 40 s, 12 min, 3 h 5 min, 2 d 3 h."""
    if seconds < _MINUTE:
        return f"{seconds} s"
    large, small, units = (_DAY, _HOUR, ("d", "h")) if seconds >= _DAY else (_HOUR, _MINUTE, ("h", "min"))
    many, rest = divmod(seconds, large)
    parts = (f"{many} {units[0]}" if many else "", f"{rest // small} {units[1]}" if rest >= small else "")
    return " ".join(filter(None, parts))
