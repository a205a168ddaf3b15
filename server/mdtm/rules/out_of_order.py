from __future__ import annotations

from collections.abc import Iterator

from mdtm.problem import Fix, Problem, Related, Severity
from mdtm.timeline import Timed, Timeline, moved_lines
from mdtm.times import surely_earlier
from mdtm.workspace import Workspace


def out_of_order(timeline: Timeline, workspace: Workspace) -> Iterator[Problem]:
    """An entry is earlier than one that stands before it.

    Entries are appended, so whoever reads the log from top to bottom takes the order of the lines for that of time.
    Only times that both name their zone, or both name none, are compared: one with and one without are no fault.
    Times that name only the day or the minute are in order when they may be.
    The fix moves the entry to where its time belongs, in a plain list of entries whose zones are all known.

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

        - [2025-06-05T03:20:00Z] `dev-api`: Slots are ten minutes long.
        - [2025-06-05T03:10:00Z] `dev-api`: Read the calendar.
          It has no holidays.

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
          It has no holidays.
        - [2025-06-05T03:20:00Z] `dev-api`: Slots are ten minutes long.
    """
    if timeline.regular:
        return
    latest: dict[bool, Timed] = {}
    for number, entry in enumerate(timeline.entries):
        if entry.moment is None:
            continue
        before = latest.get(entry.moment.zoned)
        if before and before.moment and surely_earlier(entry.moment, before.moment):
            message = f"{entry.entry.stamp} is earlier than {before.entry.stamp}, which stands before it"
            related = (Related(before.stamp_span, "the later time"),)
            fixes = _fixes(timeline, number)
            yield Problem("out-of-order", Severity.INFORMATION, entry.stamp_span, message, fixes, related)
        else:
            latest[entry.moment.zoned] = entry


def _fixes(timeline: Timeline, number: int) -> tuple[Fix, ...]:
    """Moves an entry before the first that is later, when nothing but entries whose zones are known lies between."""
    late = timeline.entries[number].moment
    later = (
        place
        for place, entry in enumerate(timeline.entries[:number])
        if late and entry.moment and surely_earlier(late, entry.moment)
    )
    first = next(later)
    passed = timeline.entries[first : number + 1]
    if not all(entry.entry.form == "list" and entry.moment and entry.moment.zoned for entry in passed):
        return ()
    if any(whole.followed for whole in timeline.wholes[first:number]):
        return ()
    edits = moved_lines(timeline.document, timeline.wholes[number].span, passed[0].start)
    return (Fix("Move it to where its time belongs", edits, safe=False),)
