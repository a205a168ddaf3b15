"""Paths of a session's files, as people give them: from the session's folder, from the workspace root, or absolute."""

from __future__ import annotations

from difflib import get_close_matches

from mdtm.files import Files, below, exists
from mdtm.paths import plain, plain_paths
from mdtm.plan import Refused


def inner_path(folder: str, given: str) -> str:
    """A path from the folder of a session, whatever it was given from.

    Raises:
        Refused: it leads out of that folder.
    """
    path, home = plain(given.strip()), plain(folder)
    if path.startswith("/") or path[1:2] == ":":
        _, inside, path = f"{path}/".partition(f"/{home}/")
        if not inside:
            raise _outside(given)
    elif f"{path}/".startswith(f"{home}/"):
        path = path[len(home) :]
    return collapsed(path, given)


def collapsed(path: str, given: str) -> str:
    """A path without `.` and `..` in it.

    Raises:
        Refused: it leads out of where it begins.
    """
    parts: list[str] = []
    for part in path.split("/"):
        if part == ".." and not parts:
            raise _outside(given)
        if part == "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def there_as(files: Files, folder: str, inner: str) -> str:
    """A file of a session, spelled as it is there.

    Raises:
        Refused: there is no such file.
    """
    there = plain_paths(frozenset(below(files, folder)))
    if inner in there:
        return there[inner]
    if not inner or exists(files, f"{folder}/{inner}"):
        raise Refused(f"{inner or folder} is a folder; name the files in it, or let `mdtm artifact link-all` find them")
    twin = next((path for path in there if path.casefold() == inner.casefold()), None)
    if twin:
        raise Refused(f"there is no {inner}; it is spelled {there[twin]}")
    if exists(files, inner):
        raise _outside(inner)
    near = get_close_matches(inner, there, n=1)
    raise Refused(f"there is no file {inner} in {folder}" + (f"; did you mean {there[near[0]]}?" if near else ""))


def path_between(source: str, target: str) -> str:
    """The path that leads from the folder of one file to another file; both are from the workspace root."""
    here, there = source.split("/")[:-1], target.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "/".join([*[".."] * (len(here) - shared), *there[shared:]])


def _outside(path: str) -> Refused:
    return Refused(f"{path} lies outside the session's folder, where its artifacts are; put a copy of it there")
