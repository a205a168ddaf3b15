from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.fields import Edit
from mdtm.problem import Fix, Problem, Severity
from mdtm.text import Span
from mdtm.timeline import Timeless, Timeline, has_timeless
from mdtm.workspace import Workspace


@only("session-log", when=has_timeless)
def untimed_entry(timeline: Timeline, workspace: Workspace) -> Iterator[Problem]:
    """An entry among others that have a time has none.

    Nobody can tell later when it happened, and it is in no summary of a stretch of time.
    The fix takes the time of the entry before, which is the least that is known.
    Where no entry of a log has a time, that is a habit and no fault.

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
        - Slots are ten minutes long.

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
        - [2025-06-05T03:10:00Z] Slots are ten minutes long.
    """
    if not any(reading.timed_lines for reading in timeline.document.body):
        return
    for one in timeline.timeless:
        if not one.entry.timed:
            message = "an entry begins with its time, like - [2025-06-05T10:15:00Z], and this one has none"
            yield Problem("untimed-entry", Severity.INFORMATION, one.placed.span, message, _fixes(one))


def _fixes(one: Timeless) -> tuple[Fix, ...]:
    if one.before is None:
        return ()
    stamp, place = one.before.entry.stamp, one.placed.stamp_span.start
    edit = Edit(Span(place, place), f"[{stamp}] ")
    return (Fix(f"Take the time of the entry before, {stamp}", (edit,), safe=False),)
