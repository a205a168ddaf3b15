"""What is selected when a selection grows: from the word to the whole file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mdtm.document import Document
from mdtm.entry import Entry
from mdtm.features.shape.branches import all_branches
from mdtm.features.shape.landmarks import days, landmarks, last_line_with_text, sections, whole_lines
from mdtm.fields import Value
from mdtm.marks import read_mentions
from mdtm.text import Span

_WORD = re.compile(r"\w+", re.UNICODE)
_NAME = re.compile(r"[\w.:@/+-]+", re.UNICODE)
"""An id, a path or a time, which are several words."""


def selections(document: Document, offset: int) -> list[Span]:
    """The spans around an offset, each larger than the one before; the last one is the whole file."""
    offset = max(0, min(offset, len(document.text)))
    whole = Span(0, len(document.text))
    around = {span for span in _spans(document, offset) if span.start <= offset <= span.end and span.start < span.end}
    found: list[Span] = []
    for span in sorted(around, key=lambda span: (span.end - span.start, span)):
        inner = found[-1] if found else Span(offset, offset)
        if span.start <= inner.start and inner.end <= span.end and span != whole:
            found.append(span)
    return [*found, whole]


def _spans(document: Document, offset: int) -> Iterator[Span]:
    """All that may hold an offset, and some more."""
    text = document.text
    number = text.line_at(offset)
    line = text.line_span(number)
    written = text[line]
    for pattern in (_WORD, _NAME):
        yield from (Span(*match.span()).moved(line.start) for match in pattern.finditer(written))
    frontmatter = document.frontmatter
    if frontmatter.syntax != "none" and frontmatter.span.start <= offset <= frontmatter.span.end:
        yield from (frontmatter.span, frontmatter.content)
        for branch in all_branches(document):
            yield from (branch.name_span, branch.span)
        for field in frontmatter.fields:
            for value in field.value.all():
                yield from _of_value(value)
        return
    yield from (mention.span.moved(line.start) for mention in read_mentions(written))
    yield from _of_body(document, number)


def _of_value(value: Value) -> Iterator[Span]:
    yield value.span
    if value.kind == "string" and value.span.end - value.span.start > 1:
        yield Span(value.span.start + 1, value.span.end - 1)  # without its quotes


def _of_body(document: Document, number: int) -> Iterator[Span]:
    """What holds a line of the body, and the parts of an entry that it is."""
    begun = False
    for mark in landmarks(document):
        if mark.first <= number <= mark.last:
            yield whole_lines(document, mark.first, mark.last)
            if isinstance(mark.item, Entry):
                begun = begun or mark.first == number
                yield from (span.moved(mark.start) for span in _parts(mark.item))
                last = document.text.line_span(mark.last).end
                yield Span(mark.start + mark.item.text_span.start, last)
    if not begun:
        yield _without_indent(document, number)
    for day in days(document):
        if day.first <= number <= day.last:
            yield whole_lines(document, day.first, day.last)
    for section in sections(document):
        if section.first <= number <= section.last:
            yield whole_lines(document, section.first, last_line_with_text(document, section.first, section.last))
            yield whole_lines(document, section.first, section.last)


def _without_indent(document: Document, number: int) -> Span:
    line = document.text.line_span(number)
    written = document.text[line]
    return Span(line.start + len(written) - len(written.lstrip()), line.end)


def _parts(entry: Entry) -> Iterator[Span]:
    who = entry.who
    yield from (entry.stamp_span, entry.text_span)
    if who.name:
        at = entry.line.find(who.name, who.start)
        yield Span(at, at + len(who.name))
