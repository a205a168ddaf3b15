from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.field_edit import append_item
from mdtm.paths import plain
from mdtm.problem import Fix, Problem, Severity
from mdtm.sprints import LIST, PLACES, sprint_id
from mdtm.workspace import Workspace


@only("sprint")
def task_not_in_sprint(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A sprint lists tasks, but not one that names it.

    Who reads the list takes it for all that is to be done.
    A sprint without a list has the tasks that name it, and nothing is said.

    Bad:
        -- .mdtm/sprints/SPRINT-1.md --
        +++
        id = "SPRINT-1"
        title = "Slots for all"
        status = "🔵 In Progress"
        tasks = ["TASK-API-20250605-090000"]
        +++
        -- .mdtm/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        sprint = "SPRINT-1"
        +++
        -- .mdtm/tasks/FEATURE_Slots/TASK-API-20250605-090000.md --
        +++
        id = "TASK-API-20250605-090000"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        +++

    Good:
        -- .mdtm/sprints/SPRINT-1.md --
        +++
        id = "SPRINT-1"
        title = "Slots for all"
        status = "🔵 In Progress"
        tasks = ["TASK-API-20250605-090000", "TASK-DEV-20250605-101500"]
        +++
        -- .mdtm/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        sprint = "SPRINT-1"
        +++
        -- .mdtm/tasks/FEATURE_Slots/TASK-API-20250605-090000.md --
        +++
        id = "TASK-API-20250605-090000"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        +++
    """
    field, trace = document.frontmatter.get(LIST), workspace.trace
    if not field or not field.value.items or trace is None or document.folder not in PLACES:
        return
    own_id = plain(sprint_id(document))
    listed = {plain(item.data) for item in document.frontmatter.strings(LIST)}
    elsewhere = {task for row in trace.sprints.values() if plain(row.id) != own_id for task in row.tasks}
    can_grow = field.value.kind == "array" and document.frontmatter.syntax == "toml"
    for row in trace.members.get(own_id, ()):
        if plain(row.id) not in listed | elsewhere:  # what another sprint lists is a sprint-mismatch
            fixes = (Fix("Add it to the list", append_item(document, field.value, row.id)),) if can_grow else ()
            message = f"{row.id} names the sprint, but is not in {LIST}"
            yield Problem("task-not-in-sprint", Severity.INFORMATION, field.value.span, message, fixes)
