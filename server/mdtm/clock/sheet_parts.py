"""What several forms of a sheet of times have in common: its title, its table, and itself as data."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mdtm.clock.estimate import Estimate
from mdtm.clock.intervals import duration
from mdtm.clock.timesheet import Row, Sum, Timesheet
from mdtm.times import spell_time

SHARED = "Some of the time counts in several rows, and once in the total."


def title_of(sheet: Timesheet) -> str:
    """What the sheet is about, such as `Time by day, from 2026-06-01 to 2026-06-07, in UTC`."""
    since, until = sheet.since, sheet.until
    days = f", from {since}" if since else ""
    days += f"{' ' if since else ', '}to {until}" if until else ""
    if since and since == until:
        days = f", on {since}"
    return f"Time by {sheet.by}{days}, in {sheet.zone_name}"


def table(sheet: Timesheet) -> list[list[str]]:
    """The sheet in rows of texts: the headings, the rows, and the total; each ends with a title, which may be empty."""
    tasks = sheet.by == "task"
    head = [sheet.by, "active", "paused", "wall", *(["estimate", "variance"] if tasks else []), "title"]
    rows = [[row.name, *_times(row.sum), *(_estimated(row) if tasks else []), row.title] for row in sheet.rows]
    return [head, *rows, ["total", *_times(sheet.total), *(["", ""] if tasks else []), ""]]


def remarks(sheet: Timesheet) -> list[str]:
    """What is to be known of the figures, in a line each."""
    shared = sum(row.sum.wall for row in sheet.rows) != sheet.total.wall
    return [*([SHARED] if shared else []), *(f"{note.session}: {note.text}" for note in sheet.notes)]


def local(when: datetime, sheet: Timesheet) -> datetime:
    """A time as the clocks in the sheet's zone show it."""
    return when.astimezone(sheet.zone)


def data_of(sheet: Timesheet) -> dict[str, Any]:
    """A sheet for programs; `docs/clock.md` tells its shape."""
    return {
        "by": sheet.by,
        "zone": sheet.zone_name,
        "since": sheet.since.isoformat() if sheet.since else "",
        "until": sheet.until.isoformat() if sheet.until else "",
        "made": spell_time(sheet.made),
        "rows": [
            {"name": row.name, "title": row.title, **_seconds(row.sum), **(_hours(row) if sheet.by == "task" else {})}
            for row in sheet.rows
        ],
        "total": _seconds(sheet.total),
        "intervals": [
            {
                "start": spell_time(one.start),
                "end": spell_time(one.end),
                "kind": one.kind,
                "seconds": one.seconds,
                "session": one.session,
                "author": one.actor,
                "context": [{"type": item.type, "id": item.id} for item in one.stack],
            }
            for one in sheet.intervals
        ],
        "remarks": [{"session": note.session, "text": note.text} for note in sheet.notes],
    }


def _times(sum_: Sum) -> list[str]:
    return [duration(seconds) for seconds in (sum_.active, sum_.paused, sum_.wall)]


def _estimated(row: Row) -> list[str]:
    """The estimate of a task, and how far from it the task came out; empty where nobody knows."""
    known = row.estimate or Estimate(None, None)
    variance = known.variance(row.sum.active)
    estimated = "" if known.estimated is None else duration(round(known.estimated * 3600))
    return [estimated, "" if variance is None else f"{variance:+g} %"]


def _seconds(sum_: Sum) -> dict[str, int]:
    return {"active_seconds": sum_.active, "paused_seconds": sum_.paused, "wall_seconds": sum_.wall}


def _hours(row: Row) -> dict[str, float | None]:
    known = row.estimate or Estimate(None, None)
    variance = known.variance(row.sum.active)
    return {"estimated_hours": known.estimated, "actual_hours": known.actual, "variance_percent": variance}
