from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.dialect import DIALECTS
from mdtm.document import Document
from mdtm.field_edit import set_text
from mdtm.near import slipped
from mdtm.paths import plain
from mdtm.problem import Fix, Problem, Severity
from mdtm.schema.tasks import SESSION_KEYS
from mdtm.task_links import Link, links
from mdtm.trace import Trace
from mdtm.workspace import Workspace


@only("task", "artifact")
def unknown_session(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A task or an artifact names a session that does not exist.

    The trace from the work back to the session that it came from ends here.
    Nothing is said in a workspace without sessions.

    Bad:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        session_id = "SESSION-Slot-2506050301"
        +++
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        related_tasks = ["TASK-DEV-20250605-101500"]
        +++

    Good:
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
        related_tasks = ["TASK-DEV-20250605-101500"]
        +++
    """
    trace = workspace.trace
    if trace is None:
        return
    for link in links(document, *SESSION_KEYS):
        known = plain(link.id) in trace.session_ids or not trace.session_ids
        if not known and any(dialect.id_pattern.fullmatch(link.id) for dialect in DIALECTS):
            message = f"there is no session {link.id}"
            yield Problem("unknown-session", Severity.WARNING, link.span, message, _fixes(document, link, trace))


def _fixes(document: Document, link: Link, trace: Trace) -> tuple[Fix, ...]:
    """The session that the file lies in, and the one whose id was misspelt."""
    around = next((part for part in document.path.split("/") if plain(part) in trace.session_ids), None)
    meant = slipped(link.id, trace.session_ids)
    found = dict.fromkeys(session for session in (around, meant) if session)
    return tuple(Fix(f"Write {session}", (set_text(link.field, session),), safe=False) for session in found)
