"""Tells what there is to do on a day or in a week, and how long somebody was at work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta, tzinfo
from typing import Any

from mdtm.clock.intervals import duration, session_clock
from mdtm.clock.timesheet import summed, within
from mdtm.clock.zones import zone_named
from mdtm.document import Document
from mdtm.occasion import Occasion, Outcome
from mdtm.plan import Refused
from mdtm.schema.statuses import ACTIVE, PAUSED
from mdtm.sessions import Session, sessions
from mdtm.tasks import IN_PROGRESS, boxes, is_closed, status_meant, status_of, task_id, tasks, title_of
from mdtm.verb import Parameter, Verb
from mdtm.wording import counted

SPANS = ("today", "week")
_AT_HAND = (ACTIVE, PAUSED)
"""The states from which a session goes on without being opened anew."""


def agenda(at: Occasion, span: str = "today", zone: str = "") -> Outcome:
    """Tells what is at hand today or this week: sessions with their time, and open tasks; those at work come first.

    Raises:
        Refused: there is no such span or zone.
    """
    if span not in SPANS:
        raise Refused(f"there is no agenda of {span}; there are {', '.join(SPANS)}")
    days_of = zone_named(zone)
    first, last = _days(at.now.astimezone(days_of).date(), span)
    found = [_session(at, one, first, last, days_of) for one in sessions(at.files)]
    found = [one for one in found if one["place"] in _AT_HAND or one["seconds"]]
    found.sort(key=lambda one: one["place"])
    todo = [_task(task) for task in tasks(at.files) if not is_closed(task)]
    todo.sort(key=lambda one: status_meant(one["status"]) != IN_PROGRESS)
    data = {"span": span, "since": first.isoformat(), "until": last.isoformat(), "sessions": found, "tasks": todo}
    return Outcome("\n".join(_lines(data)), data=data)


def _days(day: date, span: str) -> tuple[date, date]:
    """The first and the last day; a week begins on Monday."""
    if span == "today":
        return day, day
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def _session(at: Occasion, session: Session, first: date, last: date, zone: tzinfo) -> dict[str, Any]:
    clock = session_clock(session, at.now)
    return {
        "session": session.id,
        "title": session.title,
        "status": session.status,
        "place": session.place,
        "path": session.main.path,
        "seconds": summed(within(clock.intervals, first, last, zone)).active,
    }


def _task(task: Document) -> dict[str, Any]:
    ticks = boxes(task)
    return {
        "task": task_id(task),
        "title": title_of(task),
        "status": status_of(task),
        "path": task.path,
        "ticked": sum(box.ticked for box in ticks),
        "of": len(ticks),
    }


def _lines(data: Mapping[str, Any]) -> Iterator[str]:
    since, until = data["since"], data["until"]
    yield f"Agenda of {since}" if since == until else f"Agenda of the week from {since} to {until}"
    yield from ("", "Sessions:")
    for one in data["sessions"]:
        worked = f", {duration(one['seconds'])} at work" if one["seconds"] else ""
        yield f"  {one['title'] or one['session']}  {one['status'] or 'no status'}{worked}  {one['session']}"
    if not data["sessions"]:
        yield "  none is active or paused"
    yield from ("", "Open tasks:")
    for one in data["tasks"]:
        ticked = f", {one['ticked']} of {counted(one['of'], 'box')} ticked" if one["of"] else ""
        yield f"  {one['title'] or one['task']}  {one['status'] or 'no status'}{ticked}  {one['task']}"
    if not data["tasks"]:
        yield "  none"


VERBS = (
    Verb(
        "session.agenda", ("agenda",), "Show Agenda", agenda, "mdtm agenda week",
        (
            Parameter(
                "span", "of which days; of today without it", positional=True, choices=SPANS, question="Of which days?"
            ),
            Parameter("zone", "the zone whose days are meant, such as Europe/Berlin or UTC-03:00; else UTC"),
        ),
        of_session=False,
    ),
)  # fmt: skip
