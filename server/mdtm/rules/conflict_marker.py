from __future__ import annotations

import re
from collections.abc import Iterator

from mdtm.markdown import Reading
from mdtm.problem import Problem, Severity
from mdtm.text import Span

_MARKER = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: [^\r\n]*)?$", re.MULTILINE)


def conflict_marker(reading: Reading) -> Iterator[Problem]:
    """A line is a conflict marker that a merge has left behind.

    Both sides of the conflict stand in the file, so that no reader can tell what holds, and TOML cannot be read at all.
    Which side is right only a person knows, so there is no fix.

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

        <<<<<<< HEAD
        - [2025-06-05T03:20:00Z] `dev-api`: Slots are ten minutes long.
    """
    text = reading.text
    if "<<<<<<<" not in text and ">>>>>>>" not in text and "|||||||" not in text:
        return
    for match in _MARKER.finditer(text):
        message = "a merge left this conflict marker; keep one side and remove the markers"
        yield Problem("conflict-marker", Severity.ERROR, Span(*match.span()), message)
