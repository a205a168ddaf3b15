"""Reads a block of TOML statement by statement; reading goes on behind whatever is broken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from mdtm.fields import Edit, Fault, Field, Value
from mdtm.text import Span
from mdtm.toml.plain import PLAIN_LINE, PlainFields, plain_field, plain_lines, plain_values
from mdtm.toml.reader import Reader
from mdtm.toml.residue import INVISIBLE, KEY_AND_EQUALS, after_value, read_residue
from mdtm.toml.strings import read_key
from mdtm.toml.tables import Tables
from mdtm.toml.values import read_value

_HEADER = re.compile(r"\[\[?")


def read_toml(text: str, at: int) -> tuple[Sequence[Field], list[Fault], dict[str, Any]]:
    """The fields, faults and values of the TOML from `at` to the end of the text."""
    values = plain_values(text, at)
    if values is not None:  # as in nearly every block
        return PlainFields(text, at, len(values)), [], values
    lines = list(plain_lines(text, at))
    at = lines[-1].end() if lines else at
    fields = list(map(plain_field, lines))
    reader, tables = Reader(text, len(text)), Tables()
    for field in fields:
        if fault := tables.put(field):
            reader.faults.append(_with_removal(fault, field, tables, text))
    return _read_rest(reader, tables, fields, at)


def _read_rest(
    reader: Reader, tables: Tables, fields: list[Field], at: int
) -> tuple[list[Field], list[Fault], dict[str, Any]]:
    """Goes on behind the fields that are read."""
    text = reader.text
    header: tuple[str, ...] = ()
    while at < reader.end:
        field: Field | None
        if not header and (plain := PLAIN_LINE.match(text, at)):
            at, field = plain.end(), plain_field(plain)
        else:
            at, field, header = _statement(reader, at, header, tables)
        if field:
            fields.append(field._replace(path=header + field.path) if header else field)
            if fault := tables.put(field):
                reader.faults.append(_with_removal(fault, field, tables, text))
    return fields, reader.faults, tables.values


def read_table(text: str, at: int, name: tuple[str, ...]) -> tuple[list[Field], list[Fault], dict[str, Any], Span]:
    """The same of one table of the text alone, its paths counted from there, and the span that it takes.

    What stands elsewhere is nobody's business here, faults and all; the span is empty where there is no such table.
    """
    reader, tables, fields = Reader(text, len(text)), Tables(), list[Field]()
    header: tuple[str, ...] = ()
    span = Span(at, at)
    while at < reader.end:
        start, known = at, len(reader.faults)
        at, field, header = _statement(reader, at, header, tables)
        if field and (fault := tables.put(field)):
            reader.faults.append(_with_removal(fault, field, tables, text))
        path = header + field.path if field else header
        if path[: len(name)] != name:
            del reader.faults[known:]
            continue
        span = Span(span.start if span.end > span.start else start, at)
        fields += _inside(field, path[len(name) :]) if field else ()
    return fields, reader.faults, _inner(tables.values, name), span


def _inside(field: Field, path: tuple[str, ...]) -> list[Field]:
    """A field by its path in a table; those in it where it is the table itself."""
    return [field._replace(path=path)] if path else list(field.value.fields)


def _inner(values: Any, name: tuple[str, ...]) -> dict[str, Any]:
    for part in name:
        values = values.get(part) if isinstance(values, dict) else None
    return values if isinstance(values, dict) else {}


def _statement(
    reader: Reader, at: int, header: tuple[str, ...], tables: Tables
) -> tuple[int, Field | None, tuple[str, ...]]:
    """Reads what begins at `at`: where it ends, the field that it is, and the table now open."""
    text = reader.text
    start = reader.skip(at)
    line_end = reader.line_end(start)
    if start == line_end:
        return _after_line_end(reader, start), None, header
    if text[start] == "#":
        reader.check_characters(start, line_end)
        return line_end, None, header
    if text[start] == "[":
        return line_end, None, _open_table(reader, start, line_end, header, tables)
    key = read_key(reader, start)
    equals = reader.skip(key[1].end) if key else start
    if not key or text[equals : equals + 1] != "=":
        return *read_residue(reader, start, line_end), header
    value_at = reader.skip(equals + 1)
    if value_at == reader.line_end(value_at) or text[value_at] == "#":
        message = f"{'.'.join(key[0])} has no value"
        edit = Edit(Span(equals + 1, equals + 1), ' ""')
        reader.fault(Span(start, equals + 1), message, 'Write ""', edit, safe=False)
        return line_end, Field(key[0], key[1], Value("broken", Span(equals, equals + 1), None)), header
    if text[value_at] in INVISIBLE:
        return *read_residue(reader, start, line_end), header
    field = Field(key[0], key[1], read_value(reader, value_at))
    return after_value(reader, field), field, header


def _after_line_end(reader: Reader, at: int) -> int:
    """The start of the next line; a carriage return alone ends no line in TOML."""
    if reader.text.startswith("\r", at) and not reader.text.startswith("\r\n", at):
        span = Span(at, at + 1)
        reader.fault(span, "a line ends with a lone carriage return", "Write a line feed", Edit(span, "\n"))
        return at + 1
    return at + (2 if reader.text.startswith("\r", at) else 1)


def _open_table(reader: Reader, start: int, line_end: int, header: tuple[str, ...], tables: Tables) -> tuple[str, ...]:
    opening = _HEADER.match(reader.text, start)
    assert opening
    closing = "]" * len(opening[0])
    key = read_key(reader, reader.skip(opening.end()))
    end = reader.skip(key[1].end) if key else start
    if not key or not reader.text.startswith(closing, end) or end >= line_end:
        return _unclosed_header(reader, Span(start, line_end), opening[0], key, header, tables)
    rest = reader.skip(end + len(closing))
    if rest < line_end and reader.text[rest] != "#":
        message = "nothing but a comment may follow a table's name"
        if KEY_AND_EQUALS.match(reader.text, rest):
            cure, edit = "Begin a new line", Edit(Span(end + len(closing), rest), "\n")
        else:
            cure, edit = "Make it a comment", Edit(Span(rest, rest), "# ")
        reader.fault(Span(rest, line_end), message, cure, edit)
    reader.check_characters(rest, line_end)
    if fault := tables.open(key[0], key[1], array=closing == "]]"):
        reader.faults.append(fault)
    return key[0]


def _unclosed_header(
    reader: Reader,
    line: Span,
    opening: str,
    key: tuple[tuple[str, ...], Span] | None,
    header: tuple[str, ...],
    tables: Tables,
) -> tuple[str, ...]:
    """Reports a table whose brackets are not closed; when it has a name, the keys that follow are still its own."""
    closing = "]" * len(opening)
    place = Span(line.start, line.start + len(reader.text[line.start : line.end].rstrip(" \t")))
    message = f"a table is opened with {opening}name{closing}"
    if not key or reader.text[key[1].end : place.end].strip("] \t"):
        reader.fault(place, message)
        return header
    reader.fault(place, message, f"Add {closing}", Edit(Span(key[1].end, place.end), closing))
    if fault := tables.open(key[0], key[1], array=closing == "]]"):
        reader.faults.append(fault)
    return key[0]


def _with_removal(fault: Fault, field: Field, tables: Tables, text: str) -> Fault:
    """The fault with an edit that removes the second of two equal lines, or the first of two that differ."""
    first = tables.first(field.path)
    if first is None or first.data is None or fault.related is None:
        return fault
    if first.data == field.value.data:
        line, cure, safe = _own_line(text, Span(field.key_span.start, field.value.span.end)), "Remove the second", True
    else:
        line, cure, safe = _own_line(text, Span(fault.related.start, first.span.end)), "Keep this one only", False
    return replace(fault, cure=cure, edits=(Edit(line, ""),), safe=safe) if line else fault


def _own_line(text: str, statement: Span) -> Span | None:
    """The line or lines of a statement, when nothing else stands there."""
    start, end = text.rfind("\n", 0, statement.start) + 1, text.find("\n", statement.end) + 1
    if not end or text[start : statement.start].strip() or text[statement.end : end].partition("#")[0].strip():
        return None
    return Span(start, end)
