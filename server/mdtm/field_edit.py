"""Edits of one value or one line of the frontmatter, in the style that stands there."""

from __future__ import annotations

import re

from mdtm.document import Document
from mdtm.fence_lines import BOM
from mdtm.fields import Edit, Field, Value
from mdtm.text import Span
from mdtm.toml.writing import array as array_text
from mdtm.toml.writing import text_value

_COMMENT = re.compile(r"#[^\r\n]*")


def set_text(field: Field, text: str) -> Edit:
    """The edit that gives a field another text."""
    return Edit(field.value.span, text_value(text))


def append_item(document: Document, array: Value, item: str) -> tuple[Edit, ...]:
    """The edits that add a text at the end of an array, on a line of its own where the others have theirs."""
    return append_value(document, array, text_value(item))


def append_value(document: Document, array: Value, item: str) -> tuple[Edit, ...]:
    """The same with a value of any kind, as TOML writes it."""
    if edit := _grown(document, array, item):
        return (edit,)
    last = array.items[-1].span.end if array.items else array.span.start + 1
    tail = document.text[Span(last, array.span.end - 1)]
    comma = _COMMENT.sub(lambda comment: " " * len(comment[0]), tail).find(",")
    if "\n" in tail and not tail.rpartition("\n")[2].strip():
        return _append_line(document, array, item, last if array.items and comma < 0 else None)
    at = last + comma + 1
    if not array.items:
        return (Edit(Span(last, last), item),)
    return (Edit(Span(at, at), f" {item}") if comma >= 0 else Edit(Span(last, last), f", {item}"),)


def _grown(document: Document, array: Value, item: str) -> Edit | None:
    """The edit that puts each item on a line of its own, when there are so many that one line is too short for them."""
    text = document.text
    number = text.line_at(array.span.start)
    if text.line_at(array.span.end - 1) != number:
        return None
    items = [*(text[one.span] for one in array.items), item]
    written = array_text(items, array.span.start - text.line_start(number), document.newline)
    return Edit(array.span, written) if written[1] in "\r\n" else None


def _shrunk(document: Document, array: Value, index: int) -> Edit | None:
    """The edit that puts an array on one line which stood on several only because it was too long for that."""
    text = document.text
    items = [text[one.span] for one in array.items]
    before = array.span.start - text.line_start(text.line_at(array.span.start))
    if text[array.span] != array_text(items, before, document.newline) or "\n" not in text[array.span]:
        return None
    written = array_text([*items[:index], *items[index + 1 :]], before, document.newline)
    return Edit(array.span, written) if "\n" not in written else None


def _append_line(document: Document, array: Value, item: str, needs_comma: int | None) -> tuple[Edit, ...]:
    text = document.text
    closing = text.line_start(text.line_at(array.span.end - 1))
    indent = "    "
    if array.items:
        line = text.line(text.line_at(array.items[-1].span.start))
        indent = line[: len(line) - len(line.lstrip(" \t"))] or indent
    own_line = Edit(Span(closing, closing), f"{indent}{item},{document.newline}")
    return (own_line,) if needs_comma is None else (Edit(Span(needs_comma, needs_comma), ","), own_line)


def remove_item(document: Document, array: Value, index: int) -> Edit:
    """The edit that takes an item out of an array, with its comma and, if it has one, its line; comments stay."""
    items, text = array.items, document.text
    if edit := _shrunk(document, array, index):
        return edit
    span = items[index].span
    between = Span(items[index - 1].span.end, span.start) if index else Span(span.start, span.start)
    with_comma_before = Edit(Span(between.start, span.end), "")
    if index and not re.search(r"[#\r\n]", text[between]):
        return with_comma_before
    after = text[Span(span.end, items[index + 1].span.start if index + 1 < len(items) else array.span.end - 1)]
    comma = re.match(r"[ \t]*,[ \t]*", after)
    end = span.end + (comma.end() if comma else 0)
    line = text.line_span(text.line_at(span.start))
    alone = not text[Span(line.start, span.start)].strip() and not text[Span(end, max(end, line.end))].strip()
    if alone and line.start > array.span.start:
        return Edit(Span(line.start, text.line_start(text.line_at(span.start) + 1)), "")
    if not comma and index and "#" not in text[between]:
        return with_comma_before
    return Edit(Span(span.start, end), "")


def remove_field(document: Document, field: Field) -> Edit | None:
    """The edit that takes out the lines of a field; None when something else stands there."""
    text = document.text
    start = text.line_start(text.line_at(field.span.start))
    last = text.line_at(field.span.end)
    behind = text[Span(field.span.end, text.line_span(last).end)]
    end = text.line_start(last + 1)
    alone = not text[Span(start, field.span.start)].strip() and not behind.partition("#")[0].strip()
    inside = document.frontmatter.content.start <= start and end <= document.frontmatter.content.end
    return Edit(Span(start, end), "") if alone and inside else None


def insert_field(document: Document, name: str, written: str, order: tuple[str, ...]) -> Edit:
    """The edit that adds a line `name = written` behind the field that comes before it in `order`."""
    frontmatter, text = document.frontmatter, document.text
    before = order[: order.index(name)] if name in order else order
    for key in reversed(before):
        if field := frontmatter.get(key):
            at = text.line_start(text.line_at(field.value.span.end) + 1)
            if at <= frontmatter.content.end:
                return _own_line(document, at, f"{name} = {written}")
    return _own_line(document, frontmatter.content.start, f"{name} = {written}")


def _own_line(document: Document, at: int, line: str) -> Edit:
    """The edit that inserts a line at an offset, also where the line before has no end."""
    before = document.text[Span(document.text.line_start(document.text.line_at(at)), at)]
    begin = document.newline if before.strip(BOM) else ""
    return Edit(Span(at, at), f"{begin}{line}{document.newline}")
