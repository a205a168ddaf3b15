"""The form of the frontmatter: known keys in the order of the template, `key = value`, one form for arrays."""

from __future__ import annotations

import re
from typing import NamedTuple

from mdtm.document import Document
from mdtm.fields import Edit, Field
from mdtm.layout.arrays import array_text
from mdtm.layout.changes import line_edits
from mdtm.plan import Refused
from mdtm.schema import Schema
from mdtm.text import Span

_HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)
_FIRST_BLANKS = re.compile(r"\A(?:[ \t]*\r?\n)+")
_LAST_BLANKS = re.compile(r"(\r?\n)(?:[ \t]*\r?\n)+\Z")


class _Statement(NamedTuple):
    """A key with what stands above it, and the lines that it takes."""

    field: Field
    above: str
    lines: str


def key_edits(document: Document) -> tuple[Edit, ...]:
    """The edits that bring the frontmatter into form, and the body one blank line behind it.

    Raises:
        Refused: it cannot be read.
    """
    frontmatter = document.frontmatter
    if frontmatter.syntax != "toml":
        return ()
    for fault in frontmatter.faults:
        line = document.text.line_at(fault.span.start) + 1
        raise Refused(f"the frontmatter cannot be read, line {line}: {fault.message}; nothing is changed")
    old = document.text[frontmatter.content]
    return (*line_edits(frontmatter.content, old, _written(document)), *_body_edits(document))


def edits_in_place(document: Document) -> tuple[Edit, ...]:
    """Those of these edits that move no key to another place, each for itself; none where it cannot be read."""
    frontmatter = document.frontmatter
    if frontmatter.syntax != "toml" or frontmatter.faults:
        return ()
    text = document.text[Span(0, frontmatter.content.end)]
    edits, at, in_table = list[Edit](), frontmatter.content.start, False
    for field in frontmatter.fields:
        lines = _lines_of(text, field, at, frontmatter.content.end)
        in_table = in_table or _HEADER.search(text, at, lines.start) is not None
        written = _statement(text, field, lines, document.newline, in_table)
        edits += line_edits(lines, text[lines.start : lines.end], written)
        at = lines.end
    return (*edits, *_body_edits(document))


def _lines_of(text: str, field: Field, at: int, end: int) -> Span:
    """The lines that a key takes, the first of which begins at an offset or behind it."""
    return Span(text.rfind("\n", at, field.key_span.start) + 1 or at, text.find("\n", field.value.span.end) + 1 or end)


def _written(document: Document) -> str:
    """The keys in form."""
    content = document.frontmatter.content
    text = document.text[Span(0, content.end)]
    top: list[_Statement] = []
    rest: list[str] = []
    at = content.start
    in_table = False
    for field in document.frontmatter.fields:
        place = _lines_of(text, field, at, content.end)
        above = text[at : place.start]
        in_table = in_table or _HEADER.search(above) is not None
        lines = _statement(text, field, place, document.newline, in_table)
        if in_table:
            rest += [above, lines]
        else:
            top.append(_Statement(field, above, lines))
        at = place.end
    places = _places(document.schema)
    top.sort(key=lambda statement: places.get(statement.field.path[0], len(places)))
    written = "".join([*(part for one in top for part in (one.above, one.lines)), *rest, text[at : content.end]])
    return _LAST_BLANKS.sub(r"\1", _FIRST_BLANKS.sub("", written))


def _places(schema: Schema | None) -> dict[str, int]:
    """The place of each known key, by each of its names."""
    keys = schema.keys if schema else ()
    aliases = {alias: number for number, key in enumerate(keys) for alias in key.aliases}
    return {**aliases, **{key.name: number for number, key in enumerate(keys)}}


def _statement(text: str, field: Field, lines: Span, newline: str, in_table: bool) -> str:
    """The lines of a key in form; only a table's keys may be indented."""
    indent = text[lines.start : field.key_span.start] if in_table else ""
    key, value = text[field.key_span.start : field.key_span.end], field.value
    written = None
    if value.kind == "array":
        written = array_text(text, value, len(indent) + len(key) + len(" = "), newline, indent)
    if written is None:
        written = text[value.span.start : value.span.end]
    behind = text[value.span.end : lines.end]
    comment = behind.strip()
    gap = "" if not comment else behind[: behind.index(comment)] or " "
    end = behind[len(behind.rstrip("\r\n")) :]
    return f"{indent}{key} = {written}{gap}{comment}{end}"


def _body_edits(document: Document) -> tuple[Edit, ...]:
    """The edit that leaves one blank line before the body; where there is no body, nothing is changed."""
    text, first = document.text, document.frontmatter.lines
    number = first
    while number < text.line_count and not text.line(number).strip():
        number += 1
    if number == text.line_count or number - first == 1:
        return ()
    return (Edit(Span(text.line_start(first), text.line_start(number)), document.newline),)
