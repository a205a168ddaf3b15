from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Fix, Problem, Severity
from mdtm.schema.statuses import session_place
from mdtm.state_edit import with_value
from mdtm.times import read_time

ENDS = ("completed_at", "archived_at", "ended_at", "finished_at")
CHANGES = ("updated_at", "last_updated", "execution_completed_at")


@only("workflow-state")
def completed_without_time(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """A workflow session is completed, but its state does not say when.

    It says when it began, so how long the work took could be told if this were known too.
    The time of the last change, where the state has one, is the nearest that is known.

    Bad:
        -- .workflow/completed/WFS-menu/workflow-session.json --
        {
          "session_id": "WFS-menu",
          "status": "completed",
          "created_at": "2025-06-05T03:01:44Z",
          "updated_at": "2025-06-05T04:20:00Z"
        }

    Good:
        -- .workflow/completed/WFS-menu/workflow-session.json --
        {
          "session_id": "WFS-menu",
          "status": "completed",
          "created_at": "2025-06-05T03:01:44Z",
          "updated_at": "2025-06-05T04:20:00Z",
          "completed_at": "2025-06-05T04:20:00Z"
        }
    """
    field = frontmatter.get("status")
    if field is None or field.value.kind != "string" or session_place(field.value.data) != 2:
        return
    values = frontmatter.values
    if values.get("created_at") and not any(values.get(key) for key in ENDS):
        message = "the session is completed, but there is no completed_at"
        yield Problem("completed-without-time", Severity.INFORMATION, field.value.span, message, _fixes(document))


def _fixes(document: Document) -> tuple[Fix, ...]:
    """The time of the last change."""
    frontmatter = document.frontmatter
    there = frontmatter.get("completed_at")
    if frontmatter.faults or (there and there.value.data != ""):
        return ()
    changed = next((text for key in CHANGES if (text := frontmatter.text(key)) and read_time(text)), None)
    if changed is None:
        return ()
    edit: Edit = with_value(document, ("completed_at",), changed)
    return (Fix(f"Write {changed}", (edit,), safe=False),)
