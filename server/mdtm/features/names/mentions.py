"""What names what in a document: the ids of sessions, tasks and sprints, and the paths of files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from mdtm.context.stack import KEY as CONTEXT
from mdtm.context.stack import TASK_TYPES
from mdtm.dialect import STATE_FILE, TASK_ROOTS
from mdtm.document import Document
from mdtm.features.names.words import FILE_ENDS, Kind, Word, apart, path_in, read_id, read_words
from mdtm.fields import Field, Value
from mdtm.files import Files, exists
from mdtm.paths import inside, plain
from mdtm.schema.base import Names
from mdtm.schema.find import SESSION_LOG_NAME
from mdtm.sessions import HOMES
from mdtm.sprints import sprint_meant
from mdtm.text import Span
from mdtm.trace import Trace


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


class _Kept(NamedTuple):
    """What a block of lines names, where the block begins at an offset."""

    start: int
    found: list[Named]


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
SESSION_FILES = (SESSION_LOG_NAME, STATE_FILE)
"""The files that a session is known by, the one that people read first."""
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


def target_of(named: Named, files: Files, trace: Trace | None) -> str | None:
    """The path of the file that is named, from the workspace root; None when there is none."""
    if named.kind == "file":
        return next((page for path in named.paths if (page := _page_of(files, path))), None)
    if named.kind == "session":
        if "/" in named.name:
            return None
        folders = (f"{home}/{named.name}" for home in HOMES)
        return next((page for folder in folders if (page := _first_there(files, folder, SESSION_FILES))), None)
    if trace is None:
        return None
    if named.kind == "sprint":
        sprint = trace.sprints.get(plain(named.name))
        return sprint.path if sprint else None
    tasks = trace.tasks.get(plain(trace.task_named(named.name)))
    return tasks[0].path if tasks else None


def session_folder_of(document: Document) -> str:
    """The folder of the session that a document lies in; empty when it lies in none."""
    if document.is_session:
        return document.folder
    for home in _HOMES:
        name, _, rest = document.path.removeprefix(f"{home}/").partition("/")
        if rest and document.path.startswith(f"{home}/"):
            return f"{home}/{name}"
    return ""


def _page_of(files: Files, path: str) -> str | None:
    """What is shown for a path: of a folder that of its files which tells of it."""
    if not exists(files, path):
        return None
    folder, _, name = path.rpartition("/")
    return path if name in files.files_in(folder) else _first_there(files, path, (*SESSION_FILES, "README.md"))


def _first_there(files: Files, folder: str, names: Iterable[str]) -> str | None:
    there = files.files_in(folder)
    return next((f"{folder}/{name}" for name in names if name in there), None)


@lru_cache(maxsize=8)
def named_in_frontmatter(document: Document) -> tuple[Named, ...]:
    """What the fields name; and what else is named there, as in comments and in what cannot be read."""
    fields = [named for field in document.frontmatter.fields for named in _in_field(document, field)]
    words = [Word(named.kind, named.name, named.span) for named in fields]
    by_span = {named.span: named for named in fields}
    others = (_of_word(document, word) for word in read_words(document.text[Span(0, document.body_start)]))
    found = apart(sorted(words, key=lambda word: word.span), (Word(*named[:3]) for named in others))
    return tuple(by_span.get(word.span) or _of_word(document, word) for word in found)


def _in_block(document: Document, index: int) -> list[Named]:
    """What a block of lines behind the frontmatter names; what was found is kept with the block's reading."""
    start, block = document.text.block_start(index)[1], document.text.blocks[index]
    reading = document.body[index] if index < len(document.body) else None
    kept = reading.kept.get("names") if reading else None
    if not isinstance(kept, _Kept):
        begin = min(max(start, document.body_start), start + block.length)
        words = read_words("".join(block.lines)[begin - start :])
        kept = _Kept(start, [_of_word(document, word, begin) for word in words])
    elif kept.start != start:
        by = start - kept.start
        kept = _Kept(
            start, [Named(kind, name, span.moved(by), own, bases) for kind, name, span, own, bases in kept.found]
        )
    if reading:
        reading.kept["names"] = kept
    return kept.found


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
