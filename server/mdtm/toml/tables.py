"""Who has defined which key: TOML's rules for tables, so that a second definition is found.

The source of the rules is TOML 1.0, "Keys", "Table", "Inline Table" and "Array of Tables".
"""

from __future__ import annotations

from typing import Any, Literal

from mdtm.fields import Fault, Field, Value
from mdtm.text import Span

Origin = Literal["implied", "header", "dotted", "value", "tables"]


class Node:
    """What a key holds, and which way of writing made it."""

    __slots__ = ("children", "data", "origin", "section", "span", "value")

    def __init__(self, origin: Origin, span: Span, section: int = 0) -> None:
        self.origin = origin
        self.span = span
        self.section = section
        self.children: dict[str, Node] = {}
        self.data: Any = {}
        self.value: Value | None = None


class Tables:
    """The tables of one block, in the making."""

    def __init__(self) -> None:
        self._root = Node("header", Span(0, 0))
        self._current = self._root
        self._section = 0

    @property
    def values(self) -> dict[str, Any]:
        """What the block means, as Python data."""
        data = self._root.data
        assert isinstance(data, dict)
        return data

    def open(self, path: tuple[str, ...], span: Span, array: bool) -> Fault | None:
        """Begins `[path]` or, when `array`, `[[path]]`; the keys that follow belong to it."""
        self._section += 1
        parent = self._root
        for part in path[:-1]:
            parent = _last_table(_child(parent, part, "implied", span))
            if parent.origin == "value":
                self._current = Node("header", span)
                return _repeated(path, span, parent, "is a value and has no tables in it")
        existing = parent.children.get(path[-1])
        if array:
            return self._append(parent, path, span, existing)
        if existing is None or existing.origin == "implied":
            self._current = _child(parent, path[-1], "header", span)
            self._current.origin, self._current.span = "header", span
            return None
        self._current = existing if existing.origin == "header" else Node("header", span)
        return _repeated(path, span, existing, "is defined twice")

    def put(self, field: Field) -> Fault | None:
        """Adds a key to the current table; its path begins there."""
        parent = self._current
        for part in field.path[:-1]:
            node = _child(parent, part, "dotted", field.key_span, self._section)
            if node.origin == "implied":
                node.origin, node.section = "dotted", self._section
            if node.origin != "dotted" or node.section != self._section:
                return _repeated(field.path, field.key_span, node, "cannot be added to here")
            parent = node
        name = field.path[-1]
        if (existing := parent.children.get(name)) is not None:
            return _repeated(field.path, field.key_span, existing, "is given twice")
        node = parent.children[name] = Node("value", field.key_span)
        node.value = field.value
        parent.data[name] = node.data = field.value.data
        return None

    def first(self, path: tuple[str, ...]) -> Value | None:
        """The value that a key of the current table was given first."""
        node: Node | None = self._current
        for part in path:
            node = node.children.get(part) if node else None
        return node.value if node else None

    def _append(self, parent: Node, path: tuple[str, ...], span: Span, existing: Node | None) -> Fault | None:
        self._current = Node("header", span)
        if existing is not None and existing.origin != "tables":
            return _repeated(path, span, existing, "is defined already, and not as an array of tables")
        node = existing or _child(parent, path[-1], "tables", span)
        if existing is None:
            parent.data[path[-1]] = node.data = []
        node.data.append(self._current.data)
        node.children = {"": self._current}
        return None


def _child(parent: Node, part: str, origin: Origin, span: Span, section: int = 0) -> Node:
    """The node of a key in a table, made when there is none."""
    node = parent.children.get(part)
    if node is None:
        node = parent.children[part] = Node(origin, span, section)
        parent.data[part] = node.data
    return node


def _last_table(node: Node) -> Node:
    return node.children[""] if node.origin == "tables" else node


def _repeated(path: tuple[str, ...], span: Span, before: Node, what: str) -> Fault:
    return Fault("duplicate-key", span, f"{'.'.join(path)} {what}", related=before.span)
