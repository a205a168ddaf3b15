"""Reads TOML's numbers, times and truth values, and text that lacks its quotes."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from mdtm.fields import Edit, Kind, Value
from mdtm.text import Span
from mdtm.toml.reader import Reader, meaning
from mdtm.toml.writing import text_value

_TOKEN = re.compile(r"\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]*|[^\s,\]}#]+")
_SCALAR = re.compile(
    r"(?P<boolean>true|false)"
    r"|(?P<datetime>\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)?)"
    r"|(?P<date>\d{4}-\d\d-\d\d)|(?P<time>\d\d:\d\d:\d\d(?:\.\d+)?)"
    r"|(?P<integer>[+-]?(?:0|[1-9](?:_?[0-9])*)|0x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|0o[0-7](?:_?[0-7])*|0b[01](?:_?[01])*)"
    r"|(?P<float>[+-]?(?:inf|nan|(?:0|[1-9](?:_?[0-9])*)(?:\.[0-9](?:_?[0-9])*)?(?:[eE][+-]?[0-9](?:_?[0-9])*)?))",
    re.ASCII,
)
_HALF_FLOAT = re.compile(r"([+-]?)(0?|[1-9][0-9]*)\.([0-9]*)")
_WORDS = {"True": "true", "TRUE": "true", "False": "false", "FALSE": "false"}
_NOTHING = {"null", "none", "nil", "undefined", "~"}


def read_scalar(reader: Reader, at: int, within: str) -> Value:
    """The value at `at` that is neither a string nor in brackets."""
    match = _TOKEN.match(reader.text, at, reader.end)
    if not match:
        return reader.broken(Span(at, at + 1), "a value is missing here")
    token = match[0] if within else match[0].rstrip(";")
    span = Span(at, at + len(token))
    typed = _SCALAR.fullmatch(token)
    if typed and typed.lastgroup:
        try:
            return Value(_kind(typed.lastgroup, data := meaning(token)), span, data)
        except ValueError:
            message = f"{token} is no {typed.lastgroup} that exists"
            return reader.broken(span, message, "Put it in quotes", Edit(span, f'"{token}"'))
    return _bare_text(reader, Span(at, max(_text_end(reader, at, within), span.end)))


def _kind(group: str, data: Any) -> Kind:
    kinds: tuple[tuple[type, Kind], ...] = (
        (bool, "boolean"), (datetime, "datetime"), (date, "date"), (time, "time"), (int, "integer"),
    )  # fmt: skip
    return next((kind for python, kind in kinds if isinstance(data, python)), "float")


def _text_end(reader: Reader, at: int, within: str) -> int:
    """Where text that should have been quoted ends: before a comment, the next item or the line's end."""
    line = reader.text[at : reader.line_end(at)]
    beyond = re.search(r"[,\]}#]" if within else r"\s(?:#|//)", line)
    return at + len((line[: beyond.start()] if beyond else line).rstrip(" \t"))


def _bare_text(reader: Reader, span: Span) -> Value:
    raw = reader.text[span.start : span.end]
    if raw.lower() in _NOTHING:
        message = f"TOML has no {raw}; an empty string says that there is nothing"
        return reader.broken(span, message, 'Write ""', Edit(span, '""'))
    if raw in _WORDS:
        message = f"{raw} is written in small letters"
        return reader.broken(span, message, f"Write {_WORDS[raw]}", Edit(span, _WORDS[raw]))
    if raw[0] == "(" and raw[-1] == ")":
        brackets = (Edit(Span(span.start, span.start + 1), "["), Edit(Span(span.end - 1, span.end), "]"))
        return reader.broken(span, "TOML writes an array in [ and ]", "Write [ and ]", *brackets)
    if raw[0] in "=>":
        beyond = reader.skip(span.start + 1) if raw[0] == "=" else span.start + 1
        return reader.broken(span, "one = is enough", "Remove the =", Edit(Span(span.start, beyond), ""))
    if (parts := _HALF_FLOAT.fullmatch(raw)) and raw.strip("+-."):
        number = f"{parts[1]}{parts[2] or 0}.{parts[3] or 0}"
        message = f"a number has digits before and after its point, like {number}"
        return reader.broken(span, message, f"Write {number}", Edit(span, number))
    inner = raw.strip("“”„‘’\"'` ")
    message = "text must stand in quotes"
    if raw[0] in "+-.0123456789":
        message = f"{raw} is no number, date or time of TOML; as text it must stand in quotes"
    safe = not any(mark in inner for mark in "\"'()<>=|`{}")
    return reader.broken(span, message, "Put it in quotes", Edit(span, text_value(inner)), safe=safe)
