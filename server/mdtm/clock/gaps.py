"""Long stretches between the entries of a log, found without reading the times of all of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import takewhile
from operator import sub
from typing import NamedTuple

from mdtm.clock.ticks import exact, whole
from mdtm.entry import STAMP_PLACE
from mdtm.joined import joined
from mdtm.markdown import Reading
from mdtm.text import Span
from mdtm.timeline import Timeline
from mdtm.times import read_time

HOUR = timedelta(hours=1)
_STEP = timedelta(minutes=10)
"""What the time between two entries of a block is rounded up to, so that what a block says seldom changes."""
_EXACT = slice(STAMP_PLACE.start, STAMP_PLACE.start + len("2025-06-05T03:10:00"))
"""Where the time of a usual entry stands, without its zone."""


class Gap(NamedTuple):
    """The time between an entry and the next one."""

    start: datetime
    """In UTC, as the clock has it."""
    end: datetime
    zoned: bool
    """Whether both times name their zone, or neither does."""
    at: int
    """The offset at which the line of the later entry begins."""
    span: Span
    """Where the time of the later entry stands."""


def gaps(timeline: Timeline, longest: timedelta) -> Iterator[Gap]:
    """The gaps that are longer than that, between entries whose times can be compared."""
    if not timeline.regular:
        yield from _irregular(timeline, longest)
    elif not is_near(*timeline.stamps, longest // HOUR):
        yield from _regular(timeline, longest)


def is_near(first: str, second: str, hours: int) -> bool:
    """Whether two times in one usual spelling are surely not so many hours apart; False where it takes more to know."""
    if not first or first[:10] != second[:10]:
        return not first
    return int(second[11:13]) - int(first[11:13]) < hours


class _Pace(NamedTuple):
    """How the entries of a block follow each other; they are all spelled alike, and in order."""

    first: datetime
    last: datetime
    stamp: str
    """That of the last one, as it is written."""
    most: timedelta
    """No two that follow each other are farther apart."""


class _Stretch(NamedTuple):
    """A block, and how far apart its entries are at the most, that before it included."""

    most: timedelta
    number: int
    before: str
    """The time of the last entry before it; empty where there is none."""


def _stretches(blocks: list[_Pace | None]) -> list[_Stretch]:
    """All blocks with entries, the longest gaps first."""
    found, last, stamp = list[_Stretch](), None, ""
    for number, pace in enumerate(blocks):
        if pace:
            most = pace.most if last is None else max(pace.most, pace.first - last)
            found.append(_Stretch(most, number, stamp))
            last, stamp = pace.last, pace.stamp
    return sorted(found, reverse=True)


@joined(_stretches)
def _longest_first(reading: Reading) -> _Pace | None:
    if not reading.timed_lines:
        return None
    lines = reading.block.lines
    times = [datetime.fromisoformat(lines[number][_EXACT]) for number in reading.timed_lines]
    most = max(map(sub, times[1:], times), default=timedelta())
    return _Pace(times[0], times[-1], reading.order.last.rstrip("]"), -(-most // _STEP) * _STEP)


def _regular(timeline: Timeline, longest: timedelta) -> Iterator[Gap]:
    """The gaps of a log whose entries are all spelled alike, and in order."""
    document = timeline.document
    found = takewhile(lambda stretch: stretch.most > longest, _longest_first(document))
    for _, index, before in sorted(found, key=lambda stretch: stretch.number):
        reading, start, last = document.body[index], document.text.block_start(index)[1], before
        for number in reading.timed_lines:
            stamp = reading.block.lines[number][STAMP_PLACE].rstrip("]")
            at = start + reading.line_start(number)
            span = Span(STAMP_PLACE.start, STAMP_PLACE.start + len(stamp)).moved(at)
            yield from _gap(last, stamp, at, span, longest)
            last = stamp


def _gap(before: str, stamp: str, at: int, span: Span, longest: timedelta) -> Iterator[Gap]:
    if not before or is_near(before, stamp, longest // HOUR):
        return
    first, second = read_time(before), read_time(stamp)
    if first and second and whole(second.when) - whole(first.when) > longest:
        yield Gap(whole(first.when), whole(second.when), second.zoned, at, span)


def _irregular(timeline: Timeline, longest: timedelta) -> Iterator[Gap]:
    """The same of any other log; a time that goes backwards counts as the latest before it, as for the clock."""
    latest: dict[bool, datetime] = {}
    for timed in timeline.entries:
        if moment := exact(timed.moment):
            when = whole(moment.when)
            before = latest.get(moment.zoned, when)
            if when - before > longest:
                yield Gap(before, when, moment.zoned, timed.start, timed.stamp_span)
            latest[moment.zoned] = max(before, when)
