"""A workspace folder, and what is known of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from math import inf
from pathlib import Path
from typing import Any

from mdtm import disk
from mdtm.features.names.uses import Uses
from mdtm.files import Files
from mdtm.schema import SETTINGS_FILES
from mdtm.settings import DEFAULTS, Settings
from mdtm.trace import Trace
from mdtm.workspace import NO_FILES, Workspace

NOWHERE = Path()
"""The root of files that are on no disk, such as an editor's new ones."""


@dataclass(slots=True, eq=False)
class Folder:
    """One folder of the editor, or what files outside of all of them lie in."""

    root: Path
    uri: str = ""
    """What the editor calls it; it may be a folder inside the workspace."""
    settings: Settings = DEFAULTS
    workspace: Workspace = NO_FILES
    uses: Uses = field(default_factory=Uses)
    """What the files held when somebody was helped to write last."""
    uses_read: float = -inf
    """When that was, in seconds."""
    warning: str = ""
    """Why one of its settings files could not be read."""
    stamps: tuple[object, ...] = ()
    """What tells whether its settings files have been changed."""

    def read_settings(self, editor: Mapping[str, Any]) -> None:
        """Takes the settings from the folder's files, and those of the editor over them."""
        self.warning, self.stamps = "", self._stamps()
        try:
            settings = disk.read_settings(self.root).with_values(editor)
        except OSError as error:
            settings = DEFAULTS.with_values(editor)
            self.warning = f"{os.path.basename(error.filename)} cannot be read: {error.strerror}"
        if settings != self.settings:
            self.settings = settings

    def list_files(self, folder: str) -> None:
        if self.root == NOWHERE:
            return
        folders = disk.Folders()
        new = self.workspace.with_files(
            folder, folders.files_below(self.root, folder), folders.leading_out(self.root, folder)
        )
        if new != self.workspace:
            self.workspace = new

    def look_again(self, editor: Mapping[str, Any]) -> None:
        """Looks again at the names and settings that are known, whoever may have changed them."""
        if self.stamps != self._stamps():
            self.read_settings(editor)
        for listed in self.workspace.folders:
            self.list_files(listed)

    def excluded_in(self, folder: str) -> Callable[[str], bool] | None:
        """What tells whether the settings keep a name in a folder, given by its absolute path, from being checked."""
        if not self.settings.exclude:
            return None
        inside = os.path.relpath(folder, self.root).replace(os.sep, "/")
        return lambda name: self.settings.excluded_by(name if inside == "." else f"{inside}/{name}") is not None

    def follow(self, files: Files, changed: str = "") -> bool:
        """Looks again at how the tasks and sessions name each other; tells whether that has changed."""
        old = self.workspace.trace
        trace = old.renewed(files, changed) if old else Trace(files)
        if trace is not old:
            self.workspace = replace(self.workspace, trace=trace)
        return old is not None and trace is not old

    def _stamps(self) -> tuple[object, ...]:
        return tuple(disk.stamp_of(self.root / name) for name in SETTINGS_FILES)
