"""The block between the two `+++` lines: its fields with their spans, and every fault on its place.

Reading goes on behind whatever is broken: one fault hides no neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Literal

from mdtm import statefile
from mdtm.conflicts import SIGNS, masked
from mdtm.fence_lines import BOM, Fences
from mdtm.fences import find_fences
from mdtm.fields import Fault, Field, Value
from mdtm.once import once
from mdtm.text import Span, Text
from mdtm.times import Moment, read_time
from mdtm.toml.block import read_table, read_toml
from mdtm.toml.plain import PlainFields
from mdtm.yaml_block import read_yaml


@dataclass
class Frontmatter:
    """What stands before the Markdown, read as far as it can be read."""

    syntax: Literal["toml", "yaml", "json", "none"]
    span: Span
    """From the opening fence to the end of the closing one."""
    content: Span
    lines: int = 0
    """How many lines it takes, fences and all; the Markdown begins on the next one."""
    fields: Sequence[Field] = ()
    """In reading order; those of tables too."""
    faults: tuple[Fault, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    closed: bool = True
    """Whether both fences stand where they belong."""
    source: str = field(default="", repr=False, compare=False)
    """The text of a Markdown file up to the end of the content."""

    @once
    def _by_path(self) -> dict[tuple[str, ...], Field]:
        return {field.path: field for field in reversed(self.fields)}

    @once
    def _texts(self) -> dict[str, tuple[str | None, ...]]:
        return {}

    @once
    def is_plain(self) -> bool:
        """Whether it is TOML in which each key stands once, with a string or strings: then `values` tell all of it."""
        return isinstance(self.fields, PlainFields)

    def may_hold(self, key: str) -> bool:
        """Whether anything may stand under a top-level key."""
        return not self.is_plain or bool(self.values.get(key))

    def get(self, *path: str) -> Field | None:
        """The first field with this path."""
        if self.is_plain and path[0] not in self.values:
            return None
        return self._by_path.get(path)

    def every(self, key: str) -> tuple[Field, ...]:
        """All fields of a top-level key: more than one where it is given twice, which is a fault of its own."""
        if len(self._by_path) == len(self.fields):
            return (self._by_path[(key,)],) if (key,) in self._by_path else ()
        return tuple(field for field in self.fields if field.path == (key,))

    def data(self, key: str) -> Any:
        """What a top-level key means in Python; None where it is not given, or broken."""
        if self.is_plain:
            return self.values.get(key)
        field = self._by_path.get((key,))
        return field.value.data if field else None

    def text(self, key: str) -> str | None:
        """The value of a top-level key when it is a string."""
        data = self.data(key)
        return data if isinstance(data, str) else None

    def moment(self, key: str) -> Moment | None:
        """The time that a top-level key holds, as a string or in TOML's own way; None when it cannot be read."""
        data = self.data(key)
        if isinstance(data, str):
            return read_time(data)
        if isinstance(data, datetime):
            return Moment(data, "second")
        return Moment(datetime.combine(data, time()), "day") if isinstance(data, date) else None

    def texts(self, key: str) -> tuple[str | None, ...]:
        """The items of a top-level array in their order, None for each that is no string; each array is read once."""
        if key not in self._texts:
            if self.is_plain:
                data = self.values.get(key)
                found = tuple(data) if isinstance(data, list) else ()
            else:
                field = self._by_path.get((key,))
                items = field.value.items if field else ()
                found = tuple(item.data if item.kind == "string" else None for item in items)
            self._texts[key] = found
        return self._texts[key]

    @once
    def words(self) -> tuple[str, ...]:
        """Every string: those of the fields, and those in their arrays."""
        if self.is_plain:
            found: list[str] = []
            for data in self.values.values():
                found += (data,) if isinstance(data, str) else data
            return tuple(found)
        values = [value for field in self.fields for value in (field.value, *field.value.items)]
        return tuple([value.data for value in values if isinstance(value.data, str)])

    @once
    def padded(self) -> bool:
        """Whether there is space around any string."""
        return tuple(map(str.strip, self.words)) != self.words

    def strings(self, key: str) -> tuple[Value, ...]:
        """The string items of a top-level array."""
        field = self._by_path.get((key,))
        return tuple(item for item in field.value.items if item.kind == "string") if field else ()


