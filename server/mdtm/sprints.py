"""The sprints of a workspace: where they lie, which one is meant, which tasks belong to one."""

from __future__ import annotations

import re

from mdtm.dialect import TASK_ROOTS
from mdtm.document import Document
from mdtm.files import Files
from mdtm.near import closest
from mdtm.paths import plain, stem
from mdtm.plan import Refused
from mdtm.schema.documents import SPRINT
from mdtm.tasks import is_closed, task_id, tasks

PLACES = tuple(f"{root}/sprints" for root in TASK_ROOTS)
"""The folders in which sprints lie."""
KEY, LIST = "sprint", "tasks"
"""The key of a task that names its sprint, and the one of a sprint that lists its tasks."""
_NUMBER = re.compile(r"(?:sprint[ _-]?)?0*(\d+)", re.IGNORECASE)
_ID = re.compile(r"SPRINT-[A-Za-z0-9][\w.-]*", re.ASCII)


def sprint_meant(wish: str) -> str:
    """The id of a sprint that is given by its number, or in other letters; anything else as it is."""
    wish = wish.strip()
    number = _NUMBER.fullmatch(wish)
    return f"SPRINT-{number[1]}" if number else wish


def new_sprint_id(files: Files, wish: str) -> str:
    """The id of a new sprint: the one that is wished for, else the next number.

    Raises:
        Refused: it cannot be an id, or a sprint has it already.
    """
    there = {stem(path) for path in sprint_paths(files)} | {sprint_id(sprint) for sprint in sprints(files)}
    if not wish.strip():
        numbers = [int(match[1]) for one in there if (match := _NUMBER.fullmatch(one))]
        return f"SPRINT-{max(numbers, default=0) + 1}"
    own_id = sprint_meant(wish)
    if not _ID.fullmatch(own_id) or own_id.endswith("."):
        raise Refused(f'"{wish}" is no id of a sprint, which is a number or like SPRINT-7')
    if own_id in there:
        raise Refused(f"there is a sprint {own_id} already; `mdtm sprint show {own_id}` shows it")
    return own_id


def sprint_paths(files: Files) -> list[str]:
    """The paths of the files of all sprints."""
    found = ((place, name) for place in PLACES for name in files.files_in(place))
    return [f"{place}/{name}" for place, name in found if name.startswith("SPRINT-") and name.endswith(".md")]


def sprints(files: Files) -> list[Document]:
    """All sprints."""
    texts = ((path, files.text(path)) for path in sprint_paths(files))
    found = [Document.read(path, text) for path, text in texts if text is not None]
    return [sprint for sprint in found if sprint.schema is SPRINT]


def sprint_id(sprint: Document) -> str:
    """The id of a sprint; where it does not say, the name of its file."""
    return sprint.frontmatter.text("id") or stem(sprint.path)


def find_sprint(files: Files, wanted: str) -> Document:
    """The sprint with an id or a number, or whose file has a name or a path.

    Raises:
        Refused: there is none, or there are several.
    """
    own_id, known = plain(sprint_meant(wanted)), sprints(files)
    found = [one for one in known if own_id in (plain(one.path), plain(sprint_id(one)), plain(stem(one.path)))]
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused(f"there are several sprints {own_id}; give the path: {', '.join(one.path for one in found)}")
    near = closest(own_id, [sprint_id(one) for one in known])
    meant = f"did you mean {near}? " if near else ""
    raise Refused(f"there is no sprint {own_id}; {meant}`mdtm sprint create {own_id} TITLE` makes it")


def named_sprint(task: Document) -> str:
    """The id of the sprint that a task names; empty when it names none."""
    return sprint_meant(task.frontmatter.text(KEY) or "")


def tasks_of(files: Files, sprint: Document) -> list[Document]:
    """The tasks of a sprint: those that name it, and those that it lists; the listed ones first, in their order."""
    own_id = sprint_id(sprint)
    order = {plain(item.data): number for number, item in enumerate(sprint.frontmatter.strings(LIST))}
    found = [task for task in tasks(files) if plain(task_id(task)) in order or named_sprint(task) == own_id]
    return sorted(found, key=lambda task: order.get(plain(task_id(task)), len(order)))


def open_tasks(files: Files, sprint: Document) -> list[Document]:
    """Those of a sprint's tasks that are not closed."""
    return [task for task in tasks_of(files, sprint) if not is_closed(task)]
