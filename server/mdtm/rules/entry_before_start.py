from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from mdtm.asking import only
from mdtm.field_edit import set_text
from mdtm.fields import Field
from mdtm.problem import Fix, Problem, Related, Severity
from mdtm.timeline import Timed, Timeline
from mdtm.times import Moment, in_order, read_time, spell_time, surely_earlier
from mdtm.usual import beyond_ends
from mdtm.workspace import Workspace

GRACE = timedelta(minutes=1)
QUARTER = timedelta(minutes=15)
FARTHEST_ZONE = timedelta(hours=14)


@only("session-log", when=beyond_ends)
def entry_before_start(timeline: Timeline, workspace: Workspace) -> Iterator[Problem]:
    """An entry is earlier than the `start_time` of its session.

    One of the two times is wrong, and so is whatever is worked out from them.
    A minute makes no difference, and a time with a zone and one without are not compared.
    Where the two are just a time zone apart, one of them is likely a local time taken for UTC: a hint.

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

        - [2025-06-05T02:58:00Z] `dev-api`: Read the calendar.

    Good:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T02:58:00Z"
        coordinator = "dev-api"
        +++
        ## Log Entries

        - [2025-06-05T02:58:00Z] `dev-api`: Read the calendar.
    """
    document = timeline.document
    field = document.frontmatter.get("start_time")
    if field is None or not isinstance(field.value.data, str) or in_order(field.value.data, timeline.stamps[0]):
        return
    start = read_time(field.value.data)
    if start is None or (timeline.ends and not surely_earlier(timeline.ends[0], start, GRACE)):
        return
    early = [entry for entry in timeline.entries if entry.moment and surely_earlier(entry.moment, start, GRACE)]
    if early:
        yield _problem(field, start, early)


def _problem(field: Field, start: Moment, early: list[Timed]) -> Problem:
    first = early[0]
    assert first.moment
    between = start.when - first.moment.when
    others = f", and so are {len(early) - 1} more" if len(early) > 1 else ""
    message = f"{first.entry.stamp} is earlier than start_time, {field.value.data}{others}"
    severity = Severity.INFORMATION
    if between <= FARTHEST_ZONE and abs(between - round(between / QUARTER) * QUARTER) <= GRACE and between > GRACE * 25:
        severity = Severity.HINT
        message += "; the two are just a time zone apart"
    written = spell_time(first.moment.when) if first.moment.zoned else first.entry.stamp
    fix = Fix(f"Set start_time to {written}, the time of the entry", (set_text(field, written),), safe=False)
    related = (Related(field.value.span, "the start of the session"),)
    return Problem("entry-before-start", severity, first.stamp_span, message, (fix,), related)
