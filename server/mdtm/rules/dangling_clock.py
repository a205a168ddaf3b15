from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from mdtm.asking import only
from mdtm.clock.edit import KEPT, inserted, pause
from mdtm.clock.ticks import Tick, all_ticks, may_resume, whole
from mdtm.document import Document
from mdtm.problem import Fix, Problem, Severity
from mdtm.timeline import Timeline
from mdtm.workspace import Workspace

GRACE = timedelta(minutes=5)
"""How long a rest may be that nobody need know of."""


def may_go_on(timeline: Timeline, workspace: object) -> bool:
    """Whether any entry may say that the session is resumed."""
    return may_resume(timeline.document)


@only("session-log", when=may_go_on)
def dangling_clock(timeline: Timeline, workspace: Workspace) -> Iterator[Problem]:
    """A session is resumed, but no entry says when it was paused.

    Nobody can tell how long it rested; it counts as resting since the entry before, which may be too long.
    A few minutes make no difference.
    A session that rests or is over without an `end_time` is a matter of wrong-end-time.
    The first fix pauses it at the entry before, the second half an hour later.

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
        - [2025-06-05T05:00:00Z] `dev-api`: Session resumed
        - [2025-06-05T05:20:00Z] `dev-api`: Session ended: they can be picked

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
        - [2025-06-05T03:20:00Z] Session paused: nothing was logged
        - [2025-06-05T05:00:00Z] `dev-api`: Session resumed
        - [2025-06-05T05:20:00Z] `dev-api`: Session ended: they can be picked
    """
    document = timeline.document
    place, before, end = 0, None, document.frontmatter.moment("end_time")
    for tick in all_ticks(document):
        ended = end and tick.moment and end.zoned is tick.moment.zoned and end.when <= tick.moment.when
        if tick.resumes and not place and not ended and not _is_near(before, tick):
            message = "the session goes on here, but no entry says when it was paused"
            yield Problem("dangling-clock", Severity.WARNING, tick.span, message, _pauses(document, before, tick))
        place = place if tick.place is None else tick.place
        before = tick if tick.moment else before


def _is_near(before: Tick | None, tick: Tick) -> bool:
    """Whether two entries are so near each other that it makes no difference when the session was paused."""
    if not before or not before.moment or not tick.moment or before.moment.zoned is not tick.moment.zoned:
        return False
    return abs(tick.moment.when - before.moment.when) <= GRACE


def _pauses(document: Document, before: Tick | None, tick: Tick) -> tuple[Fix, ...]:
    """Pauses the session at an entry, or a while later, before another one."""
    if not before or not before.moment or not tick.moment or tick.entry.form != "list":
        return ()
    first, last = whole(before.moment.when), whole(tick.moment.when)
    if not (before.moment.zoned and tick.moment.zoned and first <= last):
        return ()
    found = [("Pause it at the entry before", first)]
    if first + KEPT < last:
        found.append((f"Pause it {KEPT.seconds // 60} minutes after the entry before", first + KEPT))
    return tuple(Fix(title, (inserted(document, tick.at, pause(when, None)),), safe=False) for title, when in found)
