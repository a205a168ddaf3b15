"""Reads a block of TOML statement by statement; reading goes on behind whatever is broken."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from mdtm.fields import Edit, Fault, Field, Value
from mdtm.text import Span
from mdtm.toml.reading import Reading
from mdtm.toml.residue import KEY_AND_EQUALS, after_value, read_residue
from mdtm.toml.strings import read_key
from mdtm.toml.tables import Tables
from mdtm.toml.values import read_value

_PLAIN_LINE = re.compile(
    r"([A-Za-z0-9_-]+)[ \t]*=[ \t]*\"([^\"\\\x00-\x08\x0a-\x1f\x7f]*)\"[ \t]*(?:#[^\x00-\x08\x0a-\x1f\x7f]*)?(?=\r?\n)"
)
_HEADER = re.compile(r"\[\[?")


def read_toml(text: str, at: int) -> tuple[list[Field], list[Fault], dict[str, Any]]:
    """The fields, faults and values of the TOML from `at` to the end of the text."""
    reading, tables, fields = Reading(text, len(text)), Tables(), list[Field]()
    header: tuple[str, ...] = ()
    while at < reading.end:
        field: Field | None
        if not header and (plain := _PLAIN_LINE.match(text, at)):
            at, field = plain.end(), _plain_field(plain)
        else:
            at, field, header = _statement(reading, at, header, tables)
        if field:
            fields.append(replace(field, path=header + field.path) if header else field)
            if fault := tables.put(field):
                reading.faults.append(_with_removal(fault, field, tables, text))
    return fields, reading.faults, tables.values


def _plain_field(match: re.Match[str]) -> Field:
    """The field of a line `key = "text"`, which nearly every line is."""
    start, end = match.span(2)
    return Field((match[1],), Span(*match.span(1)), Value("string", Span(start - 1, end + 1), match[2]))


def _statement(
    reading: Reading, at: int, header: tuple[str, ...], tables: Tables
) -> tuple[int, Field | None, tuple[str, ...]]:
    """Reads what begins at `at`: where it ends, the field that it is, and the table now open."""
    text = reading.text
    start = reading.skip(at)
    line_end = reading.line_end(start)
    if start == line_end:
        return _after_line_end(reading, start), None, header
    if text[start] == "#":
        reading.check_characters(start, line_end)
        return line_end, None, header
    if text[start] == "[":
        return line_end, None, _open_table(reading, start, line_end, header, tables)
    key = read_key(reading, start)
    equals = reading.skip(key[1].end) if key else start
    if not key or text[equals : equals + 1] != "=":
        return *read_residue(reading, start, line_end), header
    value_at = reading.skip(equals + 1)
    if value_at == reading.line_end(value_at) or text[value_at] == "#":
        message = f"{'.'.join(key[0])} has no value"
        edit = Edit(Span(equals + 1, equals + 1), ' ""')
        reading.fault(Span(start, equals + 1), message, 'Write ""', edit, safe=False)
        return line_end, Field(key[0], key[1], Value("broken", Span(equals, equals + 1), None)), header
    field = Field(key[0], key[1], read_value(reading, value_at))
    return after_value(reading, field), field, header


def _after_line_end(reading: Reading, at: int) -> int:
    """The start of the next line; a carriage return alone ends no line in TOML."""
    if reading.text.startswith("\r", at) and not reading.text.startswith("\r\n", at):
        span = Span(at, at + 1)
        reading.fault(span, "a line ends with a lone carriage return", "Write a line feed", Edit(span, "\n"))
        return at + 1
    return at + (2 if reading.text.startswith("\r", at) else 1)


def _open_table(
    reading: Reading, start: int, line_end: int, header: tuple[str, ...], tables: Tables
) -> tuple[str, ...]:
    opening = _HEADER.match(reading.text, start)
    assert opening
    closing = "]" * len(opening[0])
    key = read_key(reading, reading.skip(opening.end()))
    end = reading.skip(key[1].end) if key else start
    if not key or not reading.text.startswith(closing, end) or end >= line_end:
        return _unclosed_header(reading, Span(start, line_end), opening[0], key, header, tables)
    rest = reading.skip(end + len(closing))
    if rest < line_end and reading.text[rest] != "#":
        message = "nothing but a comment may follow a table's name"
        if KEY_AND_EQUALS.match(reading.text, rest):
            cure, edit = "Begin a new line", Edit(Span(end + len(closing), rest), "\n")
        else:
            cure, edit = "Make it a comment", Edit(Span(rest, rest), "# ")
        reading.fault(Span(rest, line_end), message, cure, edit)
    reading.check_characters(rest, line_end)
    if fault := tables.open(key[0], key[1], array=closing == "]]"):
        reading.faults.append(fault)
    return key[0]


def _unclosed_header(
    reading: Reading,
    line: Span,
    opening: str,
    key: tuple[tuple[str, ...], Span] | None,
    header: tuple[str, ...],
    tables: Tables,
) -> tuple[str, ...]:
    """Reports a table whose brackets are not closed; when it has a name, the keys that follow are still its own."""
    closing = "]" * len(opening)
    place = Span(line.start, line.start + len(reading.text[line.start : line.end].rstrip(" \t")))
    message = f"a table is opened with {opening}name{closing}"
    if not key or reading.text[key[1].end : place.end].strip("] \t"):
        reading.fault(place, message)
        return header
    reading.fault(place, message, f"Add {closing}", Edit(Span(key[1].end, place.end), closing))
    if fault := tables.open(key[0], key[1], array=closing == "]]"):
        reading.faults.append(fault)
    return key[0]


def _with_removal(fault: Fault, field: Field, tables: Tables, text: str) -> Fault:
    """The fault with an edit that removes the second of two equal lines."""
    first = tables.first(field.path)
    if first is None or first.data != field.value.data or first.data is None:
        return fault
    line = Span(text.rfind("\n", 0, field.key_span.start) + 1, text.find("\n", field.value.span.end) + 1)
    if line.end <= 0 or text[field.value.span.end : line.end].strip():
        return fault
    return replace(fault, cure="Remove the second", edits=(Edit(line, ""),))
