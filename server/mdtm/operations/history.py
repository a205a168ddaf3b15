"""Tells what a session has worked on, as its log has it, and how long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from mdtm.clock.intervals import Clock, clock_of, duration
from mdtm.clock.record import record_of
from mdtm.clock.ticks import whole
from mdtm.context.stack import Item, Switch, follow, switch_of
from mdtm.history import Event, events
from mdtm.occasion import Occasion, Outcome
from mdtm.times import Moment
from mdtm.verb import Verb


class Spell(NamedTuple):
    """A stay of a level on the stack."""

    item: Item
    begin: Event
    end: Event | None
    """The entry that tells that it was left; None while it is not."""
    seconds: int | None
    """How long the session was at work in it; None where the times do not tell."""


def history(at: Occasion) -> Outcome:
    """Tells from the log of a session what it has worked on, and for how long, its pauses left out."""
    session = at.session()
    told = events(session.log) if session.log else []
    switches = [(event, switch) for event in told if (switch := switch_of(event.text))]
    record = record_of(session.log, session.state)
    spells = list(_spells(switches, clock_of(record, at.now, session.place), record.zoned))
    totals = _totals(spells)
    lines = [_line(event, switch) for event, switch in switches]
    lines += ["time at work:"] if totals else []
    lines += [f"  {item.type} {item.id}  {duration(seconds)}" for item, seconds in totals.items()]
    data = {
        "session": session.id,
        "switches": [
            {"time": event.stamp, "actor": event.actor, **switch._asdict()} for event, switch in switches
        ],
        "contexts": [_about(spell) for spell in spells],
        "totals": [{"type": item.type, "id": item.id, "seconds": seconds} for item, seconds in totals.items()],
    }  # fmt: skip
    return Outcome("\n".join(lines) or f"No entry of {session.id} tells of a context.", data=data)


def _spells(switches: Iterable[tuple[Event, Switch]], clock: Clock, zoned: bool) -> Iterator[Spell]:
    """The stays of all levels, in the order in which they began."""
    begun: list[tuple[Item, Event]] = []
    ends: dict[int, Event] = {}
    stack: tuple[Item, ...] = ()
    for event, switch in switches:
        after = follow(stack, switch, str(len(begun)))  # the number tells stays apart
        if len(after) > len(stack):
            begun.append((Item(switch.type, switch.id), event))
        ends |= {int(item.pushed_at): event for item in stack if item not in after}
        stack = after
    for number, (item, event) in enumerate(begun):
        end = ends.get(number)
        until = _time(end.moment, zoned) if end else clock.end
        yield Spell(item, event, end, _seconds(clock, _time(event.moment, zoned), until))


def _time(moment: Moment | None, zoned: bool) -> datetime | None:
    """A time as the clock has it; None for one that it does not use."""
    return whole(moment.when) if moment and moment.zoned is zoned else None


def _seconds(clock: Clock, first: datetime | None, last: datetime | None) -> int | None:
    """How long the session was at work between two times; None where the clock does not know them."""
    if first is None or last is None or last < first or not clock.known:
        return None
    found = ((max(one.start, first), min(one.end, last)) for one in clock.at_work)
    return sum(int((until - since).total_seconds()) for since, until in found if since < until)


def _totals(spells: Iterable[Spell]) -> dict[Item, int]:
    """The seconds of each level over all its stays, as far as they are known."""
    found: dict[Item, int] = {}
    for spell in spells:
        found[spell.item] = found.get(spell.item, 0) + (spell.seconds or 0)
    return found


def _line(event: Event, switch: Switch) -> str:
    named = f"{switch.what} {switch.type} {switch.id}".rstrip()
    who = f"[{event.actor}]" if event.actor else ""
    return "  ".join(part for part in (event.stamp, who, named, switch.note) if part)


def _about(spell: Spell) -> dict[str, Any]:
    """A stay as JSON has it."""
    about = {"type": spell.item.type, "id": spell.item.id, "from": spell.begin.stamp}
    return {**about, "to": spell.end and spell.end.stamp, "seconds": spell.seconds}


VERBS = (
    Verb(
        "session.history", ("history",), "Show History", history, "mdtm history SESSION-Slots-2506050301",
        session_first=True,
    ),
)  # fmt: skip
