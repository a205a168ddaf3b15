from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.problem import Problem, Severity
from mdtm.text import Span
from mdtm.usual import has_state_file
from mdtm.workspace import Workspace


@only("session-log", when=has_state_file)
def missing_state_file(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A workflow session has a log, but no state file.

    Tools take a folder without `workflow-session.json` for no session at all; `mdtm doctor --fix` makes the file anew.

    Bad:
        -- .workflow/WFS-menu/session_log.md --
        +++
        id = "WFS-menu"
        title = "The menu of the week"
        status = "active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        +++
    """
    if not document.dialect.state_file:
        return
    name = document.folder.rpartition("/")[2]
    files = workspace.files_in(document.folder)
    if files is None or document.dialect.state_file in files or not document.dialect.id_pattern.fullmatch(name):
        return
    field = document.frontmatter.get("id")
    span = field.value.span if field else Span(0, len(document.text.line(0).rstrip("\r\n")))
    message = f"the session has no {document.dialect.state_file}; `mdtm doctor --fix` makes it"
    yield Problem("missing-state-file", Severity.WARNING, span, message)
