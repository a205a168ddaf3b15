"""How the tasks and sessions of a workspace name each other, each looked up when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from mdtm.files import Files
from mdtm.frontmatter import Frontmatter, read_frontmatter
from mdtm.paths import plain
from mdtm.schema.find import SESSION_LOG_NAME, schema_of
from mdtm.sessions import HOMES, MARKER, marker_home
from mdtm.tasks import task_paths
from mdtm.text import Text

PARENT_KEYS = ("parent_task_id", "parent_task")
SESSION_KEYS = ("session_id", "RooComSessionID")


class TaskRow(NamedTuple):
    """What one task says of others."""

    path: str
    id: str
    status: str
    parents: tuple[str, ...]
    depends_on: tuple[str, ...]
    session: str
    """The id of the session that it came from; empty when it does not say."""


class SessionRow(NamedTuple):
    """What one session log says of tasks."""

    path: str
    status: str
    tasks: frozenset[str]
    """The plain ids in its related_tasks."""


class Known(NamedTuple):
    """A task's file as it was read, and when it had been changed."""

    modified: float
    row: TaskRow | None


class Trace:
    """Answers from the files of a workspace; each answer is kept."""

    def __init__(self, files: Files, known: dict[str, Known] | None = None) -> None:
        self._files = files
        self._known: dict[str, Known] = {} if known is None else known
        self._tasks: Mapping[str, tuple[TaskRow, ...]] | None = None
        self._sessions: dict[str, SessionRow | None] = {}
        self._marked: dict[str, tuple[str, ...]] = {}

    @property
    def tasks(self) -> Mapping[str, tuple[TaskRow, ...]]:
        """All tasks by their plain ids; more than one where an id is given twice."""
        if self._tasks is None:
            found: dict[str, tuple[TaskRow, ...]] = {}
            for row in self._rows():
                key = plain(row.id)
                found[key] = (*found.get(key, ()), row)
            self._tasks = found
        return self._tasks

    def session(self, session_id: str) -> SessionRow | None:
        """The log of the session whose folder has an id as its name; None when there is none."""
        wanted = plain(session_id)
        if wanted not in self._sessions:
            self._sessions[wanted] = self._session(wanted) if wanted and "/" not in wanted else None
        return self._sessions[wanted]

    def marked(self, home: str) -> tuple[str, ...]:
        """The ids of the sessions that markers name as active, for the folder that sessions lie in."""
        place = marker_home(home)
        if place not in self._marked:
            names = (name for name in self._files.files_in(place) if name.startswith(MARKER))
            self._marked[place] = tuple(name.removeprefix(MARKER) for name in names if name != MARKER)
        return self._marked[place]

    def renewed(self, files: Files, changed: str = "") -> Trace:
        """A trace of the files as they are now; this one, when all that it has answered still holds.

        `changed` is the path of a file whose text an editor has changed, which the disk does not know of.
        """
        self._known.pop(changed, None)
        new = Trace(files, self._known)
        same = (
            (self._tasks is None or self._tasks == new.tasks)
            and all(new.session(wanted) == row for wanted, row in self._sessions.items())
            and all(new.marked(place) == names for place, names in self._marked.items())
        )
        self._files = files
        return self if same else new

    def _rows(self) -> Iterator[TaskRow]:
        for path in task_paths(self._files):
            modified = self._files.modified(path)
            known = self._known.get(path)
            if known is None or known.modified != modified:
                known = self._known[path] = Known(modified, self._task(path))
            if known.row:
                yield known.row

    def _task(self, path: str) -> TaskRow | None:
        text = self._files.text(path)
        return None if text is None else task_row(path, read_frontmatter(Text.of(text)))

    def _session(self, wanted: str) -> SessionRow | None:
        for home in HOMES:
            if wanted in self._files.folders_in(home):
                path = f"{home}/{wanted}/{SESSION_LOG_NAME}"
                if (text := self._files.text(path)) is not None:
                    frontmatter = read_frontmatter(Text.of(text))
                    tasks = frozenset(plain(item.data) for item in frontmatter.strings("related_tasks"))
                    return SessionRow(path, frontmatter.text("status") or "", tasks)
        return None


def task_row(path: str, frontmatter: Frontmatter) -> TaskRow | None:
    """The row of a task; None for a file that is none."""
    schema = schema_of(path, frontmatter.values)
    if schema is None or not schema.name.startswith("task"):
        return None
    own_id = frontmatter.text("id") or path.rpartition("/")[2].removesuffix(".md")
    parents = (frontmatter.text(key) or "" for key in PARENT_KEYS)
    return TaskRow(
        path,
        own_id,
        frontmatter.text("status") or "",
        tuple(dict.fromkeys(parent for parent in parents if parent)),
        tuple(item.data for item in frontmatter.strings("depends_on")),
        next((text for key in SESSION_KEYS if (text := frontmatter.text(key))), ""),
    )
