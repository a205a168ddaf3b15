from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.paths import plain
from mdtm.problem import Problem, Severity
from mdtm.schema.sessions import RELATED_TASKS
from mdtm.schema.tasks import PARENT_KEYS
from mdtm.task_links import links, removal
from mdtm.tasks import task_id
from mdtm.workspace import Workspace


@only("task")
def self_dependency(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A task names itself as its parent, its dependency or a related task.

    It can never begin, and who follows the link goes in a circle.

    Bad:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🔵 In Progress"
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
    """

    own_id = ""
    for link in links(document, *PARENT_KEYS, "depends_on", RELATED_TASKS):
        own_id = own_id or plain(task_id(document))
        if plain(link.id) == own_id:
            message = f"the task names itself in {link.field.key}"
            yield Problem("self-dependency", Severity.WARNING, link.span, message, removal(document, link))
