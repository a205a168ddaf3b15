"""Lines that need no reader: `key = "text"` and `key = ["text", …]`, as nearly every line of frontmatter is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import overload

from mdtm.fields import Field, Value
from mdtm.once import once
from mdtm.text import Span

_TEXT = r"[^\"\\\x00-\x08\x0a-\x1f\x7f]*"
_GAP = r"[ \t]*(?:\r?\n[ \t]*)*"
_LINE = (
    r"([A-Za-z0-9_-]+)[ \t]*=[ \t]*"
    rf"(?:\"({_TEXT})\"|(\[{_GAP}(?:\"{_TEXT}\"{_GAP}(?:,{_GAP}\"{_TEXT}\"{_GAP})*(?:,{_GAP})?)?\]))"
    rf"[ \t]*(?:#[^\x00-\x08\x0a-\x1f\x7f]*)?(?:\r?\n{_GAP}|\Z)"
)
PLAIN_LINE = re.compile(_LINE)
_LINE_OR_REST = re.compile(rf"{_LINE}|[\s\S]+")
"""Such a line, or all that is left, so that nothing is ever skipped."""
_PLAIN_ITEM = re.compile(rf"\"({_TEXT})\"")
_span: Callable[[tuple[int, int]], Span] = partial(tuple.__new__, Span)
"""Does what `Span._make` does, in a third of the time."""


class PlainFields(Sequence[Field]):
    """The fields of such lines, no key given twice; each place is found out when somebody asks for one.

    What is right is told by the values alone, so in most files nobody does.
    """

    def __init__(self, text: str, start: int, count: int) -> None:
        self._text, self._start, self._count = text, start, count

    @once
    def _all(self) -> tuple[Field, ...]:
        return tuple(map(plain_field, plain_lines(self._text, self._start)))

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Field: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Field, ...]: ...

    def __getitem__(self, at: int | slice) -> Field | tuple[Field, ...]:
        return self._all[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._all == tuple(other)

    __hash__ = None  # type: ignore[assignment]


def plain_values(text: str, at: int) -> dict[str, str | list[str]] | None:
    """What a text means from `at` on; None where not all of it is such lines, or a key is given twice."""
    found = _LINE_OR_REST.findall(text, at)
    values = {key: _PLAIN_ITEM.findall(array) if array else string for key, string, array in found}
    return values if len(values) == len(found) and "" not in values else None


def plain_lines(text: str, at: int) -> Iterator[re.Match[str]]:
    """Such lines from `at` on, up to one that is none."""
    while line := PLAIN_LINE.match(text, at):
        yield line
        at = line.end()


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
