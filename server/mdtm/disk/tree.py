"""The files of a workspace on the disk, as operations ask for them."""

from __future__ import annotations

import os
from pathlib import Path

from mdtm.disk.files import decoded, read_bytes
from mdtm.disk.folders import Folders
from mdtm.disk.places import place_of


class Tree:
    """The files below a root; each is read once, and what was read is remembered."""

    def __init__(self, root: Path, folders: Folders | None = None) -> None:
        self.root = root
        self.seen: dict[str, bytes | None] = {}
        """What each file that was asked for had in it; None when it was not there."""
        self._folders = folders or Folders()

    def folders_in(self, folder: str) -> tuple[str, ...]:
        try:
            return self._folders.listing(self._name(folder)).folders
        except OSError:
            return ()

    def files_in(self, folder: str) -> tuple[str, ...]:
        try:
            return self._folders.listing(self._name(folder)).files
        except OSError:
            return ()

    def text(self, path: str) -> str | None:
        if path not in self.seen:
            try:
                self.seen[path] = read_bytes(self._name(path))
            except FileNotFoundError:
                self.seen[path] = None
        data = self.seen[path]
        return None if data is None else decoded(data)[0]

    def modified(self, path: str) -> float:
        try:
            return os.stat(self._name(path)).st_mtime_ns / 1e9
        except OSError:
            return 0.0

    def check_place(self, path: str) -> None:
        place_of(self.root, path)

    def _name(self, path: str) -> str:
        return os.path.join(self.root, path.replace("/", os.sep)) if path else str(self.root)
