"""The block between the two `+++` lines: its fields with their spans, and every fault on its place.

Reading goes on behind whatever is broken: one fault hides no neighbour.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from mdtm.fences import BOM, find_fences
from mdtm.fields import Edit, Fault, Field, Value
from mdtm.text import Span, Text
from mdtm.toml_table import Tables
from mdtm.toml_value import Reading, check_comments, read_key, read_value, text_value
from mdtm.yaml_block import read_yaml

_PLAIN_LINE = re.compile(
    r"([A-Za-z0-9_-]+)[ \t]*=[ \t]*\"([^\"\\\x00-\x08\x0a-\x1f\x7f]*)\"[ \t]*(?:#[^\x00-\x08\x0a-\x1f\x7f]*)?(?=\r?\n)"
)
_KEY_AND_EQUALS = re.compile(r",?[ \t]*([A-Za-z0-9_-]+)[ \t]*=(?!=)")
_ODD_KEY = re.compile(r"(\w[\w -]*?)[ \t]*=[ \t]*(?=[\"'\[{\d]|true|false)")
"""What looks like a key and its value, but for the characters in the key."""
_WITH_VALUE = re.compile(r"=[ \t]*(?:[\"'\[{\d]|true|false)")
_YAML_COMMENT = re.compile(r"[ \t]+#.*")
_SCALAR_OF_BOTH = re.compile(r"(?:true|false|[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?)[ \t]*(?:#.*)?\Z")
"""A value that YAML and TOML write in the same way."""
_KEY_AND_COLON = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*)[ \t]*:[ \t]+(?=\S)")
_PROSE = re.compile(
    r"(?:\r?\n[ \t]*)+(?![ \t#\[\r\n]|[+-]?[\w\"'.-]+(?:[ \t]*\.[ \t]*[\w\"'-]+)*[ \t]*=|\w+[ \t]*:[ \t])([^\r\n]+)"
)
"""A further line, behind blank ones or none, that can be neither a comment, a table nor a key."""
_HEADER = re.compile(r"\[\[?")


@dataclass(frozen=True)
class Frontmatter:
    """What stands before the Markdown, read as far as it can be read."""

    syntax: Literal["toml", "yaml", "json", "none"]
    span: Span
    """From the opening fence to the end of the closing one."""
    content: Span
    lines: int = 0
    """How many lines it takes, fences and all; the Markdown begins on the next one."""
    fields: tuple[Field, ...] = ()
    """In reading order; those of tables too."""
    faults: tuple[Fault, ...] = ()
    values: dict[str, Any] | None = None
    closed: bool = True
    """Whether both fences stand where they belong."""

    @cached_property
    def _by_path(self) -> dict[tuple[str, ...], Field]:
        return {field.path: field for field in reversed(self.fields)}

    def get(self, *path: str) -> Field | None:
        """The first field with this path."""
        return self._by_path.get(path)

    def text(self, key: str) -> str | None:
        """The value of a top-level key when it is a string."""
        field = self._by_path.get((key,))
        return field.value.data if field and field.value.kind == "string" else None

    def strings(self, key: str) -> tuple[Value, ...]:
        """The string items of a top-level array."""
        field = self._by_path.get((key,))
        return tuple(item for item in field.value.items if item.kind == "string") if field else ()


NO_FRONTMATTER = Frontmatter("none", Span(0, 0), Span(0, 0), values={})


def read_frontmatter(text: Text) -> Frontmatter:
    """The frontmatter of a Markdown file."""
    fences = find_fences(text)
    if fences is None:
        return NO_FRONTMATTER
    content = text[Span(0, fences.content.end)]
    last = text.line_at(fences.span.end)
    lines = last + (fences.closed or text.line_start(last) < fences.span.end)
    if fences.syntax == "yaml":
        fields, faults, values = read_yaml(content, fences.content.start)
    else:
        fields, faults, values = _read_toml(content, fences.content.start)
    found = tuple(sorted((*fences.faults, *faults), key=lambda fault: fault.span))
    return Frontmatter(fences.syntax, fences.span, fences.content, lines, tuple(fields), found, values, fences.closed)


def read_toml_file(text: Text) -> Frontmatter:
    """A file that is TOML from its first line to its last."""
    whole = str(text)
    fields, faults, values = _read_toml(whole, 1 if whole.startswith(BOM) else 0)
    span = Span(0, len(whole))
    return Frontmatter("toml", span, span, text.line_count, tuple(fields), tuple(faults), values)


def _read_toml(text: str, at: int) -> tuple[list[Field], list[Fault], dict[str, Any]]:
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
        check_comments(reading, start, line_end)
        return line_end, None, header
    if text[start] == "[":
        return line_end, None, _open_table(reading, start, line_end, header, tables)
    key = read_key(reading, start)
    equals = reading.skip(key[1].end) if key else start
    if not key or text[equals : equals + 1] != "=":
        return *_no_statement(reading, start, line_end), header
    value_at = reading.skip(equals + 1)
    if value_at == reading.line_end(value_at) or text[value_at] == "#":
        message = f"{'.'.join(key[0])} has no value"
        edit = Edit(Span(equals + 1, equals + 1), ' ""')
        reading.fault(Span(start, equals + 1), message, 'Write ""', edit, safe=False)
        return line_end, Field(key[0], key[1], Value("broken", Span(equals, equals + 1), None)), header
    field = Field(key[0], key[1], read_value(reading, value_at))
    return _after_value(reading, field), field, header


def _after_line_end(reading: Reading, at: int) -> int:
    """The start of the next line; a carriage return alone ends no line in TOML."""
    if reading.text.startswith("\r", at) and not reading.text.startswith("\r\n", at):
        span = Span(at, at + 1)
        reading.fault(span, "a line ends with a lone carriage return", "Write a line feed", Edit(span, "\n"))
        return at + 1
    return at + (2 if reading.text.startswith("\r", at) else 1)


def _after_value(reading: Reading, field: Field) -> int:
    """Where reading goes on behind a value; anything but a comment there is a fault."""
    text, end = reading.text, field.value.span.end
    rest = reading.skip(end)
    if rest >= reading.end or text[rest] in "\r\n":
        return rest
    if following := _KEY_AND_EQUALS.match(text, rest):
        key = Span(*following.span(1))
        edit = Edit(Span(end, key.start), "\n")
        reading.fault(key, "each key stands on a line of its own", "Begin a new line", edit)
        return key.start
    line_end = reading.line_end(rest)
    if text[rest] == "#":
        check_comments(reading, rest, line_end)
    else:
        _junk(reading, field, Span(rest, rest + len(text[rest:line_end].rstrip(" \t"))))
    return line_end


def _junk(reading: Reading, field: Field, junk: Span) -> None:
    """Reports text that follows a value on its line."""
    text, value = reading.text, field.value
    found = text[junk.start : junk.end]
    quote = text[value.span.start]
    if value.kind == "broken":
        return
    if found.startswith("//"):
        edit = Edit(Span(junk.start, junk.start + 2), "#")
        reading.fault(junk, "a comment begins with #, not with //", "Write #", edit)
    elif value.kind == "string" and quote == '"' and found.endswith(quote) and found != quote:
        whole = Span(value.span.start, junk.end)
        inner = re.sub(r'(?<!\\)"', r"\"", text[whole.start + 1 : whole.end - 1])
        message = "a quote inside the string is not escaped"
        safe = junk.start == value.span.end
        reading.fault(whole, message, "Escape the quotes", Edit(whole, f'"{inner}"'), safe=safe)
    elif value.kind == "string" and quote == "'" and found.endswith(quote) and junk.start == value.span.end:
        whole = Span(value.span.start, junk.end)
        edit = Edit(whole, text_value(text[whole.start + 1 : whole.end - 1]))
        reading.fault(whole, "a string in single quotes holds no single quote", "Write it in double quotes", edit)
    elif found in {",", ";"}:
        edit = Edit(Span(value.span.end, junk.end), "")
        reading.fault(junk, f"no {found} stands after a value", f"Remove the {found}", edit)
    else:
        edit = Edit(Span(junk.start, junk.start), "# ")
        safe = junk.start > value.span.end
        reading.fault(junk, "nothing but a comment may follow a value", "Make it a comment", edit, safe=safe)


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
        if _KEY_AND_EQUALS.match(reading.text, rest):
            cure, edit = "Begin a new line", Edit(Span(end + len(closing), rest), "\n")
        else:
            cure, edit = "Make it a comment", Edit(Span(rest, rest), "# ")
        reading.fault(Span(rest, line_end), message, cure, edit)
    check_comments(reading, rest, line_end)
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


def _no_statement(reading: Reading, start: int, line_end: int) -> tuple[int, Field | None]:
    """Reports a line that is neither a key nor a table: prose, the rest of a diff, YAML."""
    line = reading.text[start:line_end].rstrip(" \t")
    place = Span(start, start + len(line))
    if line[0] in "+-" and _KEY_AND_EQUALS.match(line, 1):
        edit = Edit(Span(start, start + 1), "")
        reading.fault(place, f"a {line[0]} of a diff was left at the line's start", "Remove it", edit)
        return line_end, None
    if odd := _ODD_KEY.match(line):
        name = Span(*odd.span(1)).moved(start)
        message = "a key of other characters than A-Z, a-z, 0-9, - and _ must stand in quotes"
        edit = Edit(name, text_value(odd[1]))
        reading.fault(name, message, "Put it in quotes", edit, safe=" " not in odd[1])
        return line_end, None
    if colon := _KEY_AND_COLON.match(line):
        return _yaml_line(reading, start, line, colon)
    return _prose(reading, start, line_end), None


def _prose(reading: Reading, start: int, line_end: int) -> int:
    """Reports the lines from `start` on that are no TOML as one fault, and gives the end of the last."""
    edits = [Edit(Span(start, start), "# ")]
    while following := _PROSE.match(reading.text, line_end, reading.end):
        edits.append(Edit(Span(following.start(1), following.start(1)), "# "))
        line_end = following.end(1)
    what = "this line is" if len(edits) == 1 else "these lines are"
    cure = "Make it a comment" if len(edits) == 1 else "Make them comments"
    end = start + len(reading.text[start:line_end].rstrip(" \t"))
    safe = not _WITH_VALUE.search(reading.text, start, end)
    reading.fault(Span(start, end), f"{what} no key, no table and no comment", cure, *edits, safe=safe)
    return line_end


def _yaml_line(reading: Reading, start: int, line: str, colon: re.Match[str]) -> tuple[int, Field]:
    """Reads `key: value` as `key = value`: where it ends, and its field."""
    key, begin = Span(*colon.span(1)).moved(start), start + colon.end()
    whole = Span(start, start + len(line))
    raw = line[colon.end() :]
    message, cure = "TOML writes key = value, not key: value", "Write it as TOML"
    if raw[0] in "\"'[{" or _SCALAR_OF_BOTH.match(raw):
        reading.fault(whole, message, cure, Edit(Span(key.end, begin), " = "))
        field = Field((colon[1],), key, read_value(reading, begin))
        return _after_value(reading, field), field
    raw = _YAML_COMMENT.sub("", raw)
    value = Value("string", Span(begin, begin + len(raw)), raw)
    reading.fault(whole, message, cure, Edit(Span(key.end, value.span.end), f" = {text_value(raw)}"))
    return reading.line_end(start), Field((colon[1],), key, value)


def _with_removal(fault: Fault, field: Field, tables: Tables, text: str) -> Fault:
    """The fault with an edit that removes the second of two equal lines."""
    first = tables.first(field.path)
    if first is None or first.data != field.value.data or first.data is None:
        return fault
    line = Span(text.rfind("\n", 0, field.key_span.start) + 1, text.find("\n", field.value.span.end) + 1)
    if line.end <= 0 or text[field.value.span.end : line.end].strip():
        return fault
    return replace(fault, cure="Remove the second", edits=(Edit(line, ""),))
