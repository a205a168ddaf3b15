"""One file, read. Any text gives a Document, and an edit gives a new one that shares what it did not touch."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from itertools import islice
from typing import NamedTuple

from mdtm.dialect import DIALECTS, Dialect, dialect_of
from mdtm.entry import Entry
from mdtm.fences import may_have_fences
from mdtm.frontmatter import (
    NO_FRONTMATTER,
    Frontmatter,
    begins_with_object,
    read_frontmatter,
    read_json_frontmatter,
    read_state_file,
    read_toml_file,
    read_tool_table,
)
from mdtm.joined import Answers, all_in, joined
from mdtm.markdown import Body, Reading, read_body
from mdtm.marks import Heading
from mdtm.schema import PYPROJECT, SETTINGS_FILE, Schema, is_named_as_ours, schema_of
from mdtm.schema.documents import OTHER
from mdtm.schema.sessions import SESSION_LOG, WORKFLOW_STATE
from mdtm.schema.settings import SETTINGS, TABLE
from mdtm.text import Span, Text

STATE_FILES = frozenset(dialect.state_file for dialect in DIALECTS if dialect.state_file)

NOT_MARKDOWN = (".toml", ".json", ".jsonl", ".yaml", ".yml")
"""Files that an editor may show us, and that have no frontmatter however they begin."""


FIRST_ENTRIES = 50
"""How many entries are asked who acted, before it is given up."""
_HEADING = re.compile(r"^#{1,6} +(.+?)[ #]*$", re.MULTILINE)


def may_be_ours(path: str, text: str) -> bool:
    """Whether a file has the name of one of ours, or signs of frontmatter; the others have no problems."""
    if may_have_fences(text) or schema_of(path, {}) is not None:
        return True
    return begins_with_object(text) and is_named_as_ours(path)


class Placed(NamedTuple):
    """A log entry and the offset at which its first line begins."""

    entry: Entry
    start: int


class Document:
    """One file at one moment."""

    __slots__ = (
        "_dialect", "answers", "bad_byte", "body", "folder", "frontmatter", "kept", "name", "path", "schema", "text"
    )  # fmt: skip

    def __init__(
        self, path: str, text: Text, frontmatter: Frontmatter, body: Body, bad_byte: int | None = None
    ) -> None:
        self.path = path
        """From the workspace root, with `/`."""
        self.folder, _, self.name = path.rpartition("/")
        """The folder that the file lies in, empty for the workspace root; and its name there."""
        self.text = text
        self.frontmatter = frontmatter
        self.body = body
        self.bad_byte = bad_byte
        """The offset of the first byte that is not UTF-8; None when all are."""
        self.schema: Schema | None = None
        self._dialect: Dialect | None = None
        self.answers = Answers()
        """What was found out about the body, for this document and those that edits make of it."""
        self.kept: object = None
        """What others have found out about just this path and frontmatter."""

    @classmethod
    def read(cls, path: str, text: str, bad_byte: int | None = None) -> Document:
        lines = Text.of(text)
        if not may_be_ours(path, text):
            return cls(path, lines, NO_FRONTMATTER, (), bad_byte)
        frontmatter, body = _read(path, lines)
        return _known(cls(path, lines, frontmatter, body, bad_byte))

    def edited(self, span: Span, new: str) -> Document:
        """This document with a span replaced; equal to one that is read anew."""
        text = self.text.replaced(span, new)
        old = self.frontmatter
        behind = old.syntax in ("toml", "yaml") and span.start >= self.text.line_start(old.lines)
        if behind and self.body and self._is_settled():
            document = Document(self.path, text, old, read_body(text, old.lines, self.body))
            document.schema, document._dialect, document.kept = self.schema, self._dialect, self.kept
        else:
            document = _known(Document(self.path, text, *_read(self.path, text, self.body)))
        document.answers = self.answers
        return document

    def _is_settled(self) -> bool:
        """Whether nothing that may be written behind the frontmatter can change where it ends."""
        old = self.frontmatter
        at_fences = any(fault.code in ("missing-opening-fence", "missing-closing-fence") for fault in old.faults)
        return old.closed and not at_fences and self.text.line(old.lines - 1).startswith(("+++", "---"))

    @property
    def newline(self) -> str:
        """The line end that the file uses, by its first line."""
        return "\r\n" if self.text.line(0).endswith("\r\n") else "\n"

    @property
    def body_start(self) -> int:
        """The offset behind the frontmatter."""
        return self.text.line_start(self.frontmatter.lines) if self.frontmatter.lines else 0

    def first_heading(self) -> tuple[str, int]:
        """The title of the first heading behind the frontmatter, and where it ends; an empty one where none is."""
        match = _HEADING.search(str(self.text), self.body_start)
        return (match[1].strip(), match.end()) if match else ("", self.body_start)

    @property
    def dialect(self) -> Dialect:
        """The system that the path shows, and where that is not enough the id."""
        if self._dialect is None:
            own_id = self.frontmatter.text("id") or self.frontmatter.text("session_id") or ""
            self._dialect = dialect_of(self.path, own_id)
        return self._dialect

    @property
    def signs(self) -> frozenset[str]:
        """The kinds of signs, as `signs.py` names them, that the file holds where it is Markdown."""
        return _signs(self)

    @property
    def is_session(self) -> bool:
        return self.schema is SESSION_LOG or self.schema is WORKFLOW_STATE

    def entries(self) -> Iterator[Placed]:
        """The log entries in the order of the file."""
        for index, reading in enumerate(self.body):
            yield from self._entries_of(index, reading)

    def last_entry(self) -> Entry | None:
        """The last entry whose time can be read."""
        return next((entry for entry in self.last_entries() if entry.timed and entry.moment), None)

    def last_entries(self) -> Iterator[Entry]:
        """The entries from the last one back; each is read when it is asked for."""
        for reading in reversed(self.body):
            for number in reversed(reading.entry_lines):
                if entry := reading.entry_on(number):
                    yield entry

    def first_actor(self) -> str:
        """Who acted first, as far as one of the first entries says; else empty."""
        entries = (entry for reading in self.body for entry in reading.entries)
        return next((entry.actor for entry in islice(entries, FIRST_ENTRIES) if entry.actor), "")

    def headings(self) -> Iterator[Heading]:
        """The headings in the order of the file; spans count from the start of their lines."""
        marks = (mark for reading in self.body for mark in reading.marks)
        return (mark.heading for mark in marks if mark and mark.heading)

    def line_of(self, number: int) -> tuple[Reading, int] | None:
        """The reading that a line is in, and its number there; None for a line that nobody reads."""
        index = self.text.block_at(self.text.line_start(number))
        first = self.text.block_start(index)[0]
        return (self.body[index], number - first) if index < len(self.body) else None

    def is_in_log(self, number: int) -> bool:
        """Whether a line lies in a section that is a log, and not in a code block or a comment there."""
        found = self.line_of(number)
        state = found[0].states[found[1]] if found else None
        return bool(state and state.log) and not (state and (state.skip or state.fence or state.comment))

    def first_mentions(self, targets: Set[str]) -> dict[str, Span]:
        """For each of some paths the first place of the body that names it."""
        found: dict[str, Span] = {}
        for index, reading in enumerate(self.body):
            named = targets & reading.targets
            for number, line in enumerate(reading.block.lines if named else ()):
                mark = reading.mark(number) if any(target in line for target in named) else None
                for mention in mark.mentions if mark else ():
                    if mention.target in named and mention.target not in found:
                        start = self.text.block_start(index)[1] + reading.line_start(number)
                        found[mention.target] = mention.span.moved(start)
        return found

    def _entries_of(self, index: int, reading: Reading) -> Iterator[Placed]:
        if reading.entries:
            start = self.text.block_start(index)[1]
            for number, entry in zip(reading.entry_lines, reading.entries, strict=True):
                yield Placed(entry, start + reading.line_start(number))


@joined(all_in)
def _signs(reading: Reading) -> frozenset[str]:
    return reading.signs


def _read(path: str, text: Text, old: Body = ()) -> tuple[Frontmatter, Body]:
    name = path.rpartition("/")[2]
    if name in STATE_FILES:
        return read_state_file(text), read_body(text, text.line_count, old)
    if name == SETTINGS_FILE:
        return read_toml_file(text), read_body(text, text.line_count, old)
    if name == PYPROJECT:
        return read_tool_table(text, TABLE), ()
    if name.endswith(NOT_MARKDOWN):
        return NO_FRONTMATTER, ()
    frontmatter = _read_object(path, text) or read_frontmatter(text)
    if frontmatter.syntax == "none" and schema_of(path, {}) is None:
        return frontmatter, ()  # nobody asks for the body of a file that is none of ours
    return frontmatter, read_body(text, frontmatter.lines, old)


def _read_object(path: str, text: Text) -> Frontmatter | None:
    """Frontmatter in JSON, which only files of ours are taken to have: other Markdown may begin with a brace."""
    if not begins_with_object(text.blocks[0].lines[0]) or not is_named_as_ours(path):
        return None
    return read_json_frontmatter(text)


def _known(document: Document) -> Document:
    """The document with the kind that its path and keys show."""
    frontmatter = document.frontmatter
    if document.name == PYPROJECT:
        document.schema = SETTINGS if frontmatter.syntax == "toml" else None
        return document
    document.schema = schema_of(document.path, frontmatter.values)
    if document.schema is None and frontmatter.syntax == "toml":
        document.schema = OTHER
    return document


def has_bad_byte(document: Document, workspace: object) -> bool:
    """Whether not all of a file is UTF-8."""
    return document.bad_byte is not None
