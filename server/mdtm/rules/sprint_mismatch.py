from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.field_edit import set_text
from mdtm.paths import plain
from mdtm.problem import Fix, Problem, Severity
from mdtm.sprints import KEY, sprint_meant
from mdtm.task_links import is_placed_task
from mdtm.tasks import task_id
from mdtm.workspace import Workspace


@only("task")
def sprint_mismatch(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A task names one sprint, and another one lists it.

    A task belongs to the sprint that it names, or to the one that lists it; where these are two, both count it.
    `mdtm sprint add` gives it to one of them on both sides.

    Bad:
        -- .mdtm/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        sprint = "SPRINT-2"
        +++
        -- .mdtm/sprints/SPRINT-1.md --
        +++
        id = "SPRINT-1"
        title = "Slots for all"
        status = "🔵 In Progress"
        tasks = ["TASK-DEV-20250605-101500"]
        +++
        -- .mdtm/sprints/SPRINT-2.md --
        +++
        id = "SPRINT-2"
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
        tasks = ["TASK-DEV-20250605-101500"]
        +++
        -- .mdtm/sprints/SPRINT-2.md --
        +++
        id = "SPRINT-2"
        title = "Slots for all"
        status = "🔵 In Progress"
        +++
    """
    field, trace = document.frontmatter.get(KEY), workspace.trace
    named = sprint_meant(document.frontmatter.text(KEY) or "")
    if not field or not named or trace is None or not is_placed_task(document):
        return
    own_id = plain(task_id(document))
    listing = [row.id for row in trace.sprints.values() if own_id in row.tasks]
    others = [one for one in listing if plain(one) != plain(named)]
    if others and plain(named) in trace.sprints:
        message = f"the task names {named}, but {' and '.join(others)} lists it"
        certain = len(others) == 1 and others == listing
        fixes = (Fix(f"Write {others[0]}", (set_text(field, others[0]),), safe=False),) if certain else ()
        yield Problem("sprint-mismatch", Severity.WARNING, field.value.span, message, fixes)
