"""New log entries where somebody writes: at the cursor, and while typing."""

from __future__ import annotations

import re
from datetime import datetime

from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.log_edit import opening
from mdtm.text import Span

_BULLET = re.compile(r"[-*+][ \t]\Z")
_NOTHING = re.compile(r"[ \t]*(?:[-*+][ \t]*)?(?:\[ \][ \t]*)?")
_NUMBER = re.compile(r"\d{1,9}(?=[.)][ \t]+\Z)")


def entry_at(document: Document, offset: int, now: datetime, actor: str) -> Edit | None:
    """The edit that begins an entry at a place in the log: on its line when that is blank, else below it."""
    number = document.text.line_at(offset)
    if not document.is_in_log(number):
        return None
    line, text = document.text.line_span(number), opening(now, actor)
    if not document.text[line].strip():
        return Edit(line, text)
    return Edit(Span(line.end, line.end), f"{document.newline}{text}")


def stamped_bullet(document: Document, offset: int, now: datetime, actor: str) -> Edit | None:
    """The edit that puts the time behind a bullet that was just typed in the log."""
    number = document.text.line_at(offset)
    line = document.text.line_span(number)
    before, behind = document.text[Span(line.start, offset)], document.text[Span(offset, line.end)]
    if not document.is_in_log(number) or not _BULLET.fullmatch(before) or behind.strip():
        return None
    return Edit(Span(offset, offset), opening(now, actor).removeprefix("- "))


def continued(document: Document, offset: int, now: datetime, actor: str) -> Edit | None:
    """The edit that goes on with a list on a line that was just begun, which an editor may have given a bullet.

    An entry is followed by the next one, a check box by an open one; one with nothing in it is taken away instead.
    """
    number = document.text.line_at(offset)
    line = document.text.line_span(number)
    if not number or not _NOTHING.fullmatch(document.text[line]):
        return None
    above = document.text.line_span(number - 1)
    found = document.line_of(number - 1)
    mark = found[0].mark(found[1]) if found else None
    if mark and mark.entry and mark.entry.form == "list" and document.is_in_log(number):
        empty, new = not mark.entry.line[mark.entry.text_span.start :].strip(), opening(now, actor)
    elif mark and mark.box and not mark.entry:
        text = document.text[above]
        empty, new = not text[mark.box.span.end :].strip(), f"{_next_number(text[: mark.box.span.start])}[ ] "
    else:
        return None
    return Edit(Span(above.start, line.end), "") if empty else Edit(line, new)


def _next_number(bullet: str) -> str:
    """A bullet, or the number behind one."""
    return _NUMBER.sub(lambda match: str(int(match[0]) + 1), bullet)
