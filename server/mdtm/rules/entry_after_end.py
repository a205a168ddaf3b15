from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from mdtm.asking import only
from mdtm.events import kind_of
from mdtm.field_edit import set_text
from mdtm.problem import Fix, Problem, Related, Severity
from mdtm.schema.statuses import session_place
from mdtm.timeline import Timed, Timeline
from mdtm.times import in_order, read_time, spell_time, surely_earlier
from mdtm.usual import beyond_ends
from mdtm.workspace import Workspace

GRACE = timedelta(minutes=1)
"""How long after the end the entry may come that tells of it."""


@only("session-log", when=beyond_ends)
def entry_after_end(timeline: Timeline, workspace: Workspace) -> Iterator[Problem]:
    """An entry is later than the `end_time` of a session that has ended.

    The session went on after its recorded end, so its length is wrong, and what came later is easily missed.
    The entry that tells of the end may come a minute after it.
    One that lists an artifact, such as a summary, may come at any time.
    A session that was resumed behind its end is not meant: there the status is wrong.
    A time with a zone and one without are not compared.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🏁 Completed"
        start_time = "2025-06-05T03:01:44Z"
        end_time = "2025-06-05T04:00:00Z"
        coordinator = "dev-api"
        +++
        ## Log Entries

        - [2025-06-05T03:10:00Z] `dev-api`: Read the calendar.
        - [2025-06-05T04:20:00Z] `dev-api`: The slots can be picked.

    Good:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🏁 Completed"
        start_time = "2025-06-05T03:01:44Z"
        end_time = "2025-06-05T04:20:00Z"
        coordinator = "dev-api"
        +++
        ## Log Entries

        - [2025-06-05T03:10:00Z] `dev-api`: Read the calendar.
        - [2025-06-05T04:20:00Z] `dev-api`: The slots can be picked.
    """
    document = timeline.document
    end_text = document.frontmatter.text("end_time")
    if not end_text or in_order(timeline.stamps[1], end_text):
        return
    end, status = read_time(end_text), document.frontmatter.text("status")
    if end is None or not status or not session_place(status):
        return
    if timeline.ends and not surely_earlier(end, timeline.ends[1], GRACE):
        return
    late = [entry for entry in timeline.entries if entry.moment and surely_earlier(end, entry.moment, GRACE)]
    kinds = {_kind(entry) for entry in late}
    late = [entry for entry in late if _kind(entry) != "artifact"]
    if late and "resume" not in kinds:
        yield _problem(timeline, late, end_text)


def _kind(entry: Timed) -> str:
    return kind_of(entry.entry.text)


def _problem(timeline: Timeline, late: list[Timed], end_text: str) -> Problem:
    field = timeline.document.frontmatter.get("end_time")
    assert field
    times = [entry.moment for entry in late if entry.moment]
    last = late[times.index(max(times, key=lambda moment: moment.rank))]
    assert last.moment
    written = spell_time(last.moment.when) if last.moment.zoned else last.entry.stamp
    others = f", and so are {len(late) - 1} more" if len(late) > 1 else ""
    message = f"{late[0].entry.stamp} is later than end_time, {end_text}{others}"
    fix = Fix(f"Set end_time to {written}, the time of the last entry", (set_text(field, written),), safe=False)
    related = (Related(field.value.span, "the end of the session"),)
    return Problem("entry-after-end", Severity.INFORMATION, late[0].stamp_span, message, (fix,), related)
