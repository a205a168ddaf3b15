"""Where in YAML somebody writes, as far as its simple forms go: a key, a value behind it, an item of a list."""

from __future__ import annotations

import re
from typing import Literal

from mdtm.text import Span

_KEY = re.compile(r"(?P<key>[\w.-]*)\Z")
_VALUE = re.compile(r"(?P<key>[\w.-]+):[ \t]+(?P<begun>(?P<quote>[\"']?)[^\"'\[\]{},#|>&*]*)\Z")
_FLOW = re.compile(r"(?P<key>[\w.-]+):[ \t]+\[(?:.*,)?[ \t]*(?P<begun>(?P<quote>[\"']?)[^\"'\[\]{},#]*)\Z")
_ITEM = re.compile(r"[ \t]*-[ \t]+(?P<begun>(?P<quote>[\"']?)[^\"'\[\]{},#:]*)\Z")
_LIST = re.compile(r"([\w.-]+):[ \t]*(?:#.*)?\Z")

Found = tuple[Literal["key", "value"], Span, tuple[str, ...], str, bool, bool, tuple[tuple[str, str], ...], bool]
"""What a `Place` has, but the syntax."""


def yaml_place(text: str, at: int) -> Found | None:
    """What is begun at an offset of a text whose last line is that of the offset."""
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    before, behind = text[start:at], text[at:]
    if key := _KEY.match(before):
        word = re.match(r"[\w.-]*", behind)
        end = at + (word.end() if word else 0)
        return "key", Span(start + key.start("key"), end), (), "", False, False, (), text[end:].startswith(":")
    for pattern in (_VALUE, _FLOW, _ITEM):
        if match := pattern.match(before):
            path = (match["key"],) if pattern is not _ITEM else _list_key(text[:start])
            span, closed = _ended(behind, start + match.start("begun"), at, match["quote"], pattern is _FLOW)
            return "value", span, path, match["quote"], closed, pattern is not _VALUE, (), False
    return None


def _list_key(above: str) -> tuple[str, ...]:
    """The key whose list the lines above belong to."""
    for line in reversed(above.splitlines()):
        if match := _LIST.match(line):
            return (match[1],)
        if line.strip() and not line.lstrip().startswith(("-", "#")):
            break
    return ()


def _ended(behind: str, start: int, at: int, quote: str, in_brackets: bool) -> tuple[Span, bool]:
    if quote and (end := behind.find(quote)) >= 0:
        return Span(start, at + end + 1), True
    match = re.match(r"[^,\]#]*" if in_brackets else r"(?:[^ #]|[ ](?!#))*", behind)
    return Span(start, at + len(match[0].rstrip()) if match else at), False
