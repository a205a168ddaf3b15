"""How long a session was at work and at rest: the intervals that its log tells of.

Its start_time and end_time are the ends, its entries say what happened in between; times are compared in UTC.
What cannot be known is left out and told, never guessed:

- of a log that names a zone in some of its times only, one sort is used; where none names one, all as they stand;
- a change at an unknown time leaves out the stretch between the entries around it whose times are known;
- a time before that of the last change counts as that one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple

from mdtm.clock.record import Record, record_of
from mdtm.clock.ticks import Tick, whole
from mdtm.context.stack import Item, follow
from mdtm.paths import plain
from mdtm.schema.statuses import ACTIVE, PAUSED
from mdtm.sessions import Session
from mdtm.wording import short_duration

Kind = Literal["active", "paused"]


class Interval(NamedTuple):
    """A stretch of time in which nothing changed; never empty."""

    start: datetime
    """In UTC, whole seconds; in a log whose times name no zone, the time as it is written."""
    end: datetime
    kind: Kind
    session: str
    """The id of the session."""
    stack: tuple[Item, ...]
    """What was worked on, the deepest last."""
    actor: str
    """Who wrote the entry that it begins with; where that does not say, who leads the session."""

    @property
    def seconds(self) -> int:
        return int((self.end - self.start).total_seconds())


class Remark(NamedTuple):
    """Why something is not counted, or not as it is written."""

    text: str
    at: int = -1
    """The offset of the entry that it is about; -1 for the whole log."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The intervals of one session; active and paused time together are the wall time."""

    intervals: tuple[Interval, ...] = ()
    remarks: tuple[Remark, ...] = ()
    start: datetime | None = None
    end: datetime | None = None
    """Where the counting ends: now, for a clock that runs."""
    runs: bool = False
    stack: tuple[Item, ...] = ()
    """What is on the stack at the end, as the entries tell."""

    @property
    def known(self) -> bool:
        """Whether both ends are known, the first one first."""
        return self.start is not None and self.end is not None and self.start <= self.end

    @property
    def at_work(self) -> tuple[Interval, ...]:
        """The intervals in which the session did not rest."""
        return tuple(one for one in self.intervals if one.kind == "active")

    @property
    def grows(self) -> bool:
        """Whether the session is at work now, so that its active time goes on."""
        return self.runs and (not self.intervals or self.intervals[-1].kind == "active")

    @property
    def active(self) -> int:
        """In seconds, as all here."""
        return sum(one.seconds for one in self.at_work)

    @property
    def paused(self) -> int:
        return sum(one.seconds for one in self.intervals if one.kind == "paused")

    @property
    def wall(self) -> int:
        return self.active + self.paused


def clock_of(record: Record, now: datetime, place: int | None = None) -> Clock:
    """The clock at a time; `place` is where the session stands, where the status does not decide that.

    The clock of an active session runs until now; that of another one stands at its end, or at its last entry.
    """
    place = record.place if place is None else place
    runs = place == ACTIVE and record.zoned
    last = record.end or record.last
    end = now if runs else last.when if last else None
    if record.start is None or end is None:
        return Clock(remarks=(Remark("no time says when it began, or how long it went on"),))
    first, final = whole(record.start.when), whole(end)
    if final < first:
        return Clock((), (Remark("it ends before it starts"),), first, final, runs)
    hand = _Hand(record, first, final)
    for tick in record.ticks:
        hand.move(tick)
    hand.stop()
    remarks = (*hand.remarks, *_remarks(record, place))
    return Clock(tuple(hand.intervals), remarks, first, final, runs, hand.stack)


def session_clock(session: Session, now: datetime) -> Clock:
    """The clock of a session at a time."""
    return clock_of(record_of(session.log, session.state), now, session.place)


def standing(record: Record) -> Clock:
    """The clock as far as the log goes, whatever time it is now: nothing runs."""
    return clock_of(record, datetime.min, record.place or PAUSED)


def on_task(clock: Clock, task_id: str) -> int:
    """For how many seconds a session was at work on a task."""
    wanted = plain(task_id)
    return sum(one.seconds for one in clock.at_work if any(plain(item.id) == wanted for item in one.stack))


