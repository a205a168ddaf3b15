from __future__ import annotations

from collections.abc import Iterator

from mdtm.document import Document
from mdtm.field_edit import insert_field, set_text
from mdtm.fields import Field
from mdtm.problem import Fix, Problem, Related, Severity
from mdtm.schema.sessions import SESSION_LOG
from mdtm.schema.statuses import session_place
from mdtm.times import spell_time
from mdtm.toml.writing import text_value
from mdtm.workspace import Workspace


def wrong_end_time(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """`end_time` does not agree with the status of the session.

    A session that is paused, completed or in error has an `end_time`; while it is active, `end_time` is empty.
    A session that ended without one has no duration, and an active one that has one looks as if it had ended.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🏁 Completed"
        start_time = "2025-06-05T03:01:44Z"
        end_time = ""
        coordinator = "dev-api"
        +++

        ## Log Entries

        - [2025-06-05T04:20:00Z] `dev-api`: The slots can be picked

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

        - [2025-06-05T04:20:00Z] `dev-api`: The slots can be picked
    """
    if document.schema is not SESSION_LOG or document.frontmatter.syntax != "toml":
        return
    status = document.frontmatter.get("status")
    end = document.frontmatter.get("end_time")
    if status is None or not isinstance(status.value.data, str) or (end and end.value.kind == "broken"):
        return
    place = session_place(status.value.data)
    ended = bool(end and end.value.data)
    if place == 0 and end and ended:
        message = "an active session has no end_time yet"
        fix = Fix("Clear end_time", (set_text(end, ""),), safe=False)
        related = (Related(status.value.span, "the session is active"),)
        yield Problem("wrong-end-time", Severity.WARNING, end.value.span, message, (fix,), related)
    elif place is not None and place > 0 and not ended:
        message = f"a session that is {document.dialect.statuses[place]} needs an end_time"
        span = end.value.span if end else status.value.span
        yield Problem("wrong-end-time", Severity.WARNING, span, message, _fixes(document, end))


def _fixes(document: Document, end: Field | None) -> tuple[Fix, ...]:
    """The time of the last entry, which is when something was last known to happen."""
    last = document.last_entry()
    if last is None or last.moment is None:
        return ()
    time = spell_time(last.moment.when) if last.moment.zoned else last.stamp
    order = SESSION_LOG.order
    edit = set_text(end, time) if end else insert_field(document, "end_time", text_value(time), order)
    return (Fix(f"Take the time of the last entry, {time}", (edit,), safe=False),)
