"""Lines that need no reader: `key = "text"` and `key = ["text", …]`, as nearly every line of frontmatter is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import overload

from mdtm.fields import Field, Value
from mdtm.once import once
from mdtm.text import Span

_TEXT = r"[^\"\\\x00-\x08\x0a-\x1f\x7f]*"
_GAP = r"[ \t]*(?:\r?\n[ \t]*)*"
PLAIN_LINE = re.compile(
    r"([A-Za-z0-9_-]+)[ \t]*=[ \t]*"
    rf"(?:\"({_TEXT})\"|(\[{_GAP}(?:\"{_TEXT}\"{_GAP}(?:,{_GAP}\"{_TEXT}\"{_GAP})*(?:,{_GAP})?)?\]))"
    rf"[ \t]*(?:#[^\x00-\x08\x0a-\x1f\x7f]*)?(?:\r?\n{_GAP}|\Z)"
)
_PLAIN_ITEM = re.compile(rf"\"({_TEXT})\"")
_span: Callable[[tuple[int, int]], Span] = partial(tuple.__new__, Span)
"""Does what `Span._make` does, in a third of the time."""


class PlainFields(Sequence[Field]):
    """The fields of such lines, no key given twice; each place is found out when somebody asks for one.

    What is right is told by the values alone, so in most files nobody does.
    """

    def __init__(self, lines: list[re.Match[str]]) -> None:
        self._lines = lines

    @once
    def _all(self) -> tuple[Field, ...]:
        return tuple(map(plain_field, self._lines))

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, at: int) -> Field: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Field, ...]: ...

    def __getitem__(self, at: int | slice) -> Field | tuple[Field, ...]:
        return self._all[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._all == tuple(other)

    __hash__ = None  # type: ignore[assignment]


def plain_value(line: re.Match[str]) -> str | list[str]:
    """What the line means."""
    return line[2] if line[3] is None else _PLAIN_ITEM.findall(line.string, *line.span(3))


def plain_field(line: re.Match[str]) -> Field:
    """The field of the line, with its places."""
    key, key_span = (line[1],), _span(line.span(1))
    if line[3] is None:
        start, end = line.span(2)
        return Field(key, key_span, Value("string", Span(start - 1, end + 1), line[2]))
    array = _span(line.span(3))
    found = _PLAIN_ITEM.finditer(line.string, array.start, array.end)
    items = [Value("string", _span(item.span()), item[1]) for item in found]
    return Field(key, key_span, Value("array", array, [item.data for item in items], tuple(items)))
