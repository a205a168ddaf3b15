from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from mdtm.document import Document
from mdtm.field_edit import set_text
from mdtm.marks import is_task_id
from mdtm.paths import plain
from mdtm.problem import Fix, Problem, Severity
from mdtm.task_links import is_placed_task
from mdtm.workspace import Workspace


def duplicate_id(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """Another task of the workspace has the same id.

    Whatever names the id may mean the one or the other, and commands refuse to choose.
    Where the file is named by another id that nobody has, that one is the cure.

    Bad:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-API-20250605-090000"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        +++
        -- .ruru/tasks/FEATURE_Slots/TASK-API-20250605-090000.md --
        +++
        id = "TASK-API-20250605-090000"
        title = "Serve the slots"
        status = "🟢 Done"
        type = "🌟 Feature"
        +++

    Good:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        +++
        -- .ruru/tasks/FEATURE_Slots/TASK-API-20250605-090000.md --
        +++
        id = "TASK-API-20250605-090000"
        title = "Serve the slots"
        status = "🟢 Done"
        type = "🌟 Feature"
        +++
    """

    field = document.frontmatter.get("id") if is_placed_task(document) else None
    if workspace.trace is None or field is None or field.value.kind != "string":
        return
    rows = workspace.trace.tasks.get(plain(field.value.data), ())
    others = [*islice((row.path for row in rows if row.path != document.path), 2)]
    if others:
        who = f"{others[0]} has" if len(others) == 1 else f"{others[0]} and others have"
        message = f"{who} the id {field.value.data} too"
        name = document.name.removesuffix(".md")
        free = is_task_id(name) and plain(name) not in workspace.trace.tasks
        fixes = (Fix(f"Write {name}", (set_text(field, name),), safe=False),) if free else ()
        yield Problem("duplicate-id", Severity.WARNING, field.value.span, message, fixes)
