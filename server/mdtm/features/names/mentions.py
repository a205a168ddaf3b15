"""What names what in a document: the ids of sessions, tasks and sprints, and the paths of files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple, TypeVar, cast

from mdtm.context.stack import KEY as CONTEXT
from mdtm.context.stack import TASK_TYPES
from mdtm.dialect import TASK_ROOTS
from mdtm.document import Document
from mdtm.features.names.words import FILE_ENDS, Kind, Word, apart, path_in, read_id, read_words
from mdtm.fields import Field, Value
from mdtm.paths import inside, plain
from mdtm.schema.base import Names
from mdtm.sessions import HOMES
from mdtm.sprints import sprint_meant
from mdtm.text import Span

Key = tuple[Kind, str]
"""What may be meant: an id by its kind and its plain spelling, or a file by a path from the workspace root."""


class Named(NamedTuple):
    """One place that names something."""

    kind: Kind
    name: str
    """The id, or the path as it is meant, less the place in the file behind it."""
    span: Span
    """Just the text, without quotes around it."""
    own: bool = False
    """Whether a document says here what its own id is."""
    bases: tuple[str, ...] = ()
    """The folders that a path may count from, the likeliest first; the workspace root is the empty one."""

    @property
    def paths(self) -> tuple[str, ...]:
        """What a path may mean, from the workspace root; what would lead out of that is left out."""
        found = (inside(f"{base}/{self.name}") for base in self.bases)
        return tuple(dict.fromkeys(path for path in found if path))

    @property
    def keys(self) -> tuple[Key, ...]:
        """What may be meant."""
        return tuple(("file", path) for path in self.paths) if self.kind == "file" else ((self.kind, plain(self.name)),)

    def moved(self, by: int) -> Named:
        return Named(self.kind, self.name, self.span.moved(by), self.own, self.bases)


class _Placed(NamedTuple):
    """What a block of lines names, where the block begins at an offset."""

    start: int
    found: list[Named]


T = TypeVar("T")
OTHER_KEYS: dict[str, Names] = {
    "session_id": "session", "RooComSessionID": "session", "related_tasks": "task", "parent_task": "task",
    "depends_on": "task", "related_docs": "file", "related_context": "file", "related_artifacts": "artifact",
    "template_schema_doc": "file",
}  # fmt: skip
"""What the keys name of documents whose schemas do not list them."""
ACTOR_KEYS = (
    "coordinator", "assigned_to", "coordinator_mode", "author", "reporter", "decided_by", "authors",
    "summarized_by_mode",
)  # fmt: skip
"""The keys that say who acts."""
IDS: dict[Names, Kind] = {"task": "task", "session": "session", "sprint": "sprint"}
_HOMES = sorted(HOMES, key=len, reverse=True)
_ROOTS = tuple(f"{root}/" for root in TASK_ROOTS)
_OPENING = re.compile(r"\"\"\"|'''|[\"']|")


@lru_cache(maxsize=8)
def named_in(document: Document) -> tuple[Named, ...]:
    """Everything that a document names, in the order of the text."""
    behind = (named for index in range(len(document.text.blocks)) for named in _in_block(document, index))
    return (*named_in_frontmatter(document), *behind)


def named_at(document: Document, offset: int) -> Named | None:
    """What is named at an offset, or right before it."""
    in_frontmatter = offset < document.body_start
    near = named_in_frontmatter(document) if in_frontmatter else _in_block(document, document.text.block_at(offset))
    here = [named for named in near if named.span.start <= offset <= named.span.end]
    return here[-1] if here else None


def own_name(document: Document) -> Named | None:
    """The place where a document says what its own id is."""
    return next((named for named in named_in_frontmatter(document) if named.own), None)


def session_folder_of(document: Document) -> str:
    """The folder of the session that a document lies in; empty when it lies in none."""
    if document.is_session:
        return document.folder
    for home in _HOMES:
        name, _, rest = document.path.removeprefix(f"{home}/").partition("/")
        if rest and document.path.startswith(f"{home}/"):
            return f"{home}/{name}"
    return ""


@lru_cache(maxsize=8)
def named_in_frontmatter(document: Document) -> tuple[Named, ...]:
    """What the fields name; and what else is named there, as in comments and in what cannot be read."""
    fields = [named for field in document.frontmatter.fields for named in _in_field(document, field)]
    words = [Word(named.kind, named.name, named.span) for named in fields]
    by_span = {named.span: named for named in fields}
    others = (_of_word(document, word) for word in read_words(document.text[Span(0, document.body_start)]))
    found = apart(sorted(words, key=lambda word: word.span), (Word(*named[:3]) for named in others))
    return tuple(by_span.get(word.span) or _of_word(document, word) for word in found)


@lru_cache(maxsize=8)
def _frontmatter_by_key(document: Document) -> dict[Key, list[Named]]:
    return _keyed(named_in_frontmatter(document))


def named_with(document: Document, keys: Iterable[Key]) -> Iterator[Named]:
    """What a document names with some keys, in no order; found without a look at all else that it names."""
    keys = list(keys)
    yield from dict.fromkeys(named for key in keys for named in _frontmatter_by_key(document).get(key, ()))
    for index in range(len(document.text.blocks)):
        found = dict.fromkeys(named for key in keys for named in _by_key(document, index).get(key, ()))
        start = document.text.block_start(index)[1] if found else 0
        yield from (named.moved(start) for named in found)


def _in_block(document: Document, index: int) -> list[Named]:
    """What a block of lines behind the frontmatter names; kept for as long as the block stays where it is."""
    start = document.text.block_start(index)[1]
    placed = _kept(document, index, "placed names", list[_Placed])
    if not placed or placed[0].start != start:
        placed[:] = [_Placed(start, [named.moved(start) for named in _in_lines(document, index)])]
    return placed[0].found


def _in_lines(document: Document, index: int) -> list[Named]:
    """The same, counted from the start of the block."""

    def find() -> list[Named]:
        start, block = document.text.block_start(index)[1], document.text.blocks[index]
        begin = min(max(0, document.body_start - start), block.length)
        return [_of_word(document, word, begin) for word in read_words(block.text[begin:])]

    return _kept(document, index, "names", find)


def _by_key(document: Document, index: int) -> dict[Key, list[Named]]:
    """The same, by what may be meant."""

    return _kept(document, index, "names by key", lambda: _keyed(_in_lines(document, index)))


def _keyed(names: Iterable[Named]) -> dict[Key, list[Named]]:
    found: dict[Key, list[Named]] = {}
    for named in names:
        for key in named.keys:
            found.setdefault(key, []).append(named)
    return found


def _kept(document: Document, index: int, name: str, find: Callable[[], T]) -> T:
    """What is found in a block, kept with its reading as long as it is not edited, where somebody has read it."""
    if index >= len(document.body):
        return find()
    kept = document.body[index].kept
    if name not in kept:
        kept[name] = find()
    return cast("T", kept[name])


def _of_word(document: Document, word: Word, start: int = 0) -> Named:
    """What a word in prose names; `start` is where the text begins that it was read from."""
    kind, name, span, linked = word
    if kind == "file":
        from_root = name.startswith(("/", *_ROOTS))
        return Named(kind, name, span.moved(start), False, ("",) if from_root else _bases(document, linked))
    return Named(kind, sprint_meant(name) if kind == "sprint" else name, span.moved(start))


@lru_cache(maxsize=8)
def _bases(document: Document, linked: bool) -> tuple[str, ...]:
    """The folders that paths in prose may count from: those of links first from the file's own."""
    around = document.folder, session_folder_of(document) or document.folder
    return tuple(dict.fromkeys((*(around if linked else reversed(around)), "")))


