"""The log entries that may be written where a line of the log is begun."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from mdtm.document import Document
from mdtm.events import KINDS, Kind, kind_of
from mdtm.features.shape.keeping import kept
from mdtm.fields import Edit
from mdtm.log_edit import opening
from mdtm.markdown import Reading
from mdtm.text import Span

_BEGUN = re.compile(r"[ ]{0,3}(?:[-*+](?:[ \t]+\[?)?)?[ \t]*\Z")
"""A line that holds nothing but a bullet, if that."""
_OF_VERBS = frozenset(("start", "pause", "resume", "end", "context", "proposal"))
"""The kinds of entries that verbs write with what they do; by hand they are written seldom."""
_BY_HAND = frozenset(("decision", "result", "error", "question", "next", "note"))
"""Those that are written by hand most, for logs that do not say."""
_RECENT = 4
"""From how many blocks of lines at the end of a log is taken what its writers use."""


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
    for kind in kinds_in_use(document):
        written = head + kind.phrase.format("")
        edit = Edit(line, written.rstrip() + " ")
        found.append(Suggestion(f"log entry: {kind.name}", kind.meaning, edit, head, kind.name))
    return found


def kinds_in_use(document: Document) -> list[Kind]:
    """The kinds of entries: those first that the log had most often of late, those last that verbs write."""
    used = Counter[str]()
    for reading in islice(reversed(document.body), _RECENT):
        used.update(kept(reading, "kinds of entries", _kinds_in))
    return sorted(KINDS, key=lambda kind: (kind.name in _OF_VERBS, -used[kind.name], kind.name not in _BY_HAND))


def _kinds_in(reading: Reading) -> Counter[str]:
    return Counter(kind_of(entry.text) for entry in reading.entries)
