"""Text as lines that an edit can splice: offsets to positions and back.

Offsets are code points from the start of the file; they are used everywhere inside mdtm.
Positions are a line and a column, both from 0, with the column in the units of an `Encoding`;
they are used at the walls only, and this file is the only one that converts.
A line ends with `\\n`, `\\r\\n` or `\\r` and with nothing else (LSP 3.17, Text Documents).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, compress, count, islice
from operator import is_not
from typing import Literal, NamedTuple, TypeVar

Encoding = Literal["utf-8", "utf-16", "utf-32"]

LINES_PER_BLOCK = 64
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_CODEC: dict[Encoding, tuple[str, int]] = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2)}


class Span(NamedTuple):
    """A stretch of text, from `start` up to but not including `end`, in code points."""

    start: int
    end: int

    def moved(self, by: int) -> Span:
        return Span(self.start + by, self.end + by)


class Position(NamedTuple):
    """A place as editors name it; `column` counts units of the encoding in use."""

    line: int
    column: int


class Block:
    """A run of lines: the unit that texts share. Only the last block's last line may lack its end."""

    __slots__ = ("_starts", "length", "lines", "text")

    def __init__(self, lines: tuple[str, ...], text: str = "") -> None:
        self.lines = lines
        self.text = text or "".join(lines)
        self.length = len(self.text)
        self._starts: list[int] | None = None

    @property
    def starts(self) -> list[int]:
        """Where each line begins, from the start of the block, and last where the block ends; found when asked for."""
        if self._starts is None:
            self._starts = list(accumulate(map(len, self.lines), initial=0))
        return self._starts

    def line_at(self, offset: int) -> int:
        """The number of the line that an offset stands in, both from the start of the block."""
        return min(bisect_right(self.starts, offset), len(self.lines)) - 1


class Text:
    """An immutable text; `replaced()` gives a new one that shares every untouched block."""

    __slots__ = ("_lines_before", "_offset_before", "blocks")

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        self.blocks = blocks
        self._lines_before = list(accumulate([len(block.lines) for block in blocks], initial=0))
        self._offset_before = list(accumulate([block.length for block in blocks], initial=0))

    @classmethod
    def of(cls, text: str) -> Text:
        lines = split_lines(text)
        return cls((Block(tuple(lines), text),) if len(lines) <= LINES_PER_BLOCK else _blocks(lines))

    def __reduce__(self) -> tuple[Callable[[str], Text], tuple[str]]:
        """As a text, which is all that there is to hand over to another process."""
        return Text.of, (str(self),)

    def __len__(self) -> int:
        return self._offset_before[-1]

    def __str__(self) -> str:
        return "".join([block.text for block in self.blocks])

    def __getitem__(self, span: Span) -> str:
        """The text of a span."""
        if span.end <= self.blocks[0].length:
            return self.blocks[0].text[span.start : span.end]
        first, last = self.line_at(span.start), self.line_at(span.end)
        start = self.line_start(first)
        text = "".join(islice(self.lines(first), last + 1 - first))
        return text[span.start - start : span.end - start]

    @property
    def line_count(self) -> int:
        """How many lines there are; a text that ends with a line end has an empty last line."""
        return self._lines_before[-1]

    def line(self, number: int) -> str:
        """A line with its line end."""
        block = bisect_right(self._lines_before, number) - 1
        return self.blocks[block].lines[number - self._lines_before[block]]

    def lines(self, first: int = 0) -> Iterator[str]:
        """The lines from `first` on, each with its line end."""
        start = bisect_right(self._lines_before, first) - 1
        for index in range(start, len(self.blocks)):
            lines = self.blocks[index].lines
            yield from lines[first - self._lines_before[start] :] if index == start else lines

    def line_start(self, number: int) -> int:
        """The offset at which a line begins; the text's length for a line after the last."""
        if number >= self.line_count:
            return len(self)
        block = bisect_right(self._lines_before, number) - 1
        return self._offset_before[block] + self.blocks[block].starts[number - self._lines_before[block]]

    def line_at(self, offset: int) -> int:
        """The number of the line that an offset stands in."""
        if offset >= len(self):
            return self.line_count - 1
        block = bisect_right(self._offset_before, offset) - 1
        return self._lines_before[block] + self.blocks[block].line_at(offset - self._offset_before[block])

    def line_span(self, number: int) -> Span:
        """A line without its line end."""
        start = self.line_start(number)
        return Span(start, start + len(self.line(number).rstrip("\r\n")))

    def block_start(self, index: int) -> tuple[int, int]:
        """The first line number and the first offset of a block."""
        return self._lines_before[index], self._offset_before[index]

    def position(self, offset: int, encoding: Encoding) -> Position:
        """Where an offset stands; one past the end is the end."""
        offset = max(0, min(offset, len(self)))
        number = self.line_at(offset)
        before = self.line(number)[: offset - self.line_start(number)]
        return Position(number, width(before, encoding))

    def offset(self, position: Position, encoding: Encoding) -> int:
        """The offset of a position; past a line's end is that end, past the last line the end."""
        number, column = position
        if number >= self.line_count:
            return len(self)
        start, end = self.line_span(max(0, number))
        line = self.line(max(0, number))[: end - start]
        return start + _characters(line, max(0, column) if number >= 0 else 0, encoding)

    def replaced(self, span: Span, new: str) -> Text:
        """This text with a span replaced; only the blocks that the span touches are made anew."""
        start, end = max(0, span.start), min(len(self), span.end)
        first = self.block_at(start)
        last = self.block_at(end)
        if first and start == self._offset_before[first] and self._ends_with_return(first - 1):
            first -= 1  # a `\n` put at `start` would join the `\r` before it to one line end
        lines = [line for block in self.blocks[first : last + 1] for line in block.lines]
        spliced = _spliced(lines, start - self._offset_before[first], end - self._offset_before[first], new)
        return Text(self.blocks[:first] + _blocks(spliced) + self.blocks[last + 1 :])

    def block_at(self, offset: int) -> int:
        """The number of the block that an offset stands in; the last one for an offset past the end."""
        return min(bisect_right(self._offset_before, offset), len(self.blocks)) - 1

    def _ends_with_return(self, block: int) -> bool:
        return self.blocks[block].lines[-1].endswith("\r")


