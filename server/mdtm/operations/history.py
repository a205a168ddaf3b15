"""Tells what a session has worked on, as its log has it, and how long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from mdtm.context import Item, Switch, follow, switch_of
from mdtm.history import Event, events
from mdtm.occasion import Occasion, Outcome
from mdtm.sessions import Session
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
    spells = list(_spells(told, switches, _until(session, told, at)))
    totals = _totals(spells)
    lines = [_line(event, switch) for event, switch in switches]
    lines += ["time at work:"] if totals else []
    lines += [f"  {item.type} {item.id}  {_duration(seconds)}" for item, seconds in totals.items()]
    data = {
        "session": session.id,
        "switches": [
            {"time": event.stamp, "actor": event.actor, **switch._asdict()} for event, switch in switches
        ],
        "contexts": [_about(spell) for spell in spells],
        "totals": [{"type": item.type, "id": item.id, "seconds": seconds} for item, seconds in totals.items()],
    }  # fmt: skip
    return Outcome("\n".join(lines) or f"No entry of {session.id} tells of a context.", data=data)


def _until(session: Session, told: list[Event], at: Occasion) -> Moment | None:
    """Up to when a level is worked on that was not left: now, or the last entry of a session that is over."""
    if session.place in (2, 3):
        return next((event.moment for event in reversed(told) if event.moment), None)
    return Moment(at.now, "second")


def _spells(
    told: list[Event], switches: Iterable[tuple[Event, Switch]], until: Moment | None
) -> Iterator[Spell]:  # fmt: skip
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
        yield Spell(item, event, end, _seconds(told, event.moment, end.moment if end else until))


def _seconds(told: list[Event], start: Moment | None, end: Moment | None) -> int | None:
    """How long the session was at work between two times; None where they cannot be compared."""
    if start is None or end is None or start.zoned != end.zoned or end.when < start.when:
        return None
    passed, since, at_work = 0.0, start.when, True
    for event in told:
        moment = event.moment
        tells = event.kind in ("start", "pause", "resume", "end") and moment and moment.zoned == start.zoned
        if tells and moment and since <= moment.when <= end.when:
            passed += (moment.when - since).total_seconds() if at_work else 0
            since, at_work = moment.when, event.kind in ("start", "resume")
    return int(passed + ((end.when - since).total_seconds() if at_work else 0))


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


def _duration(seconds: int) -> str:
    """Hours, minutes and seconds."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


VERBS = (
    Verb(
        "session.history", ("history",), "Show History", history, "mdtm history SESSION-Slots-2506050301",
        session_first=True,
    ),
)  # fmt: skip
