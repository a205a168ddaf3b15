"""Edits that give a session another status, and the end time that belongs to it."""

from __future__ import annotations

from mdtm.document import Document
from mdtm.field_edit import insert_field, set_text
from mdtm.fields import Edit
from mdtm.problem import Fix
from mdtm.schema.sessions import SESSION_LOG
from mdtm.times import spell_time
from mdtm.toml.writing import text_value


def last_time(document: Document) -> str:
    """The time of the last entry, in UTC where its zone is known, else as it is written; empty when there is none."""
    last = document.last_entry()
    if last is None or last.moment is None:
        return ""
    return spell_time(last.moment.when) if last.moment.zoned else last.stamp


def end_time_edits(document: Document, time: str) -> tuple[Edit, ...]:
    """The edits that set `end_time`, which is added where it is missing; an empty one is only cleared."""
    end = document.frontmatter.get("end_time")
    if end:
        return (set_text(end, time),) if end.value.data != time else ()
    return (insert_field(document, "end_time", text_value(time), SESSION_LOG.order),) if time else ()


def status_fix(document: Document, place: int) -> tuple[Fix, ...]:
    """The fix that gives a session the status at a place in its dialect's order; none where that cannot be written.

    A session that rests or is over ends with its last entry, and an active one has no end.
    """
    frontmatter = document.frontmatter
    status, end = frontmatter.get("status"), frontmatter.get("end_time")
    if status is None or frontmatter.syntax not in ("toml", "json") or (end and end.value.kind == "broken"):
        return ()
    right = document.dialect.statuses[place]
    edits = [set_text(status, right)]
    if document.schema is SESSION_LOG and frontmatter.syntax == "toml":
        time = last_time(document) if place else ""
        if place and not time and not (end and end.value.data):
            return ()
        if time or not place:
            edits += end_time_edits(document, time)
    return (Fix(f'Write "{right}"', tuple(edits), safe=False),)