def split_lines(text: str) -> list[str]:
    """The lines of a text with their line ends; the last one has none and may be empty."""
    lines = text.splitlines(keepends=True)
    if len(lines) != text.count("\n") + (text[-1:] != "\n"):  # it splits at other characters too
        lines = _LINE.findall(text)
    return lines if lines and lines[-1][-1] not in "\r\n" else [*lines, ""]


T = TypeVar("T")


def shared_ends(old: Sequence[T], new: Sequence[T]) -> tuple[int, int]:
    """How many items are the very same objects at the beginning and at the end of both."""
    most = min(len(old), len(new))
    head = next(compress(count(), map(is_not, old, new)), most)
    tail = next(compress(count(), map(is_not, reversed(old), reversed(new))), most)
    return head, min(tail, most - head)


def _blocks(lines: list[str]) -> tuple[Block, ...]:
    """The lines in blocks of about equal length, so that a line typed into one does not splinter it."""
    if len(lines) <= LINES_PER_BLOCK:
        return (Block(tuple(lines)),)
    count = max(1, round(len(lines) / LINES_PER_BLOCK))
    size = -(-len(lines) // count)
    return tuple(Block(tuple(lines[at : at + size])) for at in range(0, len(lines), size))


def _spliced(lines: list[str], start: int, end: int, new: str) -> list[str]:
    """The lines with the stretch from `start` to `end` replaced; untouched ones stay the same objects."""
    starts = list(accumulate(map(len, lines), initial=0))
    head, tail = (min(bisect_right(starts, offset), len(lines)) - 1 for offset in (start, end))
    before = starts[head]
    if head and start == before and lines[head - 1].endswith("\r"):
        head -= 1
        before -= len(lines[head])
    first = "".join(lines[head : tail + 1])
    changed = split_lines(first[: start - before] + new + first[end - before :])
    if lines[tail][-1:] in ("\r", "\n"):
        changed.pop()  # the empty piece after a line end is a line only at the end of the text
    return lines[:head] + changed + lines[tail + 1 :]


def width(text: str, encoding: Encoding) -> int:
    """How many units of an encoding a text takes."""
    if encoding == "utf-32" or text.isascii():
        return len(text)
    codec, unit = _CODEC[encoding]
    return len(text.encode(codec, "surrogatepass")) // unit


def _characters(line: str, column: int, encoding: Encoding) -> int:
    """How many code points fit into `column` units; a column inside a character is its start."""
    if encoding == "utf-32" or line.isascii():
        return min(column, len(line))
    codec, unit = _CODEC[encoding]
    head = line.encode(codec, "surrogatepass")[: column * unit]
    return len(head.decode(codec, "ignore"))
