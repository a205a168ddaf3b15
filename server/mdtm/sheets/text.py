"""A sheet as a table for people."""

from __future__ import annotations

from collections.abc import Iterator

from mdtm.clock.sheet_parts import remarks, table, title_of
from mdtm.clock.timesheet import Timesheet


def written(sheet: Timesheet) -> str:
    return "\n".join(_lines(sheet))


def _lines(sheet: Timesheet) -> Iterator[str]:
    rows = table(sheet)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    yield from (title_of(sheet), "")
    for name, *times, title in rows:
        aligned = [cell.rjust(width) for cell, width in zip(times, widths[1:-1], strict=True)]
        yield "  ".join((name.ljust(widths[0]), *aligned, title)).rstrip()
    if notes := remarks(sheet):
        yield ""
        yield from (f"- {note}" for note in notes)
