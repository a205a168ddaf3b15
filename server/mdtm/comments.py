"""The comments of the frontmatter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mdtm.document import Document
from mdtm.fields import Edit, Value
from mdtm.text import Span


class Comment(NamedTuple):
    """A comment, and the edit that takes it out, with its line where nothing else is on it."""

    span: Span
    removal: Edit


def comments_like(document: Document, pattern: re.Pattern[str]) -> Iterator[Comment]:
    """The comments that begin with what a pattern says; a `#` in a string begins none."""
    text, frontmatter = document.text, document.frontmatter
    strings = list(_strings(field.value for field in frontmatter.fields))
    first = text.line_at(frontmatter.content.start)
    for number in range(first, text.line_at(frontmatter.content.end) + 1):
        line, start = text.line(number), text.line_start(number)
        signs = (at for at, sign in enumerate(line) if sign == "#")
        at = next((at for at in signs if not any(span.start <= start + at < span.end for span in strings)), None)
        if at is None or not pattern.match(line, at):
            continue
        before = line[:at].rstrip()
        ends = len(line.rstrip("\r\n"))
        removed = Span(start + len(before), start + (ends if before else len(line)))
        yield Comment(Span(start + at, start + ends), Edit(removed, ""))


def _strings(values: Iterable[Value]) -> Iterator[Span]:
    for value in values:
        if value.kind == "string":
            yield value.span
        yield from _strings((*value.items, *(field.value for field in value.fields)))
