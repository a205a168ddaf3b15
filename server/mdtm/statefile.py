"""The state file of a workflow session, `workflow-session.json`: the same fields with spans, from JSON.

The `json` module stops at the first fault and keeps no positions, so the structure is read here.
Every text gives an answer: a broken place is a fault, and what stands beside it is read all the same.
A file without faults means here what it means to `json.loads`.
"""

from __future__ import annotations

import json
import re

from mdtm.fields import Edit, Fault, Field, Value
from mdtm.json_value import BLANK, GOOD, GOOD_STRING, LINE, NUMBER, Reader, read_scalar
from mdtm.text import Span

_ALONE = re.compile(r"^\}[ \t]*$", re.MULTILINE)
_REST_OF_LINE = re.compile(r"[ \t]*(?:[\r\n]|\Z)")

DEEPEST = 100
"""How many brackets may be open at once."""

_KEY = re.compile(rf"{GOOD}\s*:")
_LOOSE_KEY = re.compile(r"""(?:'[^'"\\\r\n]*'|["']?[\w$.-]+["']?)(?=\s*[:=])""")
_NEXT_MEMBER = re.compile(rf"\s*(?:,\s*)?{GOOD}\s*:")
_NEXT_ITEM = {"}": _KEY, "]": re.compile(rf"[{{\[]|{GOOD}|(?:{NUMBER}|true|false|null)(?![\w.])")}
_STRAY = re.compile(r"(?:[^,\[\]{}\r\n/#]|/(?![/*]))+")


def read(text: str) -> tuple[tuple[Field, ...], tuple[Fault, ...], Value]:
    """The fields of the object that the text is, the faults in the order of the text, and the object."""
    reader = Reader(text)
    reader.skip()
    if reader.next() == "{":
        value = _container(reader, ())
        reader.skip()
        if rest := reader.text[reader.at :].rstrip(BLANK):
            span = reader.take(rest)
            edits = [] if rest.strip("}]," + BLANK) else [Edit(span, "")]
            reader.fault(span, "this stands after the end of the object", "Remove it", *edits)
    else:
        value = reader.broken(reader.matched(LINE), "a state file is one object in { }; this is none")
    return value.fields, tuple(sorted(reader.faults, key=lambda fault: fault.span.start)), value


def object_end(text: str, start: int) -> int | None:
    """Where the object ends that begins at an offset, with nothing behind it on its last line; None when it does not.

    One that is broken ends with the first line that is a closing brace and nothing else.
    """
    try:
        end = json.JSONDecoder().raw_decode(text, start)[1]
    except (ValueError, RecursionError):
        closing = _ALONE.search(text, start)
        end = closing.start() + 1 if closing else start
    return end if end > start and _REST_OF_LINE.match(text, end) else None


def _value(reader: Reader, path: tuple[str, ...]) -> Value:
    return _container(reader, path) if reader.next() in "{[" else read_scalar(reader)


def _container(reader: Reader, path: tuple[str, ...]) -> Value:
    """An object or an array; one that lies too deep ends the reading."""
    if len(reader.open) == DEEPEST:
        rest = reader.text[reader.at :]
        return reader.broken(rest, f"more than {DEEPEST} levels of brackets; the rest is not read")
    bracket = reader.next()
    start = reader.take(bracket).start
    reader.open.append("}" if bracket == "{" else "]")
    return (_object if bracket == "{" else _array)(reader, start, path)


def _array(reader: Reader, start: int, path: tuple[str, ...]) -> Value:
    items: list[Value] = []
    while _more(reader, start, "]"):
        items.append(_value(reader, path))
    return Value("array", Span(start, reader.end), [item.data for item in items], items=tuple(items))


def _object(reader: Reader, start: int, path: tuple[str, ...]) -> Value:
    fields: list[Field] = []
    while _more(reader, start, "}"):
        if field := _field(reader, path):
            fields.append(field)
    _compare_keys(reader, fields)
    data = {field.path[-1]: field.value.data for field in fields}
    return Value("table", Span(start, reader.end), data, fields=tuple(fields))


def _compare_keys(reader: Reader, fields: list[Field]) -> None:
    first: dict[str, Span] = {}
    for field in fields:
        there = first.setdefault(field.path[-1], field.key_span)
        if there != field.key_span:
            message = "this key stands here twice; most programs see the last one only"
            reader.faults.append(Fault("duplicate-key", field.key_span, message, related=there))


def _more(reader: Reader, start: int, close: str) -> bool:
    """Go to the next item of what opens at `start`; when there is none, past the closing bracket."""
    first, comma = reader.end == start + 1, None
    if close == "]" and not first and reader.matched(_NEXT_MEMBER):
        return _leave(reader, close)
    while True:
        reader.skip()
        char = reader.next()
        if char == "," and (comma or first):
            span = reader.take(char)
            reader.fault(span, "there is nothing before this comma", "Remove the comma", Edit(span, ""))
        elif char == ",":
            comma = reader.take(char)
        elif not char or char in reader.open:
            if comma:
                reader.fault(comma, "there is nothing after this comma", "Remove the comma", Edit(comma, ""))
            return _leave(reader, close)
        elif comma or first:
            return True
        elif reader.matched(_NEXT_ITEM[close]):
            reader.missing(",", "a comma")
            return True
        else:
            _stray(reader)


def _leave(reader: Reader, close: str) -> bool:
    """Go past the closing bracket, or say that it is missing; at the end of the text, all that are."""
    if reader.next() == close:
        reader.take(close)
    else:
        brackets = close if reader.next() else "".join(reversed(reader.open))
        reader.missing(brackets, brackets)
    reader.open.pop()
    return False


def _field(reader: Reader, path: tuple[str, ...]) -> Field | None:
    """A key with its value; None when there is no key."""
    if good := reader.matched(GOOD_STRING):
        name, span = json.loads(good), reader.take(good)
    elif loose := reader.matched(_LOOSE_KEY):
        name = loose.strip("\"'")
        span = reader.broken(loose, "a key must stand in double quotes", f'"{name}"').span
    else:
        _stray(reader)
        return None
    return Field((*path, name), span, _value_of(reader, span, (*path, name)))


def _value_of(reader: Reader, key: Span, path: tuple[str, ...]) -> Value:
    """The value that follows a key."""
    reader.skip()
    if reader.next() == ":":
        reader.take(":")
    elif reader.next() == "=":
        reader.broken("=", "JSON has a colon here", ":")
    elif not _without_value(reader):
        reader.missing(":", "a colon")
    reader.skip()
    if _without_value(reader):
        reader.fault(Span(key.start, reader.end), "this key has no value")
        return Value("broken", Span(reader.end, reader.end), None)
    return _value(reader, path)


def _without_value(reader: Reader) -> bool:
    return reader.next() in ",}]" or reader.matched(_KEY) != ""


def _stray(reader: Reader) -> None:
    """Go past what belongs to no key."""
    if reader.next() in "{[":
        reader.fault(Span(reader.at, reader.at + 1), "this value has no key")
        _container(reader, ())
    else:
        stray = reader.matched(_STRAY).rstrip(" \t") or reader.next()
        hint = '; a quote inside a string is written \\"' if '"' in stray else ""
        reader.broken(stray, f"this belongs to no value{hint}")
