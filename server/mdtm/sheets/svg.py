"""A sheet as a picture: a row for each session or task, bars where it was at work and thin ones where it rested."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from mdtm.clock.intervals import Interval, duration
from mdtm.clock.sheet_parts import local, remarks, title_of
from mdtm.clock.timesheet import Timesheet, grouped, summed
from mdtm.clock.zones import day_begins

WIDTH, LEFT, RIGHT, TOP, ROW, NOTE, FOOT = 960, 250, 84, 96, 26, 16, 16
"""Pixels: the whole, the names, the sums, what stands above the rows, a row, a remark, and what stands below."""
BAR = {"active": 14, "paused": 4}
"""How high a bar is; so that who sees no colours can tell them apart."""
LONGEST_NAME, LONGEST_NOTE = 36, 150
MOST_MARKS = 8
_STEPS = (5, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 5760, 10080, 20160, 43200, 86400, 172800, 525600)
"""Minutes between two marks of the time."""
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STYLE = """\
    svg { color: #1f2328; font: 12px system-ui, sans-serif; }
    .ground { fill: #ffffff; } text { fill: currentColor; } .head { font-size: 15px; font-weight: 600; }
    .quiet { opacity: .75; } .line, .day { stroke: currentColor; opacity: .12; } .day { opacity: .4; }
    .active { fill: #1a7f37; } .paused { fill: #9a6700; }
    @media (prefers-color-scheme: dark) {
      svg { color: #e6edf3; } .ground { fill: #0d1117; } .active { fill: #3fb950; } .paused { fill: #d29922; }
    }
"""


class Mark(NamedTuple):
    """A time that the picture names."""

    when: datetime
    hour: str
    """Empty where only days are named."""
    day: str
    """Where one begins, or the picture does."""


class Scale(NamedTuple):
    """The time from the left to the right."""

    first: datetime
    last: datetime

    def x(self, when: datetime) -> float:
        """Where a time stands in the picture, in pixels."""
        share = (when - self.first).total_seconds() / (self.last - self.first).total_seconds()
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def written(sheet: Timesheet) -> str:
    return "\n".join(_elements(sheet))


def _elements(sheet: Timesheet) -> Iterator[str]:
    by = "task" if sheet.by == "task" else "session"
    rows, notes, title = grouped(by, sheet.intervals, sheet.zone), remarks(sheet), title_of(sheet)
    titles = {row.name: row.title for row in sheet.rows} if by == "task" else sheet.titles
    bottom = TOP + ROW * len(rows)
    height = bottom + FOOT + NOTE * len(notes)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        f'role="img" aria-label={_attribute(title)}>'
    )
    yield f"  <title>{_text(title)}</title>\n  <style>\n{_STYLE}  </style>"
    yield f'  <rect class="ground" width="{WIDTH}" height="{height}"/>'
    yield f'  <text class="head" x="12" y="24">{_text(title)}</text>'
    yield f'  <text x="12" y="44">{_total(sheet)}</text>'
    if sheet.intervals:
        scale = Scale(sheet.intervals[0].start, max(one.end for one in sheet.intervals))
        yield from _grid(sheet, scale, bottom)
        for number, (name, parts) in enumerate(rows.items()):
            yield from _row(sheet, scale, (name, titles.get(name, ""), parts), TOP + ROW * number)
    for number, note in enumerate(notes):
        y, shown = bottom + NOTE * (number + 1), _text(_short(note, LONGEST_NOTE))
        yield f'  <text class="quiet" x="12" y="{y}">{shown}</text>'
    yield "</svg>"


def _total(sheet: Timesheet) -> str:
    """The sums, which say at once what the colours mean."""
    active, paused, wall = map(duration, (sheet.total.active, sheet.total.paused, sheet.total.wall))
    work, rest = (f'<tspan class="{kind}">\u25a0</tspan> {kind}' for kind in BAR)
    return f"{work} {active} + {rest} {paused} = wall {wall}"


def _grid(sheet: Timesheet, scale: Scale, bottom: int) -> Iterator[str]:
    """The lines of the time, with their days and hours."""
    for when, hour, day in marks(scale, sheet):
        x = scale.x(when)
        yield f'  <line class="{"day" if day else "line"}" x1="{x}" y1="{TOP - 6}" x2="{x}" y2="{bottom}"/>'
        for label, y in ((day, TOP - 26), (hour, TOP - 10)):
            if label:
                yield f'  <text class="quiet" x="{x}" y="{y}" text-anchor="middle">{label}</text>'


def _row(sheet: Timesheet, scale: Scale, row: tuple[str, str, list[Interval]], top: int) -> Iterator[str]:
    name, title, parts = row
    middle = top + ROW // 2
    about = _text(f"{name}: {title}" if title else name)
    active = duration(summed(parts).active)
    yield f'  <text x="12" y="{middle + 4}"><title>{about}</title>{_text(_short(title or name))}</text>'
    yield f'  <text class="quiet" x="{WIDTH - 12}" y="{middle + 4}" text-anchor="end">{active}</text>'
    for one in parts:
        yield _bar(sheet, scale, one, middle)


def _bar(sheet: Timesheet, scale: Scale, one: Interval, middle: int) -> str:
    x, end, high = scale.x(one.start), scale.x(one.end), BAR[one.kind]
    times = f"{local(one.start, sheet):%Y-%m-%d %H:%M:%S} to {local(one.end, sheet):%Y-%m-%d %H:%M:%S}"
    about = (f"{one.kind} {duration(one.seconds)}", times, *(item.id for item in one.stack), one.actor)
    return (
        f'  <rect class="{one.kind}" x="{x}" y="{middle - high // 2}" width="{max(round(end - x, 1), 1)}" '
        f'height="{high}"><title>{_text(", ".join(filter(None, about)))}</title></rect>'
    )


def marks(scale: Scale, sheet: Timesheet) -> list[Mark]:
    """The times to be named: a few, at full hours or days as the sheet's zone has them."""
    minutes = (scale.last - scale.first).total_seconds() / 60
    step = next((step for step in _STEPS if minutes / step <= MOST_MARKS), _STEPS[-1])
    found, day = list[Mark](), local(scale.first, sheet).date()
    while (begin := day_begins(day, sheet.zone)) <= scale.last:
        for minute in range(0, 1440, min(step, 1440)):
            when = begin + timedelta(minutes=minute)
            if scale.first <= when <= scale.last and local(when, sheet).date() == day:
                hour = f"{local(when, sheet):%H:%M}" if step < 1440 else ""
                found.append(Mark(when, hour, "" if minute and found else day.isoformat()))
        day += timedelta(days=max(1, step // 1440))
    return found


def _short(text: str, longest: int = LONGEST_NAME) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _text(text: str) -> str:
    return escape(_NO_XML.sub("", text))


def _attribute(text: str) -> str:
    return quoteattr(_NO_XML.sub("", text))
