"""The log entries that may be written where a line of the log is begun."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

from mdtm.document import Document
from mdtm.events import KINDS
from mdtm.fields import Edit
from mdtm.log_edit import opening
from mdtm.text import Span

_BEGUN = re.compile(r"[ ]{0,3}(?:[-*+](?:[ \t]+\[?)?)?[ \t]*\Z")
"""A line that holds nothing but a bullet, if that."""


class Suggestion(NamedTuple):
    """An entry that may be written; `edit` replaces what was begun."""

    label: str
    detail: str
    edit: Edit
    opening: str
    """The bullet with the time and who acts, behind which the text begins."""
    kind: str = ""
    """The kind of event; empty for any."""


def suggestions(document: Document, offset: int, now: datetime, actor: str) -> list[Suggestion]:
    """The entries that may be written where a line of the log is begun; none elsewhere."""
    number = document.text.line_at(offset)
    line = document.text.line_span(number)
    before = document.text[Span(line.start, offset)]
    if (
        not document.is_in_log(number)
        or not _BEGUN.fullmatch(before)
        or document.text[Span(offset, line.end)].strip(" ]")
    ):
        return []
    head = opening(now, actor)
    found = [Suggestion("log entry", "an entry with the time and who acts", Edit(line, head), head)]
    for kind in KINDS:
        written = head + kind.phrase.format("")
        edit = Edit(line, written.rstrip() + " ")
        found.append(Suggestion(f"log entry: {kind.name}", kind.meaning, edit, head, kind.name))
    return found
