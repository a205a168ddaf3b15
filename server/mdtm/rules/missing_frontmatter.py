from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timezone
from itertools import islice

from mdtm.asking import only
from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.problem import Fix, Problem, Severity
from mdtm.session_id import goal_of, start_of
from mdtm.text import Span
from mdtm.times import spell_time
from mdtm.toml.writing import text_value
from mdtm.usual import odd_parts
from mdtm.workspace import Workspace

_FRONTMATTER_SOMEWHERE = re.compile(r"\+{2,}[ \t]*$|```[ \t]*toml|(?:id|title|status)[ \t]*=", re.MULTILINE)
LINES_LOOKED_AT = 60
"""How many lines are searched for frontmatter that stands where nobody reads it."""


@only("session-log", when=odd_parts)
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
        -- .ruru/sessions/.active-SESSION-Pick_up_slots-2506050301 --

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
        -- .ruru/sessions/.active-SESSION-Pick_up_slots-2506050301 --
    """
    if document.frontmatter.syntax != "none" or document.bad_byte is not None:
        return
    place = document.text.line_span(0)
    fixes: tuple[Fix, ...] = ()
    if not any(_FRONTMATTER_SOMEWHERE.match(line) for line in islice(document.text.lines(), LINES_LOOKED_AT)):
        fixes = (Fix("Write the frontmatter from the folder's name", _edits(document), safe=False),)
    yield Problem("missing-frontmatter", Severity.ERROR, place, "the session log has no frontmatter", fixes)


def _edits(document: Document) -> tuple[Edit, ...]:
    """The frontmatter before the text, and behind it what a log has besides, where that is missing too."""
    title = _title(document)
    lines = [*_frontmatter(document, title), ""]
    headings = [heading.title.lower() for heading in document.headings()]
    if not headings:
        lines += [f"# {title}", ""]
    ending = [] if any("log entries" in heading for heading in headings) else ["", "## Log Entries", ""]
    if not str(document.text).strip():
        whole = Span(0, len(document.text))
        return (Edit(whole, document.newline.join([*lines[:-1], *ending])),)
    end = len(document.text)
    last = document.text.line(document.text.line_count - 1)
    behind = Edit(Span(end, end), document.newline.join(["", *ending] if last else ending))
    before = Edit(Span(0, 0), document.newline.join([*lines, ""]))
    return (before, behind) if ending else (before,)


def _title(document: Document) -> str:
    session_id = document.folder.rpartition("/")[2]
    headings = (heading.title for heading in document.headings() if heading.level == 1)
    return next(headings, "") or goal_of(session_id) or session_id


def _frontmatter(document: Document, title: str) -> list[str]:
    session_id = document.folder.rpartition("/")[2]
    start = start_of(session_id)
    values = {
        "id": session_id,
        "title": title,
        "status": document.dialect.active,
        "start_time": spell_time(start.when.replace(tzinfo=timezone.utc)) if start else "",
        "end_time": "",
        "coordinator": document.first_actor(),
    }
    lines = ["+++", *(f"{name} = {text_value(value)}" for name, value in values.items())]
    return [*lines, "related_tasks = []", "related_artifacts = []", 'tags = ["session", "log"]', "+++"]
