"""The first lines of a brief: the goal of a session, where it stands, what is worked on, and the time it took."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timezone
from typing import NamedTuple

from mdtm.clock.intervals import Clock, duration, session_clock
from mdtm.clock.timesheet import grouped, summed
from mdtm.context.log import stack_of, stack_told, switches_in
from mdtm.context.stack import KEY, Item
from mdtm.document import Document
from mdtm.history import Event
from mdtm.schema.statuses import ACTIVE, PLACE_WORDS, session_place
from mdtm.sessions import TITLE_KEYS, Session

BEGINS = (("start", "resume"), ("pause",), ("end",), ("end", "error"))
"""The kinds of entries with which a session comes to each place."""
LIFE = ("start", "pause", "resume", "end")


class Line(NamedTuple):
    """Something that is known, and where that stands."""

    text: str
    path: str
    """The file, from the root of the workspace; or a folder."""
    line: int = 0
    """From 1; 0 for a folder."""


def head(session: Session, entries: list[Event], now: datetime) -> Iterator[Line]:
    """The goal, the state, the context with the deepest level first, the folder, and the time."""
    main = session.main
    goal = session.goal or session.id
    key = next((name for name in TITLE_KEYS if main.frontmatter.text(name)), "")
    yield Line(f"goal: {goal}", main.path, field_line(main, key)) if key else Line(f"goal: {goal}", session.folder)
    yield _state(session, entries)
    yield from _context(session)
    yield Line("folder: ./ in this brief", session.folder)
    yield from _time(session, now)


def field_line(document: Document, *path: str) -> int:
    """On which line a key stands, from 1; the first one where it is not there."""
    field = document.frontmatter.get(*path)
    return document.text.line_at(field.key_span.start) + 1 if field else 1


def _state(session: Session, entries: Iterable[Event]) -> Line:
    """Where it stands, and since when as far as an entry tells."""
    place, told = session.place, session_place(session.status)
    status = session.status or (PLACE_WORDS[place] if place is not None else "not known")
    kinds = BEGINS[place] if place is not None else LIFE
    event = next((event for event in reversed(list(entries)) if event.kind in kinds), None)
    since = f" since {event.stamp}" if event and place is not None else ""
    remark = ""
    if place == ACTIVE and told != ACTIVE:
        remark = ", for its marker makes it active, whatever its status says"
    elif told == ACTIVE and place != ACTIVE:
        remark = ", but no marker makes it active, so it rests"
    elif place is None and event:
        remark = f"; the last entry that tells of it: {event.text}"
    if event is None or session.log is None:
        return Line(f"state: {status}{remark}", session.main.path, field_line(session.main, "status"))
    return Line(f"state: {status}{since}{remark}", session.log.path, event.line)


def _context(session: Session) -> Iterator[Line]:
    """What is worked on, as the frontmatter says; where that cannot be read, as the entries tell."""
    log = session.log
    if log is None:
        return
    stack, field = stack_of(log), log.frontmatter.get(KEY)
    whole = field is not None and field.value.kind == "array" and len(field.value.items) == len(stack)
    places = [item.span.start for item in field.value.items] if field and whole else []
    if field is None or field.value.kind == "broken":
        stack = stack or stack_told(log)
    for depth, item in reversed(list(enumerate(stack))):
        line = log.text.line_at(places[depth]) + 1 if places else _pushed_on(log, item)
        what = "context" if item is stack[-1] else "in"
        since = f", since {item.pushed_at}" if item.pushed_at else ""
        yield Line(f"{what}: {item.type} {item.id}{since}", log.path, line)


def _pushed_on(log: Document, item: Item) -> int:
    """The line of the last entry that tells that something was begun; that of the context where there is none."""
    told = [one for one in switches_in(log) if (one.switch.type, one.switch.id) == (item.type, item.id)]
    pushed = [one for one in told if one.switch.what == "pushed"]
    return log.text.line_at(pushed[-1].start) + 1 if pushed else field_line(log, KEY)


def _time(session: Session, now: datetime) -> Iterator[Line]:
    """The time of the whole session, and that of each of its tasks."""
    clock = session_clock(session, now)
    path = session.main.path
    key = "start_time" if session.state is None else "created_at"
    line = field_line(session.main, key)
    if not clock.known:
        yield Line("time: not known", path, line)
        return
    active, paused, wall = map(duration, (clock.active, clock.paused, clock.wall))
    yield Line(f"time: {active} at work, {paused} at rest, {wall} in all", path, line)
    yield from _of_tasks(session.log, clock)


def _of_tasks(log: Document | None, clock: Clock) -> Iterator[Line]:
    for name, parts in grouped("task", clock.at_work, timezone.utc).items() if log else ():
        if any(item.id == name for part in parts for item in part.stack):
            item = next(item for part in parts for item in part.stack if item.id == name)
            assert log, "intervals on a task come from a log"
            yield Line(f"time on {name}: {duration(summed(parts).active)}", log.path, _pushed_on(log, item))
