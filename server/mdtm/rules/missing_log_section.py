from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.line import read_line
from mdtm.problem import Fix, Problem, Severity
from mdtm.text import Span
from mdtm.usual import odd_parts
from mdtm.workspace import Workspace

HEADING = "## Log Entries"


@only("session-log", when=odd_parts)
def missing_log_section(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A session log has text but no section `## Log Entries`.

    Tools add entries at the end of that section, and look for them there.
    A log with nothing behind its frontmatter is not meant: the first entry brings the heading with it.
    Nor is one whose last block of code is never closed, which may hold the section.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        +++

        # Slots

        - [2025-06-05T03:10:00Z] `dev-api`: Read the calendar.

    Good:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        +++

        # Slots

        ## Log Entries

        - [2025-06-05T03:10:00Z] `dev-api`: Read the calendar.
    """
    if not document.body or document.body[-1].after.log:
        return
    if document.frontmatter.syntax != "toml" or any(state.log for part in document.body for state in part.states):
        return
    end = document.frontmatter.span.end
    _, behind = read_line(HEADING, document.body[-1].after)
    if behind.log and document.text[Span(end, len(document.text))].strip():
        line = document.text.line_span(document.frontmatter.lines - 1)
        message = f"the log has no section {HEADING}"
        yield Problem("missing-log-section", Severity.INFORMATION, line, message, _fixes(document))


def _fixes(document: Document) -> tuple[Fix, ...]:
    """Adds the heading before the first entry, or at the end, unless that is inside a block of code or a comment."""
    newline, text, last = document.newline, document.text, document.body[-1].after
    first = next((start for entry, start in document.entries() if entry.form != "yaml"), None)
    if first is None and (last.fence or last.comment):
        return ()
    at = len(text) if first is None else first
    number = text.line_at(at)
    lines = text.line(number)[: at - text.line_start(number)] or (text.line(number - 1) if number else "")
    before = newline * ((not lines.endswith(("\n", "\r"))) + bool(lines.strip()))
    behind = newline if first is None else newline * 2
    return (Fix(f"Add {HEADING}", (Edit(Span(at, at), f"{before}{HEADING}{behind}"),)),)
