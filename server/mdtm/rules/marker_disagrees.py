from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import STATE_FILES, Document
from mdtm.last_word import last_word
from mdtm.problem import Problem, Severity
from mdtm.schema.sessions import SESSION_LOG
from mdtm.schema.statuses import session_place
from mdtm.status_edit import status_fix
from mdtm.workspace import Workspace, is_beside_marked


@only("session-log", "workflow-state", when=is_beside_marked)
def marker_disagrees(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """The status of the session is not what the marker says.

    The marker file `.active-<id>` decides which session is active; a status that says otherwise misleads whoever
    reads the file.
    A session without the marker is not active when another one has it, and one with the marker is.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "⏸️ Paused"
        start_time = "2025-06-05T03:01:44Z"
        end_time = "2025-06-05T04:20:00Z"
        coordinator = "dev-api"
        +++
        -- .ruru/sessions/.active-SESSION-Slots-2506050301 --

    Good:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        end_time = ""
        coordinator = "dev-api"
        +++
        -- .ruru/sessions/.active-SESSION-Slots-2506050301 --
    """
    if workspace.trace is None:
        return
    home, _, name = document.folder.rpartition("/")
    marked = workspace.trace.marked(home)
    status = document.frontmatter.get("status") if marked else None
    if status is None or not isinstance(status.value.data, str):
        return
    place = session_place(status.value.data)
    if place is None or (place == 0) is (name in marked) or _speaks_another(document, workspace):
        return
    if place == 0:
        if last_word(document)[0]:
            return  # it is over by its own log, which is a finished-but-active
        message = f"the marker names {', '.join(sorted(marked))} as the active session, not this one"
        fixes = status_fix(document, 1)
    else:
        message = "the marker names this session as the active one"
        fixes = status_fix(document, 0)
    yield Problem("marker-disagrees", Severity.WARNING, status.value.span, message, fixes)


def _speaks_another(document: Document, workspace: Workspace) -> bool:
    """Whether the state file beside a log speaks for the session."""
    beside = workspace.files_in(document.folder) or frozenset()
    return document.schema is SESSION_LOG and not STATE_FILES.isdisjoint(beside)
