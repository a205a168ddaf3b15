from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.problem import Fix, Problem, Related, Severity
from mdtm.status_edit import end_time_edits, last_time
from mdtm.times import Moment, in_order, read_time
from mdtm.usual import odd_end
from mdtm.workspace import Workspace


@only("session-log", when=odd_end)
def end_before_start(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """The session ends before it starts.

    Its duration comes out negative, and nobody can tell which of the two times is wrong.
    Times are compared when both name their zone, or neither does.
    The fix takes the time of the last entry, when that is not before the start.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🏁 Completed"
        start_time = "2025-06-05T03:01:44Z"
        end_time = "2025-06-05T02:20:00Z"
        coordinator = "dev-api"
        +++

        ## Log Entries

        - [2025-06-05T03:20:00Z] `dev-api`: Slots are ten minutes long.

    Good:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🏁 Completed"
        start_time = "2025-06-05T03:01:44Z"
        end_time = "2025-06-05T03:20:00Z"
        coordinator = "dev-api"
        +++

        ## Log Entries

        - [2025-06-05T03:20:00Z] `dev-api`: Slots are ten minutes long.
    """
    frontmatter = document.frontmatter
    begins, ends = frontmatter.data("start_time"), frontmatter.data("end_time")
    if not ends or in_order(str(begins), str(ends)):
        return
    began, field = frontmatter.get("start_time"), frontmatter.get("end_time")
    start, end = frontmatter.moment("start_time"), frontmatter.moment("end_time")
    if not start or not end or not began or not field or not _is_before(end, start):
        return
    time = last_time(document)
    last = read_time(time) if time else None
    right = last and last.zoned is start.zoned and not _is_before(last, start) and frontmatter.syntax == "toml"
    fix = Fix(f"Take the time of the last entry, {time}", end_time_edits(document, time), safe=False)
    related = (Related(began.value.span, "the start"),)
    message = "end_time is earlier than start_time"
    yield Problem("end-before-start", Severity.WARNING, field.value.span, message, (fix,) if right else (), related)


def _is_before(moment: Moment, other: Moment) -> bool:
    if moment.zoned is not other.zoned:
        return False
    if "day" in (moment.precision, other.precision):
        return moment.when.date() < other.when.date()
    return moment.when < other.when
