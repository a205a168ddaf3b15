"""What can be searched for by its name: sessions, tasks, sprints, artifacts, and the headings in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mdtm.document import Document
from mdtm.features.shape.subject import KINDS as DOCUMENTS
from mdtm.features.shape.subject import id_by_place, id_field, kind_of, title_of
from mdtm.line import State
from mdtm.marks import Heading
from mdtm.text import Span

KINDS = (*DOCUMENTS, "heading")
"""In the order in which they are shown when nothing else tells them apart."""
Rank = tuple[int, int, int]
"""How well a name fits, the best first: where the query stands, how scattered it is, how long the name is."""


class Found(NamedTuple):
    """Something with a name; without its place, so that much of it can be kept."""

    kind: str
    name: str
    """Its id and its title."""
    within: str
    """For a heading the name of what it stands in, else the folder of the file."""


def named(document: Document) -> list[tuple[Found, Span]]:
    """All that has a name in a document, in the order of the text; its place is the id, or the heading's text."""
    kind = kind_of(document)
    if not kind:
        return []
    own = Found(kind, name_of(document), document.folder)
    field = id_field(document)
    first = Span(document.frontmatter.span.start, document.frontmatter.span.start)
    title = _title_of(document, kind)
    headings = [
        (Found("heading", one.title, own.name), span)
        for one, span in _headings(document)
        if one.title and not (title and f": {one.title}".endswith(f": {title}"))  # which finds the document itself
    ]
    return [(own, field.value.span if field else first), *headings]


def name_of(document: Document) -> str:
    """The id of a document and its title; where it has no id, its name, which for a session is that of its folder."""
    field, title = id_field(document), _title_of(document, kind_of(document))
    own_id = str(field.value.data) if field else id_by_place(document)
    return f"{own_id} {title}" if title and title != own_id else own_id


def _title_of(document: Document, kind: str) -> str:
    """The title of a document; of an artifact that has none in its frontmatter its first heading."""
    return title_of(document) or (document.first_heading()[0] if kind == "artifact" else "")


def rank(query: str, name: str) -> Rank | None:
    """How well a name fits a query, each word of which must stand in it, perhaps scattered; None when it does not."""
    folded = name.casefold()
    ranks = [_rank(word, folded) for word in query.casefold().split()]
    if None in ranks:
        return None
    return max((one for one in ranks if one), default=(0, 0, 0))


def _rank(word: str, name: str) -> Rank | None:
    at = name.find(word)
    if at == 0:
        return 0, 0, len(name)
    if at > 0:
        at_word = any(not name[start - 1].isalnum() for start in _places(word, name))
        return (1 if at_word else 2), 0, len(name)
    scattered, at, before = 0, -1, -2
    for sign in word:
        at = name.find(sign, at + 1)
        if at < 0:
            return None
        scattered += at != before + 1
        before = at
    return 3, scattered, len(name)


def _places(word: str, name: str) -> Iterator[int]:
    at = name.find(word)
    while at >= 0:
        yield at
        at = name.find(word, at + 1)


def _headings(document: Document) -> Iterator[tuple[Heading, Span]]:
    """The headings that are no entries, without a look at the other lines."""
    for index, reading in enumerate(document.body):
        if "#" in reading.text:
            start = document.text.block_start(index)[1]
            for number, line in enumerate(reading.block.lines):
                state: State = reading.state_before(number)
                if line.lstrip(" ")[:1] == "#" and not state.skip:
                    mark = reading.mark(number)
                    if mark and mark.heading and not mark.entry:
                        yield mark.heading, mark.heading.span.moved(start)
                start += len(line)
