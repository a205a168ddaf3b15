"""How the tasks, sprints and sessions of a workspace name each other, each looked up when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal, TypeVar, cast

from mdtm.circles import circles, way
from mdtm.clock.clocks import Clocks
from mdtm.context.stack import TASK_TYPES
from mdtm.dialect import STATE_FILE
from mdtm.document import Document
from mdtm.files import Files, exists
from mdtm.frontmatter import Frontmatter, read_frontmatter
from mdtm.kept import Kept
from mdtm.marks import is_task_id
from mdtm.once import once
from mdtm.paths import plain, stem
from mdtm.proposals import hash_of
from mdtm.schema.find import SESSION_LOG_NAME
from mdtm.sessions import HOMES, MARKER, marker_home, session_folders
from mdtm.sprints import sprint_paths
from mdtm.tasks import task_paths
from mdtm.text import Text
from mdtm.trace.rows import SessionRow, SprintRow, TaskRow, session_row, sprint_row, task_row

LinkKind = Literal["parent", "depends_on"]
KINDS: tuple[LinkKind, ...] = ("parent", "depends_on")
"""What may lead from a task to another and, by mistake, back."""

R = TypeVar("R", TaskRow, SprintRow)


class Trace:
    """Answers from the files of a workspace; each answer is kept."""

    def __init__(
        self, files: Files, kept: Kept[TaskRow | SprintRow | None] | None = None, hashes: Kept[str] | None = None
    ) -> None:
        self._files, self.clocks = files, Clocks(files)
        self._kept = Kept[TaskRow | SprintRow | None]() if kept is None else kept
        self._kept_hashes = Kept[str]() if hashes is None else hashes
        self._tasks: Mapping[str, tuple[TaskRow, ...]] | None = None
        self._sprints: Mapping[str, SprintRow] | None = None
        self._sessions: dict[str, SessionRow | None] = {}
        self._marked: dict[str, tuple[str, ...]] = {}
        self._names: frozenset[str] | None = None
        self._session_ids: frozenset[str] | None = None
        self._there: dict[str, bool] = {}
        self._states: dict[str, str] = {}
        self._hashes: dict[str, str] = {}

    @property
    def tasks(self) -> Mapping[str, tuple[TaskRow, ...]]:
        """All tasks by their plain ids; more than one where an id is given twice."""
        if self._tasks is None:
            found: dict[str, list[TaskRow]] = {}
            for row in self._rows():
                found.setdefault(plain(row.id), []).append(row)
            self._tasks = {key: tuple(rows) for key, rows in found.items()}
        return self._tasks

    @once
    def task_ids(self) -> frozenset[str]:
        """The ids of all tasks, as they are written."""
        return frozenset(row.id for rows in self.tasks.values() for row in rows)

    def lacks(self, kind: str, own_id: str) -> bool:
        """Whether no task or sprint has an id; False too where nobody can know, in a workspace without any."""
        if kind in TASK_TYPES:
            return bool(self.tasks) and is_task_id(own_id) and not self.has_task(own_id)
        return kind == "sprint" and bool(self.sprints) and plain(own_id) not in self.sprints

    def has_task(self, task_id: str) -> bool:
        """Whether a task has an id, or a file among those of tasks is named by it."""
        wanted = plain(task_id)
        if wanted in self.tasks:
            return True
        if self._names is None:
            self._names = self._file_names()
        return wanted in self._names

    def task_named(self, name: str) -> str:
        """The id of the task that has an id, or whose file has a name; empty when there is none."""
        rows = self.tasks.get(plain(name)) or self._by_file.get(plain(name))
        return rows[0].id if rows else ""

    @once
    def _by_file(self) -> Mapping[str, tuple[TaskRow, ...]]:
        every = (row for rows in self.tasks.values() for row in rows)
        return {plain(stem(row.path)): (row,) for row in every}

    @property
    def sprints(self) -> Mapping[str, SprintRow]:
        """All sprints by their plain ids; the first where an id is given twice."""
        if self._sprints is None:
            rows = (self._row(path, sprint_row) for path in sprint_paths(self._files))
            self._sprints = {plain(row.id): row for row in reversed([row for row in rows if row])}
        return self._sprints

    @once
    def members(self) -> Mapping[str, tuple[TaskRow, ...]]:
        """The tasks that name a sprint, by the plain ids of those."""
        found: dict[str, tuple[TaskRow, ...]] = {}
        for row in (row for rows in self.tasks.values() for row in rows if row.sprint):
            found[plain(row.sprint)] = (*found.get(plain(row.sprint), ()), row)
        return found

    def tasks_of(self, sprint_id: str, listed: Iterable[str]) -> dict[str, TaskRow]:
        """By their ids the tasks of some ids, which a sprint lists, and those that name the sprint."""
        found = (row for own_id in listed for row in self.tasks.get(plain(own_id), ()))
        return {row.id: row for row in (*found, *self.members.get(plain(sprint_id), ()))}

    @once
    def children(self) -> Mapping[str, tuple[TaskRow, ...]]:
        """The tasks that are parts of others, by the plain ids of those."""
        found: dict[str, list[TaskRow]] = {}
        for rows in self.tasks.values():
            for row in rows:
                for parent in row.parents:
                    found.setdefault(plain(parent), []).append(row)
        return {parent: tuple(rows) for parent, rows in found.items()}

    def way_back(self, kind: LinkKind, start: str, wanted: str) -> tuple[str, ...] | None:
        """The ids on the shortest way from a task back to one that is linked with it; empty for a long one."""
        circle = self._circles[kind].get(plain(start))
        if circle is None or circle != self._circles[kind].get(plain(wanted)):
            return None
        found = way(self._links[kind], plain(start), plain(wanted))
        return tuple(self.tasks[one][0].id if one in self.tasks else one for one in found)

    @once
    def _links(self) -> Mapping[LinkKind, Mapping[str, frozenset[str]]]:
        return {kind: {key: _linked(kind, rows) for key, rows in self.tasks.items()} for kind in KINDS}

    @once
    def _circles(self) -> Mapping[LinkKind, Mapping[str, str]]:
        return {kind: circles(self._links[kind]) for kind in KINDS}

    def session(self, session_id: str) -> SessionRow | None:
        """The log of the session whose folder has an id as its name; None when there is none."""
        wanted = plain(session_id)
        if wanted not in self._sessions:
            self._sessions[wanted] = self._session(wanted) if wanted and "/" not in wanted else None
        return self._sessions[wanted]

    @property
    def session_ids(self) -> frozenset[str]:
        """The plain ids of all sessions, by the names of their folders."""
        if self._session_ids is None:
            self._session_ids = frozenset(plain(folder.rpartition("/")[2]) for folder in session_folders(self._files))
        return self._session_ids

    def exists(self, path: str) -> bool:
        """Whether there is a file or a folder; the path is from the workspace root."""
        if path not in self._there:
            self._there[path] = exists(self._files, path)
        return self._there[path]

    def state_status(self, folder: str) -> str:
        """The status in the state file of a workflow session's folder; empty when there is none."""
        if folder not in self._states:
            path = f"{folder}/{STATE_FILE}"
            text = self._files.text(path) if STATE_FILE in self._files.files_in(folder) else None
            status = Document.read(path, text).frontmatter.text("status") if text is not None else None
            self._states[folder] = status or ""
        return self._states[folder]

    def hash_of(self, path: str) -> str:
        """The SHA-256 of a file's bytes, as proposals note it; empty when there is no file."""
        self._hashes[path] = self._kept_hashes.of(self._files, path, lambda: hash_of(self._files.text(path)))
        return self._hashes[path]

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
        self._kept.forget(changed)
        self._kept_hashes.forget(changed)
        new = Trace(files, self._kept, self._kept_hashes)
        new.clocks = self.clocks.renewed(files, changed)
        same = (
            new.clocks is self.clocks
            and (self._tasks is None or self._tasks == new.tasks)
            and (self._sprints is None or self._sprints == new.sprints)
            and all(new.session(wanted) == row for wanted, row in self._sessions.items())
            and all(new.marked(place) == names for place, names in self._marked.items())
            and (self._names is None or self._names == new._file_names())
            and (self._session_ids is None or self._session_ids == new.session_ids)
            and all(new.exists(path) == there for path, there in self._there.items())
            and all(new.state_status(folder) == status for folder, status in self._states.items())
            and all(new.hash_of(path) == known for path, known in self._hashes.items())
        )
        self._files = files
        return self if same else new

    def read(self) -> Iterator[str]:
        """Reads the tasks one by one, for somebody who has other things to do in between; gives their paths."""
        for path in task_paths(self._files):
            self._row(path, task_row)
            yield path

    def _rows(self) -> Iterator[TaskRow]:
        return (row for path in task_paths(self._files) if (row := self._row(path, task_row)))

    def _row(self, path: str, read: Callable[[str, Frontmatter], R | None]) -> R | None:
        """What a file says of others, read anew only when the file has been changed."""

        def find() -> R | None:
            text = self._files.text(path)
            return None if text is None else read(path, read_frontmatter(Text.of(text)))

        return cast("R | None", self._kept.of(self._files, path, find))

    def _file_names(self) -> frozenset[str]:
        return frozenset(plain(stem(path)) for path in task_paths(self._files))

    def _session(self, wanted: str) -> SessionRow | None:
        for home in HOMES:
            if wanted in self._files.folders_in(home):
                path = f"{home}/{wanted}/{SESSION_LOG_NAME}"
                if (text := self._files.text(path)) is not None:
                    return session_row(path, read_frontmatter(Text.of(text)))
        return None


def _linked(kind: LinkKind, rows: tuple[TaskRow, ...]) -> frozenset[str]:
    """The plain ids of the tasks that tasks are linked with, but themselves."""
    ids = {plain(one) for row in rows for one in (row.parents if kind == "parent" else row.depends_on)}
    return frozenset(ids - {plain(row.id) for row in rows})
