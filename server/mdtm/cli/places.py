"""The folders that a check goes through, and the files in them that paths on the command line mean."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import NamedTuple

from mdtm.disk import Folders, Tree, read_settings
from mdtm.document import Document
from mdtm.settings import Settings
from mdtm.trace import Trace
from mdtm.workspace import Workspace


class Place(NamedTuple):
    """A folder in its workspace."""

    root: Path
    inside: str
    """The path from the root, with `/`; empty for the root itself."""
    settings: Settings
    trace: Trace

    def path(self, name: str) -> str:
        """The path of a file in the folder, from the root."""
        return f"{self.inside}/{name}" if self.inside else name


class Places:
    """The folders that the files lie in, each looked at once."""

    def __init__(self) -> None:
        self.folders = Folders(os.getcwd())
        self.now = datetime.now(timezone.utc)
        self._places: dict[str, Place] = {}
        self._roots: dict[str, tuple[Path, Settings, Trace]] = {}

    def of(self, folder: str) -> Place:
        """The place of a folder, which is given by its absolute path.

        Raises:
            OSError: the settings of its workspace cannot be read.
        """
        if folder not in self._places:
            name = self.folders.root_of_folder(folder)
            inside = folder[len(name) :].lstrip(os.sep).replace(os.sep, "/")
            root, settings, trace = self._root(name)
            self._places[folder] = Place(root, inside, settings, trace)
        return self._places[folder]

    def _root(self, name: str) -> tuple[Path, Settings, Trace]:
        if name not in self._roots:
            self._roots[name] = (root := Path(name)), read_settings(root), Trace(Tree(root, self.folders))
        return self._roots[name]

    def around(self, place: Place, document: Document) -> Workspace:
        """What the rules may know of the world around a document."""
        return self.folders.around(place.root, [document], place.trace, self.now)

    def excluded(self, folder: str, name: str) -> bool:
        """Whether settings keep a file, or with `/` at its end a folder, from being checked."""
        excluded = self.excluded_in(folder)
        return excluded is not None and excluded(name)

    def excluded_in(self, folder: str) -> Callable[[str], bool] | None:
        """What tells whether settings keep a name in a folder from being checked; None where they keep none."""
        try:
            settings = self._root(self.folders.root_of_folder(folder))[1]
        except OSError:  # what cannot be read is told when a file there is checked
            return None
        if not settings.exclude:
            return None
        place = self.of(folder)
        return lambda name: settings.excluded_by(place.path(name)) is not None

    def files(self, paths: list[str], force_exclude: bool = False) -> tuple[dict[str, str], list[str]]:
        """The files that some paths name, by their absolute paths, and what is wrong with the other paths.

        What is named is there although it is excluded, unless `force_exclude`.
        """
        files: dict[str, str] = {}
        failed: list[str] = []

        def told(error: OSError) -> None:
            failed.append(cannot(error))

        for name in paths:
            whole = os.path.abspath(name)
            folder, last = os.path.split(whole)
            is_folder = os.path.isdir(whole)
            left_out = self.excluded(folder, f"{last}/" if is_folder else last)
            if left_out and force_exclude:
                continue
            if is_folder:
                shown = os.path.join("" if os.path.normpath(name) == "." else os.path.normpath(name), "")
                above = os.path.join(whole, "")
                excluded_in = (lambda _: None) if left_out else self.excluded_in
                for found in self.folders.documents_under(whole, told, excluded_in):
                    files.setdefault(found, shown + found[len(above) :])
            elif os.path.exists(name):
                files.setdefault(whole, os.path.normpath(name))
            else:
                failed.append(f"there is no file or folder {name}")
        return files, failed


def cannot(error: OSError, path: str = "") -> str:
    """What is told of a file or folder that the disk does not give."""
    return f"{error.filename or path} cannot be read or written: {error.strerror or error}"
