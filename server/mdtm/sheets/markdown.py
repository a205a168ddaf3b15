"""A sheet as a table of Markdown, to be put into a document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mdtm.clock.sheet_parts import remarks, table, title_of
from mdtm.clock.timesheet import Timesheet

_SIGNS = re.compile(r"([\\`*\[\]<>|]|(?<!\w)_|_(?!\w)|~(?=~))")
"""What Markdown would take for more than a letter."""


def written(sheet: Timesheet) -> str:
    return "\n".join(_lines(sheet))


def _lines(sheet: Timesheet) -> Iterator[str]:
    head, *rows = table(sheet)
    yield from (f"# {_plain(title_of(sheet))}", "")
    yield _row(head)
    yield _row(["---", *["---:"] * (len(head) - 2), "---"])
    yield from (_row([_plain(cell) for cell in row]) for row in rows)
    if notes := remarks(sheet):
        yield ""
        yield from (f"- {_plain(note)}" for note in notes)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    """A text that means itself, on one line."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))
