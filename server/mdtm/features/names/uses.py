"""What the frontmatter of a workspace's logs, tasks and sprints holds, and how often; it is offered to a writer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple

from mdtm.document import Document
from mdtm.features.names.mentions import Key, named_in_frontmatter
from mdtm.features.names.words import Kind
from mdtm.files import Files
from mdtm.kept import Kept
from mdtm.paths import parent, plain, stem
from mdtm.schema.find import SESSION_LOG_NAME
from mdtm.sessions import session_folders
from mdtm.sprints import sprint_paths
from mdtm.tasks import task_paths


class Held(NamedTuple):
    """What one file holds."""

    path: str
    kind: Kind
    id: str
    title: str
    status: str
    schema: str
    """The name of its schema."""
    keys: tuple[str, ...]
    """Its top-level keys."""
    texts: tuple[tuple[str, str], ...]
    """Those keys with each of their texts."""
    names: frozenset[Key]
    """What its frontmatter names."""


class Uses:
    """Answers from the files as they were read last."""

    def __init__(self) -> None:
        self._kept = Kept[Held | None]()
        self._changed = frozenset[str]()
        self.held: tuple[Held, ...] = ()
        self._texts: dict[str, Counter[str]] = {}
        self._keys: dict[str, Counter[str]] = {}
        self._kinds: dict[Kind, dict[str, Held]] = {}
        self._every: Counter[str] = Counter()

    def renewing(self, files: Files, changed: frozenset[str]) -> Iterator[None]:
        """Reads the files that are not as they were; stops behind each file, so that others have their turn.

        `changed` are the paths of files whose text the disk does not know.
        """
        found = list[Held]()
        for path in changed | self._changed:
            self._kept.forget(path)
        self._changed = changed
        for kind, path in _paths(files):
            held = self._kept.of(files, path, partial(_held, files, kind, path))
            found += [held] if held else []
            yield
        if self.held != tuple(found):
            self.held = tuple(found)
            self._texts, self._keys, self._kinds = {}, {}, {}
            self._every = Counter(text for held in found for _, text in held.texts)

    def texts(self, key: str) -> Counter[str]:
        """The texts that a key has, with how often each is there."""
        if not self._texts:
            for held in self.held:
                for name, text in held.texts:
                    self._texts.setdefault(name, Counter())[text] += 1
        return self._texts.get(key, Counter())

    def of(self, text: str) -> int:
        """How often a text is there, whatever the key."""
        return self._every[text]

    def naming(self, path: str) -> Iterator[str]:
        """The ids of those who name a document by its id."""
        own: set[Key] = {(held.kind, plain(held.id)) for held in self.held if held.path == path}
        return (held.id for held in self.held if held.path != path and not own.isdisjoint(held.names))

    def keys(self, schema: str) -> Counter[str]:
        """How many documents have each key, of those whose schema's name begins with the same word."""
        if not self._keys:
            for held in self.held:
                self._keys.setdefault(_family(held.schema), Counter()).update(held.keys)
        return self._keys.get(_family(schema), Counter())

    def of_kind(self, kind: Kind) -> Mapping[str, Held]:
        """The documents of a kind by their plain ids; the first where an id is given twice."""
        if kind not in self._kinds:
            self._kinds[kind] = {plain(held.id): held for held in reversed(self.held) if held.kind == kind}
        return self._kinds[kind]


def _family(schema: str) -> str:
    return schema.partition("-")[0]


def _paths(files: Files) -> Iterator[tuple[Kind, str]]:
    for folder in session_folders(files):
        if SESSION_LOG_NAME in files.files_in(folder):
            yield "session", f"{folder}/{SESSION_LOG_NAME}"
    yield from (("task", path) for path in task_paths(files))
    yield from (("sprint", path) for path in sprint_paths(files))


def _held(files: Files, kind: Kind, path: str) -> Held | None:
    document = Document.read(path, files.text(path) or "")
    frontmatter, schema = document.frontmatter, document.schema
    if schema is None or (kind != "session" and not schema.name.startswith(kind)):
        return None
    own_id = stem(parent(path)) if kind == "session" else frontmatter.text("id") or stem(path)
    top = [field for field in frontmatter.fields if len(field.path) == 1]
    values = [(field.path[0], value) for field in top for value in (field.value, *field.value.items)]
    return Held(
        path,
        kind,
        own_id,
        frontmatter.text("title") or frontmatter.text("goal") or "",
        frontmatter.text("status") or "",
        schema.name,
        tuple(field.path[0] for field in top),
        tuple((key, value.data) for key, value in values if value.kind == "string" and isinstance(value.data, str)),
        frozenset(key for named in named_in_frontmatter(document) if not named.own for key in named.keys),
    )
