"""What the rules may know of the world around a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from mdtm.document import Document
from mdtm.settings import IDLE_MINUTES
from mdtm.trace import Trace


@dataclass(frozen=True, slots=True)
class Workspace:
    """The files around a document, as far as somebody has looked; paths are from the workspace root."""

    folders: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """For each listed folder the files below it, as paths from that folder."""
    trace: Trace | None = None
    """The tasks and sessions of the workspace; None where nobody has looked."""
    now: datetime | None = None
    """The time, with its zone; None where nobody has said."""
    leading_out: frozenset[str] = frozenset()
    """The links below those folders that lead out of the workspace, as paths from its root; they are no files of it."""

    allowed_for_nothing: frozenset[tuple[str, str]] = frozenset()
    """The paths and rules of `allow` in the settings that no file needs, when somebody has looked at all files."""
    idle_minutes: int = IDLE_MINUTES
    """How long nothing may be logged before the clock of a session is idle."""

    def files_in(self, folder: str) -> frozenset[str] | None:
        """The files below a folder, as paths from it; None when the folder has not been listed."""
        return self.folders.get(folder)

    def with_files(self, folder: str, names: frozenset[str], leading_out: frozenset[str] = frozenset()) -> Workspace:
        """The workspace with another list of files for a folder, and of the links in it that lead out."""
        others = (path for path in self.leading_out if not path.startswith(f"{folder}/"))
        return replace(self, folders={**self.folders, folder: names}, leading_out=leading_out.union(others))


NO_FILES = Workspace()
"""A workspace of which nothing is known: rules about the files around say nothing there."""


def is_beside_marked(document: Document, workspace: Workspace) -> bool:
    """Whether a marker stands where the sessions beside a document have theirs."""
    return workspace.trace is not None and bool(workspace.trace.marked(document.folder.rpartition("/")[0]))
