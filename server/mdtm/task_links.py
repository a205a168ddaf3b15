"""Where a task or a log names tasks, and what can be done about a name that is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mdtm.document import Document
from mdtm.field_edit import remove_item, set_text
from mdtm.fields import Edit, Field
from mdtm.marks import is_task_id
from mdtm.near import slipped
from mdtm.paths import plain
from mdtm.problem import Fix
from mdtm.tasks import CLOSED, PLACES, is_task, status_meant, task_id
from mdtm.text import Span
from mdtm.toml.writing import text_value
from mdtm.trace import Trace
from mdtm.trace.rows import TaskRow

_PLACES = tuple(f"{place}/" for place in PLACES)


class Link(NamedTuple):
    """One id, as it stands in the frontmatter."""

    id: str
    span: Span
    field: Field
    number: int
    """Its place in the list; -1 when the field is not a list."""


def links(document: Document, *keys: str) -> Iterator[Link]:
    """The texts of some keys, in the order of the keys."""
    frontmatter = document.frontmatter
    for key in keys:
        field = frontmatter.get(key) if frontmatter.may_hold(key) else None
        if field is None:
            continue
        if field.value.kind == "string" and field.value.data:
            yield Link(field.value.data, field.value.span, field, -1)
        for index, item in enumerate(field.value.items):
            if item.kind == "string" and item.data:
                yield Link(item.data, item.span, field, index)


def missing(document: Document, trace: Trace | None, *keys: str) -> Iterator[Link]:
    """The ids of tasks under some keys that no task has; nothing where no tasks are known."""
    for link in links(document, *keys):
        if trace is None or not trace.tasks:
            return
        if is_task_id(link.id) and not trace.has_task(link.id):
            yield link


def is_placed_task(document: Document) -> bool:
    """Whether a document is a task and lies where tasks lie, so that the trace knows of it."""
    return is_task(document) and document.path.startswith(_PLACES)


def missing_fixes(document: Document, link: Link, trace: Trace) -> tuple[Fix, ...]:
    """The cures of an id that no task has: the id that was meant, else taking it out."""
    meant, fixes = slipped(link.id, trace.task_ids), removal(document, link)
    if not meant or plain(meant) == plain(task_id(document)):  # no task is linked with itself
        return fixes
    return (Fix(f"Write {meant}", (Edit(link.span, text_value(meant)),), safe=False), *fixes)


def removal(document: Document, link: Link) -> tuple[Fix, ...]:
    """The cure that takes an id out of its list, or empties its field."""
    if link.number < 0:
        return (Fix(f"Clear {link.field.key}", (set_text(link.field, ""),), safe=False),)
    if link.field.value.kind != "array" or document.frontmatter.syntax != "toml":
        return ()
    edit = remove_item(document, link.field.value, link.number)
    return (Fix("Take it off the list", (edit,), safe=False),)


def open_dependencies(document: Document, trace: Trace | None) -> list[tuple[Link, TaskRow]]:
    """The tasks that a task depends on and that are not over, each with the place that names it."""
    named = links(document, "depends_on") if trace else ()
    found = ((link, trace.tasks.get(plain(link.id), ())) for link in named if trace)
    return [(link, rows[0]) for link, rows in found if rows and not any(may_be_closed(row.status) for row in rows)]


def open_children(document: Document, trace: Trace | None) -> list[TaskRow]:
    """The tasks that are parts of a task and are not over."""
    if trace is None:
        return []
    return [row for row in parts_of(document, trace) if not may_be_closed(row.status)]


def parts_of(task: Document, trace: Trace) -> list[TaskRow]:
    """The tasks that are parts of a task."""
    own_id = plain(task_id(task))
    return [row for row in trace.children.get(own_id, ()) if plain(row.id) != own_id]


def may_be_closed(status: str) -> bool:
    """Whether a task is closed as far as its status tells; one that nobody knows may mean that too."""
    meant = status_meant(status)
    return meant is None or meant in CLOSED
