from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.field_edit import set_text
from mdtm.problem import Fix, Problem, Severity
from mdtm.schema.statuses import session_place
from mdtm.usual import has_state_file
from mdtm.workspace import Workspace


@only("session-log", when=has_state_file)
def log_against_state(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """The log of a workflow session has another status than its state file.

    The state file decides, so whoever reads the log is told something wrong.

    Bad:
        -- .workflow/WFS-menu/session_log.md --
        +++
        id = "WFS-menu"
        title = "The menu of the week"
        status = "paused"
        start_time = "2025-06-05T03:01:44Z"
        end_time = "2025-06-05T04:20:00Z"
        coordinator = "dev-api"
        +++
        -- .workflow/WFS-menu/workflow-session.json --
        {
          "session_id": "WFS-menu",
          "status": "completed"
        }

    Good:
        -- .workflow/WFS-menu/session_log.md --
        +++
        id = "WFS-menu"
        title = "The menu of the week"
        status = "completed"
        start_time = "2025-06-05T03:01:44Z"
        end_time = "2025-06-05T04:20:00Z"
        coordinator = "dev-api"
        +++
        -- .workflow/WFS-menu/workflow-session.json --
        {
          "session_id": "WFS-menu",
          "status": "completed"
        }
    """
    if not document.dialect.state_file or workspace.trace is None:
        return
    field = document.frontmatter.get("status")
    if field is None or field.value.kind != "string":
        return
    state = workspace.trace.state_status(document.folder)
    place, right = session_place(field.value.data), session_place(state)
    if right is not None and place is not None and place != right:
        status = document.dialect.statuses[right]
        message = f'the log says "{field.value.data}", but {document.dialect.state_file} says "{state}"'
        fix = Fix(f'Write "{status}"', (set_text(field, status),), safe=False)
        yield Problem("log-against-state", Severity.WARNING, field.value.span, message, (fix,))
