"""One file, read. Any text gives a Document, and an edit gives a new one that shares what it did not touch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mdtm import statefile
from mdtm.dialect import DIALECTS, Dialect, dialect_of
from mdtm.entry import Entry
from mdtm.frontmatter import NO_FRONTMATTER, Frontmatter, read_frontmatter, read_toml_file
from mdtm.markdown import Body, Reading, read_body
from mdtm.marks import Mention
from mdtm.schema import SETTINGS_FILE, Schema, schema_of
from mdtm.schema.documents import OTHER
from mdtm.text import Span, Text, shared_ends

STATE_FILES = frozenset(dialect.state_file for dialect in DIALECTS if dialect.state_file)

NOT_MARKDOWN = (".toml", ".json", ".jsonl", ".yaml", ".yml")
"""Files that an editor may show us, and that have no frontmatter however they begin."""


class Placed(NamedTuple):
    """A log entry and the offset at which its first line begins."""

    entry: Entry
    start: int


class Document:
    """One file at one moment."""

    __slots__ = ("_targets", "bad_byte", "body", "dialect", "frontmatter", "kept", "path", "schema", "text")

    def __init__(
        self, path: str, text: Text, frontmatter: Frontmatter, body: Body, bad_byte: int | None = None
    ) -> None:
        self.path = path
        """From the workspace root, with `/`."""
        self.text = text
        self.frontmatter = frontmatter
        self.body = body
        self.bad_byte = bad_byte
        """The offset of the first byte that is not UTF-8; None when all are."""
        self.schema: Schema | None = None
        self.dialect: Dialect
        self.kept: object = None
        """What others have found out about just this path and frontmatter."""
        self._targets: frozenset[str] | None = None

    @classmethod
    def read(cls, path: str, text: str, bad_byte: int | None = None) -> Document:
        lines = Text.of(text)
        frontmatter, body = _read(path, lines)
        return _known(cls(path, lines, frontmatter, body, bad_byte))

    def edited(self, span: Span, new: str) -> Document:
        """This document with a span replaced; equal to one that is read anew."""
        text = self.text.replaced(span, new)
        old = self.frontmatter
        if old.closed and old.syntax in ("toml", "yaml") and span.start > old.span.end and self.body:
            document = Document(self.path, text, old, read_body(text, old.lines, self.body))
            document.schema, document.dialect, document.kept = self.schema, self.dialect, self.kept
        else:
            document = _known(Document(self.path, text, *_read(self.path, text, self.body)))
        if self._targets is not None and _same_targets(self.body, document.body):
            document._targets = self._targets
        return document

    @property
    def folder(self) -> str:
        """The folder that the file lies in; empty for the workspace root."""
        return self.path.rpartition("/")[0]

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def newline(self) -> str:
        """The line end that the file uses, by its first line."""
        return "\r\n" if self.text.line(0).endswith("\r\n") else "\n"

    @property
    def is_session(self) -> bool:
        return self.schema is not None and self.schema.name in ("session-log", "workflow-state")

    @property
    def targets(self) -> frozenset[str]:
        """Every path that the body names."""
        if self._targets is None:
            self._targets = _targets(self.body)
        return self._targets

    def entries(self) -> Iterator[Placed]:
        """The log entries in the order of the file."""
        for index, reading in enumerate(self.body):
            yield from self._entries_of(index, reading)

    def last_entry(self) -> Placed | None:
        """The last entry whose time can be read."""
        for index in range(len(self.body) - 1, -1, -1):
            for placed in reversed(list(self._entries_of(index, self.body[index]))):
                if placed.entry.moment:
                    return placed
        return None

    def mentions_of(self, target: str) -> Iterator[Mention]:
        """The places that name a path, their spans counted from the start of the file."""
        for index, reading in enumerate(self.body):
            if target in reading.targets:
                start = self.text.block_start(index)[1]
                for number, mark in enumerate(reading.marks):
                    for mention in mark.mentions if mark else ():
                        if mention.target == target:
                            yield Mention(target, mention.span.moved(start + reading.line_start(number)))

    def _entries_of(self, index: int, reading: Reading) -> Iterator[Placed]:
        if reading.entries:
            start = self.text.block_start(index)[1]
            for number, entry in zip(reading.entry_lines, reading.entries, strict=True):
                yield Placed(entry, start + reading.line_start(number))


def _read(path: str, text: Text, old: Body = ()) -> tuple[Frontmatter, Body]:
    name = path.rpartition("/")[2]
    if name in STATE_FILES:
        return _read_state(text), ()
    if name == SETTINGS_FILE:
        return read_toml_file(text), ()
    if name.endswith(NOT_MARKDOWN):
        return NO_FRONTMATTER, read_body(text, 0, old)
    frontmatter = read_frontmatter(text)
    return frontmatter, read_body(text, frontmatter.lines, old)


def _read_state(text: Text) -> Frontmatter:
    whole = str(text)
    fields, faults, value = statefile.read(whole)
    span = Span(0, len(whole))
    return Frontmatter("json", span, span, text.line_count, fields, faults, value.data or {})


def _known(document: Document) -> Document:
    """The document with the kind and the system that its path and keys show."""
    frontmatter = document.frontmatter
    document.schema = schema_of(document.path, frontmatter.values or {})
    if document.schema is None and frontmatter.syntax == "toml":
        document.schema = OTHER
    document.dialect = dialect_of(document.path, frontmatter.text("id") or frontmatter.text("session_id") or "")
    return document


def _same_targets(old: Body, new: Body) -> bool:
    """Whether the readings that differ name the same paths."""
    head, tail = shared_ends(old, new)
    return _targets(old[head : len(old) - tail]) == _targets(new[head : len(new) - tail])


def _targets(body: Body) -> frozenset[str]:
    return frozenset().union(*(reading.targets for reading in body))
