from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from mdtm.asking import only
from mdtm.clock.edit import Said, inserted
from mdtm.clock.intervals import Clock, duration, standing
from mdtm.clock.record import Record, record_of
from mdtm.clock.ticks import exact, whole
from mdtm.clock.timesheet import names_on
from mdtm.context.stack import TASK_TYPES
from mdtm.document import Document
from mdtm.problem import Fix, Problem, Severity
from mdtm.text import Span
from mdtm.timeline import Timed, Timeline
from mdtm.times import spell_time
from mdtm.workspace import Workspace

GRACE = timedelta(minutes=1)
"""How long two clocks may run at a time: those who write only minutes cannot be more exact."""


class Overlap(NamedTuple):
    """A stretch in which two sessions were at work at a time."""

    start: datetime
    end: datetime
    tasks: tuple[str, ...]
    """Those that were on the stacks of both."""


@only("session-log")
def overlapping_clock(timeline: Timeline, workspace: Workspace) -> Iterator[Problem]:
    """Another session began while the clock of this one went on, by the same coordinator or for the same task.

    The same time counts twice, and most likely somebody forgot to pause the session that was left.
    Only sessions whose times name their zone are compared, up to their last entries; a minute makes no difference.
    The fix pauses this session meanwhile, where nothing was logged in it.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🏁 Completed"
        start_time = "2025-06-05T03:01:44Z"
        end_time = "2025-06-05T05:20:00Z"
        coordinator = "dev-api"
        +++

        ## Log Entries

        - [2025-06-05T03:20:00Z] `dev-api`: Slots are ten minutes long.
        - [2025-06-05T05:20:00Z] `dev-api`: Session ended: they can be picked
        -- .ruru/sessions/SESSION-Prices-2506050401/session_log.md --
        +++
        id = "SESSION-Prices-2506050401"
        title = "Prices"
        status = "🏁 Completed"
        start_time = "2025-06-05T04:01:00Z"
        end_time = "2025-06-05T04:31:00Z"
        coordinator = "dev-api"
        +++

    Good:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🏁 Completed"
        start_time = "2025-06-05T03:01:44Z"
        end_time = "2025-06-05T05:20:00Z"
        coordinator = "dev-api"
        +++

        ## Log Entries

        - [2025-06-05T03:20:00Z] `dev-api`: Slots are ten minutes long.
        - [2025-06-05T04:01:00Z] Session paused: SESSION-Prices-2506050401 takes over
        - [2025-06-05T04:31:00Z] Session resumed
        - [2025-06-05T05:20:00Z] `dev-api`: Session ended: they can be picked
        -- .ruru/sessions/SESSION-Prices-2506050401/session_log.md --
        +++
        id = "SESSION-Prices-2506050401"
        title = "Prices"
        status = "🏁 Completed"
        start_time = "2025-06-05T04:01:00Z"
        end_time = "2025-06-05T04:31:00Z"
        coordinator = "dev-api"
        +++
    """
    document = timeline.document
    ends = _ends(document)
    if workspace.trace is None or ends is None:
        return
    others = list(workspace.trace.clocks.begun_after(document.folder, *ends))
    if not others:
        return
    own = record_of(document)
    for other in others:
        again = other.start == own.start and other.session < own.session  # which is told there
        if not again and (found := _overlaps(standing(own), standing(other))):
            yield from _problems(timeline, own, other, found)


def _ends(document: Document) -> tuple[datetime, datetime] | None:
    """When the clock begins and ends; None where that is not known, or an end names no zone.

    What has passed since the last entry of a session that goes on does not count: nobody knows who was at work.
    """
    frontmatter = document.frontmatter
    start, end = exact(frontmatter.moment("start_time")), exact(frontmatter.moment("end_time"))
    if end is None and start is not None:
        last = document.last_entry()
        end = exact(last.moment) if last else None
    if not start or not end or not start.zoned or not end.zoned:
        return None
    return whole(start.when), whole(end.when)


def _overlaps(one: Clock, other: Clock) -> list[Overlap]:
    """The stretches in which both are at work, in the order of time."""
    found = []
    for mine in one.at_work:
        for theirs in other.at_work:
            start, end = max(mine.start, theirs.start), min(mine.end, theirs.end)
            if start < end:
                tasks = set(names_on(mine, TASK_TYPES)) & set(names_on(theirs, TASK_TYPES))
                found.append(Overlap(start, end, tuple(sorted(tasks))))
    return sorted(found)


def _problems(timeline: Timeline, own: Record, other: Record, found: list[Overlap]) -> Iterator[Problem]:
    if own.author and own.author == other.author:
        what, severity = f"{other.session} of the same coordinator was at work", Severity.WARNING
    else:
        found = [one for one in found if one.tasks]
        what = f"{other.session} was at work on {', '.join(sorted({task for one in found for task in one.tasks}))}"
        severity = Severity.HINT
    together = sum((one.end - one.start for one in found), timedelta())
    if together <= GRACE:
        return
    start, end = found[0].start, found[-1].end
    message = f"{what} at the same time, for {duration(int(together.total_seconds()))} from {spell_time(start)} on"
    fixes = _fixes(timeline, other.session, start, end) if severity is Severity.WARNING else ()
    yield Problem("overlapping-clock", severity, _place(timeline, start), message, fixes)


def _place(timeline: Timeline, when: datetime) -> Span:
    """Where the last entry before a time has its own; where there is none the start_time."""
    before = [timed for timed in timeline.entries if (at := _when(timed)) and at <= when]
    field = timeline.document.frontmatter.get("start_time")
    return before[-1].stamp_span if before else field.value.span if field else Span(0, 0)


def _fixes(timeline: Timeline, other: str, start: datetime, end: datetime) -> tuple[Fix, ...]:
    """A pause while the other session was at work; none where something was logged meanwhile."""
    times = [(timed, at) for timed in timeline.entries if (at := _when(timed))]
    if not timeline.regular or timeline.timeless or any(start < at < end for _, at in times):
        return ()
    behind = next((timed for timed, at in times if at >= end), None)
    said = [Said(start, f"Session paused: {other} takes over"), *([Said(end, "Session resumed")] if behind else [])]
    edit = inserted(timeline.document, behind.start if behind else -1, said)
    return (Fix(f"Pause this session while {other} was at work", (edit,), safe=False),)


def _when(timed: Timed) -> datetime | None:
    moment = exact(timed.moment)
    return whole(moment.when) if moment and moment.zoned else None
