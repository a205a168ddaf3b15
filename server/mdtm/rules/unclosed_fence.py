from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.entry import is_usual, read_entry
from mdtm.fields import Edit
from mdtm.problem import Fix, Problem, Severity
from mdtm.text import Span
from mdtm.usual import odd_parts
from mdtm.workspace import Workspace


@only("session-log", when=odd_parts)
def unclosed_fence(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A block of code in a session log is opened and never closed.

    Everything behind it is code to whoever reads the log, so the entries there are lost.
    The fix closes it before the next entry, or at the end where nothing that looks like one follows; only that is safe.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        +++

        ## Log Entries

        - [2025-06-05T03:10:00Z] `dev-api`: Read the calendar.
          ```sh
          make slots
        - [2025-06-05T03:20:00Z] `dev-api`: Slots are ten minutes long.

    Good:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        +++

        ## Log Entries

        - [2025-06-05T03:10:00Z] `dev-api`: Read the calendar.
          ```sh
          make slots
          ```
        - [2025-06-05T03:20:00Z] `dev-api`: Slots are ten minutes long.
    """
    if not document.body or not document.body[-1].after.fence:
        return
    text = document.text
    opened = _opening(document)
    line = text.line(opened)
    span, fence = text.line_span(opened), document.body[-1].after.fence
    indent = line[: len(line) - len(line.lstrip(" "))]
    closing = f"{indent}{fence}{document.newline}"
    swallowed = next((n for n in range(opened + 1, text.line_count) if _begins_entry(text.line(n))), None)
    place = Span(text.line_start(opened) + len(indent), span.end)
    if swallowed is None:
        last = text.line(text.line_count - 1)
        edit = Edit(Span(len(text), len(text)), (document.newline if last else "") + closing)
        message, fix = "this block of code is never closed", Fix(f"Close it with {fence} at the end", (edit,))
    else:
        at = text.line_start(swallowed)
        message = f"this block of code is never closed, and swallows the entry in line {swallowed + 1}"
        fix = Fix(f"Close it with {fence} before that entry", (Edit(Span(at, at), closing),), safe=False)
    yield Problem("unclosed-fence", Severity.WARNING, place, message, (fix,))


def _opening(document: Document) -> int:
    """The number of the line that opens the block which the file ends in."""
    number = document.text.line_count
    for reading in reversed(document.body):
        for state in reversed(reading.states):
            if not state.fence:
                return number
            number -= 1
    return number


def _begins_entry(line: str) -> bool:
    """Whether a line begins an entry of a list, with its time."""
    if is_usual(line):
        return True
    entry = read_entry(line) if line[:2] in ("- ", "* ") else None
    return bool(entry and entry.timed and entry.moment)
