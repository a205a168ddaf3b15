"""A sheet as an iCalendar file (RFC 5545): an event for each interval at work, which keeps its name as it grows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from mdtm.clock.intervals import Interval
from mdtm.clock.sheet_parts import title_of
from mdtm.clock.timesheet import Timesheet
from mdtm.plan import Refused

LONGEST = 75
"""How many bytes a line may have (RFC 5545, 3.1); a longer one goes on behind a space."""
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


def written(sheet: Timesheet) -> str:
    """The text of the file.

    Raises:
        Refused: there is no event, without which it would be no calendar (RFC 5545, 3.6).
    """
    if not sheet.total.active:
        raise Refused("no time at work is counted here, and a calendar without an event is none")
    return "".join(f"{folded(line)}\r\n" for line in _lines(sheet))


def folded(line: str) -> str:
    """A line in pieces that are short enough, none of which ends within a character."""
    pieces, piece, size = list[str](), "", 0
    for character in line:
        width = len(character.encode())
        if size + width > LONGEST:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + character, size + width
    return "\r\n".join((*pieces, piece))


def _lines(sheet: Timesheet) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//mdtm//mdtm report//EN", "CALSCALE:GREGORIAN")
    yield f"X-WR-CALNAME:{_text(title_of(sheet))}"
    for name, seconds in (*sheet.total._asdict().items(), ("wall", sheet.total.wall)):
        yield f"X-MDTM-{name.upper()}-SECONDS:{seconds}"
    seen = Counter[str]()
    for one in sheet.intervals:
        if one.kind == "active":
            uid = f"{_time(one.start)}-{one.session}"
            seen[uid] += 1
            more = f"-{seen[uid]}" if seen[uid] > 1 else ""  # a copy of a session that lies somewhere else
            yield from _event(sheet, one, f"{uid}{more}@mdtm")
    yield "END:VCALENDAR"


def _event(sheet: Timesheet, one: Interval, uid: str) -> Iterator[str]:
    deepest = one.stack[-1].id if one.stack else ""
    summary = ": ".join(filter(None, (deepest, sheet.titles.get(one.session) or one.session)))
    about = [f"session {one.session}", *(f"{item.type} {item.id}" for item in one.stack)]
    about += [f"by {one.actor}"] if one.actor else []
    described = _text("\n".join(about))
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(uid)}"
    yield f"DTSTAMP:{_time(sheet.made)}"
    yield f"DTSTART:{_time(one.start)}"
    yield f"DTEND:{_time(one.end)}"
    yield f"SUMMARY:{_text(summary)}"
    yield f"DESCRIPTION:{described}"
    yield "END:VEVENT"


def _time(when: datetime) -> str:
    """A time in UTC."""
    return when.strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """A text as a value (RFC 5545, 3.3.11)."""
    return "".join(_ESCAPED.get(sign, sign) for sign in _CONTROLS.sub("", text.replace("\r\n", "\n")))
