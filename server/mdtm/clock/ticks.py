"""What the entries of a log tell of its clock: where the session stands from then on, and what is worked on.

What a block of lines tells is kept with it, so that a log that grows is not read anew with each entry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timezone
from typing import NamedTuple
from weakref import proxy

from mdtm.clock.yaml_said import said_in_yaml
from mdtm.context.stack import Switch, switch_of
from mdtm.document import Document
from mdtm.entry import Entry
from mdtm.events import BY_NAME
from mdtm.joined import any_of, joined
from mdtm.last_word import place_told
from mdtm.markdown import Reading
from mdtm.once import once
from mdtm.schema.statuses import ACTIVE
from mdtm.text import Span
from mdtm.times import Moment


class Tick(NamedTuple):
    """An entry, as far as the clock goes."""

    at: int
    """The offset in the file at which its first line begins."""
    entry: Entry
    moment: Moment | None
    """None where there is no time, none that can be read, or only a day, which says nothing of the hour."""
    place: int | None = None
    """Where the session stands from now on, in the order active, paused, completed, error; None: as before."""
    resumes: bool = False
    """Whether it says that the session goes on, so that it surely rested before."""
    switch: Switch | None = None
    """How what is worked on changes."""
    said_actor: str = ""
    """Who acted, where another line than the first says so."""

    @property
    def actor(self) -> str:
        return self.said_actor or self.entry.actor

    @property
    def span(self) -> Span:
        """Where its time stands in the file, else its line."""
        return (self.entry.stamp_span if self.entry.timed else self.entry.span).moved(self.at)

    @property
    def tells(self) -> bool:
        """Whether anything changes with it."""
        return self.place is not None or self.switch is not None


_WORDS = re.compile(r"session|paus|resum|context", re.IGNORECASE)
"""What an entry must hold somewhere to tell of the clock; most hold none of it."""
_RESUMES = BY_NAME["resume"].sign


class Beat:
    """What a block of lines tells of the clock; each answer is found out when it is asked for."""

    def __init__(self, reading: Reading) -> None:
        self._reading: Reading = proxy(reading)
        """Which keeps this: in a circle both would stay until somebody looks for such, and a check does not."""
        self._around: dict[bool, tuple[Tick, ...]] = {}

    @once
    def telling(self) -> tuple[tuple[int, Entry], ...]:
        """The entries that may tell something, each with the number of its line in the block."""
        reading = self._reading
        yaml = [(number, entry) for number, entry in reading.unusual if entry.form == "yaml"]
        if not _WORDS.search(reading.text):
            return tuple(yaml)
        numbers = [number for number in reading.entry_lines if _WORDS.search(reading.block.lines[number])]
        found = [(number, entry) for number in numbers if (entry := reading.entry_on(number)) and entry.form != "yaml"]
        return tuple(sorted((*found, *yaml), key=lambda one: one[0]))

    @once
    def every(self) -> tuple[Tick, ...]:
        """All entries, placed from the start of the block; one in YAML without what its further lines tell."""
        lines = ((number, entry) for number in self._reading.entry_lines if (entry := self._reading.entry_on(number)))
        return tuple(self._tick(number, entry) for number, entry in lines)

    def around(self, zoned: bool) -> tuple[Tick, ...]:
        """Those of them that may tell something, and of the others between these the first and the last that count.

        Those count whose times can be used: all that name a zone, or all that name none.
        """
        if zoned not in self._around:
            self._around[zoned] = tuple(_thinned(self.every, zoned))
        return self._around[zoned]

    @once
    def told(self) -> tuple[Tick, ...]:
        """Those of the telling ones that surely tell something, and those in YAML, placed as all are."""
        found = (self._tick(number, entry) for number, entry in self.telling)
        return tuple(tick for tick in found if tick.tells or tick.entry.form == "yaml")

    @once
    def counts(self) -> tuple[int, int]:
        """How many entries have a time that names no zone, and how many one that does."""
        reading = self._reading
        if reading.order.regular:
            zoned = reading.order.first.endswith("Z")
            count = len(reading.timed_lines)
            return (0, count) if zoned else (count, 0)
        moments = [moment for entry in reading.entries if (moment := exact(entry.moment))]
        zoned_ones = sum(moment.zoned for moment in moments)
        return len(moments) - zoned_ones, zoned_ones

    def _tick(self, number: int, entry: Entry) -> Tick:
        return _tick(entry, self._reading.line_start(number), "" if entry.form == "yaml" else entry.text)


@joined(any_of)
def may_resume(reading: Reading) -> bool:
    """Whether any entry may say that the session goes on; found out without reading them."""
    return reading.holds("esum", "m")


@joined(any_of)
def may_push(reading: Reading) -> bool:
    """Whether any entry may put something on the stack; found out in the same way."""
    return reading.holds("push", "h")


def beat_of(reading: Reading) -> Beat:
    """What a block tells, found out once."""
    if not isinstance(reading.kept_clock, Beat):
        reading.kept_clock = Beat(reading)
    return reading.kept_clock


def exact(moment: Moment | None) -> Moment | None:
    """A time that names the hour, in a year that one can count with; None for any other."""
    return moment if moment and moment.precision != "day" and 1 < moment.when.year < 9999 else None


def whole(when: datetime) -> datetime:
    """A time in UTC without its fraction of a second; one that names no zone is taken as it stands."""
    if when.tzinfo is timezone.utc and not when.microsecond:
        return when
    known = when.replace(tzinfo=timezone.utc) if when.tzinfo is None else when.astimezone(timezone.utc)
    return known.replace(microsecond=0)


def ticks(document: Document) -> list[Tick]:
    """The entries that tell of the clock, in the order of the file."""
    return [tick for tick in _placed(document, lambda beat: beat.told) if tick.tells]


def all_ticks(document: Document) -> list[Tick]:
    """Every entry, those too with which nothing changes."""
    return list(_placed(document, lambda beat: beat.every))


def ticks_around(document: Document, zoned: bool) -> list[Tick]:
    """The entries that tell of the clock, and of the others those around them that say when they were at the most."""
    return list(_placed(document, lambda beat: beat.around(zoned)))


def _placed(document: Document, chosen: Callable[[Beat], Iterable[Tick]]) -> Iterator[Tick]:
    """Some of the entries of each block, where they stand in the file."""
    for index, reading in enumerate(document.body):
        if reading.entry_lines:
            start = document.text.block_start(index)[1]
            for tick in chosen(beat_of(reading)):
                at, entry, moment, place, resumes, switch, actor = tick
                if entry.form == "yaml":  # what it tells stands in further lines, perhaps in the next block
                    yield tick_of(entry, start + at, document)
                else:
                    yield Tick(start + at, entry, moment, place, resumes, switch, actor)


def _thinned(every: Iterable[Tick], zoned: bool) -> Iterator[Tick]:
    """Entries without those that stand between others of which just the times count."""
    first, last = True, None
    for tick in every:
        if tick.tells or tick.entry.form == "yaml":
            yield from (last, tick) if last else (tick,)
            first, last = True, None
        elif tick.moment and tick.moment.zoned is zoned:
            if first:
                yield tick
            first, last = False, None if first else tick
    if last:
        yield last


def times_named(document: Document) -> tuple[int, int]:
    """How many entries have a time that names no zone, and how many one that does."""
    found = [beat_of(reading).counts for reading in document.body if reading.entry_lines]
    return sum(naive for naive, _ in found), sum(zoned for _, zoned in found)


def tick_of(entry: Entry, at: int, document: Document) -> Tick:
    """What an entry that begins at an offset of the file tells."""
    return _tick(entry, at, *(said_in_yaml(document, at) if entry.form == "yaml" else (entry.text, "")))


def _tick(entry: Entry, at: int, text: str, actor: str = "") -> Tick:
    moment = exact(entry.moment)
    if not _WORDS.search(text):
        return Tick(at, entry, moment, said_actor=actor)
    if switch := switch_of(text):
        return Tick(at, entry, moment, switch=switch, said_actor=actor)
    place = place_told(text)
    resumes = place == ACTIVE and "ession" in text and _RESUMES.match(text) is not None
    return Tick(at, entry, moment, place, resumes, None, actor)
