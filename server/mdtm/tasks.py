"""The tasks of a workspace: where they lie, which one is meant, how a new one is named, what its boxes say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable
from datetime import datetime, timezone
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from mdtm.dialect import DEFAULT, TASK_ROOTS
from mdtm.document import Document
from mdtm.files import Files, below
from mdtm.near import closest
from mdtm.paths import plain, stem
from mdtm.plan import Refused
from mdtm.schema.statuses import TASK_STATUSES
from mdtm.sessions import Session, dialect_in_use, session_folders
from mdtm.text import Span

PLACES = tuple(root if root == ".tasks" else f"{root}/tasks" for root in TASK_ROOTS)
"""The folders below which tasks lie; the oldest system had them right in its own."""


class TaskNaming(NamedTuple):
    """How tasks of one type are named where nothing better is known."""

    folder: str
    """How the name of their folder begins."""
    prefix: str
    """What stands in the id for who does it."""


NAMINGS = {
    "feature": TaskNaming("FEATURE", "FEATURE"),
    "bug": TaskNaming("BUG", "BUG"),
    "chore": TaskNaming("CHORE", "CHORE"),
    "documentation": TaskNaming("DOC", "DOC"),
    "test": TaskNaming("TEST", "TEST"),
    "spike": TaskNaming("SPIKE", "SPIKE"),
}
FAMILIES = frozenset({
    "agent", "auth", "baas", "cms", "core", "data", "design", "dev", "edge", "framework", "infra", "lead", "manager",
    "spec", "test", "util",
})  # fmt: skip
"""What the name of a mode begins with when its other words say more: `dev-api` is known by `API`."""
SHORT = {"roo-commander": "CMD", "prime-coordinator": "PRIME", "core-architect": "ARCH"}
"""Modes that are known by another word."""
LONGEST_PREFIX = 30

TO_DO, IN_PROGRESS, DONE = "🟡 To Do", "🔵 In Progress", "🟢 Done"
OPEN, TICK = " ", "x"
"""The marks of an open box and, where a task shows no other, of a ticked one."""
CLOSED = (DONE, "🧊 Archived")
_ID = re.compile(r"[A-Z][A-Za-z0-9_]*(?:-[\w.]+)+")
_WORD = re.compile(r"[a-z]+")
_NOT_IN_ID = re.compile(r"[^A-Za-z0-9]+")


class Box(NamedTuple):
    """A check box of a task."""

    number: int
    """Its place among the boxes of the task, from 1."""
    text: str
    mark: str
    ticked: bool
    span: Span
    """From `[` to `]`, in the file."""


def task_paths(files: Files) -> list[str]:
    """The paths of all Markdown files where tasks lie; not each is one."""
    found = ((place, path) for place in PLACES for path in below(files, place))
    return [f"{place}/{path}" for place, path in found if path.endswith(".md") and not path.startswith("sessions/")]


def is_task(document: Document) -> bool:
    return document.schema is not None and document.schema.name.startswith("task")


def tasks(files: Files) -> list[Document]:
    """All tasks."""
    return [task for path in task_paths(files) if (task := _read(files, path))]


def task_id(task: Document) -> str:
    """The id of a task; where it does not say, the name of its file."""
    return task.frontmatter.text("id") or stem(task.path)


def title_of(task: Document) -> str:
    return task.frontmatter.text("title") or ""


def status_of(task: Document) -> str:
    return task.frontmatter.text("status") or ""


def find_task(files: Files, wanted: str) -> Document:
    """The task with an id, or whose file has a name or a path.

    Raises:
        Refused: there is none, or there are several.
    """
    wanted = plain(wanted.strip())
    paths = task_paths(files)
    named = [path for path in paths if wanted in (plain(path), plain(path).removesuffix(".md"))]
    named = named or [path for path in paths if plain(stem(path)) == wanted.removesuffix(".md")]
    found = [task for path in named if (task := _read(files, path))]
    known = found or tasks(files)
    found = found or [task for task in known if wanted and plain(task_id(task)) == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused(f"there are several tasks {wanted}; give the path: {', '.join(task.path for task in found)}")
    near = closest(wanted, [task_id(task) for task in known])
    raise Refused(f"there is no task {wanted}; {f'did you mean {near}?' if near else 'see `mdtm task list`'}")


def looks_like_task(files: Files, word: str) -> bool:
    """Whether a word can only be meant for a task: it has the form of an id, or is the name or path of one's file."""
    name = plain(word.strip().partition("=")[0])
    if _ID.fullmatch(name) or name.endswith(".md"):
        return True
    return any(name in (plain(path).removesuffix(".md"), plain(stem(path))) for path in task_paths(files))


