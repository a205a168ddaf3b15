"""The words for what a block of keys holds, whether it is written in TOML or in JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from mdtm.text import Span

Kind = Literal["string", "integer", "float", "boolean", "datetime", "date", "time", "array", "table", "null", "broken"]


class Edit(NamedTuple):
    """New text for a span of the file, or of the part, that the edit was made for."""

    span: Span
    new: str


class Value(NamedTuple):
    """One value; `data` is what it means in Python, None when it is broken."""

    kind: Kind
    span: Span
    data: Any
    items: tuple[Value, ...] = ()
    """The items of an array."""
    fields: tuple[Field, ...] = ()
    """The fields of an inline table or of a JSON object."""

    def all(self) -> Iterator[Value]:
        """This one and all that lie in it, however deep."""
        waiting = [self]
        while waiting:
            value = waiting.pop()
            yield value
            waiting += [*value.items, *(field.value for field in value.fields)]


class Field(NamedTuple):
    """One key with its value."""

    path: tuple[str, ...]
    """The key and the tables it lies in, outermost first."""
    key_span: Span
    value: Value

    @property
    def key(self) -> str:
        """The path as TOML writes it when all its parts are bare."""
        return ".".join(self.path)

    @property
    def span(self) -> Span:
        return Span(self.key_span.start, self.value.span.end)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that cannot be read as it stands, on its own place, with the edits that mend it."""

    code: str
    """The rule that reports it, such as "broken-toml"."""
    span: Span
    message: str
    cure: str = ""
    """What the edits do, as a title for a menu."""
    edits: tuple[Edit, ...] = ()
    safe: bool = True
    """Whether the edits can only restore what the writer meant."""
    related: Span | None = None
    """Another place that belongs to the fault, such as the first of two equal keys."""
