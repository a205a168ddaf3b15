"""Days in a zone: which zone a name means, and where its days begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from mdtm.plan import Refused

_OFFSET = re.compile(r"(?:UTC)?(?P<sign>[+-])(?P<hours>[01]\d):?(?P<minutes>[0-5]\d)", re.ASCII)
_SPELLED = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DAY = timedelta(days=1)


def zone_named(name: str) -> tzinfo:
    """The zone with a name such as `Europe/Berlin`, or so far from UTC: `UTC+05:30`, `-03:00`; without a name UTC.

    Raises:
        Refused: there is none.
    """
    if not name or name.upper() in ("UTC", "Z"):
        return timezone.utc
    if match := _OFFSET.fullmatch(name):
        offset = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"]))
        return timezone(offset if match["sign"] == "+" else -offset)
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise Refused(f"{name} is no zone; write one such as Europe/Berlin, UTC+05:30 or UTC") from error


def day_named(text: str) -> date | None:
    """The day that a text spells, as YYYY-MM-DD; None for an empty one.

    Raises:
        Refused: it spells none.
    """
    if not text:
        return None
    try:
        day = date.fromisoformat(text) if _SPELLED.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or not 1 < day.year < 9999:
        raise Refused(f"{text} is no day; write one as 2026-06-05")
    return day


def day_begins(day: date, zone: tzinfo) -> datetime:
    """When a day begins in a zone, in UTC; where clocks leave that hour out, when they do."""
    return datetime.combine(day, time(), zone).astimezone(timezone.utc)


def days(start: datetime, end: datetime, zone: tzinfo) -> Iterator[tuple[date, datetime, datetime]]:
    """The days of a zone that a stretch of time lies in, each with its part of the stretch, in UTC."""
    day = start.astimezone(zone).date()
    while start < end:
        stop = min(day_begins(day + _DAY, zone), end)
        if stop > start:
            yield day, start, stop
            start = stop
        day += _DAY
