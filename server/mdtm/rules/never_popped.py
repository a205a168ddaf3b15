from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from mdtm.asking import only
from mdtm.clock import standing
from mdtm.clock_edit import Said, inserted
from mdtm.context import Item, Switch, stack_in, switched
from mdtm.document import Document
from mdtm.field_edit import remove_item
from mdtm.fields import Edit
from mdtm.problem import Fix, Problem, Severity
from mdtm.record import record_of
from mdtm.schema.statuses import session_place
from mdtm.ticks import Tick, may_push, whole
from mdtm.timeline import Timeline
from mdtm.workspace import Workspace


def is_over(timeline: Timeline, workspace: object) -> bool:
    """Whether a session is completed or in error by its status."""
    return (session_place(timeline.document.frontmatter.text("status") or "") or 0) > 1


@only("session-log", when=is_over)
def never_popped(timeline: Timeline, workspace: Workspace) -> Iterator[Problem]:
    """Something is still on the stack of a session that is over.

    It looks as if it were worked on, and whoever sums up the time cannot tell when that ended.
    The stack is the one that the entries tell of, or the key `context`.
    The fix pops it when the session ended, and takes it out of the key.

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
        - [2025-06-05T04:20:00Z] Context: popped sprint `SPRINT-1`
        - [2025-06-05T04:20:00Z] `dev-api`: Session ended: they can be picked
    """
    document = timeline.document
    field = document.frontmatter.get("context")
    told = set[tuple[str, str]]()
    if may_push(document):
        for item, problem in _told(document):
            told.add((item.type, item.id))
            yield problem
    for item in stack_in(document.frontmatter.values.get("context")) if field else ():
        if field and (item.type, item.id) not in told:
            message = f"the session is over, but {item.type} {item.id} is still on its stack"
            edits = _unlisted(document, item)
            fixes = (Fix(f"Take {item.id} off the stack", edits, safe=False),) if edits else ()
            yield Problem("never-popped", Severity.WARNING, field.value.span, message, fixes)


def _told(document: Document) -> Iterator[tuple[Item, Problem]]:
    """What the entries push and never pop."""
    record = record_of(document)
    clock = standing(record)
    pushes = {(tick.switch.type, tick.switch.id): tick for tick in record.ticks if tick.switch}
    end = next((tick for tick in reversed(record.ticks) if (tick.place or 0) > 1), None)
    for item in clock.stack:
        tick = pushes[item.type, item.id]
        span = (tick.entry.stamp_span if tick.entry.timed else tick.entry.span).moved(tick.at)
        message = f"{item.type} {item.id} was never popped, though the session is over"
        fixes = _pops(document, item, end, clock.end if record.zoned else None)
        yield item, Problem("never-popped", Severity.WARNING, span, message, fixes)


def _pops(document: Document, item: Item, end: Tick | None, when: datetime | None) -> tuple[Fix, ...]:
    """Pops something when the session ended, before the entry that tells of that."""
    if when is None or (end and (end.entry.form != "list" or not end.moment or not end.moment.zoned)):
        return ()
    said = Said(whole(end.moment.when) if end and end.moment else when, switched(Switch("popped", item.type, item.id)))
    edits = (inserted(document, end.at if end else -1, [said]), *_unlisted(document, item))
    return (Fix(f"Pop {item.id} when the session ended", edits, safe=False),)


def _unlisted(document: Document, item: Item) -> tuple[Edit, ...]:
    """The edit that takes something off the stack in the frontmatter, where it is there."""
    field = document.frontmatter.get("context")
    for index, value in enumerate(field.value.items if field else ()):
        known = value.data if isinstance(value.data, dict) else {}
        if field and (known.get("type"), known.get("id")) == (item.type, item.id):
            return (remove_item(document, field.value, index),)
    return ()
