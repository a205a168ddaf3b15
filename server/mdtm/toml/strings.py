"""Reads TOML strings and keys, and writes strings."""

from __future__ import annotations

import re

from mdtm.fields import Edit, Value
from mdtm.text import Span
from mdtm.toml.reader import CONTROL, NEXT_STATEMENT, Reader, meaning

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
_ENDS_HERE = re.compile(r"\s*(?:\Z|[\[\]{}#,+]|[\w\"'.-]+[ \t]*[=:.])|\s*\n[ \t]*[\"']")
"""What follows a string that ends on its line, rather than one which was broken over two."""
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\r\n]|\\[^\r\n])*"|'[^'\r\n]*'""")


def read_key(reader: Reader, at: int) -> tuple[tuple[str, ...], Span] | None:
    """A bare, quoted or dotted key at `at`; None when there is none."""
    parts: list[str] = []
    start = at
    while match := _KEY.match(reader.text, at, reader.end):
        parts.append(_key_part(reader, match))
        end = match.end()
        at = reader.skip(end)
        if reader.text[at : at + 1] != "." or at >= reader.end:
            return tuple(parts), Span(start, end)
        at = reader.skip(at + 1)
    return None


def read_string(reader: Reader, at: int, within: str) -> Value:
    """The string whose quote stands at `at`; `within` is the bracket it lies in."""
    if plain := _PLAIN.match(reader.text, at, reader.end):
        return Value("string", Span(*plain.span()), plain[1])
    quote = reader.text[at]
    if reader.text.startswith(quote * 3, at):
        return _multi_line_string(reader, at, quote)
    match = (_BASIC if quote == '"' else _LITERAL).match(reader.text, at, reader.end)
    if not match:
        return _unclosed_string(reader, at, within)
    return _checked_string(reader, Span(*match.span()), quote == '"')


def _multi_line_string(reader: Reader, at: int, quote: str) -> Value:
    for match in _QUOTES[quote].finditer(reader.text, at + 3, reader.end):
        if match[1]:
            return _checked_string(reader, Span(at, match.end()), quote == '"')
    first_line = Span(at, reader.line_end(at))
    following = NEXT_STATEMENT.search(reader.text, first_line.end + 1, reader.end)
    end = following.start() if following else reader.end
    end = at + len(reader.text[at:end].rstrip())
    edit = Edit(Span(end, end), quote * 3)
    reader.fault(first_line, f"the string has no closing {quote * 3}", f"Close the string with {quote * 3}", edit)
    return Value("broken", Span(at, end), None)


def _checked_string(reader: Reader, span: Span, escapes: bool) -> Value:
    raw = reader.text[span.start : span.end]
    before = len(reader.faults)
    for match in CONTROL.finditer(raw):
        place = Span(*match.span()).moved(span.start)
        code = f"{ord(match[0]):04X}"
        edits = (Edit(place, f"\\u{code}"),) if escapes and match[0] != "\r" else ()
        message = f"the character U+{code} may not stand in a string"
        reader.fault(place, message, "Write its escape" if edits else "", *edits)
    if escapes and "\\" in raw:
        _check_escapes(reader, raw, span.start)
    if len(reader.faults) > before:
        return Value("broken", span, None)
    return Value("string", span, meaning(raw))


def _check_escapes(reader: Reader, raw: str, start: int) -> None:
    multi_line = raw.startswith('"""')
    for match in _ESCAPE.finditer(raw):
        if _GOOD_ESCAPE.match(raw, match.start()) or (multi_line and _LINE_END_ESCAPE.match(raw, match.start())):
            continue
        place = Span(*match.span()).moved(start)
        message = f"{match[0].strip()} is no escape; a backslash itself is written \\\\"
        reader.fault(place, message, "Double the backslash", Edit(Span(place.start, place.start), "\\"))


def _unclosed_string(reader: Reader, at: int, within: str) -> Value:
    quote = reader.text[at]
    end = at + len(reader.text[at : reader.line_end(at)].rstrip(" \t"))
    rest = reader.text[at + 1 : end]
    if within:
        end = at + 1 + len(rest.rstrip(",]} \t" if within == "[" else ",} \t"))
    message = "the string has no closing quote"
    other = "'" if quote == '"' else '"'
    if not within and rest.endswith(other) and other not in rest[:-1]:
        edit = Edit(Span(at, at + 1), other)
        reader.fault(Span(at, end), "the string begins and ends with different quotes", f"Begin it with {other}", edit)
        return Value("broken", Span(at, end), None)
    safe = "#" not in rest and quote not in rest and _ENDS_HERE.match(reader.text, reader.line_end(at)) is not None
    reader.fault(Span(at, end), message, "Add the closing quote", Edit(Span(end, end), quote), safe=safe)
    return Value("broken", Span(at, end), None)


def _key_part(reader: Reader, match: re.Match[str]) -> str:
    raw = match[0]
    if raw[0] not in "\"'":
        return raw
    value = _checked_string(reader, Span(*match.span()), raw[0] == '"')
    return value.data if isinstance(value.data, str) else raw[1:-1]
