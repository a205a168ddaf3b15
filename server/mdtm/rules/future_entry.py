from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from mdtm.asking import only
from mdtm.fields import Edit
from mdtm.problem import Fix, Problem, Severity
from mdtm.timeline import Timed, Timeline
from mdtm.usual import beyond_ends
from mdtm.workspace import Workspace

SLACK = timedelta(days=1)
"""How far clocks and zones may differ."""


@only(when=beyond_ends)
def future_entry(timeline: Timeline, workspace: Workspace) -> Iterator[Problem]:
    """An entry of the log has a time that is still to come.

    What has not happened yet cannot have been logged: the time was made up, or mistyped.
    A day makes no difference, for clocks and zones differ.
    The fix takes the time of the entry before, which is the least that is known.

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
        - [2052-06-05T03:20:00Z] `dev-api`: Slots are ten minutes long.

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
        - [2025-06-05T03:10:00Z] `dev-api`: Slots are ten minutes long.
    """
    last = timeline.stamps[1]
    if workspace.now is None or (last and last[:10] <= workspace.now.isoformat()[:10]):
        return
    latest = (workspace.now + SLACK).timestamp()
    if timeline.ends and timeline.ends[1].rank <= latest:
        return
    before: Timed | None = None
    for entry in timeline.entries:
        if entry.moment is None:
            continue
        if entry.moment.rank > latest:
            message = f"{entry.entry.stamp} is still to come; it is {workspace.now:%Y-%m-%d} now"
            yield Problem("future-entry", Severity.WARNING, entry.stamp_span, message, _fixes(entry, before))
        else:
            before = entry


def _fixes(entry: Timed, before: Timed | None) -> tuple[Fix, ...]:
    if before is None:
        return ()
    stamp = before.entry.stamp
    return (Fix(f"Take the time of the entry before, {stamp}", (Edit(entry.stamp_span, stamp),), safe=False),)
