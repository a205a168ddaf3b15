from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.completion.forced import was_forced
from mdtm.document import Document
from mdtm.field_edit import set_text
from mdtm.problem import Fix, Problem, Severity
from mdtm.sprints import LIST, PLACES, sprint_id
from mdtm.task_links import may_be_closed
from mdtm.tasks import DONE, IN_PROGRESS, status_meant
from mdtm.workspace import Workspace


@only("sprint")
def done_with_open_tasks(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A sprint is done, though tasks of it are not.

    What is left to do belongs to a sprint that nobody looks at any more.
    A task that is archived or cancelled is not open.
    `mdtm sprint complete --force` notes in the sprint why that does not matter; then nothing is said of it.

    Bad:
        -- .mdtm/sprints/SPRINT-1.md --
        +++
        id = "SPRINT-1"
        title = "Slots for all"
        status = "🟢 Done"
        tasks = ["TASK-API-20250605-090000"]
        +++
        -- .mdtm/tasks/FEATURE_Slots/TASK-API-20250605-090000.md --
        +++
        id = "TASK-API-20250605-090000"
        title = "Serve the slots"
        status = "🟡 To Do"
        type = "🌟 Feature"
        sprint = "SPRINT-1"
        +++

    Good:
        -- .mdtm/sprints/SPRINT-1.md --
        +++
        id = "SPRINT-1"
        title = "Slots for all"
        status = "🔵 In Progress"
        tasks = ["TASK-API-20250605-090000"]
        +++
        -- .mdtm/tasks/FEATURE_Slots/TASK-API-20250605-090000.md --
        +++
        id = "TASK-API-20250605-090000"
        title = "Serve the slots"
        status = "🟡 To Do"
        type = "🌟 Feature"
        sprint = "SPRINT-1"
        +++
    """
    status, trace = document.frontmatter.get("status"), workspace.trace
    if trace is None or document.folder not in PLACES or status is None or status.value.kind != "string":
        return
    if status_meant(status.value.data) != DONE or was_forced(document, "open task"):
        return
    listed = (item.data for item in document.frontmatter.strings(LIST))
    members = trace.tasks_of(sprint_id(document), listed)
    if left := [row for row in members.values() if not may_be_closed(row.status)]:
        more = (
            f" and {len(left) - 1} more of its tasks are" if len(left) > 1 else f", a task of it, is {left[0].status}"
        )
        message = f"the sprint is done, but {left[0].id}{more}" + (" open" if len(left) > 1 else "")
        fix = Fix(f'Write "{IN_PROGRESS}"', (set_text(status, IN_PROGRESS),), safe=False)
        yield Problem("done-with-open-tasks", Severity.WARNING, status.value.span, message, (fix,))