def duration(seconds: int) -> str:
    """Hours, minutes and seconds, such as 1:05:09."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


def face(clock: Clock) -> dict[str, Any]:
    """What a status bar shows of a clock, and what it needs to let it go on by itself; for JSON."""
    return {
        "text": short_duration(clock.active),
        "active_seconds": clock.active,
        "paused_seconds": clock.paused,
        "wall_seconds": clock.wall,
        "known": clock.known,
        "running": clock.grows,
    }


class _Hand:
    """Goes from entry to entry, and notes the intervals that it passes."""

    def __init__(self, record: Record, start: datetime, end: datetime) -> None:
        self.intervals: list[Interval] = []
        self.remarks: list[Remark] = []
        self.stack: tuple[Item, ...] = ()
        self._record, self._end = record, end
        self._since = self._known = start
        """When something changed last, and when an entry was written last whose time is known."""
        self._place, self._actor = ACTIVE, record.author
        self._lost = -1
        """The offset of the entry that changed something at an unknown time; -1 for none."""

    def move(self, tick: Tick) -> None:
        """Goes to an entry."""
        changes = tick.tells and self._changes(tick)
        when = self._when(tick)
        if when is None:
            if changes:
                if self._lost < 0:
                    self._note(self._known)
                self._lost = tick.at
                self._take(tick)
            return
        if self._lost >= 0:
            self._leave_out(when)
        if changes:
            if tick.resumes and not self._place:
                self._note(self._known)
                self._place = PAUSED
                text = "the session goes on, but no entry paused it; it rests from the entry before"
                self.remarks.append(Remark(text, tick.at))
            self._note(when)
            self._take(tick)
        elif tick.tells and not self.intervals:
            self._actor = tick.actor or self._actor  # the entry that tells of the start
        self._known = when

    def stop(self) -> None:
        """Goes to the end."""
        if self._lost >= 0:
            self._leave_out(self._end)
        self._note(self._end)

    def _when(self, tick: Tick) -> datetime | None:
        """When an entry was written, between the last change and the end; None where that cannot be known."""
        if tick.moment is None or tick.moment.zoned is not self._record.zoned:
            return None
        when = whole(tick.moment.when)
        if tick.tells and when < self._since and self.intervals:
            text = f"{tick.entry.stamp} is earlier than the change before it, and counts as that"
            self.remarks.append(Remark(text, tick.at))
        return min(max(when, self._since), self._end)

    def _changes(self, tick: Tick) -> bool:
        """Whether anything is otherwise behind an entry that tells of the clock."""
        if tick.switch or tick.resumes:
            return True
        return tick.place is not None and bool(tick.place) is not bool(self._place)

    def _take(self, tick: Tick) -> None:
        if tick.switch:
            self.stack = follow(self.stack, tick.switch, tick.entry.stamp)
        if tick.place is not None:
            self._place = tick.place
        self._actor = tick.actor or self._record.author

    def _leave_out(self, until: datetime) -> None:
        """Counts nothing from the last time that is known before a change at an unknown time."""
        if until > self._since:
            left = int((until - self._since).total_seconds())
            text = f"nobody can tell when this was, so {duration(left)} around it are not counted"
            self.remarks.append(Remark(text, self._lost))
        self._since, self._lost = until, -1

    def _note(self, until: datetime) -> None:
        """Notes the interval up to a time, with which the next one begins."""
        if until > self._since:
            kind: Kind = "paused" if self._place else "active"
            session = self._record.session
            self.intervals.append(Interval(self._since, until, kind, session, self.stack, self._actor))
            self._since = until


def _remarks(record: Record, place: int | None) -> Iterable[Remark]:
    if record.unused:
        many = record.unused > 1
        name = f"{record.unused} times name" if many else "one time names"
        zone, others = ("no zone", "do") if record.zoned else ("a zone", "do not")
        yield Remark(f"{name} {zone}, and cannot be compared with the others, which {others}")
    if not record.zoned:
        yield Remark("its times name no zone, and are taken for UTC")
        if place == ACTIVE:
            yield Remark("what has passed since its last entry is not counted")
