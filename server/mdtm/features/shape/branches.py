"""The keys of frontmatter as a tree: tables with what lies in them, whether headers or braces make them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from mdtm.document import Document
from mdtm.fields import Field, Value
from mdtm.text import Span

_HEADER = re.compile(r"^[ \t]*(\[\[?)[ \t]*([^\[\]#\r\n]*?)[ \t]*(?:\]\]?|$)", re.MULTILINE)


@dataclass(slots=True)
class Branch:
    """A key or a table."""

    name: str
    """As it is written, quotes left out; for an item of an array its number, from 1."""
    span: Span
    """With all that lies in it."""
    name_span: Span
    value: Value | None = None
    """None for a table that a header opens."""
    inner: list[Branch] = field(default_factory=list)

    def all(self) -> Iterator[Branch]:
        """This one and all that lie in it, in the order of the text."""
        yield self
        for one in self.inner:
            yield from one.all()


@lru_cache(maxsize=4)
def branches(document: Document) -> tuple[Branch, ...]:
    """The outermost keys and tables, in the order of the text."""
    frontmatter = document.frontmatter
    if frontmatter.syntax == "none":
        return ()
    source = document.text[Span(0, frontmatter.content.end)]
    found = list[Branch]()
    tables = list[Branch]()
    at = frontmatter.content.start
    for one in frontmatter.fields:
        if frontmatter.syntax == "toml":
            _open_tables(source, Span(at, one.key_span.start), found, tables)
        branch = _of_field(one, source)
        (tables[-1].inner if tables else found).append(branch)
        _stretch(tables, branch.span.end)
        at = max(at, branch.span.end)
    if frontmatter.syntax == "toml":
        _open_tables(source, Span(at, frontmatter.content.end), found, tables)
    return tuple(found)


def all_branches(document: Document) -> Iterator[Branch]:
    """Every key and table, whatever it lies in."""
    for one in branches(document):
        yield from one.all()


def _open_tables(source: str, gap: Span, found: list[Branch], tables: list[Branch]) -> None:
    """Opens the tables whose headers stand between two fields; each in the one whose name its own goes on with."""
    if "[" not in source[gap.start : gap.end]:
        return
    for header in _HEADER.finditer(source, gap.start, gap.end):
        name = header[2]
        while tables and not name.startswith(f"{tables[-1].name}."):
            tables.pop()
        span = Span(header.start(1), header.end())
        branch = Branch(name, span, Span(*header.span(2)) if name else span)
        (tables[-1].inner if tables else found).append(branch)
        tables.append(branch)
        _stretch(tables, span.end)


def _stretch(tables: list[Branch], end: int) -> None:
    for table in tables:
        table.span = Span(table.span.start, max(table.span.end, end))


def _of_field(one: Field, source: str) -> Branch:
    name = source[slice(*one.key_span)].strip("\"'") or one.path[-1]
    span = Span(one.key_span.start, max(one.key_span.end, one.value.span.end))
    return Branch(name, span, one.key_span, one.value, _inside(one.value, source))


def _inside(value: Value, source: str) -> list[Branch]:
    """What lies in a value: the keys of a table, and those items of an array that have keys."""
    inner = [_of_field(one, source) for one in value.fields]
    for number, item in enumerate(value.items, 1):
        if below := _inside(item, source):
            inner.append(Branch(str(number), item.span, item.span, item, below))
    return inner