def named_task(files: Files, wanted: str) -> str:
    """The id of the task that is named; what was given in a workspace that keeps no tasks.

    Raises:
        Refused: there are tasks, but not this one, or what was given cannot be an id.
    """
    if task_paths(files):
        return task_id(find_task(files, wanted))
    if not _ID.fullmatch(wanted):
        raise Refused(f"{wanted} is no id of a task, which is like TASK-API-20260605-090100; see `mdtm task list`")
    return wanted


def boxes(task: Document) -> list[Box]:
    """The check boxes in the order of the file; one in a code block is none."""
    found: list[Box] = []
    for index, reading in enumerate(task.body):
        start = task.text.block_start(index)[1]
        starts = list(accumulate(map(len, reading.block.lines), initial=start)) if reading.boxes else []
        for number, box in reading.boxes:
            text = reading.block.lines[number][box.span.end :].strip()
            found.append(Box(len(found) + 1, text, box.mark, box.ticked, box.span.moved(starts[number])))
    return found


def shows_open(task: Document) -> bool:
    """Whether an open box stands anywhere in the text, be it in a code block: found out without reading the boxes."""
    return any("[ ]" in reading.text for reading in task.body)


def shows_ticked(task: Document) -> bool:
    """The same of a ticked box."""
    return any(any(mark in reading.text for mark in ("[x]", "[X]", "[✅]")) for reading in task.body)


def mark_in_use(there: Iterable[Box]) -> str:
    """The mark that most of the ticked boxes have."""
    used = Counter(box.mark for box in there if box.ticked)
    return used.most_common(1)[0][0] if used else TICK


@lru_cache(maxsize=256)
def status_meant(wish: str) -> str | None:
    """The status that a text means: its word decides, its sign does not; None when no status has the word."""
    by_word = {**dict(TASK_STATUSES.also), **{_words(status): status for status in TASK_STATUSES.canonical}}
    return by_word.get(_words(wish))


def is_closed(task: Document) -> bool:
    return is_over(status_of(task))


def is_over(status: str) -> bool:
    """Whether a status says that a task leaves nothing to do."""
    return status_meant(status) in CLOSED


def root_for(files: Files, session: Session | None, chosen: str = "") -> str:
    """The folder of the system that a new task belongs to.

    The session's, else that of the dialect that is chosen, else the one in use, else the default.
    """
    if session:
        return _root_of(session.folder)
    if chosen or any(session_folders(files)):
        return _root_of(dialect_in_use(files, chosen).roots[0])
    return next((root for root in TASK_ROOTS if "tasks" in files.folders_in(root)), _root_of(DEFAULT.roots[0]))


def new_task_id(assignee: str, kind: str, now: datetime, taken: Container[str]) -> str:
    """An id for a new task that nobody has; its time is UTC."""
    prefix = prefix_of(assignee) or NAMINGS[kind].prefix
    first = found = f"TASK-{prefix}-{now.astimezone(timezone.utc):%Y%m%d-%H%M%S}"
    number = 1
    while found in taken:
        number += 1
        found = f"{first}-{number}"
    return found


def prefix_of(assignee: str) -> str:
    """What stands in an id for who does a task: `API` for `dev-api`, `JANEDOE` for `User:JaneDoe`; may be empty."""
    name = assignee.rpartition(":")[2].strip().lower()
    if name in SHORT:
        return SHORT[name]
    family, _, rest = name.partition("-")
    words = _NOT_IN_ID.sub("-", rest if family in FAMILIES and rest else name).strip("-")
    return words[:LONGEST_PREFIX].rstrip("-").upper()


def taken_ids(files: Files) -> set[str]:
    """The names of the files of all tasks, which their ids are."""
    return {stem(path) for path in task_paths(files)}


def _read(files: Files, path: str) -> Document | None:
    text = files.text(path)
    document = None if text is None else Document.read(path, text)
    return document if document and is_task(document) else None


def _root_of(folder: str) -> str:
    """The system's folder that a folder lies in."""
    return next((root for root in TASK_ROOTS if f"{folder}/".startswith(f"{root}/")), TASK_ROOTS[0])


def _words(status: str) -> str:
    return " ".join(_WORD.findall(status.lower()))
