"""New log entries where somebody writes: at the cursor, and while typing."""

from __future__ import annotations

import re
from datetime import datetime

from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.log_edit import opening
from mdtm.markdown import Reading
from mdtm.text import Span

_BULLET = re.compile(r"[-*+][ \t]\Z")
_BLANK, _QUOTE, _BEGUN = map(re.compile, (r"[ \t]*", r"[ \t>]*", r"[ \t]*(?:[-*+][ \t]*)?(?:\[ \][ \t]*)?"))
"""A new line: with nothing on it, with what goes on with a quote, with a bullet of the editor's own."""
_ITEM = re.compile(
    r"(?P<quote>(?:[ \t]*>)*)(?P<bullet>[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)+)"
    r"(?P<box>\[(?:[^\]\s]{1,4}| )\](?!\S)[ \t]*)?(?P<text>.*)"
)
_RULE = re.compile(r"[ \t>]*([-*])(?:[ \t]*\1){2,}[ \t]*")
"""A line that divides sections, though it looks like bullets."""
_NUMBER = re.compile(r"\d+(?=[.)][ \t]+\Z)")


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
    """The edit that goes on with a list on a line that was just begun.

    An entry of a log is followed by the next one, any other item by its bullet, the next number or an open box.
    One with nothing in it is taken away instead; a bullet that the editor put there already stays, but in a log.
    """
    number = document.text.line_at(offset)
    found = document.line_of(number - 1) if number else None
    if not found or not _is_text(*found):
        return None
    above, line = document.text.line_span(number - 1), document.text.line_span(number)
    here, mark, item = document.text[line], found[0].mark(found[1]), _ITEM.fullmatch(document.text[above])
    if mark and mark.entry and mark.entry.form == "list" and document.is_in_log(number):
        quote, empty, new = "", not mark.entry.line[mark.entry.text_span.start :].strip(), opening(now, actor)
        begun = _BEGUN.fullmatch(here)
    elif item and not _RULE.fullmatch(item[0]):
        quote, empty = item["quote"], not item["text"]
        new = (
            quote + _NUMBER.sub(lambda match: str(int(match[0]) + 1), item["bullet"]) + ("[ ] " if item["box"] else "")
        )
        begun = _QUOTE.fullmatch(here) if quote.strip() else _BLANK.fullmatch(here)
    else:
        return None
    if not begun:
        return None
    left = f"{quote} " if quote and _goes_on(document, number) else ""
    return Edit(Span(above.start, line.end), left) if empty else Edit(line, new)


def _is_text(reading: Reading, number: int) -> bool:
    """Whether a line is Markdown: not frontmatter, and not code, a comment or a block of YAML."""
    before = reading.state_before(number)
    return not (before.skip or before.fence or before.comment or before.entry == "yaml")


def _goes_on(document: Document, number: int) -> bool:
    """Whether a quote goes on below a line."""
    return number + 1 < document.text.line_count and document.text.line(number + 1).lstrip().startswith(">")
