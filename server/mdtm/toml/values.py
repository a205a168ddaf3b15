"""Reads one TOML value at an offset (TOML 1.0), arrays and inline tables item by item.

The structure is found here, so that every item has its span and a broken value ends where its writer
meant it to end; what a single scalar means is left to the standard TOML library.
"""

from __future__ import annotations

import re

from mdtm.fields import Edit, Field, Value
from mdtm.text import Span
from mdtm.toml.reader import NEXT_STATEMENT, Reader, matched_end
from mdtm.toml.scalars import read_scalar
from mdtm.toml.strings import read_key, read_string
from mdtm.toml.tables import Tables
from mdtm.toml.writing import text_value

DEEPEST = 100
"""How many arrays and inline tables may lie in each other; deeper ones are a fault."""
LONGEST_TABLE = 2_000
"""How far the brace is looked for that closes an inline table which goes over several lines, in code points."""
_BETWEEN = re.compile(r"(?:[ \t]|\r?\n|#[^\n]*)*")
_BRACE = re.compile(r"""[{}]|\n[ \t]*\r?\n|#[^\n]*|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")
_WORD = re.compile(r"[^\s,\[\]{}#=\"']+")


def read_value(reader: Reader, at: int, depth: int = 0, within: str = "") -> Value:
    """The value at `at`, which is not a space; `within` is the bracket it lies in."""
    first = reader.text[at]
    if first in "\"'":
        return read_string(reader, at, within)
    if reader.text.startswith("{{", at):
        return _placeholder(reader, at)
    if first in "[{":
        if depth >= DEEPEST:
            return _too_deep(reader, at)
        return (_array if first == "[" else _inline_table)(reader, at, depth + 1)
    return read_scalar(reader, at, within)


def _too_deep(reader: Reader, at: int) -> Value:
    line = Span(reader.text.rfind("\n", 0, at) + 1, reader.line_end(at))
    value = reader.broken(Span(at, line.end), f"there are more than {DEEPEST} levels of brackets")
    reader.silence(line)
    return value


def _placeholder(reader: Reader, at: int) -> Value:
    """`{{name}}`, which was to be replaced when the file was made from its template."""
    end = reader.text.find("}}", at, reader.line_end(at))
    span = Span(at, end + 2 if end >= 0 else reader.line_end(at))
    raw = reader.text[span.start : span.end]
    message = f"the placeholder {raw} still stands where a value belongs"
    return reader.broken(span, message, "Put it in quotes", Edit(span, text_value(raw)), safe=False)


def _array(reader: Reader, at: int, depth: int) -> Value:
    text, items = reader.text, list[Value]()
    last, wants_item = at + 1, True
    while True:
        here = matched_end(_BETWEEN, text, last, reader.end)
        reader.check_characters(last, here)
        mark = text[here : here + 1] if here < reader.end else ""
        if mark == "]":
            return _array_value(Span(at, here + 1), items)
        if not mark or _is_next_statement(text, last, here):
            return _unclosed_array(reader, at, last, items)
        if mark == ",":
            if wants_item:
                _extra_comma(reader, here)
            last, wants_item = here + 1, True
            continue
        if not wants_item:
            _missing_comma(reader, items[-1].span, "item")
        item = _item(reader, here, depth)
        items.append(item)
        last, wants_item = max(item.span.end, here + 1), False


def _item(reader: Reader, at: int, depth: int) -> Value:
    item = read_value(reader, at, depth, "[")
    after = item.span.end
    glued = item.kind == "string" and _WORD.match(reader.text, after, reader.end)
    if not glued:
        return item
    end = at + len(reader.text[at : reader.line_end(at)].rstrip(",] \t"))
    return reader.broken(Span(at, end), "a quote is missing, or one inside the text is not escaped")


def _array_value(span: Span, items: list[Value]) -> Value:
    return Value("array", span, [item.data for item in items], tuple(items))


def _unclosed_array(reader: Reader, at: int, last: int, items: list[Value]) -> Value:
    edit = Edit(Span(last, last), "]" if "\n" not in reader.text[at:last] else "\n]")
    reader.fault(Span(at, at + 1), "the array has no closing bracket", "Close the array", edit)
    return Value("broken", Span(at, last), None, tuple(items))


def _inline_table(reader: Reader, at: int, depth: int) -> Value:
    tables, fields, gaps = Tables(), list[Field](), list[Span]()
    last, state = at + 1, "open"
    while True:
        here = _table_gap(reader, last, gaps)
        mark = reader.text[here : here + 1] if here < reader.end else ""
        if not mark or mark in "}\r\n#":
            if mark == "}" and gaps:
                _over_lines(reader, at, gaps)
            return _closed_table(reader, Span(at, here), state, fields, tables, mark == "}")
        if mark == ",":
            if state != "item":
                _extra_comma(reader, here)
            last, state = here + 1, "comma"
            continue
        if state == "item":
            _missing_comma(reader, fields[-1].span if fields else Span(at, here), "key")
        field = _table_field(reader, here, depth, tables)
        if field is None:
            end = max(here + 1, at + len(reader.text[at : reader.line_end(here)].rstrip("} \t")))
            reader.fault(Span(here, end), "a key, = and a value must stand here")
            last, state = end, "broken"
        else:
            fields.append(field)
            last, state = field.span.end, "item"


def _table_gap(reader: Reader, last: int, gaps: list[Span]) -> int:
    """The next mark; line ends before it are skipped, and added to `gaps`, when the table is closed later on."""
    here = reader.skip(last)
    if reader.text[here : here + 1] not in ("\r", "\n", "#"):
        return here
    beyond = matched_end(_BETWEEN, reader.text, here, reader.end)
    if not _is_closed(reader, here):
        return here
    gaps.append(Span(here, beyond))
    return beyond


def _over_lines(reader: Reader, at: int, gaps: list[Span]) -> None:
    edits = [Edit(gap, " ") for gap in gaps]
    if any("#" in reader.text[gap.start : gap.end] for gap in gaps):
        edits = []
    cure = "Put it on one line" if edits else ""
    reader.fault(Span(at, at + 1), "an inline table must stand on one line", cure, *edits)


def _is_closed(reader: Reader, at: int) -> bool:
    """Whether the brace that was open at `at` is closed before a blank line."""
    depth = 1
    for match in _BRACE.finditer(reader.text, at, min(at + LONGEST_TABLE, reader.end)):
        depth += (match[0] == "{") - (match[0] == "}")
        if not depth or match[0][0] == "\n":
            break
    return not depth


def _table_field(reader: Reader, at: int, depth: int, tables: Tables) -> Field | None:
    key = read_key(reader, at)
    equals = reader.skip(key[1].end) if key else at
    if not key or reader.text[equals : equals + 1] != "=":
        return None
    start = reader.skip(equals + 1)
    if start >= reader.end or reader.text[start] in ",}\r\n":
        return None
    field = Field(key[0], key[1], read_value(reader, start, depth, "{"))
    if fault := tables.put(field):
        reader.faults.append(fault)
    return field


def _closed_table(reader: Reader, span: Span, state: str, fields: list[Field], tables: Tables, closed: bool) -> Value:
    if not closed:
        end = fields[-1].span.end if fields else span.start + 1
        message, edit = "the inline table has no closing brace", Edit(Span(end, end), "}")
        reader.fault(Span(span.start, span.start + 1), message, "Close the table", edit)
        return Value("broken", Span(span.start, end), None, fields=tuple(fields))
    if state == "comma":
        comma = reader.text.rindex(",", span.start, span.end)
        place = Span(comma, comma + 1)
        reader.fault(place, "an inline table ends without a comma", "Remove the comma", Edit(place, ""))
    return Value("table", Span(span.start, span.end + 1), tables.values, fields=tuple(fields))


def _extra_comma(reader: Reader, at: int) -> None:
    place = Span(at, at + 1)
    reader.fault(place, "an item is missing before this comma", "Remove the comma", Edit(place, ""))


def _missing_comma(reader: Reader, before: Span, what: str) -> None:
    edit = Edit(Span(before.end, before.end), ",")
    reader.fault(before, f"a comma is missing after this {what}", "Add the comma", edit)


def _is_next_statement(text: str, last: int, here: int) -> bool:
    """Whether a new line begins with a key, so that the bracket before it was forgotten."""
    line = text.rfind("\n", last, here) + 1
    return line > last and bool(NEXT_STATEMENT.match(text, line))
