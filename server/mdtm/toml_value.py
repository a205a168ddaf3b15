"""Reads one TOML value at an offset: strings, numbers, times, arrays and inline tables (TOML 1.0).

The structure is found here, so that every item has its span and a broken value ends where its writer
meant it to end; what a single scalar means is left to the standard TOML library.
Each reader appends what it cannot read to `faults` and goes on behind it.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import date, datetime, time
from typing import Any

from mdtm.fields import Edit, Fault, Field, Kind, Value
from mdtm.text import Span

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

DEEPEST = 100
"""How many arrays and inline tables may lie in each other; deeper ones are a fault."""
LONGEST_TABLE = 2_000
"""How far the brace is looked for that closes an inline table which goes over several lines, in code points."""

_PLAIN = re.compile(r'"([^"\\\x00-\x08\x0a-\x1f\x7f]*)"(?!")')
_BASIC = re.compile(r'"(?:[^"\\\r\n]|\\[^\r\n])*"')
_LITERAL = re.compile(r"'[^'\r\n]*'")
_QUOTES = {'"': re.compile(r'\\.|("{3,5})', re.DOTALL), "'": re.compile(r"('{3,5})")}
_ESCAPE = re.compile(r"\\(?:.|\Z)", re.DOTALL)
_NOT_SURROGATE = "(?![dD][89a-fA-F])[0-9a-fA-F]{4}"
_GOOD_ESCAPE = re.compile(
    rf'\\(?:[btnfr"\\]|u{_NOT_SURROGATE}|U0000{_NOT_SURROGATE}|U(?:000[1-9a-fA-F]|0010)[0-9a-fA-F]{{4}})'
)
_LINE_END_ESCAPE = re.compile(r"\\[ \t]*\r?\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)")
_SPACE = re.compile(r"[ \t]*")
_BETWEEN = re.compile(r"(?:[ \t]|\r?\n|#[^\n]*)*")
_LINE = re.compile(r"[^\r\n]*")
_BRACE = re.compile(r"""[{}]|\n[ \t]*\r?\n|#[^\n]*|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")
_WORD = re.compile(r"[^\s,\[\]{}#=\"']+")
_TOKEN = re.compile(r"\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]*|[^\s,\]}#]+")
_SCALAR = re.compile(
    r"(?P<boolean>true|false)"
    r"|(?P<datetime>\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)?)"
    r"|(?P<date>\d{4}-\d\d-\d\d)|(?P<time>\d\d:\d\d:\d\d(?:\.\d+)?)"
    r"|(?P<integer>[+-]?(?:0|[1-9](?:_?[0-9])*)|0x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|0o[0-7](?:_?[0-7])*|0b[01](?:_?[01])*)"
    r"|(?P<float>[+-]?(?:inf|nan|(?:0|[1-9](?:_?[0-9])*)(?:\.[0-9](?:_?[0-9])*)?(?:[eE][+-]?[0-9](?:_?[0-9])*)?))",
    re.ASCII,
)
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\r\n]|\\[^\r\n])*"|'[^'\r\n]*'""")
NEXT_STATEMENT = re.compile(
    r"^[ \t]*(?:[A-Za-z0-9_-]+(?:[ \t]*\.[ \t]*[A-Za-z0-9_-]+)*[ \t]*="
    r"|\[\[?(?!(?:true|false|inf|nan)\])[A-Za-z_][A-Za-z0-9_.-]*\]\]?[ \t]*$)",
    re.MULTILINE,
)
"""A line that begins a key or a table, and so ends whatever was not closed before it."""
_HALF_FLOAT = re.compile(r"([+-]?)(0?|[1-9][0-9]*)\.([0-9]*)")
_WORDS = {"True": "true", "TRUE": "true", "False": "false", "FALSE": "false"}
_NOTHING = {"null", "none", "nil", "undefined", "~"}


class Reading:
    """The text that is read, where it ends, and the faults found so far."""

    __slots__ = ("_insertions", "_line", "end", "faults", "text")

    def __init__(self, text: str, end: int) -> None:
        self.text = text
        self.end = end
        self.faults: list[Fault] = []
        self._insertions = set[int]()
        self._line = Span(0, -1)

    def fault(self, span: Span, message: str, cure: str = "", *edits: Edit, safe: bool = True) -> None:
        """Reports a fault; where another one inserts at the same place, that one is to be mended first."""
        insertions = {edit.span.start for edit in edits if edit.span.start == edit.span.end}
        if insertions & self._insertions:
            cure, edits = "", ()
        self._insertions |= insertions
        self.faults.append(Fault("broken-toml", span, message, cure, edits, safe))

    def skip(self, at: int) -> int:
        """The offset after spaces and tabs."""
        return _matched_end(_SPACE, self.text, at, self.end)

    def line_end(self, at: int) -> int:
        """Where the line that `at` stands in ends, its line end left out."""
        if not self._line.start <= at <= self._line.end:
            self._line = Span(at, _matched_end(_LINE, self.text, at, self.end))
        return self._line.end


