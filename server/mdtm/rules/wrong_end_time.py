from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.clock.edit import KEPT
from mdtm.clock.ticks import exact
from mdtm.document import Document
from mdtm.field_edit import set_text
from mdtm.problem import Fix, Problem, Related, Severity
from mdtm.sessions import place_by_status
from mdtm.status_edit import end_time_edits, last_time
from mdtm.times import spell_time
from mdtm.usual import odd_end
from mdtm.workspace import Workspace


@only("session-log", when=odd_end)
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
    frontmatter = document.frontmatter
    place, ended = place_by_status(document), bool(frontmatter.data("end_time"))
    if frontmatter.syntax != "toml" or place is None or ended is (place > 0):
        return
    status, end = frontmatter.get("status"), frontmatter.get("end_time")
    if status is None or (end and end.value.kind == "broken"):
        return
    if place == 0 and end and ended:
        message = "an active session has no end_time yet"
        fix = Fix("Clear end_time", (set_text(end, ""),), safe=False)
        related = (Related(status.value.span, "the session is active"),)
        yield Problem("wrong-end-time", Severity.WARNING, end.value.span, message, (fix,), related)
    elif place > 0:
        message = f"a session that is {document.dialect.statuses[place]} needs an end_time"
        span = end.value.span if end else status.value.span
        yield Problem("wrong-end-time", Severity.WARNING, span, message, _fixes(document))


def _fixes(document: Document) -> tuple[Fix, ...]:
    """The time of the last entry, which is when something was last known to happen, or half an hour later."""
    time = last_time(document)
    if not time:
        return ()
    fixes = [Fix(f"Take the time of the last entry, {time}", end_time_edits(document, time), safe=False)]
    last = document.last_entry()
    if last and (moment := exact(last.moment)) and moment.zoned:
        later = spell_time(moment.when + KEPT)
        fixes.append(Fix(f"Take the time half an hour later, {later}", end_time_edits(document, later), safe=False))
    return tuple(fixes)
