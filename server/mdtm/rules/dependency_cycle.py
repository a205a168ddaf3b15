from __future__ import annotations

from collections.abc import Iterator

from mdtm.document import Document
from mdtm.paths import plain
from mdtm.problem import Fix, Problem, Severity
from mdtm.schema.tasks import PARENT_KEYS
from mdtm.task_links import Link, is_placed_task, links, removal
from mdtm.tasks import task_id
from mdtm.trace import KINDS
from mdtm.workspace import Workspace

MOST_SHOWN = 10
"""How many tasks of a circle are named."""


def dependency_cycle(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """The parents or the dependencies of a task lead back to it.

    None of the tasks in the circle can begin before the others are done.
    Every task in it has the problem, but only the one with the last id is given a fix, which breaks the circle there.
    A circle of more tasks than anybody could look through is given none.

    Bad:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        depends_on = ["TASK-API-20250605-090000"]
        +++
        -- .ruru/tasks/FEATURE_Slots/TASK-API-20250605-090000.md --
        +++
        id = "TASK-API-20250605-090000"
        title = "Serve the slots"
        status = "🟡 To Do"
        type = "🌟 Feature"
        depends_on = ["TASK-DEV-20250605-101500"]
        +++

    Good:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        depends_on = []
        +++
        -- .ruru/tasks/FEATURE_Slots/TASK-API-20250605-090000.md --
        +++
        id = "TASK-API-20250605-090000"
        title = "Serve the slots"
        status = "🟡 To Do"
        type = "🌟 Feature"
        depends_on = ["TASK-DEV-20250605-101500"]
        +++
    """

    trace = workspace.trace
    if trace is None or not is_placed_task(document):
        return
    for kind in KINDS:
        for link in links(document, *(PARENT_KEYS if kind == "parent" else ("depends_on",))):
            own_id = task_id(document)
            way = trace.way_back(kind, link.id, own_id) if plain(link.id) != plain(own_id) else None
            if way is not None:
                fixes = _fixes(document, link, own_id, way)
                yield Problem("dependency-cycle", Severity.WARNING, link.span, _message(own_id, way), fixes)


def _message(own_id: str, way: tuple[str, ...]) -> str:
    """Where the link leads; of a long way the beginning and the end."""
    if not way:
        return "this leads back to the task, over very many others"
    shown = way if len(way) <= MOST_SHOWN else (*way[: MOST_SHOWN - 2], "…", *way[-1:])
    return f"this leads back to the task: {' → '.join((own_id, *shown))}"


def _fixes(document: Document, link: Link, own_id: str, way: tuple[str, ...]) -> tuple[Fix, ...]:
    """The link taken out; in one task only, for one link less is enough."""
    return removal(document, link) if way and own_id == max(way) else ()