def read_key(reading: Reading, at: int) -> tuple[tuple[str, ...], Span] | None:
    """A bare, quoted or dotted key at `at`; None when there is none."""
    parts: list[str] = []
    start = at
    while match := _KEY.match(reading.text, at, reading.end):
        parts.append(_key_part(reading, match))
        end = match.end()
        at = reading.skip(end)
        if reading.text[at : at + 1] != "." or at >= reading.end:
            return tuple(parts), Span(start, end)
        at = reading.skip(at + 1)
    return None


def read_value(reading: Reading, at: int, depth: int = 0, within: str = "") -> Value:
    """The value at `at`, which is not a space; `within` is the bracket it lies in."""
    text = reading.text
    first = text[at]
    if first == '"' and (match := _PLAIN.match(text, at, reading.end)):
        return Value("string", Span(*match.span()), match[1])
    if first in "\"'":
        return _string(reading, at, within)
    if first in "[{":
        if depth >= DEEPEST:
            return _broken(reading, Span(at, reading.line_end(at)), f"more than {DEEPEST} levels of brackets")
        return (_array if first == "[" else _inline_table)(reading, at, depth + 1)
    return _scalar(reading, at, within)


def text_value(text: str) -> str:
    """A text as a TOML basic string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _string(reading: Reading, at: int, within: str) -> Value:
    quote = reading.text[at]
    if reading.text.startswith(quote * 3, at):
        return _multi_line_string(reading, at, quote)
    match = (_BASIC if quote == '"' else _LITERAL).match(reading.text, at, reading.end)
    if not match:
        return _unclosed_string(reading, at, within)
    return _checked_string(reading, Span(*match.span()), quote == '"')


def _multi_line_string(reading: Reading, at: int, quote: str) -> Value:
    for match in _QUOTES[quote].finditer(reading.text, at + 3, reading.end):
        if match[1]:
            return _checked_string(reading, Span(at, match.end()), quote == '"')
    first_line = Span(at, reading.line_end(at))
    following = NEXT_STATEMENT.search(reading.text, first_line.end + 1, reading.end)
    end = following.start() if following else reading.end
    end = at + len(reading.text[at:end].rstrip())
    edit = Edit(Span(end, end), quote * 3)
    reading.fault(first_line, f"the string has no closing {quote * 3}", f"Close the string with {quote * 3}", edit)
    return Value("broken", Span(at, end), None)


def _checked_string(reading: Reading, span: Span, escapes: bool) -> Value:
    raw = reading.text[span.start : span.end]
    before = len(reading.faults)
    for match in _CONTROL.finditer(raw):
        place = Span(*match.span()).moved(span.start)
        code = f"{ord(match[0]):04X}"
        edits = (Edit(place, f"\\u{code}"),) if escapes and match[0] != "\r" else ()
        message = f"the character U+{code} may not stand in a string"
        reading.fault(place, message, "Write its escape" if edits else "", *edits)
    if escapes and "\\" in raw:
        _check_escapes(reading, raw, span.start)
    if len(reading.faults) > before:
        return Value("broken", span, None)
    return Value("string", span, tomllib.loads(f"v={raw}")["v"])


def _check_escapes(reading: Reading, raw: str, start: int) -> None:
    multi_line = raw.startswith('"""')
    for match in _ESCAPE.finditer(raw):
        if _GOOD_ESCAPE.match(raw, match.start()) or (multi_line and _LINE_END_ESCAPE.match(raw, match.start())):
            continue
        place = Span(*match.span()).moved(start)
        message = f"{match[0].strip()} is no escape; a backslash itself is written \\\\"
        reading.fault(place, message, "Double the backslash", Edit(Span(place.start, place.start), "\\"))


def _unclosed_string(reading: Reading, at: int, within: str) -> Value:
    quote = reading.text[at]
    end = at + len(reading.text[at : reading.line_end(at)].rstrip(" \t"))
    rest = reading.text[at + 1 : end]
    if within:
        end = at + 1 + len(rest.rstrip(",]} \t" if within == "[" else ",} \t"))
    message = "the string has no closing quote"
    safe = "#" not in rest and quote not in rest
    reading.fault(Span(at, end), message, "Add the closing quote", Edit(Span(end, end), quote), safe=safe)
    return Value("broken", Span(at, end), None)


