"""Edits that put into a log what its clock lacks: entries in the written form, each with its own time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.log_edit import appended, entry
from mdtm.text import Span

KEPT = timedelta(minutes=30)
"""How much of a stretch without an entry the fix keeps that takes the rest for a pause."""
PAUSED, RESUMED = "Session paused: nothing was logged", "Session resumed"


class Said(NamedTuple):
    """An entry to be written."""

    when: datetime
    """With its zone."""
    text: str


def inserted(document: Document, at: int, entries: Iterable[Said]) -> Edit:
    """The edit that writes entries before the one whose first line begins at an offset; at -1 at the end of the log."""
    lines = [entry(said.when, said.text) for said in entries]
    if at < 0:
        return appended(document, lines)
    return Edit(Span(at, at), "".join(f"{line}{document.newline}" for line in lines))


def pause(start: datetime, end: datetime | None) -> tuple[Said, ...]:
    """What tells of a pause; without an end it goes on."""
    return (Said(start, PAUSED), *([Said(end, RESUMED)] if end else []))
