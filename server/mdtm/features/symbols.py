"""The outline of a document: its keys, its sections, what was logged by day, its check boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mdtm.document import Document
from mdtm.entry import Entry
from mdtm.events import kind_of
from mdtm.features.shape.branches import Branch, branches
from mdtm.features.shape.keeping import kept
from mdtm.features.shape.landmarks import Landmark, days, landmarks, last_line_with_text, sections, whole_lines
from mdtm.markdown import Reading
from mdtm.marks import CheckBox, Heading
from mdtm.schema import Schema
from mdtm.text import Span

LONGEST_NAME, LONGEST_DETAIL = 80, 60
"""How many characters of a text are shown."""
_MARKUP = re.compile(r"[`*]+")
_SHORT_TIME = re.compile(r"\d\d:\d\d")


@dataclass(slots=True)
class EntryName:
    """What an entry is called, kept with the block that it stands in as long as that is not edited."""

    name: str
    kind: str
    actor: str
    written: str = ""
    """For who writes symbols down: this one with all but its place."""


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
    inner: list[Symbol] = field(default_factory=list)
    named: EntryName | None = None
    """Of an entry that takes one line: what is kept of it."""
    line: int = -1
    """The number of that line."""


def symbols(document: Document) -> list[Symbol]:
    """The outermost symbols in the order of the text."""
    found = list[Symbol]()
    if document.frontmatter.syntax != "none":
        found.append(_frontmatter(document))
    return found + _of_body(document)


def _frontmatter(document: Document) -> Symbol:
    schema = document.schema
    inner = [_of_branch(one, document, schema) for one in branches(document)]
    span = document.frontmatter.span
    first = document.text.line_span(document.text.line_at(span.start))
    title = schema.title.partition(" ")[2] if schema else document.name
    name = "State" if document.frontmatter.syntax == "json" else "Frontmatter"
    return Symbol(
        name, "frontmatter", span, Span(span.start, min(first.end, span.end)), title, False, inner
    )  # fmt: skip


def _of_branch(branch: Branch, document: Document, schema: Schema | None = None) -> Symbol:
    """A key or a table; `schema` is that of a key of the document itself."""
    key = schema.key_called(branch.name) if schema else None
    old = key is not None and key.name != branch.name
    value = branch.value
    raw = document.text[value.span] if value and not branch.inner else ""
    detail = _cut(" ".join(raw.split()).strip("\"'"), LONGEST_DETAIL)
    kind = "id" if branch.name in ("id", "session_id") else value.kind if value else "table"
    inner = [_of_branch(one, document) for one in branch.inner]
    return Symbol(
        branch.name or "[]", kind, branch.span, branch.name_span, detail, old, inner
    )  # fmt: skip


class _Outline:
    """Puts one thing after the other where it belongs."""

    def __init__(self, document: Document) -> None:
        self.found: list[Symbol] = []
        self._document = document
        self._days = {day.first: day for day in days(document)}
        self._day: list[Symbol] = []
        self._sections: list[Symbol] = []
        self._entry: Symbol | None = None

    def open_section(self, heading: Heading, start: int, span: Span) -> None:
        while self._sections and self._sections[-1].span.end <= start:
            self._sections.pop()
        selection = heading.span.moved(start)
        symbol = Symbol(heading.title or "#" * heading.level, "section", span, selection)
        self._place().append(symbol)
        self._sections.append(symbol)
        self._entry = None

    def add_entry(self, mark: Landmark, length: int, named: EntryName) -> None:
        """Adds an entry; `length` is that of its first line."""
        selection = Span(mark.start, mark.start + length)
        one_line = mark.first == mark.last
        span = selection if one_line else Span(mark.start, self._document.text.line_span(mark.last).end)
        if mark.first in self._days:
            day = self._days[mark.first]
            whole = whole_lines(self._document, day.first, day.last)
            symbol = Symbol(day.name or "No date", "day", whole, selection)
            self._place().append(symbol)
            self._day = symbol.inner
        entry = Symbol(named.name, named.kind, span, selection, named.actor)
        if one_line:
            entry.named, entry.line = named, mark.first
        self._entry = entry
        self._day.append(entry)

    def add_box(self, box: CheckBox, start: int, line: Span, text: str) -> None:
        name = f"{'☑' if box.ticked else '☐'} {_cut(_MARKUP.sub('', text), LONGEST_NAME)}".rstrip()
        symbol = Symbol(name, "box", line, box.span.moved(start), "done" if box.ticked else "open")
        inside = self._entry and line.end <= self._entry.span.end
        (self._entry.inner if self._entry and inside else self._place()).append(symbol)

    def _place(self) -> list[Symbol]:
        return self._sections[-1].inner if self._sections else self.found


def _of_body(document: Document) -> list[Symbol]:
    outline, text = _Outline(document), document.text
    names = _names(document)
    bounds = {one.first: one.last for one in sections(document)}
    for mark in landmarks(document):
        item = mark.item
        if isinstance(item, Heading):
            last = last_line_with_text(document, mark.first, bounds[mark.first])
            outline.open_section(item, mark.start, whole_lines(document, mark.first, last))
        elif isinstance(item, Entry):
            outline.add_entry(mark, len(item.line), next(names))
        elif isinstance(item, CheckBox):
            line = text.line_span(mark.first)
            outline.add_box(item, mark.start, line, text[Span(mark.start + item.span.end, line.end)].strip())
    return outline.found


def _names(document: Document) -> Iterator[EntryName]:
    """What the entries are called, in their order; kept with the lines that they stand in."""
    for reading in document.body:
        if reading.entry_lines:
            yield from kept(reading, "entries", _names_in)


def _names_in(reading: Reading) -> tuple[EntryName, ...]:
    return tuple(map(_name, reading.entries))


def _name(entry: Entry) -> EntryName:
    text = entry.line[slice(*entry.text_span)].strip()
    kind = kind_of(text)
    time = _SHORT_TIME.search(entry.stamp[10:])
    shown = _cut(_MARKUP.sub("", text), LONGEST_NAME)
    name = f"{time[0] if time else entry.stamp[:20]} {shown}".strip() or "entry"
    return EntryName(name, f"entry.{kind}" if kind else "entry", entry.actor)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