def _scalar(reading: Reading, at: int, within: str) -> Value:
    match = _TOKEN.match(reading.text, at, reading.end)
    if not match:
        return _broken(reading, Span(at, at + 1), "a value is missing here")
    token = match[0] if within else match[0].rstrip(";")
    span = Span(at, at + len(token))
    typed = _SCALAR.fullmatch(token)
    if typed and typed.lastgroup:
        try:
            return Value(_kind(typed.lastgroup, data := _meaning(token)), span, data)
        except ValueError:
            message = f"{token} is no {typed.lastgroup} that exists"
            return _broken(reading, span, message, "Put it in quotes", Edit(span, f'"{token}"'))
    return _bare_text(reading, Span(at, max(_text_end(reading, at, within), span.end)))


def _kind(group: str, data: Any) -> Kind:
    kinds: tuple[tuple[type, Kind], ...] = (
        (bool, "boolean"), (datetime, "datetime"), (date, "date"), (time, "time"), (int, "integer"),
    )  # fmt: skip
    return next((kind for python, kind in kinds if isinstance(data, python)), "float")


def _meaning(token: str) -> Any:
    return tomllib.loads(f"v={token}")["v"]


def _text_end(reading: Reading, at: int, within: str) -> int:
    """Where text that should have been quoted ends: before a comment, the next item or the line's end."""
    line = reading.text[at : reading.line_end(at)]
    beyond = re.search(r"[,\]}#]" if within else r"\s(?:#|//)", line)
    return at + len((line[: beyond.start()] if beyond else line).rstrip(" \t"))


def _bare_text(reading: Reading, span: Span) -> Value:
    raw = reading.text[span.start : span.end]
    if raw.lower() in _NOTHING:
        message = f"TOML has no {raw}; an empty string says that there is nothing"
        return _broken(reading, span, message, 'Write ""', Edit(span, '""'))
    if raw in _WORDS:
        message = f"{raw} is written in small letters"
        return _broken(reading, span, message, f"Write {_WORDS[raw]}", Edit(span, _WORDS[raw]))
    if raw[0] == "=":
        beyond = reading.skip(span.start + 1)
        return _broken(reading, span, "one = is enough", "Remove the =", Edit(Span(span.start, beyond), ""))
    if (parts := _HALF_FLOAT.fullmatch(raw)) and raw.strip("+-."):
        number = f"{parts[1]}{parts[2] or 0}.{parts[3] or 0}"
        message = f"a number has digits before and after its point, like {number}"
        return _broken(reading, span, message, f"Write {number}", Edit(span, number))
    inner = raw.strip("“”„‘’\"'` ")
    message = "text must stand in quotes"
    if raw[0] in "+-.0123456789":
        message = f"{raw} is no number, date or time of TOML; as text it must stand in quotes"
    return _broken(reading, span, message, "Put it in quotes", Edit(span, text_value(inner)))


def _broken(reading: Reading, span: Span, message: str, cure: str = "", *edits: Edit) -> Value:
    reading.fault(span, message, cure, *edits)
    return Value("broken", span, None)


def _array(reading: Reading, at: int, depth: int) -> Value:
    text, items = reading.text, list[Value]()
    last, wants_item = at + 1, True
    while True:
        here = _matched_end(_BETWEEN, text, last, reading.end)
        check_comments(reading, last, here)
        mark = text[here : here + 1] if here < reading.end else ""
        if mark == "]":
            return _array_value(Span(at, here + 1), items)
        if not mark or _is_next_statement(text, last, here):
            return _unclosed_array(reading, at, last, items)
        if mark == ",":
            if wants_item:
                _extra_comma(reading, here)
            last, wants_item = here + 1, True
            continue
        if not wants_item:
            _missing_comma(reading, items[-1].span, "item")
        item = _item(reading, here, depth)
        items.append(item)
        last, wants_item = max(item.span.end, here + 1), False


def _item(reading: Reading, at: int, depth: int) -> Value:
    item = read_value(reading, at, depth, "[")
    after = item.span.end
    glued = item.kind == "string" and _WORD.match(reading.text, after, reading.end)
    if not glued:
        return item
    end = at + len(reading.text[at : reading.line_end(at)].rstrip(",] \t"))
    return _broken(reading, Span(at, end), "a quote is missing, or one inside the text is not escaped")


def _array_value(span: Span, items: list[Value]) -> Value:
    return Value("array", span, [item.data for item in items], tuple(items))


def _unclosed_array(reading: Reading, at: int, last: int, items: list[Value]) -> Value:
    edit = Edit(Span(last, last), "]" if "\n" not in reading.text[at:last] else "\n]")
    reading.fault(Span(at, at + 1), "the array has no closing bracket", "Close the array", edit)
    return Value("broken", Span(at, last), None, tuple(items))


def _extra_comma(reading: Reading, at: int) -> None:
    place = Span(at, at + 1)
    reading.fault(place, "an item is missing before this comma", "Remove the comma", Edit(place, ""))


def _missing_comma(reading: Reading, before: Span, what: str) -> None:
    edit = Edit(Span(before.end, before.end), ",")
    reading.fault(before, f"a comma is missing after this {what}", "Add the comma", edit)