KNOWN_KEYS = 2
"""How many of the keys that all documents have an object must have, to be taken for frontmatter."""
_KNOWN_KEY = re.compile(r'"(?:id|title|status|session_id|type)"\s*:')
NO_FRONTMATTER = Frontmatter("none", Span(0, 0), Span(0, 0), values={})


def read_frontmatter(text: Text) -> Frontmatter:
    """The frontmatter of a Markdown file."""
    fences = find_fences(text)
    if fences is None:
        return NO_FRONTMATTER
    source = text[Span(0, fences.content.end)]
    content, conflicts = _unmerged(source, fences.content.start)
    lines = fences.lines or _lines_to(text, fences)
    read = read_yaml if fences.syntax == "yaml" else read_toml
    fields, faults, values = read(content, fences.content.start)
    faults = sorted((*fences.faults, *_outside(conflicts, faults)), key=lambda fault: fault.span)
    return Frontmatter(
        fences.syntax, fences.span, fences.content, lines, fields, tuple(faults), values, fences.closed, source
    )


def _lines_to(text: Text, fences: Fences) -> int:
    """How many lines there are up to the end of the frontmatter."""
    last = text.line_at(fences.span.end)
    return last + (fences.closed or text.line_start(last) < fences.span.end)


def _unmerged(content: str, start: int) -> tuple[str, list[tuple[int, int]]]:
    """A text that can be read although a merge has left conflicts in it, and where these lie."""
    return masked(content, start) if SIGNS[0] in content else (content, [])


def _outside(conflicts: list[tuple[int, int]], faults: Iterable[Fault]) -> list[Fault]:
    """The faults outside of conflicts, each of which is one fault, and hides no other."""
    return [fault for fault in faults if not any(start <= fault.span.start < end for start, end in conflicts)]


def begins_with_object(text: str) -> bool:
    """Whether a text may have JSON before its Markdown, as Hugo writes it."""
    return text.removeprefix(BOM)[:1] == "{"


def read_json_frontmatter(text: Text) -> Frontmatter | None:
    """The frontmatter of a file that begins with an object of JSON; None when that has not the keys for it."""
    whole = str(text)
    start = 1 if whole.startswith(BOM) else 0
    end = statefile.object_end(whole, start)
    if end is None or len(_KNOWN_KEY.findall(whole, start, end)) < KNOWN_KEYS:
        return None
    fields, faults, value = statefile.read(whole[:end])
    span = Span(start, end)
    return Frontmatter("json", span, span, text.line_at(end - 1) + 1, fields, faults, value.data or {})


def read_state_file(text: Text) -> Frontmatter:
    """A file that is one object of JSON."""
    whole = str(text)
    content, conflicts = _unmerged(whole, 0)
    fields, faults, value = statefile.read(content)
    span = Span(0, len(whole))
    faults = tuple(_outside(conflicts, faults))
    return Frontmatter("json", span, span, text.line_count, fields, faults, value.data or {})


def read_toml_file(text: Text) -> Frontmatter:
    """A file that is TOML from its first line to its last."""
    whole = str(text)
    start = 1 if whole.startswith(BOM) else 0
    content, conflicts = _unmerged(whole, start)
    fields, faults, values = read_toml(content, start)
    span = Span(0, len(whole))
    return Frontmatter("toml", span, span, text.line_count, fields, tuple(_outside(conflicts, faults)), values)


def read_tool_table(text: Text, name: tuple[str, ...]) -> Frontmatter:
    """One table of a TOML file that is not ours otherwise; no frontmatter where it is not there."""
    whole = str(text)
    if name[-1] not in whole:
        return NO_FRONTMATTER
    start = int(whole.startswith(BOM))
    fields, faults, values, span = read_table(whole, start, name)
    if span.start == span.end:
        header = re.compile(rf"^[ \t]*(\[{re.escape('.'.join(name))}\])", re.MULTILINE).search(whole)
        others = read_toml(whole, start)[1] if header else []
        if not header or not others:
            return NO_FRONTMATTER
        span = Span(*header.span(1))
        line = text.line_at(others[0].span.start) + 1
        faults = [
            Fault("broken-toml", span, f"nobody can read this table, for line {line} is no TOML: {others[0].message}")
        ]
    faults = sorted(faults, key=lambda fault: fault.span)
    return Frontmatter("toml", span, span, text.line_count, tuple(fields), tuple(faults), values)
