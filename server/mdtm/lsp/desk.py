"""What lies open before the server: workspace folders, open files and what is wrong in them.

The buffer is the truth: while a file is open, the disk is not asked for its text.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from math import inf
from pathlib import Path
from typing import Any, NamedTuple

from pygls.uris import from_fs_path, to_fs_path

from mdtm import disk
from mdtm.document import Document
from mdtm.judge import judge
from mdtm.lsp.folder import NOWHERE, Folder
from mdtm.problem import Problem
from mdtm.schema import SETTINGS_FILES
from mdtm.text import Encoding, Position, Span
from mdtm.workspace import Workspace

_PROCESS = os.urandom(4).hex()
_JUDGINGS = itertools.count(1)


class Change(NamedTuple):
    """New text between two positions; without them, for the whole file."""

    new: str
    start: Position | None = None
    end: Position | None = None


@dataclass(slots=True, eq=False)
class OpenFile:
    """A file that the editor has open, as the editor has it."""

    uri: str
    folder: Folder
    document: Document
    version: int | None
    judged: tuple[object, ...] = ()
    """What the problems were found from."""
    found: list[Problem] = field(default_factory=list)
    told_tokens: tuple[str, list[int]] = ("", [])
    """The number of the last answer about the colours of the text, and what it was."""
    result_id: str = ""
    """The number of the judging that the problems came from; an editor may ask with one of an earlier server."""

    @property
    def workspace(self) -> Workspace:
        """The world around the file now."""
        return replace(self.folder.workspace, now=datetime.now(timezone.utc))

    @property
    def is_excluded(self) -> bool:
        """Whether the settings keep the file from being checked."""
        return self.folder.settings.excluded_by(self.document.path) is not None

    def problems(self) -> list[Problem]:
        """What is wrong in the file now; found anew only when something has changed, which the time is not."""
        files = self.folder.workspace.files_in(self.document.folder)
        sources = (self.document, files, self.folder.workspace.trace, self.folder.settings)
        if len(self.judged) != 4 or any(old is not new for old, new in zip(self.judged, sources, strict=True)):
            self.found = [] if self.is_excluded else judge(self.document, self.workspace, self.folder.settings)
            self.judged = sources
            self.result_id = f"{_PROCESS}-{next(_JUDGINGS)}"
        return self.found


class Desk:
    """The one variable of the server."""

    def __init__(self) -> None:
        self.encoding: Encoding = "utf-16"
        self.files: dict[str, OpenFile] = {}
        self.folders: list[Folder] = []
        self._paths: dict[str, str] = {}
        """The path of each open file; editors encode URIs in more than one way."""
        self._outside: dict[Path, Folder] = {}
        self._editor: dict[Path | None, Mapping[str, Any]] = {}

    def add_folder(self, uri: str) -> None:
        path = to_fs_path(uri)
        if path and not any(folder.uri == uri for folder in self.folders):
            folder = Folder(disk.Folders().workspace_of(Path(path)), uri)
            folder.read_settings(self._editor_settings(folder))
            self.folders.append(folder)
            self._move_files()

    def remove_folder(self, uri: str) -> None:
        self.folders = [folder for folder in self.folders if folder.uri != uri]
        self._move_files()

    def set_editor_settings(self, values: Mapping[str, Any], folder: Folder | None = None) -> None:
        """Takes the editor's settings for one workspace folder, or for all that have none of their own."""
        self._editor[folder.root if folder else None] = values
        for changed in [folder] if folder else self.all_folders():
            changed.read_settings(self._editor_settings(changed))

    def all_folders(self) -> list[Folder]:
        return [*self.folders, *self._outside.values()]

    def open(self, uri: str, version: int | None, text: str) -> OpenFile:
        folder, path = self.place(uri)
        file = self.files[uri] = OpenFile(uri, folder, Document.read(path, text), version)
        self._paths[uri] = to_fs_path(uri) or ""
        if file.document.is_session:
            folder.list_files(file.document.folder)
        return file

    def change(self, uri: str, version: int | None, changes: Iterable[Change]) -> OpenFile | None:
        """Carries out an editor's changes, each in the text that the one before it left."""
        file = self.files.get(uri)
        if file is None:
            return None
        for change in changes:
            file.document = self._changed(file.document, change)
        file.version = version
        return file

    def close(self, uri: str) -> None:
        self.files.pop(uri, None)
        self._paths.pop(uri, None)

    def is_open(self, path: Path) -> bool:
        return str(path) in self._paths.values()

    def disk_changed(self, uris: Iterable[str]) -> None:
        """Looks again at what other programs may have changed: names of files, and settings."""
        paths = {Path(path) for uri in uris if (path := to_fs_path(uri))}
        around = paths.union(*(path.parents for path in paths))
        for folder in self.all_folders():
            folder.uses_read = -inf
            if any(folder.root / name in paths for name in SETTINGS_FILES):
                folder.read_settings(self._editor_settings(folder))
            for listed in folder.workspace.folders:
                place = folder.root / listed
                if place in around or not paths.isdisjoint(place.parents):
                    folder.list_files(listed)

    def look_again(self) -> None:
        for folder in self.all_folders():
            folder.look_again(self._editor_settings(folder))

    def place(self, uri: str) -> tuple[Folder, str]:
        """The workspace folder of a file, and its path from there; the innermost where several hold it."""
        name = to_fs_path(uri)
        if name is None or not uri.startswith("file:") or "\0" in name:
            return self._outside_folder(NOWHERE), uri.rpartition(":")[2].lstrip("/")
        path = Path(name)
        holding = [folder for folder in self.folders if path.is_relative_to(folder.root)]
        if holding:
            folder = max(holding, key=lambda folder: len(folder.root.parts))
        else:
            folder = self._outside_folder(disk.Folders().root_of(path))
        return folder, os.path.relpath(path, folder.root).replace(os.sep, "/")

    def uri(self, path: Path) -> str:
        return from_fs_path(str(path)) or ""

    def _outside_folder(self, root: Path) -> Folder:
        """The folder for files that lie in none of the workspace's."""
        if root not in self._outside:
            folder = self._outside[root] = Folder(root)
            folder.read_settings(self._editor_settings(folder))
        return self._outside[root]

    def _changed(self, document: Document, change: Change) -> Document:
        if change.start is None or change.end is None:
            return Document.read(document.path, change.new)
        start = document.text.offset(change.start, self.encoding)
        end = document.text.offset(change.end, self.encoding)
        return document.edited(Span(min(start, end), max(start, end)), change.new)

    def _move_files(self) -> None:
        """Finds the workspace folder of every open file again."""
        for uri, file in list(self.files.items()):
            self.open(uri, file.version, str(file.document.text))

    def _editor_settings(self, folder: Folder) -> Mapping[str, Any]:
        return self._editor.get(folder.root) or self._editor.get(None) or {}