def _is_next_statement(text: str, last: int, here: int) -> bool:
    """Whether a new line begins with a key, so that the bracket before it was forgotten."""
    line = text.rfind("\n", last, here) + 1
    return line > last and bool(NEXT_STATEMENT.match(text, line))


def _inline_table(reading: Reading, at: int, depth: int) -> Value:
    from mdtm.toml_table import Tables

    tables, fields, gaps = Tables(), list[Field](), list[Span]()
    last, state = at + 1, "open"
    while True:
        here = _table_gap(reading, last, gaps)
        mark = reading.text[here : here + 1] if here < reading.end else ""
        if not mark or mark in "}\r\n#":
            if mark == "}" and gaps:
                _over_lines(reading, at, gaps)
            return _closed_table(reading, Span(at, here), state, fields, tables, mark == "}")
        if mark == ",":
            if state != "item":
                _extra_comma(reading, here)
            last, state = here + 1, "comma"
            continue
        if state == "item":
            _missing_comma(reading, fields[-1].span if fields else Span(at, here), "key")
        field = _table_field(reading, here, depth, tables)
        if field is None:
            end = max(here + 1, at + len(reading.text[at : reading.line_end(here)].rstrip("} \t")))
            reading.fault(Span(here, end), "a key, = and a value must stand here")
            last, state = end, "broken"
        else:
            fields.append(field)
            last, state = field.span.end, "item"


def _table_gap(reading: Reading, last: int, gaps: list[Span]) -> int:
    """The next mark; line ends before it are skipped, and added to `gaps`, when the table is closed later on."""
    here = reading.skip(last)
    if reading.text[here : here + 1] not in ("\r", "\n", "#"):
        return here
    beyond = _matched_end(_BETWEEN, reading.text, here, reading.end)
    if not _is_closed(reading, here):
        return here
    gaps.append(Span(here, beyond))
    return beyond


def _over_lines(reading: Reading, at: int, gaps: list[Span]) -> None:
    edits = [Edit(gap, " ") for gap in gaps]
    if any("#" in reading.text[gap.start : gap.end] for gap in gaps):
        edits = []
    cure = "Put it on one line" if edits else ""
    reading.fault(Span(at, at + 1), "an inline table must stand on one line", cure, *edits)


def _is_closed(reading: Reading, at: int) -> bool:
    """Whether the brace that was open at `at` is closed before a blank line."""
    depth = 1
    for match in _BRACE.finditer(reading.text, at, min(at + LONGEST_TABLE, reading.end)):
        depth += (match[0] == "{") - (match[0] == "}")
        if not depth or match[0][0] == "\n":
            break
    return not depth


def _table_field(reading: Reading, at: int, depth: int, tables: Any) -> Field | None:
    key = read_key(reading, at)
    equals = reading.skip(key[1].end) if key else at
    if not key or reading.text[equals : equals + 1] != "=":
        return None
    start = reading.skip(equals + 1)
    if start >= reading.end or reading.text[start] in ",}\r\n":
        return None
    field = Field(key[0], key[1], read_value(reading, start, depth, "{"))
    if fault := tables.put(field):
        reading.faults.append(fault)
    return field


def _closed_table(reading: Reading, span: Span, state: str, fields: list[Field], tables: Any, closed: bool) -> Value:
    if not closed:
        end = fields[-1].span.end if fields else span.start + 1
        message, edit = "the inline table has no closing brace", Edit(Span(end, end), "}")
        reading.fault(Span(span.start, span.start + 1), message, "Close the table", edit)
        return Value("broken", Span(span.start, end), None, fields=tuple(fields))
    if state == "comma":
        comma = reading.text.rindex(",", span.start, span.end)
        place = Span(comma, comma + 1)
        reading.fault(place, "an inline table ends without a comma", "Remove the comma", Edit(place, ""))
    return Value("table", Span(span.start, span.end + 1), tables.values, fields=tuple(fields))


def _key_part(reading: Reading, match: re.Match[str]) -> str:
    raw = match[0]
    if raw[0] not in "\"'":
        return raw
    value = _checked_string(reading, Span(*match.span()), raw[0] == '"')
    return value.data if isinstance(value.data, str) else raw[1:-1]


def check_comments(reading: Reading, start: int, end: int) -> None:
    """Reports control characters in the comments between two offsets."""
    for match in _CONTROL.finditer(reading.text, start, end):
        message = f"the character U+{ord(match[0]):04X} may not stand here"
        reading.fault(Span(*match.span()), message, "Remove it", Edit(Span(*match.span()), ""))


def _matched_end(pattern: re.Pattern[str], text: str, at: int, end: int) -> int:
    match = pattern.match(text, at, end)
    return match.end() if match else at
