"""The lists that a file is taken off when it is deleted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mdtm.document import Document
from mdtm.features.names.meant import Thing, holds_name, leads_to
from mdtm.features.names.mentions import Named, named_in
from mdtm.field_edit import remove_item
from mdtm.fields import Field
from mdtm.files import Files
from mdtm.paths import is_at, plain
from mdtm.plan import Replace
from mdtm.text import Span


class Gone(NamedTuple):
    """A file or a folder that is deleted, and what it held."""

    path: str
    thing: Thing


def may_name(text: str, gone: Sequence[Gone]) -> bool:
    """Whether a text may name something of what goes: found out without reading it."""
    return any(one.path.rpartition("/")[2] in text or holds_name(text, one.thing) for one in gone)


def taken_off(document: Document, gone: Sequence[Gone], files: Files) -> list[Replace]:
    """The lists of a document's frontmatter without what names something that goes, or lies in a folder that does.

    What the text tells of it stays: that is the story of the work, and a finding says that it is not there any more.
    """
    if document.frontmatter.syntax != "toml" or any(is_at(document.path, one.path) for one in gone):
        return []
    spans = [named.span for named in named_in(document) if _goes(named, gone, files)]
    steps = (_shortened(document, field, spans) for field in document.frontmatter.fields if len(field.path) == 1)
    return [step for step in steps if step]


def _shortened(document: Document, field: Field, spans: Sequence[Span]) -> Replace | None:
    """A list without the items that some spans lie in; None where nothing is taken out."""
    array, left = field.value, document
    if array.kind != "array":
        return None
    for number, item in reversed(list(enumerate(array.items))):
        now = left.frontmatter.get(*field.path)
        if (
            now
            and item.kind == "string"
            and any(item.span.start <= span.start and span.end <= item.span.end for span in spans)
        ):
            edit = remove_item(left, now.value, number)
            left = left.edited(edit.span, edit.new)
    now = left.frontmatter.get(*field.path)
    if left is document or now is None:
        return None
    return Replace(document.path, array.span, document.text[array.span], left.text[now.value.span])


def _goes(named: Named, gone: Sequence[Gone], files: Files) -> bool:
    if named.kind == "file":
        path = leads_to(named, files)
        return any(is_at(path, one.path) for one in gone)
    return any(named.kind == one.thing.kind and plain(named.name) in one.thing.ids for one in gone)
