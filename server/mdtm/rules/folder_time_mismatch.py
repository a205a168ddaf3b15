from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta, timezone

from mdtm.asking import only
from mdtm.document import Document
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Problem, Severity
from mdtm.session_id import start_of

_MINUTES = 5
"""How far the two may lie apart: the folder is made first, and the log is written after it."""
_FARTHEST_ZONE = 14 * 60


@only("session-log")
def folder_time_mismatch(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """The time in the name of the session's folder is not that of its start.

    Sessions are listed by the names of their folders, so that this one stands in the wrong place.
    Ids have their time in UTC; when the two differ by the hours of a time zone, the folder was named in local time.
    Only a `start_time` that names its zone can be compared.
    A folder is not renamed by a fix, for other files may name it.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506051101/session_log.md --
        +++
        id = "SESSION-Slots-2506051101"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        +++
    """
    name = document.folder.rpartition("/")[2]
    field = None if _is_same_minute(str(frontmatter.data("start_time")), name) else frontmatter.get("start_time")
    if field is None:
        return
    start, named = frontmatter.moment("start_time"), start_of(name)
    if not start or not named or not start.zoned or "day" in (start.precision, named.precision):
        return
    minutes = round((named.when.replace(tzinfo=timezone.utc) - start.utc) / timedelta(minutes=1))
    if abs(minutes) <= _MINUTES or abs(named.when - start.when.replace(tzinfo=None)) <= timedelta(minutes=_MINUTES):
        return
    offset = round(minutes / 15) * 15
    if abs(minutes - offset) <= 2 and 60 <= abs(offset) <= _FARTHEST_ZONE and offset % 30 == 0:
        zone = f"UTC{'+' if offset > 0 else '-'}{abs(offset) // 60:02}:{abs(offset) % 60:02}"
        message = f"the folder's name has the time of {zone}; ids have it in UTC"
    else:
        message = (
            f"the folder's name has a time {_length(abs(minutes))} {'after' if minutes > 0 else 'before'} start_time"
        )
    yield Problem("folder-time-mismatch", Severity.HINT, field.value.span, message)


def _is_same_minute(start: str, name: str) -> bool:
    """Whether a start in the usual spelling has the time of the name, which is so in most."""
    minute = f"{start[2:4]}{start[5:7]}{start[8:10]}", f"{start[11:13]}{start[14:16]}"
    return start.endswith("Z") and (name.endswith("".join(minute)) or "-".join(minute) in name)


def _length(minutes: int) -> str:
    days, hours = minutes // 1440, minutes // 60
    return f"{days} days" if days > 1 else f"{hours} hours" if hours > 1 else f"{minutes} minutes"
