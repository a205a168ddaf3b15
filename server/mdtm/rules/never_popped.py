from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from mdtm.asking import only
from mdtm.clock.edit import Said, inserted
from mdtm.clock.intervals import standing
from mdtm.clock.record import record_of
from mdtm.clock.ticks import Tick, may_push, whole
from mdtm.context.stack import KEY, Item, Switch, stack_in, switched
from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.problem import Fix, Problem, Severity
from mdtm.schema.statuses import OVER
from mdtm.sessions import place_by_status
from mdtm.timeline import Timeline
from mdtm.workspace import Workspace


def is_over(timeline: Timeline, workspace: object) -> bool:
    """Whether a session is completed or in error by its status."""
    return place_by_status(timeline.document) in OVER


@only("session-log", when=is_over)
def never_popped(timeline: Timeline, workspace: Workspace) -> Iterator[Problem]:
    """Something is still on the stack of a session that is over.

    It looks as if it were worked on, and whoever sums up the time cannot tell when that ended.
    The stack is the one that the entries tell of, or the key `context`.
    The fix clears the stack when the session ended, in both.

    Bad:
        -- .mdtm/sessions/SESSION-001/session_log.md --
        +++
        id = "SESSION-001"
        title = "Slots"
        status = "completed"
        start_time = "2025-06-05T03:01:44Z"
        end_time = "2025-06-05T04:20:00Z"
        coordinator = "dev-api"
        context = [{type = "sprint", id = "SPRINT-1", pushed_at = "2025-06-05T03:20:00Z"}]
        +++

        ## Log Entries

        - [2025-06-05T03:20:00Z] `dev-api`: Context: pushed sprint `SPRINT-1`
        - [2025-06-05T04:20:00Z] `dev-api`: Session ended: they can be picked

    Good:
        -- .mdtm/sessions/SESSION-001/session_log.md --
        +++
        id = "SESSION-001"
        title = "Slots"
        status = "completed"
        start_time = "2025-06-05T03:01:44Z"
        end_time = "2025-06-05T04:20:00Z"
        coordinator = "dev-api"
        context = []
        +++

        ## Log Entries

        - [2025-06-05T03:20:00Z] `dev-api`: Context: pushed sprint `SPRINT-1`
        - [2025-06-05T04:20:00Z] Context: cleared
        - [2025-06-05T04:20:00Z] `dev-api`: Session ended: they can be picked
    """
    document = timeline.document
    told = set[tuple[str, str]]()
    for item, problem in _told(document) if may_push(document) else ():
        if (item.type, item.id) not in told:
            yield problem
        told.add((item.type, item.id))
    field = document.frontmatter.get(KEY)
    for item in stack_in(field.value.data) if field else ():
        if field and (item.type, item.id) not in told:
            message = f"the session is over, but {item.type} {item.id} is still on its stack"
            fix = Fix("Clear the stack", _emptied(document), safe=False)
            yield Problem("never-popped", Severity.WARNING, field.value.span, message, (fix,))


def _told(document: Document) -> Iterator[tuple[Item, Problem]]:
    """What the entries push and never pop."""
    record = record_of(document)
    clock = standing(record)
    pushes = {(tick.switch.type, tick.switch.id): tick for tick in record.ticks if tick.switch}
    end = next((tick for tick in reversed(record.ticks) if tick.place in OVER), None)
    last = [tick for tick in record.ticks if tick.switch][-1:]
    fixes = _clears(document, last[0], end, clock.end if record.zoned else None) if clock.stack else ()
    for item in clock.stack:
        tick = pushes[item.type, item.id]
        message = f"{item.type} {item.id} was never popped, though the session is over"
        yield item, Problem("never-popped", Severity.WARNING, tick.span, message, fixes)


def _clears(document: Document, last: Tick, end: Tick | None, when: datetime | None) -> tuple[Fix, ...]:
    """Clears the stack before the entry that tells of the end, or else at the end of the log.

    `last` is the entry that changed the stack last, which has to stand before.
    """
    if end and end.at > last.at:
        when = end.moment.when if end.entry.form == "list" and end.moment and end.moment.zoned else None
    if when is None or not last.moment or not last.moment.zoned or last.moment.when > whole(when):
        return ()
    said = Said(whole(when), switched(Switch("cleared")))
    edit = inserted(document, end.at if end and end.at > last.at else -1, [said])
    if edit.span.start <= last.at:
        return ()  # that entry stands behind the log
    return (Fix("Clear the stack when the session ended", (edit, *_emptied(document)), safe=False),)


def _emptied(document: Document) -> tuple[Edit, ...]:
    """The edit that takes all off the stack in the frontmatter, where anything is there."""
    field = document.frontmatter.get(KEY)
    return (Edit(field.value.span, "[]"),) if field and field.value.items else ()