def _in_field(document: Document, field: Field) -> Iterator[Named]:
    names, own = _holds(document, field)
    if field.path == (CONTEXT,):
        for level in field.value.items:
            yield from _in_level(document, level)
    elif names:
        for value in field.value.items or (field.value,):
            yield from _in_value(document, names, value, own)


def _holds(document: Document, field: Field) -> tuple[Names, bool]:
    """What the texts of a field name, and whether that is the document's own id."""
    if len(field.path) != 1 or document.schema is None:
        return "", False
    name, schema = field.path[0], document.schema
    if schema.is_id(name):
        return schema.keys[0].names, True
    key = schema.key(name)
    return key.names if key else OTHER_KEYS.get(name, ""), False


def _in_level(document: Document, level: Value) -> Iterator[Named]:
    """What a level of a session's context names."""
    keys = {field.path[-1]: field.value for field in level.fields}
    kind = keys["type"].data if "type" in keys else ""
    names: Names = "task" if kind in TASK_TYPES else "sprint" if kind == "sprint" else ""
    if names and "id" in keys:
        yield from _in_value(document, names, keys["id"], own=False)


def _in_value(document: Document, names: Names, value: Value, own: bool) -> Iterator[Named]:
    """What a text of the frontmatter names; an id may stand where a path belongs, and a path where an id does."""
    if value.kind != "string" or not isinstance(value.data, str) or not value.data.strip():
        return
    written, span, meant = document.text[value.span], value.span, value.data.strip()
    quote = _OPENING.match(written)
    around = len(quote[0]) if quote else 0
    inner = written[around : len(written) - around]
    if inner.strip() != meant and "\\" not in inner:
        return  # a text over several lines, as YAML has them
    start = span.start + around + len(inner) - len(inner.lstrip())
    place = Span(start, start + len(inner.strip()))
    known = read_id(meant)
    is_path = "/" in meant or meant.endswith(FILE_ENDS)
    if names in IDS and not (is_path and not own):
        name = sprint_meant(meant) if names == "sprint" else meant
        yield Named(IDS[names], name, place, own)
    elif known:
        yield Named(*known, place)
    elif path := path_in(meant):
        bases = ("", document.folder) if names != "artifact" else (session_folder_of(document), "")
        yield Named("file", path, Span(start, place.end - (len(meant) - len(path))), bases=tuple(dict.fromkeys(bases)))
