"""Reads TOML strings and keys, and writes strings."""

from __future__ import annotations

import json
import re
import sys

from mdtm.fields import Edit, Value
from mdtm.text import Span
from mdtm.toml.reading import CONTROL, NEXT_STATEMENT, Reading

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

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
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\r\n]|\\[^\r\n])*"|'[^'\r\n]*'""")


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


def read_string(reading: Reading, at: int, within: str) -> Value:
    """The string whose quote stands at `at`; `within` is the bracket it lies in."""
    if plain := _PLAIN.match(reading.text, at, reading.end):
        return Value("string", Span(*plain.span()), plain[1])
    quote = reading.text[at]
    if reading.text.startswith(quote * 3, at):
        return _multi_line_string(reading, at, quote)
    match = (_BASIC if quote == '"' else _LITERAL).match(reading.text, at, reading.end)
    if not match:
        return _unclosed_string(reading, at, within)
    return _checked_string(reading, Span(*match.span()), quote == '"')


def text_value(text: str) -> str:
    """A text as a TOML basic string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


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
    for match in CONTROL.finditer(raw):
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


def _key_part(reading: Reading, match: re.Match[str]) -> str:
    raw = match[0]
    if raw[0] not in "\"'":
        return raw
    value = _checked_string(reading, Span(*match.span()), raw[0] == '"')
    return value.data if isinstance(value.data, str) else raw[1:-1]
