"""Writes the context of a session into the frontmatter of its log, in the style that stands there."""

from __future__ import annotations

from mdtm.context import KEY, Item, stack_in
from mdtm.document import Document
from mdtm.field_edit import append_value, insert_field, remove_item
from mdtm.fields import Edit
from mdtm.plan import Refused
from mdtm.schema.sessions import SESSION_LOG
from mdtm.toml.writing import array, text_value


def stack_of(log: Document | None) -> tuple[Item, ...]:
    """The context that a log tells of in its frontmatter; empty without a log."""
    return stack_in(log.frontmatter.values.get(KEY)) if log else ()


def with_stack(document: Document, stack: tuple[Item, ...]) -> tuple[Edit, ...]:
    """The edits that give a log another context; none when it has that already.

    A level that is added or taken off leaves the others as they are written, with their comments.

    Raises:
        Refused: the frontmatter cannot be read at that place.
    """
    frontmatter = document.frontmatter
    field = frontmatter.get(KEY)
    if frontmatter.syntax != "toml" or (field.value.kind == "broken" if field else KEY in frontmatter.values):
        what = f"{KEY} cannot be changed in" if frontmatter.syntax == "toml" else "there is no +++ frontmatter in"
        raise Refused(f"{what} {document.path}; `mdtm check {document.path}` shows what to mend")
    written = [_written(item) for item in stack]
    if field is None:
        line = array(written, len(f"{KEY} = "), document.newline)
        return (insert_field(document, KEY, line, SESSION_LOG.order),) if stack else ()
    there = {number: found[0] for number, item in enumerate(field.value.items) if (found := stack_in([item.data]))}
    if field.value.kind == "array" and stack:
        if tuple(there.values()) == stack:
            return ()
        if tuple(there.values()) == stack[:-1]:
            return append_value(document, field.value, written[-1])
        for number in there:
            if tuple(item for other, item in there.items() if other != number) == stack:
                return (remove_item(document, field.value, number),)
    return (Edit(field.value.span, array(written, len(f"{KEY} = "), document.newline)),)


def _written(item: Item) -> str:
    """A level as an inline table."""
    return "{" + ", ".join(f"{name} = {text_value(text)}" for name, text in item._asdict().items() if text) + "}"
