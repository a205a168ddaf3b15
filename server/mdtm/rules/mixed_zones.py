from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from mdtm.asking import only
from mdtm.fields import Edit
from mdtm.problem import Fix, Problem, Related, Severity
from mdtm.timeline import Timed, Timeline, irregular
from mdtm.times import read_time, surely_earlier
from mdtm.workspace import Workspace

_ZONE = re.compile(r"\d(?:[ ]?(Z|[+-]\d\d:?\d\d))$", re.IGNORECASE)


@only("session-log", when=irregular)
def mixed_zones(timeline: Timeline, workspace: Workspace) -> Iterator[Problem]:
    """Some entries of a log name the zone of their time, and some do not.

    Nobody can tell whether a time without a zone is before or after one that has one, nor how long anything took.
    Where all entries are in order once the others' zone holds for those without one, the fix writes it.
    A bare date has no zone, and is not meant.

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
        - [2025-06-05T03:15:00] `dev-api`: Slots are ten minutes long.
        - [2025-06-05T03:20:00Z] `dev-api`: They begin at seven.

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
        - [2025-06-05T03:15:00Z] `dev-api`: Slots are ten minutes long.
        - [2025-06-05T03:20:00Z] `dev-api`: They begin at seven.
    """
    timed = [entry for entry in timeline.entries if entry.moment and entry.moment.precision != "day"]
    zoned = [entry for entry in timed if entry.moment and entry.moment.zoned]
    naive = [entry for entry in timed if entry.moment and not entry.moment.zoned]
    if not zoned or not naive:
        return
    rarer, others = (naive, zoned) if len(naive) <= len(zoned) else (zoned, naive)
    names = "no zone" if rarer is naive else "a zone"
    message = f"{rarer[0].entry.stamp} names {names}, unlike {len(others)} of {len(timed)} entries"
    related = (Related(others[0].stamp_span, "an entry that does otherwise"),)
    fixes = _fixes(timed, naive, zoned, timeline.document.frontmatter.text("start_time") or "")
    yield Problem("mixed-zones", Severity.HINT, rarer[0].stamp_span, message, fixes, related)


def _fixes(timed: list[Timed], naive: list[Timed], zoned: list[Timed], start_time: str) -> tuple[Fix, ...]:
    """Writes the one zone that is named behind the other times, when all are in order then, and behind the start."""
    named = {match[1] if (match := _ZONE.search(entry.entry.stamp)) else "" for entry in zoned}
    zone = next(iter(named))
    if len(named) > 1 or not zone:
        return ()
    written = {entry.start: f"{entry.entry.stamp}{zone}" for entry in naive}
    moments = [read_time(written.get(entry.start, entry.entry.stamp)) for entry in timed]
    read = [moment for moment in moments if moment and moment.zoned]
    if len(read) < len(timed) or any(surely_earlier(later, earlier) for earlier, later in pairwise(read)):
        return ()
    start = read_time(start_time)
    if start and surely_earlier(read[0], start, timedelta(minutes=1)):
        return ()
    edits = tuple(Edit(entry.stamp_span, written[entry.start]) for entry in naive)
    return (Fix(f"Write {zone} behind the times that name no zone", edits, safe=False),)
