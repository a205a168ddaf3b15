from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.field_edit import set_text
from mdtm.near import slipped
from mdtm.paths import plain
from mdtm.placeholders import placeholder_in
from mdtm.problem import Fix, Problem, Severity
from mdtm.sprints import KEY, sprint_meant
from mdtm.task_links import is_placed_task
from mdtm.workspace import Workspace


@only("task")
def unknown_sprint(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A task names a sprint that does not exist.

    No sprint counts the task, and one may be completed before it is done.
    A sprint may be given by its number.
    Nothing is said in a workspace without sprints.

    Bad:
        -- .mdtm/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        sprint = "SPRINT-11"
        +++
        -- .mdtm/sprints/SPRINT-1.md --
        +++
        id = "SPRINT-1"
        title = "Slots for all"
        status = "🔵 In Progress"
        +++

    Good:
        -- .mdtm/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        sprint = "SPRINT-1"
        +++
        -- .mdtm/sprints/SPRINT-1.md --
        +++
        id = "SPRINT-1"
        title = "Slots for all"
        status = "🔵 In Progress"
        +++
    """
    field, trace = document.frontmatter.get(KEY), workspace.trace
    own = document.frontmatter.text(KEY)
    if not field or not own or trace is None or not trace.sprints or not is_placed_task(document):
        return
    if plain(sprint_meant(own)) not in trace.sprints and not placeholder_in(own):
        meant = slipped(sprint_meant(own), frozenset(row.id for row in trace.sprints.values()))
        fixes = (Fix(f"Write {meant}", (set_text(field, meant),), safe=False),) if meant else ()
        yield Problem("unknown-sprint", Severity.WARNING, field.value.span, f"there is no sprint {own}", fixes)
