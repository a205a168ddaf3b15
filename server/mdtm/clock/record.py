"""What the files of one session tell of its time, whatever time it is now."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from mdtm.clock.ticks import Tick, exact, ticks, ticks_around, times_named
from mdtm.document import Document
from mdtm.entry import Entry
from mdtm.sessions import TITLE_KEYS, place_by_status
from mdtm.times import Moment


class Record(NamedTuple):
    """A session's ends, and the entries that change something; all of them can be compared, or tell no time."""

    session: str
    """Its id, which is the name of its folder."""
    title: str
    author: str
    """Who leads it."""
    place: int | None
    """Where it stands by its status, in the order active, paused, completed, error."""
    zoned: bool
    """Whether the times that are used name their zone, or all name none."""
    start: Moment | None
    end: Moment | None
    """The end_time of a session that rests or is over."""
    last: Moment | None
    """When the last entry was written."""
    ticks: tuple[Tick, ...]
    unused: int
    """How many times cannot be compared with those that are used."""


@lru_cache(maxsize=8)
def record_of(log: Document | None, state: Document | None = None) -> Record:
    """What a session's log tells, and the state file of a workflow session where the log does not.

    It is kept as long as the documents stay as they are, for an editor asks again and again.
    Times that name a zone are used when there are two of them, or no others; else those that name none.
    """
    main = state or log
    assert main, "a session has one of the two"
    sources = [document for document in (log, state) if document]
    place = place_by_status(main)
    start = _time(sources, "start_time", "created_at")
    end = _time(sources, "end_time", "completed_at") if place else None
    naive, zoned = times_named(log) if log else (0, 0)
    ends = [moment.zoned for moment in (start, end) if moment]
    naive, zoned = naive + ends.count(False), zoned + ends.count(True)
    by_zone = zoned > 1 or not naive
    return Record(
        main.folder.rpartition("/")[2],
        _text([main], *TITLE_KEYS),
        _text(sources, "coordinator", "coordinator_mode"),
        place,
        by_zone,
        start if start and start.zoned is by_zone else _first(log, by_zone),
        end if end and end.zoned is by_zone else None,
        _edge(log.last_entries(), by_zone) if log else None,
        _needed(log, by_zone) if log else (),
        naive if by_zone else zoned,
    )


def _needed(log: Document, zoned: bool) -> tuple[Tick, ...]:
    """The entries that change something; where one has no time that can be used, or rested before, others too.

    Then those around it say what is known all the same.
    """
    found, place = ticks(log), 0
    for tick in found:
        if tick.moment is None or tick.moment.zoned is not zoned or (tick.resumes and not place):
            return tuple(ticks_around(log, zoned))
        place = place if tick.place is None else tick.place
    return tuple(found)


def _first(log: Document | None, zoned: bool) -> Moment | None:
    return _edge((placed.entry for placed in log.entries()), zoned) if log else None


def _edge(entries: Iterable[Entry], zoned: bool) -> Moment | None:
    """The first time of some entries that can be used."""
    moments = (exact(entry.moment) for entry in entries if entry.timed)
    return next((moment for moment in moments if moment and moment.zoned is zoned), None)


def _time(sources: Iterable[Document], *names: str) -> Moment | None:
    """The first of some keys that holds a time with its hour."""
    moments = (exact(document.frontmatter.moment(name)) for document in sources for name in names)
    return next((moment for moment in moments if moment), None)


def _text(sources: Iterable[Document], *names: str) -> str:
    texts = (document.frontmatter.text(name) for document in sources for name in names)
    return next((text for text in texts if text), "")
