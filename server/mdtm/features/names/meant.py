"""What is meant at a place, and every place in the workspace that names it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from mdtm.document import Document
from mdtm.features.names.mentions import Key, Named, named_at, named_in, named_with
from mdtm.features.names.targets import SESSION_FILES, target_of
from mdtm.features.names.words import Kind, read_id, words_of
from mdtm.files import Files, exists
from mdtm.paths import plain, stem
from mdtm.sessions import HOMES
from mdtm.text import Span
from mdtm.trace import Trace


class Thing(NamedTuple):
    """A session, a task or a sprint with the file it is known by; or any other file."""

    kind: Kind
    id: str
    """Empty for a file that has none."""
    path: str
    """From the workspace root; empty for an id that no file has."""

    @property
    def folder(self) -> str:
        """The folder of a session that has the session's name; empty for all else."""
        folder = self.path.rpartition("/")[0]
        return folder if self.kind == "session" and folder.rpartition("/")[2] == self.id else ""

    @property
    def stem(self) -> str:
        return stem(self.path)

    @property
    def ids(self) -> frozenset[str]:
        """The plain names that stand for it in a text: its id, and for a task or a sprint the name of its file."""
        names = [self.id, self.stem if self.kind in ("task", "sprint") else ""]
        return frozenset(plain(name) for name in names if name)

    @property
    def keys(self) -> list[Key]:
        """What names it in a document, as far as a look at the name tells; a file may be another one after all."""
        paths: list[Key] = [("file", path) for path in (self.path, self.folder) if path]
        return [*((self.kind, own_id) for own_id in self.ids), *paths]

    @property
    def words(self) -> tuple[str, ...]:
        """What the text of a file holds that names it: one of these at least."""
        return tuple(word for word in (*words_of(self.kind, self.id), self.path.rpartition("/")[2]) if word)


def thing_at(document: Document, offset: int, files: Files, trace: Trace | None) -> tuple[Named, Thing] | None:
    """The place that names something at an offset, and what that is; None where nothing is named that is known."""
    named = named_at(document, offset)
    thing = thing_named(document, named, files, trace) if named else None
    return (named, thing) if named and thing else None


def thing_named(document: Document, named: Named, files: Files, trace: Trace | None) -> Thing | None:
    """What a place of a document names; None for a path that leads nowhere."""
    if named.own:
        return Thing(named.kind, named.name, document.path)
    path = target_of(named, files, trace)
    if named.kind != "file":
        name = thing_in(path, files, trace).id if path and named.kind == "task" else ""
        return Thing(named.kind, name or named.name, path or "")
    return thing_in(path, files, trace) if path else None


def thing_in(path: str, files: Files, trace: Trace | None) -> Thing:
    """What a file holds."""
    folder, _, name = path.rpartition("/")
    home, _, session = folder.rpartition("/")
    if name in SESSION_FILES and home in HOMES:
        return Thing("session", session, path)
    for kind, rows in _rows(trace):
        if own_id := next((row_id for row_path, row_id in rows if row_path == path), ""):
            return Thing(kind, own_id, path)
    return Thing("file", "", path)


def places_in(document: Document, thing: Thing, files: Files) -> list[Named]:
    """The places of a document that name a thing, in their order."""
    wanted = {path for path in (thing.path, thing.folder) if path}
    places = named_with(document, thing.keys)
    found = sorted({named for named in places if named.kind != "file" or leads_to(named, files) in wanted}, key=_place)
    if re.search(r"\d", thing.id) and not read_id(thing.id):  # a mere word may stand for anything
        found = sorted([*found, *_literally(document, thing, found)], key=_place)
    return found


def holds_name(text: str, thing: Thing) -> bool:
    """Whether a text may name a thing: found out without reading it."""
    return any(word in text for word in thing.words)


def leads_to(named: Named, files: Files) -> str:
    """The path, from the workspace root, that a path in a text surely means; the likeliest where nothing is there."""
    return next((path for path in named.paths if exists(files, path)), named.paths[0] if named.paths else "")


def _literally(document: Document, thing: Thing, found: list[Named]) -> Iterator[Named]:
    """The places where an id stands whose form tells nobody that it is one."""
    matches = list(re.finditer(rf"(?<![\w-]){re.escape(thing.id)}(?![\w-])", str(document.text)))
    taken = [named.span for named in (*named_in(document), *found)] if matches else []
    for match in matches:
        span = Span(*match.span())
        if not any(one.start < span.end and span.start < one.end for one in taken):
            yield Named(thing.kind, thing.id, span)


def _place(named: Named) -> Span:
    return named.span


def _rows(trace: Trace | None) -> Iterator[tuple[Kind, list[tuple[str, str]]]]:
    if trace:
        yield "task", [(row.path, row.id) for rows in trace.tasks.values() for row in rows]
        yield "sprint", [(row.path, row.id) for row in trace.sprints.values()]
