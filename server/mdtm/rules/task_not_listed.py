from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.paths import plain
from mdtm.problem import Problem, Severity
from mdtm.schema.tasks import SESSION_KEYS
from mdtm.task_links import is_placed_task, links
from mdtm.tasks import task_id
from mdtm.workspace import Workspace


@only("task")
def task_not_listed(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A task names a session that does not list it in `related_tasks`.

    Who looks at the session does not learn that it made the task.
    The cure is in the log of the session: `mdtm task link` writes it there.

    Bad:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        session_id = "SESSION-Slots-2506050301"
        +++
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        related_tasks = []
        +++
    """
    if workspace.trace is None or not is_placed_task(document):
        return
    for link in links(document, *SESSION_KEYS):
        session = workspace.trace.session(link.id)
        own_id = task_id(document)
        if session and plain(own_id) not in session.tasks:
            message = f"{link.id} does not list the task; `mdtm task link {own_id} --session {link.id}` does that"
            yield Problem("task-not-listed", Severity.WARNING, link.span, message)
