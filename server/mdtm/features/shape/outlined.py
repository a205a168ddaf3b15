"""What the lines of a block add to the outline, kept with them and counted from their start."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from mdtm.entry import Entry
from mdtm.events import kind_of
from mdtm.features.shape.landmarks import Landmark, begun_in, days_in, lead_in
from mdtm.markdown import Reading
from mdtm.marks import CheckBox, Heading
from mdtm.text import Block, Span

LONGEST_NAME = 80
"""How many characters of a text are shown."""
_MARKUP = re.compile(r"[`*]+")
_SHORT_TIME = re.compile(r"\d\d:\d\d")


@dataclass(slots=True)
class Symbol:
    """One line of the outline; `selection` lies in `span`, and so do the spans of all inside."""

    name: str
    kind: str
    """`frontmatter`, `section`, `day`, `box`, `entry` or `entry.` and its kind of event, or the kind of a value."""
    span: Span
    selection: Span
    detail: str = ""
    deprecated: bool = False
    inner: list[Symbol | Run] = field(default_factory=list)

    def moved(self, by: int) -> Symbol:
        inner: list[Symbol | Run] = [one.moved(by) for one in spread(self.inner)]
        return replace(self, span=self.span.moved(by), selection=self.selection.moved(by), inner=inner)


@dataclass(slots=True)
class Leaves:
    """Entries of one day in a block of lines with their boxes, counted from its start; they are kept with it."""

    day: str
    symbols: list[Symbol]
    last: int
    """The number of the last line of the last one."""
    block: Block
    written: object = None
    """For who writes symbols down: how these are written."""


class Run(NamedTuple):
    """Entries that stand side by side, and where their block begins."""

    leaves: Leaves
    line: int
    start: int


def spread(found: Iterable[Symbol | Run]) -> Iterator[Symbol]:
    """The symbols, those too that stand in runs."""
    for one in found:
        if isinstance(one, Run):
            yield from (symbol.moved(one.start) for symbol in one.leaves.symbols)
        else:
            yield one


class Open(NamedTuple):
    """The last entry of a block, which may go on in the next one."""

    symbol: Symbol
    day: str
    last: int
    """The number of its last line."""


class Added(NamedTuple):
    """What a block of lines adds to the outline, counted from its start."""

    steps: list[Leaves | Open | Landmark | Symbol]
    """In their order: entries, the last one of all, headings, and boxes that may stand outside of entries."""
    lead: int | None
    """The last line here of an entry that began above."""


def added_by(reading: Reading) -> Added:
    """What a block of lines adds; all of its entries but the last one are settled."""
    steps: list[Leaves | Open | Landmark | Symbol] = []
    lines, entry, left = reading.block.lines, None, len(reading.entry_lines)
    names = iter(days_in(reading))
    for mark in begun_in(reading):
        if isinstance(mark.item, Heading):
            steps.append(mark)
            entry = None
        elif isinstance(mark.item, CheckBox):
            box = _box(mark.item, mark.start, lines[mark.first])
            if entry and box.span.end <= entry.span.end:
                entry.inner.append(box)
            else:
                steps.append(box)
        elif isinstance(mark.item, Entry):
            left -= 1
            end = reading.block.starts[mark.last] + len(lines[mark.last].rstrip("\r\n"))
            symbol, name, latest = _entry(mark.item, mark.start, end), next(names), steps[-1] if steps else None
            if not left:
                steps.append(Open(symbol, name, mark.last))
            elif isinstance(latest, Leaves) and name in ("", latest.day):
                latest.symbols.append(symbol)
                latest.last = mark.last
            else:
                steps.append(Leaves(name, [symbol], mark.last, reading.block))
            entry = symbol if left else None
    return Added(steps, lead_in(reading, "entry"))


def _entry(entry: Entry, start: int, end: int) -> Symbol:
    text = entry.line[slice(*entry.text_span)].strip()
    kind = kind_of(text)
    time = _SHORT_TIME.search(entry.stamp[10:])
    told = f"{time[0] if time else entry.stamp[:20]} {_shown(text)}".strip() or "entry"
    line = Span(start, start + len(entry.line))
    return Symbol(told, f"entry.{kind}" if kind else "entry", Span(start, max(end, line.end)), line, entry.actor)


def _box(box: CheckBox, start: int, line: str) -> Symbol:
    whole, text = Span(start, start + len(line.rstrip("\r\n"))), line[box.span.end :].strip()
    name = f"{'☑' if box.ticked else '☐'} {_shown(text)}".rstrip()
    return Symbol(name, "box", whole, box.span.moved(start), "done" if box.ticked else "open")


def _shown(text: str) -> str:
    return cut(_MARKUP.sub("", text), LONGEST_NAME)


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
