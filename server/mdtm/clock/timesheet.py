"""The time of several sessions, summed up by what somebody asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from mdtm.clock.estimate import Estimate
from mdtm.clock.intervals import Interval
from mdtm.clock.zones import day_begins, days
from mdtm.context.stack import TASK_TYPES
from mdtm.paths import plain

BY = ("session", "task", "sprint", "day", "author")
"""What time can be summed up by."""
NONE_NAMED = {"task": "(no task)", "sprint": "(no sprint)", "author": "(nobody named)"}
"""What a row is called that has the time of none."""


class Sum(NamedTuple):
    """Time in whole seconds."""

    active: int = 0
    paused: int = 0

    @property
    def wall(self) -> int:
        return self.active + self.paused


class Row(NamedTuple):
    """The time of one session, task, sprint, day or author."""

    name: str
    title: str
    sum: Sum
    estimate: Estimate | None = None
    """Of a task that there is."""


class Note(NamedTuple):
    """Why some time of a session is not counted, or not as it is written."""

    session: str
    text: str


@dataclass(frozen=True)
class Timesheet:
    """What a report shows, whatever its format."""

    by: str
    zone: tzinfo
    zone_name: str
    made: datetime
    since: date | None = None
    """The first day of which time counts, and the last one."""
    until: date | None = None
    intervals: tuple[Interval, ...] = ()
    """What is counted, in the order of time; one that is open ends when the sheet was made."""
    rows: tuple[Row, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    """Those of the sessions, by their ids."""
    notes: tuple[Note, ...] = ()

    @property
    def total(self) -> Sum:
        """All intervals, each once; rows may share some of them, as a task and its subtask do."""
        return summed(self.intervals)


def summed(intervals: Iterable[Interval]) -> Sum:
    active = paused = 0
    for one in intervals:
        active, paused = (active + one.seconds, paused) if one.kind == "active" else (active, paused + one.seconds)
    return Sum(active, paused)


def within(intervals: Iterable[Interval], since: date | None, until: date | None, zone: tzinfo) -> Iterator[Interval]:
    """The parts of some intervals that lie on the days of a zone from `since` to `until`."""
    first = day_begins(since, zone) if since else None
    last = day_begins(until + timedelta(days=1), zone) if until else None
    for one in intervals:
        start, end = max(one.start, first or one.start), min(one.end, last or one.end)
        if start < end:
            yield one._replace(start=start, end=end)


def on(intervals: Iterable[Interval], kinds: tuple[str, ...], wanted: str) -> Iterator[Interval]:
    """Those intervals in which a task or a sprint is on the stack."""
    return (one for one in intervals if wanted in map(plain, names_on(one, kinds)))


def names_on(interval: Interval, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """The ids of some types that are on the stack, each once."""
    return tuple(dict.fromkeys(item.id for item in interval.stack if item.type in kinds))


def grouped(by: str, intervals: Iterable[Interval], zone: tzinfo) -> dict[str, list[Interval]]:
    """For each session, task, sprint, day or author its intervals, or its parts of them; days are those of a zone."""
    found: dict[str, list[Interval]] = {}
    for one in intervals:
        for name, part in _shares(by, one, zone):
            found.setdefault(name, []).append(part)
    return {name: found[name] for name in sorted(found)} if by == "day" else found


def _shares(by: str, one: Interval, zone: tzinfo) -> Iterator[tuple[str, Interval]]:
    """What an interval counts for, each with the part of it that does."""
    if by == "day":
        for day, start, end in days(one.start, one.end, zone):
            yield day.isoformat(), one._replace(start=start, end=end)
        return
    if by in ("session", "author"):
        names: tuple[str, ...] = (one.session if by == "session" else one.actor,)
    else:
        names = names_on(one, TASK_TYPES if by == "task" else (by,))
    for name in names or ("",):
        yield name or NONE_NAMED[by], one
