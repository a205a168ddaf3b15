"""The files that are named."""

from __future__ import annotations

from collections.abc import Iterable

from mdtm.dialect import STATE_FILE
from mdtm.features.names.mentions import Named
from mdtm.files import Files, exists
from mdtm.paths import plain
from mdtm.schema.find import SESSION_LOG_NAME
from mdtm.sessions import HOMES
from mdtm.trace import Trace

SESSION_FILES = (SESSION_LOG_NAME, STATE_FILE)
"""The files that a session is known by, the one that people read first."""


def target_of(named: Named, files: Files, trace: Trace | None) -> str | None:
    """The path of the file that is named, from the workspace root; None when there is none."""
    if named.kind == "file":
        return next((page for path in named.paths if (page := _page_of(files, path))), None)
    if named.kind == "session":
        if "/" in named.name:
            return None
        folders = (f"{home}/{named.name}" for home in HOMES)
        return next((page for folder in folders if (page := _first_there(files, folder, SESSION_FILES))), None)
    if trace is None:
        return None
    if named.kind == "sprint":
        sprint = trace.sprints.get(plain(named.name))
        return sprint.path if sprint else None
    tasks = trace.tasks.get(plain(trace.task_named(named.name)))
    return tasks[0].path if tasks else None


def _page_of(files: Files, path: str) -> str | None:
    """What is shown for a path: of a folder that of its files which tells of it."""
    if not exists(files, path):
        return None
    folder, _, name = path.rpartition("/")
    return path if name in files.files_in(folder) else _first_there(files, path, (*SESSION_FILES, "README.md"))


def _first_there(files: Files, folder: str, names: Iterable[str]) -> str | None:
    there = files.files_in(folder)
    return next((f"{folder}/{name}" for name in names if name in there), None)
