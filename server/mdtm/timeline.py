"""The entries of a log in the order of the file, for those who look at several of them together."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate, pairwise
from typing import NamedTuple, cast

from mdtm.document import Document
from mdtm.entry import Entry, is_usual
from mdtm.fields import Edit
from mdtm.joined import joined, numbered
from mdtm.markdown import Reading
from mdtm.once import once
from mdtm.order import NO_ORDER, Order
from mdtm.text import Span
from mdtm.times import Moment, read_time


class Timed(NamedTuple):
    """An entry and its time."""

    entry: Entry
    start: int
    """The offset at which its first line begins."""
    moment: Moment | None
    """None where there is no time, or none that can be read."""

    @property
    def stamp_span(self) -> Span:
        """Where the time stands in the file."""
        return self.entry.stamp_span.moved(self.start)

    @property
    def span(self) -> Span:
        """The first line of the entry in the file."""
        return self.entry.span.moved(self.start)


class Whole(NamedTuple):
    """All the lines of an entry."""

    span: Span
    """From its first line to the end of its last that is not blank, the line end included."""
    followed: bool
    """Whether text that belongs to no entry stands behind it, before the next entry or the end."""


class Timeline:
    """The entries of one document; `regular` tells in most logs that nobody need look at each."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @once
    def regular(self) -> bool:
        """Whether the entries have times in the same usual spelling, each later than that of the one before.

        Those whose time cannot be read, such as one that is being typed, stand for themselves: see `timeless`.
        """
        return _order(self.document).regular

    @once
    def stamps(self) -> tuple[str, str]:
        """The first and the last time of a regular log as they are written; empty for others."""
        order = _order(self.document)
        return (order.first.rstrip("]"), order.last.rstrip("]")) if order.regular else ("", "")

    @once
    def ends(self) -> tuple[Moment, Moment] | None:
        """The first and the last time of a regular log; None for others, and where there is no entry."""
        if not self.stamps[0]:
            return None
        first, last = map(read_time, self.stamps)
        return (first, last) if first and last else None

    @once
    def entries(self) -> list[Timed]:
        """Every entry; look at `regular` or `ends` first, which cost next to nothing."""
        found: list[Timed] = []
        for index, reading in enumerate(self.document.body):
            if reading.entry_lines:
                start = self.document.text.block_start(index)[1]
                found += [Timed(entry, start + at, moment) for entry, at, moment in _timed_in(reading)]
        return found

    @once
    def timeless(self) -> list[Timeless]:
        """The entries whose time cannot be read; those around them are not looked at."""
        return [Timeless(self.document, index, line, entry) for index, (line, entry) in _timeless(self.document)]

    @once
    def wholes(self) -> list[Whole]:
        """The whole of each of the entries; asked for only where something is to be done with one."""
        found: list[Whole] = []
        for index, reading in enumerate(self.document.body):
            start, first = self.document.text.block_start(index)[1], set(reading.entry_lines)
            for number, line in enumerate(reading.block.lines):
                end, mark = start + len(line), reading.marks[number]
                if number in first:
                    found.append(Whole(Span(start, end), False))
                elif found and line.strip():
                    continues = bool(mark and mark.continues) and not found[-1].followed
                    span = Span(found[-1].span.start, end) if continues else found[-1].span
                    found[-1] = Whole(span, not continues)
                start = end
        return found


class Timeless:
    """An entry without a time, or with one that cannot be read; what stands around it is looked for when asked for."""

    def __init__(self, document: Document, index: int, line: int, entry: Entry) -> None:
        self.entry = entry
        self._document = document
        self._index = index
        """The number of its block."""
        self._line = line

    @once
    def placed(self) -> Timed:
        """It, and where it stands."""
        return self._timed(self._index, self._line)

    @once
    def number(self) -> int:
        """Its place among all entries."""
        *before, own = self._document.body[: self._index + 1]
        return sum(len(reading.entry_lines) for reading in before) + bisect_left(own.entry_lines, self._line)

    @once
    def before(self) -> Timed | None:
        """The last one before it that has a time."""
        for index in range(self._index, -1, -1):
            lines = self._document.body[index].timed_lines
            at = bisect_left(lines, self._line) if index == self._index else len(lines)
            if at:
                return self._timed(index, lines[at - 1])
        return None

    def _timed(self, index: int, line: int) -> Timed:
        reading = self._document.body[index]
        entry = reading.entry_on(line)
        assert entry, "an entry begins on the line"
        return Timed(entry, self._document.text.block_start(index)[1] + reading.line_start(line), entry.moment)


