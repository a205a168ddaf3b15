from __future__ import annotations

from collections.abc import Iterator
from datetime import timezone

from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.problem import Fix, Problem, Severity
from mdtm.schema.sessions import SESSION_LOG
from mdtm.session_id import goal_of, start_of
from mdtm.text import Span
from mdtm.times import spell_time
from mdtm.toml.writing import text_value
from mdtm.workspace import Workspace


def missing_frontmatter(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A session log has no frontmatter at all; often the file is empty.

    Without it the session has no status, no times and no artifacts, and tools do not find it.
    The fix takes what the folder's name tells, and the first who acted in the log as coordinator.
    Look at the title and the status afterwards: they are guesses.

    Bad:
        -- .ruru/sessions/SESSION-Pick_up_slots-2506050301/session_log.md --
        # Pick up slots

        ## Log Entries

        - [2025-06-05T03:01:00Z] `dev-api`: Session started

    Good:
        -- .ruru/sessions/SESSION-Pick_up_slots-2506050301/session_log.md --
        +++
        id = "SESSION-Pick_up_slots-2506050301"
        title = "Pick up slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:00Z"
        end_time = ""
        coordinator = "dev-api"
        related_tasks = []
        related_artifacts = []
        tags = ["session", "log"]
        +++

        # Pick up slots

        ## Log Entries

        - [2025-06-05T03:01:00Z] `dev-api`: Session started
    """
    if document.frontmatter.syntax != "none" or document.schema is not SESSION_LOG:
        return
    first_line = document.text.line_span(0)
    fixes = (Fix("Write the frontmatter from the folder's name", (_edit(document),), safe=False),)
    yield Problem("missing-frontmatter", Severity.ERROR, first_line, "the session log has no frontmatter", fixes)


def _edit(document: Document) -> Edit:
    session_id = document.folder.rpartition("/")[2]
    start = start_of(session_id)
    values = {
        "id": session_id,
        "title": goal_of(session_id) or session_id,
        "status": document.dialect.active,
        "start_time": spell_time(start.when.replace(tzinfo=timezone.utc)) if start else "",
        "end_time": "",
        "coordinator": document.first_actor(),
    }
    lines = ["+++", *(f"{name} = {text_value(value)}" for name, value in values.items())]
    lines += ["related_tasks = []", "related_artifacts = []", 'tags = ["session", "log"]', "+++", ""]
    rest = [""] if document.text.line(0).strip() else []
    return Edit(Span(0, 0), document.newline.join([*lines, *rest]))
