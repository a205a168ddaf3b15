"""What can be folded away: frontmatter and its tables, sections, days, entries, tables, code and comments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mdtm.document import Document
from mdtm.features.shape.branches import all_branches
from mdtm.features.shape.landmarks import days, landmarks, last_line_with_text, sections
from mdtm.text import Span


class Fold(NamedTuple):
    """Lines of which only the first stays to be seen."""

    first: int
    last: int
    kind: str
    """`frontmatter`, `section` and `day` are the large ones; then `table`, `entry`, `code` and `comment`."""


LARGE = ("frontmatter", "section", "day")
"""Those that matter most where not all can be had."""


def folds(document: Document) -> list[Fold]:
    """All that take more than one line, in the order of their first lines, the larger ones first."""
    found = {(one.first, one.last): one for one in _folds(document) if one.last > one.first}
    return sorted(found.values(), key=lambda one: (one.first, -one.last))


def _folds(document: Document) -> Iterator[Fold]:
    """All of them; where two are the same lines, the one that counts comes last."""
    for mark in landmarks(document):
        if mark.last > mark.first and mark.kind not in ("heading", "box"):
            yield Fold(mark.first, mark.last, mark.kind)
    for branch in all_branches(document):
        yield _of_span(document, branch.span, "table")
    for day in days(document):
        yield Fold(day.first, day.last, "day")
    for section in sections(document):
        yield Fold(section.first, last_line_with_text(document, section.first, section.last), "section")
    if document.frontmatter.syntax != "none":
        yield _of_span(document, document.frontmatter.span, "frontmatter")


def _of_span(document: Document, span: Span, kind: str) -> Fold:
    text = document.text
    first, last = text.line_at(span.start), text.line_at(max(span.start, span.end - 1))
    return Fold(first, last_line_with_text(document, first, last), kind)
