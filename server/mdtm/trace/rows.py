"""What one file says of others: a task, a session log or a sprint, in a row."""

from __future__ import annotations

from typing import NamedTuple

from mdtm.frontmatter import Frontmatter
from mdtm.paths import plain, stem
from mdtm.schema.documents import SPRINT
from mdtm.schema.find import schema_of
from mdtm.schema.sessions import RELATED_TASKS
from mdtm.schema.tasks import PARENT_KEYS, SESSION_KEYS
from mdtm.sprints import KEY, LIST, sprint_meant


class TaskRow(NamedTuple):
    """What one task says of others."""

    path: str
    id: str
    status: str
    parents: tuple[str, ...]
    depends_on: tuple[str, ...]
    session: str
    """The id of the session that it came from; empty when it does not say."""
    sprint: str
    """The id of the sprint that it belongs to; empty when it does not say."""


class SessionRow(NamedTuple):
    """What one session log says of tasks."""

    path: str
    status: str
    tasks: frozenset[str]
    """The plain ids in its related_tasks."""


class SprintRow(NamedTuple):
    """What one sprint says of tasks."""

    path: str
    id: str
    tasks: frozenset[str]
    """The plain ids that it lists."""


def task_row(path: str, frontmatter: Frontmatter) -> TaskRow | None:
    """The row of a task; None for a file that is none."""
    schema = schema_of(path, frontmatter.values)
    if schema is None or not schema.name.startswith("task"):
        return None
    parents = (frontmatter.text(key) or "" for key in PARENT_KEYS)
    return TaskRow(
        path,
        frontmatter.text("id") or stem(path),
        frontmatter.text("status") or "",
        tuple(dict.fromkeys(parent for parent in parents if parent)),
        tuple(item.data for item in frontmatter.strings("depends_on")),
        next((text for key in SESSION_KEYS if (text := frontmatter.text(key))), ""),
        sprint_meant(frontmatter.text(KEY) or ""),
    )


def session_row(path: str, frontmatter: Frontmatter) -> SessionRow:
    """The row of a session log."""
    tasks = frozenset(plain(item.data) for item in frontmatter.strings(RELATED_TASKS))
    return SessionRow(path, frontmatter.text("status") or "", tasks)


def sprint_row(path: str, frontmatter: Frontmatter) -> SprintRow | None:
    """The row of a sprint; None for a file that is none."""
    if schema_of(path, frontmatter.values) is not SPRINT:
        return None
    tasks = frozenset(plain(item.data) for item in frontmatter.strings(LIST))
    return SprintRow(path, frontmatter.text("id") or stem(path), tasks)
