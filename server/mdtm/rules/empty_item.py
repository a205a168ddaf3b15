from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.field_edit import remove_item
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Fix, Problem, Severity
from mdtm.usual import odd_text


@only(when=odd_text)
def empty_item(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """A list has an item that says nothing.

    A list in which nothing stands is written `[]`; `[""]` is a list of one task, or of one file, that has no name.

    Bad:
        related_tasks = [""]

    Good:
        related_tasks = []
    """
    if document.schema is None or not ("" in frontmatter.words or frontmatter.padded):
        return
    for name in document.schema.lists:
        field = frontmatter.get(name)
        for index, item in enumerate(field.value.items if field else ()):
            if isinstance(item.data, str) and not item.data.strip() and field:
                writable = frontmatter.syntax == "toml" and field.value.kind == "array"
                fixes = (Fix("Remove it", (remove_item(document, field.value, index),)),) if writable else ()
                message = f"{name} has an item with nothing in it"
                yield Problem("empty-item", Severity.HINT, item.span, message, fixes, unnecessary=True)
