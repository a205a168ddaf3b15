"""Edits of a state file: JSON, whose other bytes stay as they are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from mdtm.document import Document
from mdtm.fields import Edit, Field
from mdtm.plan import Refused
from mdtm.text import Span


def with_value(document: Document, path: tuple[str, ...], value: Any) -> Edit:
    """The edit that gives a key a value; where it is missing, it is added behind the last key of its object.

    Raises:
        Refused: the file is no JSON that can be read, or a key above is no object.
    """
    if document.frontmatter.faults and all(fault.code == "duplicate-key" for fault in document.frontmatter.faults):
        raise Refused(f"a key stands twice in {document.path}; `mdtm check {document.path}` shows which to remove")
    if document.frontmatter.faults:
        raise Refused(f"{document.path} is no JSON that can be read; `mdtm doctor --fix` makes it anew")
    start, fields = str(document.text).find("{"), document.frontmatter.fields
    for depth, name in enumerate(path):
        field = next((field for field in fields if field.path[-1] == name), None)
        if field is None:
            for outer in reversed(path[depth + 1 :]):
                value = {outer: value}
            return _added(document, start, fields, name, value)
        if depth == len(path) - 1:
            return Edit(field.value.span, _written(value, _indent(document, field)))
        if field.value.kind != "table":
            raise Refused(f"{name} in {document.path} is no object")
        start, fields = field.value.span.start, field.value.fields
    raise ValueError("a path names at least one key")


def _added(document: Document, start: int, fields: Sequence[Field], name: str, value: Any) -> Edit:
    """The edit that adds a key to the object that begins at `start`."""
    if not fields:
        return Edit(Span(start + 1, start + 1), f"{json.dumps(name)}: {_written(value, None)}")
    indent = _indent(document, fields[-1])
    between = ", " if indent is None else f",{document.newline}{indent}"
    at = fields[-1].value.span.end
    return Edit(Span(at, at), f"{between}{json.dumps(name)}: {_written(value, indent)}")


def _indent(document: Document, field: Field) -> str | None:
    """What stands before a key on its line; None when it does not begin the line."""
    number = document.text.line_at(field.key_span.start)
    before = document.text[Span(document.text.line_start(number), field.key_span.start)]
    return before if not before.strip() else None


def _written(value: Any, indent: str | None) -> str:
    """A value as JSON; over several lines where the key before it begins a line."""
    if indent is None:
        return json.dumps(value, ensure_ascii=False)
    step = "\t" if "\t" in indent else 2
    return json.dumps(value, ensure_ascii=False, indent=step).replace("\n", f"\n{indent}")
