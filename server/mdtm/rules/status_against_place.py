from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.field_edit import set_text
from mdtm.problem import Fix, Problem, Severity
from mdtm.schema.statuses import session_place
from mdtm.workflow import DIALECT, DONE_PLACES, OPEN_PLACE, is_over
from mdtm.workspace import Workspace

PLACES = tuple(f"{place}/" for place in (*DONE_PLACES, OPEN_PLACE))


@only("workflow-state")
def status_against_place(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """The status of a workflow session disagrees with the folder that it lies in.

    Tools list what lies below `active/` as open, and what lies below `completed/` or `archives/` as over.
    A session that is completed but still lies among the open ones is moved by `mdtm workflow archive`.
    Nothing is said of that while a marker names the session as the active one.

    Bad:
        -- .workflow/archives/WFS-menu/workflow-session.json --
        {
          "session_id": "WFS-menu",
          "status": "planning"
        }

    Good:
        -- .workflow/archives/WFS-menu/workflow-session.json --
        {
          "session_id": "WFS-menu",
          "status": "completed"
        }
    """
    if not document.folder.startswith(PLACES):
        return
    field = document.frontmatter.get("status")
    if field is None or field.value.kind != "string" or not field.value.data:
        return
    home, _, name = document.folder.rpartition("/")
    status, completed = field.value.data, DIALECT.statuses[2]
    if home in DONE_PLACES and not is_over(status):
        message = f'the session lies in {home}/, where all are over, but its status is "{status}"'
        fix = Fix(f'Write "{completed}"', (set_text(field, completed),), safe=False)
        yield Problem("status-against-place", Severity.WARNING, field.value.span, message, (fix,))
    elif home == OPEN_PLACE and session_place(status) == 2 and not _is_marked(name, workspace):
        message = f"the session is {status}, but lies among the open ones; `mdtm workflow archive {name}` moves it"
        yield Problem("status-against-place", Severity.WARNING, field.value.span, message)


def _is_marked(session: str, workspace: Workspace) -> bool:
    return workspace.trace is not None and session in workspace.trace.marked(OPEN_PLACE)
