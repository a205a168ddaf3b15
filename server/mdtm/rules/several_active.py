from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import STATE_FILES, Document
from mdtm.problem import Problem, Severity
from mdtm.schema.sessions import SESSION_LOG
from mdtm.text import Span
from mdtm.workspace import Workspace, is_beside_marked


@only("session-log", "workflow-state", when=is_beside_marked)
def several_active(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """Markers name several sessions as active, and this is one of them.

    Only one session of a folder is active at a time; every command would have to guess which one is meant.
    `mdtm switch` makes one of them the active one, and `mdtm doctor --fix` keeps the newest marker.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        +++
        -- .ruru/sessions/.active-SESSION-Slots-2506050301 --
        -- .ruru/sessions/.active-SESSION-Prices-2506050401 --
    """
    if workspace.trace is None:
        return
    home, _, name = document.folder.rpartition("/")
    marked = workspace.trace.marked(home)
    if len(marked) < 2 or name not in marked or _speaks_another(document, workspace):
        return
    status = document.frontmatter.get("status")
    start = document.frontmatter.span.start
    line = Span(start, document.text.line_span(document.text.line_at(start)).end)
    others = ", ".join(sorted(other for other in marked if other != name))
    message = f"markers name {others} as active too; `mdtm doctor --fix` keeps the newest one"
    yield Problem("several-active", Severity.WARNING, status.value.span if status else line, message)


def _speaks_another(document: Document, workspace: Workspace) -> bool:
    """Whether the state file beside a log speaks for the session."""
    beside = workspace.files_in(document.folder) or frozenset()
    return document.schema is SESSION_LOG and not STATE_FILES.isdisjoint(beside)