def _timed_in(reading: Reading) -> tuple[Timed, ...]:
    """The entries of a block, each with its place in it; found out when the block is read, not at each edit."""
    if "timed" not in reading.kept:
        places = tuple(accumulate(map(len, reading.block.lines), initial=0))
        placed = zip(reading.entry_lines, reading.entries, strict=True)
        reading.kept["timed"] = tuple(Timed(entry, places[number], entry.moment) for number, entry in placed)
    return cast("tuple[Timed, ...]", reading.kept["timed"])


def _chained(blocks: list[Order | None]) -> Order:
    """The order of all entries, from that of each block that has any with a time."""
    orders = [order for order in blocks if order]
    if len(orders) < 2:
        return orders[0] if orders else NO_ORDER
    regular = (
        all(order.regular for order in orders)
        and len({(order.first[10], order.first[-1]) for order in orders}) < 2
        and all(before.last < after.first for before, after in pairwise(orders))
    )
    return Order(regular, orders[0].first, orders[-1].last)


@joined(_chained)
def _order(reading: Reading) -> Order | None:
    return reading.order if reading.timed_lines else None


@joined(numbered)
def _timeless(reading: Reading) -> tuple[tuple[int, Entry], ...]:
    """The entries of a block whose time cannot be read, each with the number of its line there."""
    return tuple((line, entry) for line, entry in reading.unusual if entry.moment is None)


def irregular(timeline: Timeline, workspace: object) -> bool:
    """Whether the entries that have a time have to be looked at one by one."""
    return not timeline.regular


def has_timeless(timeline: Timeline, workspace: object) -> bool:
    """Whether an entry has no time that can be read."""
    return bool(_timeless(timeline.document))


def removed_lines(document: Document, span: Span) -> Edit:
    """The edit that removes whole lines; the last one of a text takes the line end before it along."""
    text = document.text
    if span.start and not text[span].endswith(("\n", "\r")):
        span = Span(text.line_span(text.line_at(span.start) - 1).end, span.end)
    return Edit(span, "")


def moved_lines(document: Document, span: Span, at: int) -> tuple[Edit, Edit]:
    """The edits that move whole lines to the beginning of another line, or to the end of the text."""
    text, newline = document.text, document.newline
    lines = text[span]
    if not lines.endswith(("\n", "\r")):
        lines += newline
    if at == len(text) and text.line(text.line_count - 1):
        lines = newline + lines.removesuffix(newline)
    return Edit(Span(at, at), lines), removed_lines(document, span)


def form_of(entry: Entry) -> str:
    """How an entry begins, with the word TIME for its time."""
    if is_usual(entry.line) and entry.line[entry.after : entry.after + 1] == " ":
        return "- [TIME]"
    if entry.form == "yaml":
        return "timestamp: TIME"
    before, behind = entry.line[: entry.stamp_span.start], entry.line[entry.stamp_span.end :]
    bullet = before.split()[0] if before.split() and entry.form != "bare" else ""
    opening = "".join(sign for sign in before.replace("[ ]", "") if sign in "[`" or (sign == "*" and entry.bold))
    opening = opening.removeprefix(bullet) if bullet == "*" else opening
    closing = "".join(sign for sign in _leading(behind) if sign in "]`*")
    return f"{bullet} {opening}TIME{closing}".strip()


def _leading(text: str) -> str:
    """The signs that close what was opened before the time."""
    return text[: len(text) - len(text.lstrip("]`*"))]
