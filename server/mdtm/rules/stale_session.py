from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta, timezone

from mdtm.asking import only
from mdtm.document import Document
from mdtm.last_word import last_word
from mdtm.problem import Problem, Severity
from mdtm.sessions import is_active
from mdtm.status_edit import status_fix
from mdtm.workspace import Workspace

_WEEK = timedelta(days=7)


@only("session-log", when=is_active)
def stale_session(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """The session is active by its status, but nothing has been logged for more than a week.

    It was most likely left, and still stands among those that somebody works on.
    A session that a marker names is let be, for the marker says that it goes on; so is one without entries.
    The fix pauses it at the time of its last entry.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2505050301/session_log.md --
        +++
        id = "SESSION-Slots-2505050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-05-05T03:01:44Z"
        end_time = ""
        coordinator = "dev-api"
        +++

        ## Log Entries

        - [2025-05-05T04:20:00Z] `dev-api`: Slots are ten minutes long.

    Good:
        -- .ruru/sessions/SESSION-Slots-2505050301/session_log.md --
        +++
        id = "SESSION-Slots-2505050301"
        title = "Slots"
        status = "⏸️ Paused"
        start_time = "2025-05-05T03:01:44Z"
        end_time = "2025-05-05T04:20:00Z"
        coordinator = "dev-api"
        +++

        ## Log Entries

        - [2025-05-05T04:20:00Z] `dev-api`: Slots are ten minutes long.
    """
    if workspace.now is None or workspace.trace is None:
        return
    status = document.frontmatter.get("status")
    home, _, name = document.folder.rpartition("/")
    if workspace.trace.marked(home) or name.startswith("."):
        return  # a marker names this session, or another one, which is a marker-disagrees
    last = next(document.last_entries(), None)
    if last is not None and last.stamp[:10] > str((workspace.now - _WEEK).date()):
        return  # which is enough to know of nearly all
    last = document.last_entry()
    if last is None or last.moment is None:
        return
    when = last.moment.utc if last.moment.zoned else last.moment.when.replace(tzinfo=timezone.utc)
    silent = workspace.now - when
    if status and silent > _WEEK and not last_word(document)[0]:
        message = f"the session is active, but nothing has been logged for {silent.days} days"
        fixes = status_fix(document, 1)
        yield Problem("stale-session", Severity.INFORMATION, status.value.span, message, fixes)
