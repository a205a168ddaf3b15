from __future__ import annotations

from collections.abc import Iterator

from mdtm.problem import Problem, Related, Severity
from mdtm.timeline import Timed, Timeline
from mdtm.workspace import Workspace


def out_of_order(timeline: Timeline, workspace: Workspace) -> Iterator[Problem]:
    """An entry is earlier than one that stands before it.

    Entries are appended, so whoever reads the log from top to bottom takes the order of the lines for that of time.
    Only times that both name their zone, or both name none, are compared: one with and one without are no fault.
    Times that name only the day or the minute are in order when they may be.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "⏸️ Paused"
        start_time = "2025-06-05T03:01:44Z"
        end_time = "2025-06-05T04:00:00Z"
        coordinator = "dev-api"
        +++

        ## Log Entries

        - [2025-06-05T03:20:00Z] `dev-api`: Slots are ten minutes long.
        - [2025-06-05T03:10:00Z] `dev-api`: Read the calendar.
    """
    if timeline.regular:
        return
    latest: dict[bool, Timed] = {}
    for entry in timeline.entries:
        if entry.moment is None:
            continue
        before = latest.get(entry.moment.zoned)
        if before and before.moment and _is_before(entry, before):
            message = f"{entry.entry.stamp} is earlier than {before.entry.stamp}, which stands before it"
            related = (Related(before.stamp_span, "the later time"),)
            yield Problem("out-of-order", Severity.INFORMATION, entry.stamp_span, message, related=related)
        else:
            latest[entry.moment.zoned] = entry


def _is_before(entry: Timed, other: Timed) -> bool:
    """Whether an entry is surely earlier, as far as both times say."""
    assert entry.moment and other.moment
    precisions = {entry.moment.precision, other.moment.precision}
    first, second = entry.moment.when, other.moment.when
    if "day" in precisions:
        return first.date() < second.date()
    if "minute" in precisions:
        return first.replace(second=0, microsecond=0) < second.replace(second=0, microsecond=0)
    return first < second
