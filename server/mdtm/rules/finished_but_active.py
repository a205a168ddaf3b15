from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.last_word import last_word
from mdtm.problem import Problem, Severity
from mdtm.sessions import is_active
from mdtm.status_edit import status_fix
from mdtm.workspace import Workspace


@only("session-log", when=is_active)
def finished_but_active(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """The log says that the session is over, or rests, but its status is still active.

    The session stands among those that somebody works on, and the next one to begin takes it for unfinished work.
    One of the last three entries must say so, and none behind it that the session goes on.
    A session that a marker names is let be, for the marker decides.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        end_time = ""
        coordinator = "dev-api"
        +++

        ## Log Entries

        - [2025-06-05T04:20:00Z] `dev-api`: Session completed: the slots can be picked

    Good:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🏁 Completed"
        start_time = "2025-06-05T03:01:44Z"
        end_time = "2025-06-05T04:20:00Z"
        coordinator = "dev-api"
        +++

        ## Log Entries

        - [2025-06-05T04:20:00Z] `dev-api`: Session completed: the slots can be picked
    """
    status = document.frontmatter.get("status")
    place, entry = last_word(document)
    home, _, name = document.folder.rpartition("/")
    if status and place and entry and not (workspace.trace and name in workspace.trace.marked(home)):
        message = f"the session is active, but its entry of {entry.stamp or 'no time'} says that it is not"
        fixes = status_fix(document, place)
        yield Problem("finished-but-active", Severity.WARNING, status.value.span, message, fixes)
