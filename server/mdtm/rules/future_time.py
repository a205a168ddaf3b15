from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

from mdtm.document import Document
from mdtm.field_edit import set_text
from mdtm.fields import Field
from mdtm.problem import Fix, Problem, Severity
from mdtm.session_id import start_of
from mdtm.times import day_of, spell_time
from mdtm.workspace import Workspace

_KEYS = frozenset({
    "start_time", "end_time", "created_date", "updated_date", "created_time", "created_at", "updated_at",
})  # fmt: skip
"""The keys for what has happened; a due date lies in the future as it should."""
_SLACK = timedelta(days=1)


def future_time(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A time of something that has happened lies in the future.

    It was typed or made up, so that how long anything took comes out wrong, and the file stays the newest of all.
    A day more than now is let be, for the zone may not be known.
    The fix takes the time that the id tells, or for an `updated_date` that of now.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2052-06-05T03:01:44Z"
        coordinator = "dev-api"
        +++

    Good:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:00Z"
        coordinator = "dev-api"
        +++
    """
    if workspace.now is None or document.schema is None:
        return
    latest, frontmatter = workspace.now + _SLACK, document.frontmatter
    day = day_of(workspace.now)
    for name in _KEYS.intersection(frontmatter.values):
        field = frontmatter.get(name) if str(frontmatter.data(name) or "")[:10] >= day else None
        if field is None:
            continue
        moment = frontmatter.moment(name)
        if moment and (moment.utc if moment.zoned else moment.when.replace(tzinfo=timezone.utc)) > latest:
            message = f"{name} lies in the future"
            fixes = _fixes(field, document, workspace.now)
            yield Problem("future-time", Severity.WARNING, field.value.span, message, fixes)


def _fixes(field: Field, document: Document, now: datetime) -> tuple[Fix, ...]:
    if document.frontmatter.syntax not in ("toml", "json"):
        return ()
    time = None
    if field.key.startswith("updated"):
        time = now
    elif field.key.startswith(("start", "created")):
        name = document.folder.rpartition("/")[2] if document.is_session else document.name.removesuffix(".md")
        told = start_of(name)
        time = told.when.replace(tzinfo=timezone.utc) if told else None
    if time is None or time > now + _SLACK:
        return ()
    by_day = len(str(field.value.data)) == len("2025-06-05")
    new = f"{time:%Y-%m-%d}" if by_day else spell_time(time)
    return (Fix(f"Write {new}", (set_text(field, new),), safe=False),)
