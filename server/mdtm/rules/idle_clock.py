from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from mdtm.asking import only
from mdtm.clock.edit import KEPT, inserted, pause
from mdtm.clock.gaps import HOUR, Gap, gaps, is_near
from mdtm.clock.intervals import Clock, duration, standing
from mdtm.clock.record import record_of
from mdtm.clock.ticks import exact, whole
from mdtm.document import Document
from mdtm.problem import Fix, Problem, Severity
from mdtm.sessions import place_by_status
from mdtm.timeline import Timeline
from mdtm.times import in_order
from mdtm.workspace import Workspace


def may_idle(timeline: Timeline, workspace: Workspace) -> bool:
    """Whether nothing may have been logged for hours, between two entries or before the end."""
    first, last = timeline.stamps
    hours, end = workspace.idle_minutes // 60, timeline.document.frontmatter.text("end_time") or ""
    if not timeline.regular or not is_near(first, last, hours):
        return True
    return end != "" and not (in_order(last, end) and is_near(last, end, hours))


@only("session-log", when=may_idle)
def idle_clock(timeline: Timeline, workspace: Workspace) -> Iterator[Problem]:
    """Nothing was logged for hours, and still the clock of the session went on.

    The time counts as work, though most likely nobody was there: over lunch, or over night.
    It is asked for after four hours, or after as many minutes as the setting `idle_minutes` says.
    The time between two entries is meant, and that from the last one to the end of a session that is over.
    The first fix makes a pause of it, the second keeps half an hour; who was at work all the time allows it.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🏁 Completed"
        start_time = "2025-06-05T03:01:44Z"
        end_time = "2025-06-05T10:20:00Z"
        coordinator = "dev-api"
        +++

        ## Log Entries

        - [2025-06-05T03:20:00Z] `dev-api`: Slots are ten minutes long.
        - [2025-06-05T10:00:00Z] `dev-api`: They can be picked.

    Good:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🏁 Completed"
        start_time = "2025-06-05T03:01:44Z"
        end_time = "2025-06-05T10:20:00Z"
        coordinator = "dev-api"
        +++

        ## Log Entries

        - [2025-06-05T03:20:00Z] `dev-api`: Slots are ten minutes long.
        - [2025-06-05T03:20:00Z] Session paused: nothing was logged
        - [2025-06-05T10:00:00Z] Session resumed
        - [2025-06-05T10:00:00Z] `dev-api`: They can be picked.
    """
    longest = timedelta(minutes=workspace.idle_minutes)
    found = [*gaps(timeline, longest), *_last_gap(timeline, longest)]
    if not found:
        return
    record = record_of(timeline.document)
    clock = standing(record)
    for gap in found:
        ahead = workspace.now is not None and gap.end > workspace.now  # a time that is wrong, as other rules say
        if gap.zoned is record.zoned and not ahead and _at_work(clock, gap):
            yield _problem(timeline.document, gap)


def _last_gap(timeline: Timeline, longest: timedelta) -> Iterator[Gap]:
    """The time from the last entry to the end_time of a session that is over."""
    document = timeline.document
    end_text, last_stamp = document.frontmatter.text("end_time"), timeline.stamps[1]
    if not end_text or (in_order(last_stamp, end_text) and is_near(last_stamp, end_text, longest // HOUR)):
        return
    end = exact(document.frontmatter.moment("end_time"))
    last = document.last_entry() if end else None
    if not end or not last or not last.moment or last.moment.zoned is not end.zoned:
        return
    if not place_by_status(document):
        return
    known = [timed for timed in timeline.entries if (moment := exact(timed.moment)) and moment.zoned is end.zoned]
    latest = max(known, key=lambda timed: timed.moment.rank, default=None)  # type: ignore[union-attr]
    if latest and latest.moment and whole(end.when) - whole(latest.moment.when) > longest:
        yield Gap(whole(latest.moment.when), whole(end.when), end.zoned, -1, latest.stamp_span)


def _at_work(clock: Clock, gap: Gap) -> bool:
    """Whether the clock counts all of a gap as work."""
    return any(one.start <= gap.start and gap.end <= one.end for one in clock.at_work)


def _problem(document: Document, gap: Gap) -> Problem:
    passed = duration(int((gap.end - gap.start).total_seconds()))
    before, behind = ("before this, for", "") if gap.at >= 0 else ("behind this, for", ", until its end_time")
    message = f"nothing was logged {before} {passed}{behind}, and the session was not paused"
    return Problem("idle-clock", Severity.HINT, gap.span, message, _fixes(document, gap))


def _fixes(document: Document, gap: Gap) -> tuple[Fix, ...]:
    """A pause in its place; none where the zone is not known, or no list stands around it."""
    line = document.text.line(document.text.line_at(gap.span.start))
    if not gap.zoned or line[:2] not in ("- ", "* ", "+ "):
        return ()
    end = gap.end if gap.at >= 0 else None
    found = [("Make a pause of it", gap.start)]
    if gap.start + KEPT < gap.end:
        found.append((f"Keep {KEPT.seconds // 60} minutes of it, and make a pause of the rest", gap.start + KEPT))
    edits = [(title, inserted(document, gap.at, pause(start, end))) for title, start in found]
    return tuple(
        Fix(title, (edit,), safe=False) for title, edit in edits if gap.at >= 0 or edit.span.start > gap.span.start
    )
