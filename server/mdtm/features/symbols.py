"""The outline of a document: its keys, its sections, what was logged by day, its check boxes."""

from __future__ import annotations

from mdtm.document import Document
from mdtm.features.shape.branches import Branch, branches
from mdtm.features.shape.keeping import kept
from mdtm.features.shape.landmarks import Landmark, last_line_with_text, whole_lines
from mdtm.features.shape.outlined import Added, Leaves, Run, Symbol, added_by, cut
from mdtm.marks import Heading
from mdtm.schema import Schema
from mdtm.text import Span

LONGEST_DETAIL = 60
"""How many characters of a value are shown."""


def symbols(document: Document) -> list[Symbol | Run]:
    """The outermost symbols in the order of the text."""
    outline = _Outline(document)
    for index, reading in enumerate(document.body):
        outline.add(kept(reading, "outline", added_by), *document.text.block_start(index))
    found = outline.finished()
    return [_frontmatter(document), *found] if document.frontmatter.syntax != "none" else found


def _frontmatter(document: Document) -> Symbol:
    schema = document.schema
    inner: list[Symbol | Run] = [_of_branch(one, document, schema) for one in branches(document)]
    span = document.frontmatter.span
    first = document.text.line_span(document.text.line_at(span.start))
    title = schema.title.partition(" ")[2] if schema else document.name
    name = "State" if document.frontmatter.syntax == "json" else "Frontmatter"
    return Symbol(name, "frontmatter", span, Span(span.start, min(first.end, span.end)), title, False, inner)


def _of_branch(branch: Branch, document: Document, schema: Schema | None = None) -> Symbol:
    """A key or a table; `schema` is that of a key of the document itself."""
    key = schema.key_called(branch.name) if schema else None
    old = key is not None and key.name != branch.name
    value = branch.value
    raw = document.text[value.span] if value and not branch.inner else ""
    detail = cut(" ".join(raw.split()).strip("\"'"), LONGEST_DETAIL)
    kind = "id" if branch.name in ("id", "session_id") else value.kind if value else "table"
    inner: list[Symbol | Run] = [_of_branch(one, document) for one in branch.inner]
    return Symbol(branch.name or "[]", kind, branch.span, branch.name_span, detail, old, inner)


class _Outline:
    """Puts one thing after the other where it belongs."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._found: list[Symbol | Run] = []
        self._sections: list[tuple[Heading, int, Symbol]] = []
        """Those that have not come to their end, each with the number of its first line."""
        self._day: Symbol | None = None
        self._day_name, self._last = "", 0  # the last line of its last entry
        self._entry: Symbol | None = None
        self._boxes: list[Symbol] = []
        """The boxes behind the last entry, which may go on."""

    def add(self, block: Added, line: int, start: int) -> None:
        """Adds a block that begins at a line and an offset."""
        if block.lead is not None and self._entry:
            self._last = line + block.lead
            self._entry.span = Span(self._entry.span.start, self._document.text.line_span(self._last).end)
        for step in block.steps:
            if isinstance(step, Symbol):
                self._boxes.append(step.moved(start))
                continue
            self._settle()
            if isinstance(step, Landmark):
                self._open_section(step, line + step.first, start + step.start)
            elif isinstance(step, Leaves):
                self._entries_of(step.day, step.symbols[0].selection.moved(start)).append(Run(step, line, start))
                self._last = line + step.last
            else:
                self._entry = step.symbol.moved(start)
                self._entries_of(step.day, self._entry.selection).append(self._entry)
                self._last = line + step.last

    def finished(self) -> list[Symbol | Run]:
        self._settle()
        self._close(1, self._document.text.line_count)
        return self._found

    def _settle(self) -> None:
        """Puts the last boxes into the entry before them, or behind it."""
        for box in self._boxes:
            inside = self._entry and box.span.end <= self._entry.span.end
            (self._entry.inner if self._entry and inside else self._place()).append(box)
        self._boxes, self._entry = [], None

    def _open_section(self, mark: Landmark, line: int, start: int) -> None:
        assert isinstance(mark.item, Heading)
        heading = mark.item
        self._close(heading.level, line)
        selection = heading.span.moved(start)
        symbol = Symbol(heading.title or "#" * heading.level, "section", selection, selection)
        self._place().append(symbol)
        self._sections.append((heading, line, symbol))

    def _entries_of(self, name: str, first: Span) -> list[Symbol | Run]:
        """The entries of a day; `first` is where the next one stands."""
        if self._day is None or (name and name != self._day_name):
            self._end_day()
            self._day, self._day_name = Symbol(name or "No date", "day", first, first), name
            self._place().append(self._day)
        return self._day.inner

    def _end_day(self) -> None:
        if self._day:
            self._day.span = Span(self._day.selection.start, self._document.text.line_span(self._last).end)
            self._day = None

    def _close(self, level: int, line: int) -> None:
        """Comes to the end, before a line, of the day and of all sections that are not above a level."""
        self._end_day()
        while self._sections and self._sections[-1][0].level >= level:
            _, first, symbol = self._sections.pop()
            symbol.span = whole_lines(self._document, first, last_line_with_text(self._document, first, line - 1))

    def _place(self) -> list[Symbol | Run]:
        return self._sections[-1][2].inner if self._sections else self._found
