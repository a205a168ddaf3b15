"""What stands where below the frontmatter: headings, entries, check boxes, code, comments and tables.

What a block of lines holds is kept with it, so that only what was edited is looked at again.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from mdtm.document import Document
from mdtm.entry import Entry, is_usual
from mdtm.features.shape.keeping import kept
from mdtm.line import State
from mdtm.markdown import Reading
from mdtm.marks import CheckBox, Heading, Mark
from mdtm.text import Span

Kind = Literal["heading", "entry", "box", "code", "comment", "table"]


class Landmark(NamedTuple):
    """One thing of the body, by the lines that it takes."""

    kind: Kind
    first: int
    """The number of its first line in the file, from 0."""
    last: int
    """That of its last line; of an entry, of the last one that is not blank."""
    start: int
    """The offset at which its first line begins."""
    item: Heading | Entry | CheckBox | None = None
    """What was read; its spans count from the start of the first line."""


class Section(NamedTuple):
    """A heading with all that stands below it, the sections of lower levels included."""

    heading: Heading
    first: int
    last: int
    """The number of its last line, blank ones included."""
    start: int
    depth: int
    """How many sections it lies in."""


@lru_cache(maxsize=4)
def landmarks(document: Document) -> tuple[Landmark, ...]:
    """All of them in the order of their first lines."""
    found: list[Landmark] = []
    latest: dict[Kind, int] = {}
    for index, reading in enumerate(document.body):
        line, offset = document.text.block_start(index)
        block = kept(reading, "landmarks", _look)
        for kind, last in block.leads.items():
            if (place := latest.get(kind)) is not None:
                found[place] = found[place]._replace(last=line + last)
        begun = _placed(reading, block, line, offset)
        if found and begun and found[-1].kind == begun[0].kind == "table" and found[-1].last == begun[0].first - 1:
            found[-1:] = [found[-1]._replace(last=begun[0].last), *begun[1:]]
        else:
            found += begun
        latest.update((kind, len(found) - behind) for kind, behind in block.latest.items())
    return tuple(found)


def begun_in(reading: Reading) -> list[Landmark]:
    """Those that begin in a block of lines, counted from its start; the last one of a kind may go on in the next."""
    return kept(reading, "landmarks", _look).begun


def lead_in(reading: Reading, kind: Kind) -> int | None:
    """The last line in a block of the one of a kind that began before it; None where it does not go on here."""
    return kept(reading, "landmarks", _look).leads.get(kind)


def _placed(reading: Reading, block: _Block, line: int, offset: int) -> list[Landmark]:
    """What begins in a block that itself begins at a line and an offset; kept for as long as it does."""
    known = reading.kept.get("placed")
    if not isinstance(known, tuple) or known[:2] != (line, offset):
        begun = [
            Landmark(kind, line + first, line + last, offset + start, item)
            for kind, first, last, start, item in block.begun
        ]
        known = reading.kept["placed"] = (line, offset, begun)
    found: list[Landmark] = known[2]
    return found


def sections(document: Document) -> Iterator[Section]:
    """The headings that are no entries, in order, each with its section."""
    headings = [one for one in landmarks(document) if one.kind == "heading"]
    ends = [document.text.line_count - 1] * len(headings)
    above: list[int] = []
    depths = []
    for number, one in enumerate(headings):
        assert isinstance(one.item, Heading)
        while above and _level(headings[above[-1]]) >= one.item.level:
            ends[above.pop()] = one.first - 1
        depths.append(len(above))
        above.append(number)
    for one, end, depth in zip(headings, ends, depths, strict=True):
        assert isinstance(one.item, Heading)
        yield Section(one.item, one.first, end, one.start, depth)


class Day(NamedTuple):
    """Entries of one day that stand together, with no heading between them."""

    name: str
    """YYYY-MM-DD, as their times are written; empty for entries without one that stand behind none that has."""
    first: int
    """The number of the first line of the first one."""
    last: int
    """That of the last line of the last one."""


@lru_cache(maxsize=4)
def days(document: Document) -> tuple[Day, ...]:
    """The days of a log, in the order of the file; one that is gone back to stands here again."""
    found: list[Day] = []
    names = _day_names(document)
    apart = True
    for mark in landmarks(document):
        if mark.kind == "entry":
            name = next(names)
            if apart or (name and name != found[-1].name):
                found.append(Day(name, mark.first, mark.last))
                apart = False
            else:
                found[-1] = Day(found[-1].name, found[-1].first, mark.last)
        elif mark.kind == "heading":
            apart = True
    return tuple(found)


def _day_names(document: Document) -> Iterator[str]:
    """The day of each entry, in their order."""
    for reading in document.body:
        if reading.entry_lines:
            yield from days_in(reading)


def days_in(reading: Reading) -> tuple[str, ...]:
    """The day of each entry of a block; empty where it has none."""
    return kept(reading, "days", _days_of)


def _days_of(reading: Reading) -> tuple[str, ...]:
    return tuple(map(_day_of, reading.entries))


def _day_of(entry: Entry) -> str:
    stamp = entry.stamp
    if is_usual(entry.line):
        return stamp[:10]
    moment = entry.moment
    return f"{moment.when:%Y-%m-%d}" if moment else ""


def last_line_with_text(document: Document, first: int, last: int) -> int:
    """The last of some lines that is not blank; the first one when all are."""
    while last > first and not document.text.line(last).strip():
        last -= 1
    return last


def whole_lines(document: Document, first: int, last: int) -> Span:
    """The lines from the beginning of the first to the end of the last, its line end left out."""
    return Span(document.text.line_start(first), document.text.line_span(last).end)


class _Block(NamedTuple):
    """What one block of lines holds, counted from its start."""

    begun: list[Landmark]
    leads: dict[Kind, int]
    """For what began before it the last line that it takes here."""
    latest: dict[Kind, int]
    """For each kind where the latest of it stands among those begun, counted from their end, the last one as 1."""


def _look(reading: Reading) -> _Block:
    block, latest = _Block([], {}, {}), dict[Kind, int]()
    start, before = 0, reading.before
    for number, (line, mark, after) in enumerate(zip(reading.block.lines, reading.marks, reading.states, strict=True)):
        if mark and mark.entry:
            latest["entry"] = len(block.begun)
            block.begun.append(Landmark("entry", number, number, start, mark.entry))
        elif line.strip() and not before.skip:
            for kind in _gone_on(line, mark, before):
                _go_on(block, latest, kind, number, start)
            for kind in _begun(mark, before, after):
                latest[kind] = len(block.begun)
                item = mark and (mark.heading or mark.box) if kind in ("heading", "box") else None
                block.begun.append(Landmark(kind, number, number, start, item))
        start, before = start + len(line), after
    block.latest.update((kind, len(block.begun) - number) for kind, number in latest.items())
    return block


def _gone_on(line: str, mark: Mark | None, before: State) -> Iterator[Kind]:
    """What a line goes on with, that began above it."""
    if mark and mark.continues:
        yield "entry"
    if before.fence:
        yield "code"
    elif before.comment:
        yield "comment"
    elif line.lstrip()[0] == "|":
        yield "table"


def _begun(mark: Mark | None, before: State, after: State) -> Iterator[Kind]:
    if mark and mark.heading:
        yield "heading"
    if mark and mark.box:
        yield "box"
    if after.fence and not before.fence:
        yield "code"
    if after.comment and not before.comment:
        yield "comment"


def _go_on(block: _Block, latest: dict[Kind, int], kind: Kind, number: int, start: int) -> None:
    """Has the latest of a kind go on up to a line; a table begins where there is none right above."""
    place = latest.get(kind)
    if place is not None and (kind != "table" or block.begun[place].last == number - 1):
        block.begun[place] = block.begun[place]._replace(last=number)
    elif kind == "table":
        latest[kind] = len(block.begun)
        block.begun.append(Landmark(kind, number, number, start))
    else:
        block.leads[kind] = number


def _level(heading: Landmark) -> int:
    return heading.item.level if isinstance(heading.item, Heading) else 0
