"""What the rules may know of the files around a document."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Workspace:
    """The names of the files in the folders that have been listed; paths are from the workspace root."""

    folders: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """For each listed folder the files below it, as paths from that folder."""

    def files_in(self, folder: str) -> frozenset[str] | None:
        """The files below a folder, as paths from it; None when the folder has not been listed."""
        return self.folders.get(folder)

    def with_files(self, folder: str, names: frozenset[str]) -> Workspace:
        """The workspace with another list of files for a folder."""
        return replace(self, folders={**self.folders, folder: names})


NO_FILES = Workspace()
"""A workspace of which no folder has been listed: rules about files say nothing there."""


def plain(path: str) -> str:
    """A path as paths are compared: with `/`, without `./` before it, in Unicode's form NFC."""
    path = path.replace("\\", "/").removeprefix("./").rstrip("/")
    return path if path.isascii() else unicodedata.normalize("NFC", path)


@functools.lru_cache(maxsize=16)
def plain_paths(files: frozenset[str]) -> Mapping[str, str]:
    """The files by their plain paths; several rules ask for those of one session."""
    return {plain(path): path for path in files}
