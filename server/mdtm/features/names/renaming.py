"""Other names for sessions, tasks, sprints and files, as data; and how a path is spelled for another place."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import NamedTuple

from mdtm.features.names.words import Kind, words_of
from mdtm.paths import decoded, inside, is_at, parent, plain
from mdtm.plan import Move

_PARTS = re.compile(r"([/\\]+)")
_SPECIAL = re.compile(r"[ ()]")


class NewId(NamedTuple):
    """An id that becomes another one."""

    kind: Kind
    id: str
    new: str


class Renaming(NamedTuple):
    """What gets other names; paths are from the workspace root."""

    ids: tuple[NewId, ...] = ()
    moves: tuple[Move, ...] = ()
    """Files and folders with their new paths."""
    carried: tuple[Move, ...] = ()
    """The markers that go with them, which no text names by its path."""

    @property
    def words(self) -> tuple[str, ...]:
        """What the text of a file holds in which something has to change: one of these at least."""
        names = [move.path.rpartition("/")[2] for move in self.moves]
        more = [word for one in self.ids for word in words_of(one.kind, one.id)]
        return tuple(dict.fromkeys([*more, *names, *map(encoded, names)]))

    def wanting(self) -> Callable[[str, str], bool]:
        """What tells by the path and the text of a file whether something may have to change in it."""
        words = self.words
        elsewhere = [move.path for move in self.moves if parent(move.path) != parent(move.to)]

        def wanted(path: str, text: str) -> bool:  # links in what lies elsewhere then count from another folder
            return any(word in text for word in words) or any(is_at(path, moved) for moved in elsewhere)

        return wanted

    def moved(self, path: str) -> str:
        """Where a file or a folder will be."""
        moves = [move for move in self.moves if is_at(path, move.path)]
        move = max(moves, key=lambda one: len(one.path), default=None)
        return move.to + path[len(move.path) :] if move else path

    @property
    def new_ids(self) -> dict[str, str]:
        """The new ids by the plain old ones."""
        return {plain(one.id): one.new for one in self.ids}


def respelled(written: str, base: str, target: str, new_base: str, new_target: str) -> str:
    """The path that leads from a folder to a place, as it is written, for another place or another folder.

    Only the names in it change that have to, so that it can become again what it was.
    """
    if _leads(new_base, written) == new_target:
        return written
    parts, old, new = _PARTS.split(written), target.split("/"), new_target.split("/")
    named = [number for number, part in enumerate(parts) if part and not _PARTS.fullmatch(part)]
    if len(old) == len(new):
        for number, was, now in zip(reversed(named), reversed(old), reversed(new), strict=False):
            if plain(decoded(parts[number])) != plain(was):
                break
            parts[number] = now if was != now else parts[number]
        if _leads(new_base, "".join(parts)) == new_target:
            return "".join(parts)
    if written.startswith("/") or not new_base:
        return "/" * written.startswith("/") + new_target
    relative = posixpath.relpath(new_target, new_base)
    return f"./{relative}" if written.startswith("./") and not relative.startswith("../") else relative


def with_new_ids(written: str, ids: dict[str, str]) -> str:
    """A path that leads nowhere, with the ids in it that are others now."""
    parts = _PARTS.split(written)
    for number, part in enumerate(parts):
        stem = part.removesuffix(".md")
        if plain(stem) in ids:
            parts[number] = ids[plain(stem)] + part[len(stem) :]
    return "".join(parts)


def encoded(path: str) -> str:
    """A path as the target of a link, where spaces and brackets would end it."""
    return _SPECIAL.sub(lambda sign: f"%{ord(sign[0]):02X}", path)


def _leads(base: str, written: str) -> str | None:
    name = decoded(written)
    return inside(name if name.startswith("/") else f"{base}/{name}")
