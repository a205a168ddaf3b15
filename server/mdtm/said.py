"""What a settings file says, setting by setting, whichever way of writing tables it has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import NamedTuple

from mdtm.document import Document
from mdtm.fields import Field
from mdtm.frontmatter import Frontmatter
from mdtm.schema import PYPROJECT
from mdtm.text import Span

_DOT = r"[ \t]*\.[ \t]*"
_HEADER = re.compile(rf"^[ \t]*(\[\[[ \t]*(?P<ours>tool{_DOT}mdtm{_DOT})?allow[ \t]*\]\])", re.MULTILINE)


class Table(NamedTuple):
    """One table of `allow`."""

    span: Span
    """Where it is told that something is missing in it."""
    fields: dict[str, Field]


def settings_in(frontmatter: Frontmatter) -> Iterator[Field]:
    """Every setting by itself, with its whole path."""
    for field in frontmatter.fields:
        yield from _parts(field)


def allow_tables(document: Document) -> Iterator[Table]:
    """The tables of `allow`."""
    array = document.frontmatter.get("allow")
    for item in array.value.items if array else ():
        if item.kind == "table":
            yield Table(item.span, {field.key: field for field in item.fields})
    if "allow" not in document.frontmatter.values:
        return
    found = _HEADER.finditer(str(document.text))
    headers = [Span(*match.span(1)) for match in found if bool(match["ours"]) == (document.name == PYPROJECT)]
    ends = [*(header.start for header in headers[1:]), len(document.text)]
    for header, end in zip(headers, ends, strict=False):
        inside = [
            field
            for field in document.frontmatter.fields
            if field.path[:-1] == ("allow",) and header.end <= field.key_span.start < end
        ]
        yield Table(header, {field.path[1]: field for field in inside})


def near(word: str, words: Iterable[str]) -> tuple[str, bool]:
    """The one of some words that another was meant to be, and whether that is certain; empty when there is none."""
    known = {_plain(one): one for one in words}
    if same := known.get(_plain(word)):
        return same, True
    found = get_close_matches(_plain(word), known, n=1)
    return (known[found[0]], False) if found else ("", False)


def _plain(word: str) -> str:
    return word.strip().lower().replace("_", "-").replace(" ", "-")


def _parts(field: Field) -> Iterator[Field]:
    value = field.value
    if value.kind == "table":
        for inner in value.fields:
            yield from _parts(inner._replace(path=field.path + inner.path))
    elif field.path == ("allow",) and value.kind == "array":
        for item in value.items:
            yield from _parts(Field(field.path, field.key_span, item))
    else:
        yield field
