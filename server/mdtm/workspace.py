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
    idle_minutes: int = IDLE_MINUTES
    """How long nothing may be logged before the clock of a session is idle."""

    def files_in(self, folder: str) -> frozenset[str] | None:
        """The files below a folder, as paths from it; None when the folder has not been listed."""
        return self.folders.get(folder)

    def with_files(self, folder: str, names: frozenset[str]) -> Workspace:
        """The workspace with another list of files for a folder."""
        return replace(self, folders={**self.folders, folder: names})


NO_FILES = Workspace()
"""A workspace of which nothing is known: rules about the files around say nothing there."""


def is_beside_marked(document: Document, workspace: Workspace) -> bool:
    """Whether a marker stands where the sessions beside a document have theirs."""
    return workspace.trace is not None and bool(workspace.trace.marked(document.folder.rpartition("/")[0]))
