"""A sheet as CSV (RFC 4180), with times in seconds; the last record is the total."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mdtm.clock.sheet_parts import data_of
from mdtm.clock.timesheet import Timesheet

_COLUMNS = ("name", "title", "active_seconds", "paused_seconds", "wall_seconds")
_OF_TASKS = ("estimated_hours", "actual_hours", "variance_percent")


def written(sheet: Timesheet) -> str:
    return "".join(f"{record}\r\n" for record in _records(sheet))


def _records(sheet: Timesheet) -> Iterator[str]:
    data = data_of(sheet)
    columns = (*_COLUMNS, *(_OF_TASKS if sheet.by == "task" else ()))
    yield _record(columns)
    for row in (*data["rows"], {"name": "total", **data["total"]}):
        yield _record(row.get(column) for column in columns)


def _record(values: Iterable[object]) -> str:
    return ",".join(_field("" if value is None else str(value)) for value in values)


def _field(text: str) -> str:
    """A field, in quotes where its text would end it."""
    if not any(sign in text for sign in ',"\r\n'):
        return text
    return '"' + text.replace('"', '""') + '"'
