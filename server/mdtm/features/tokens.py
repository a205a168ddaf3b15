"""The parts of a document that are shown in different colours, line by line."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mdtm.document import Document
from mdtm.entry import Entry
from mdtm.events import BY_NAME, kind_of
from mdtm.features.names.mentions import ACTOR_KEYS
from mdtm.features.names.words import read_id, read_words
from mdtm.features.shape.branches import Branch, branches
from mdtm.features.shape.keeping import kept
from mdtm.fields import Value
from mdtm.markdown import Reading
from mdtm.schema.base import Key
from mdtm.text import Span

TYPES = (
    "property", "namespace", "string", "number", "keyword", "enumMember", "class", "function", "operator",
)  # fmt: skip
"""Keys, tables, texts and paths, numbers and times, true and false and the words for kinds of events, statuses and
their like, ids, who acts, check boxes: all by names for which themes have colours, and not one for two neighbours."""
MODIFIERS = ("declaration", "deprecated")
"""For a document's own id, and for keys that have a newer name."""
DECLARATION, DEPRECATED = 1, 2
_BY_KIND = {
    "string": "string", "integer": "number", "float": "number", "boolean": "keyword", "null": "keyword",
    "datetime": "number", "date": "number", "time": "number",
}  # fmt: skip
_WORD = re.compile(r"\w")


class Token(NamedTuple):
    """A part of one line."""

    line: int
    """Its number, in the file or in the block."""
    start: int
    """From the start of the line, in code points, as is `end`."""
    end: int
    type: str
    modifiers: int = 0
    """A sum of DECLARATION and DEPRECATED."""


def tokens(document: Document, first: int = 0, last: int = sys.maxsize) -> Iterator[Token]:
    """All of them, in order; at least those of some lines."""
    yield from of_frontmatter(document) if first < document.frontmatter.lines else ()
    for index, reading in enumerate(document.body):
        start = document.text.block_start(index)[0]
        if start <= last and first < start + len(reading.block.lines):
            yield from (token._replace(line=token.line + start) for token in of_block(reading))


def of_frontmatter(document: Document) -> list[Token]:
    """Those of the keys and their values; what is broken has none."""
    found = [one for branch in branches(document) for one in _of_branch(branch, document, top=True)]
    text, parts = document.text, list[Token]()
    for span, kind, modifiers in sorted(found):
        for number in range(text.line_at(span.start), text.line_at(max(span.start, span.end - 1)) + 1):
            line = text.line_span(number)
            start, end = max(span.start, line.start), min(span.end, line.end)
            if start < end:
                parts.append(Token(number, start - line.start, end - line.start, kind, modifiers))
    return list(_apart(parts))


def of_block(reading: Reading) -> tuple[Token, ...]:
    """Those of a block of lines behind the frontmatter, the lines counted from its start; kept with it."""
    return kept(reading, "tokens", _of_lines)


def _apart(found: Iterable[Token]) -> Iterator[Token]:
    """Tokens in their order without those that begin in the one before."""
    line, end = -1, 0
    for token in found:
        if token.line != line or token.start >= end:
            line, end = token.line, token.end
            yield token


def _of_lines(reading: Reading) -> tuple[Token, ...]:
    return tuple(_apart(_in_lines(reading)))


def _in_lines(reading: Reading) -> Iterator[Token]:
    before = reading.before
    for number, (line, mark, after) in enumerate(zip(reading.block.lines, reading.marks, reading.states, strict=True)):
        hidden = before.skip or before.fence or after.fence or before.comment or after.comment
        if not hidden and not (mark and mark.code):
            found = [(*span, kind) for span, kind in _of_line(line)]
            if mark and mark.entry:
                found += [(*span, kind) for span, kind in _of_entry(mark.entry)]
            if mark and mark.box:
                found.append((*mark.box.span, "operator"))
            yield from (Token(number, *one) for one in sorted(found))
        before = after


def _of_line(line: str) -> Iterator[tuple[Span, str]]:
    if "-" in line or "/" in line or "`" in line or "](" in line:
        for word in read_words(line):
            yield word.span, "string" if word.kind == "file" else "class"


def _of_entry(entry: Entry) -> Iterator[tuple[Span, str]]:
    if entry.timed and entry.moment:
        yield entry.stamp_span, "number"
    who = entry.who
    if who.name and (at := entry.line.find(who.name, who.start, who.end or None)) >= 0:
        yield Span(at, at + len(who.name)), "function"
    start = min(who.end, len(entry.line))
    if kind := kind_of(text := entry.line[start:]):
        sign, word = BY_NAME[kind].sign.match(text), _WORD.search(text)
        assert sign and word
        yield Span(start + word.start(), start + sign.end()), "keyword"


def _of_branch(branch: Branch, document: Document, top: bool = False) -> Iterator[tuple[Span, str, int]]:
    schema = document.schema
    key = schema.key_called(branch.name) if schema and top else None
    old = key is not None and key.name != branch.name
    if branch.value is None:
        if branch.name:
            yield branch.name_span, "namespace", 0
    elif branch.name_span != branch.span:
        yield branch.name_span, "property", DEPRECATED if old else 0
    own = top and schema is not None and key is schema.keys[0] and key.name in ("id", "session_id")
    if branch.value and not branch.inner:
        yield from _of_value(branch.value, branch.name, key, own)
    for inner in branch.inner:
        yield from _of_branch(inner, document)


def _of_value(value: Value, name: str, key: Key | None, own: bool) -> Iterator[tuple[Span, str, int]]:
    for item in value.items:
        yield from _of_value(item, name, key, own)
    kind = _BY_KIND.get(value.kind)
    if kind == "string":
        kind = _of_text(str(value.data), name, key)
    if kind:
        yield value.span, kind, DECLARATION if own and kind == "class" else 0


def _of_text(text: str, name: str, key: Key | None) -> str:
    if name == "status" or (key and key.values):
        return "enumMember"
    if key and key.type == "time":
        return "number"
    if (key.name if key else name) in ACTOR_KEYS:
        return "function"
    return "class" if (key and key.names in ("task", "session", "sprint")) or read_id(text) else "string"
