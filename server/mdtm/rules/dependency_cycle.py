from __future__ import annotations

from collections.abc import Iterator

from mdtm.document import Document
from mdtm.paths import plain
from mdtm.problem import Fix, Problem, Severity
from mdtm.rows import PARENT_KEYS
from mdtm.task_links import Link, is_placed_task, links, removal
from mdtm.tasks import task_id
from mdtm.trace import KINDS
from mdtm.workspace import Workspace


def dependency_cycle(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """The parents or the dependencies of a task lead back to it.

    None of the tasks in the circle can begin before the others are done.
    Every task in it has the problem, but only the one with the last id is given a fix, which breaks the circle there.

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
            way = trace.way_back(kind, link.id, own_id) if plain(link.id) != plain(own_id) else ()
            if way:
                message = f"this leads back to the task: {' → '.join((own_id, *way))}"
                fixes = _fixes(document, link, own_id, way)
                yield Problem("dependency-cycle", Severity.WARNING, link.span, message, fixes)


def _fixes(document: Document, link: Link, own_id: str, way: tuple[str, ...]) -> tuple[Fix, ...]:
    """The link taken out; in one task only, for one link less is enough."""
    return removal(document, link) if own_id == max(way) else ()
