"""The files that a path may lead to: those of a session, and step by step all others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mdtm.artifacts import is_artifact
from mdtm.dialect import TASK_ROOTS, Dialect
from mdtm.files import Files, below
from mdtm.paths import inside, plain

_OURS = frozenset(root.partition("/")[0] for root in TASK_ROOTS)
_NEVER = frozenset(("node_modules", "__pycache__"))


class Reached(NamedTuple):
    """A file or a folder, as it is written, and its path from the workspace root."""

    written: str
    path: str
    is_folder: bool = False


def artifacts_of(files: Files, folder: str, dialect: Dialect, listed: frozenset[str]) -> list[Reached]:
    """The artifacts of a session's folder, as paths from it; those that are not listed yet come first."""
    there = [path for path in below(files, folder) if is_artifact(path, dialect.artifact_roots)] if folder else []
    order = sorted(there, key=lambda path: (plain(path) in listed, path))
    return [Reached(path, f"{folder}/{path}") for path in order]


def reached(files: Files, base: str, begun: str) -> Iterator[Reached]:
    """What lies in the folder that a begun path leads to, counted from another folder; folders end with `/`."""
    above = begun[: begun.rfind("/") + 1]
    folder = inside(f"{base}/{above}")
    if folder is None or above.startswith("/"):
        return
    prefix = f"{folder}/" if folder else ""
    for name in files.folders_in(folder):
        if name not in _NEVER and (not name.startswith(".") or name in _OURS or folder):
            yield Reached(f"{above}{name}/", f"{prefix}{name}", is_folder=True)
    for name in files.files_in(folder):
        if not name.startswith("."):
            yield Reached(f"{above}{name}", f"{prefix}{name}")
