"""The six systems for session logs, each a row of data.

Sources: session management V5 and V7, architecture V2, the later `.mdtm` convention, workflow marker
sessions and session-based orchestration. What differs between them is read from the row.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

ARTIFACT_FOLDERS = (
    "notes", "learnings", "environment", "docs", "research", "blockers",
    "questions", "snippets", "feedback", "features", "context", "deferred",
)  # fmt: skip
"""The twelve standard folders for artifacts, in the order of the guidelines."""

EMOJI_STATUSES = ("🟢 Active", "⏸️ Paused", "🏁 Completed", "🔴 Error")
WORD_STATUSES = ("active", "paused", "completed", "abandoned")


@dataclass(frozen=True, slots=True)
class Dialect:
    """The conventions of one system."""

    name: str
    roots: tuple[str, ...]
    """Its folders for sessions, from the workspace root, `/` at the end."""
    id_form: str
    """The form of a session id, for people."""
    id_template: str
    """The same for `session_id.new_id`."""
    id_pattern: re.Pattern[str]
    statuses: tuple[str, ...]
    """In the order active, paused, completed, error."""
    artifact_roots: tuple[str, ...]
    """The folders in a session's folder whose files are artifacts."""
    artifact_folders: tuple[str, ...] = ()
    """The folders that a new session gets, from its own folder."""
    state_file: str = ""
    """The file that holds the state of a session, where that is not the log."""
    flat_artifacts: bool = False
    """Whether artifacts of all kinds lie in one folder."""
    has_source: bool = False
    """Whether a session tells where it was started."""

    @property
    def active(self) -> str:
        return self.statuses[0]


def _folders(*names: str) -> tuple[str, ...]:
    return tuple(f"artifacts/{name}" for name in names)


RURU_V7 = Dialect(
    "ruru-v7", (".ruru/sessions/",), "SESSION-[Goal]-YYMMDDHHMM", "SESSION-{goal}-{minute}",
    re.compile(r"SESSION-[\w.-]+-\d{10}(?:-\d+)?"), EMOJI_STATUSES, ("artifacts",), _folders(*ARTIFACT_FOLDERS),
)  # fmt: skip
DIALECTS = (
    RURU_V7,
    Dialect(
        "ruru-v5", (".ruru/sessions/",), "SESS-YYYYMMDD-HHMMSS", "SESS-{second}",
        re.compile(r"SESS(?:ION)?(?:-[A-Z]+)?-\d{8}-\d{6}(?:-\d+)?"), EMOJI_STATUSES, ("artifacts",), ("artifacts",),
        flat_artifacts=True,
    ),
    Dialect(
        "commander", (".roo/commander/sessions/",), "SESSION-[Goal]-YYYYMMDD-HHMMSS", "SESSION-{goal}-{second}",
        re.compile(r"SESSION-[\w.-]+-\d{8}-\d{6}(?:-\d+)?"), EMOJI_STATUSES, ("artifacts",),
        _folders(*ARTIFACT_FOLDERS, "design_outputs", "summaries"),
    ),
    Dialect(
        "orchestration", (".mdtm/sessions/",), "SESSION-001", "SESSION-{number}",
        re.compile(r"SESSION-\d{3,5}"), WORD_STATUSES, ("artifacts",), ("artifacts",), has_source=True,
    ),
    Dialect(
        "mdtm", (".mdtm/sessions/",), "SESSION-[Goal]-YYYYMMDD-HHMMSS", "SESSION-{goal}-{second}",
        re.compile(r"SESSION-[\w.-]+-\d{8}-\d{6}(?:-\d+)?"), EMOJI_STATUSES,
        ("notes", "learnings", "summaries"), ("notes", "learnings", "summaries"),
    ),
    Dialect(
        "workflow", (".workflow/", ".workflow/active/", ".workflow/completed/", ".workflow/archives/"),
        "WFS-[slug]", "WFS-{slug}", re.compile(r"WFS-[\w.-]+"), WORD_STATUSES, (), (), "workflow-session.json",
    ),
)  # fmt: skip
DEFAULT = RURU_V7
_BY_STATE_FILE = {dialect.state_file: dialect for dialect in DIALECTS if dialect.state_file}
STATE_FILE = next(iter(_BY_STATE_FILE))
"""The file with the state of a workflow session."""

TASK_ROOTS = (".ruru", ".roo/commander", ".mdtm", ".tasks", ".roopm", ".bmad-core", ".workflow")
"""The folders in which the systems and their known variants keep their files."""


def dialect_of(path: str, session_id: str = "") -> Dialect:
    """The dialect of a session's file: by its folder, else by the shape of its id, else the default."""
    folder, _, file = path.rpartition("/")
    if file in _BY_STATE_FILE:
        return _BY_STATE_FILE[file]
    parent, _, name = folder.rpartition("/")
    at_root = _at_root(parent)
    for session in (name, session_id):
        for dialect in at_root or DIALECTS:
            if dialect.id_pattern.fullmatch(session):
                return dialect
    return at_root[0] if at_root else DEFAULT


@functools.lru_cache(maxsize=64)
def _at_root(folder: str) -> tuple[Dialect, ...]:
    """The dialects whose folder for sessions a folder is; most sessions lie in the same one."""
    return tuple(dialect for dialect in DIALECTS if any(_lies_in(folder, root) for root in dialect.roots))


def _lies_in(folder: str, root: str) -> bool:
    """Whether a folder is a dialect's folder for sessions, wherever the workspace begins."""
    return f"/{folder}/".endswith(f"/{root}")
