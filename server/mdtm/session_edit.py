"""The steps that change where a session stands: its status, its end time, its log and the marker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from mdtm.document import Document
from mdtm.draft import Draft
from mdtm.files import Files
from mdtm.log_edit import appended, entry, with_item, with_key
from mdtm.occasion import Occasion
from mdtm.plan import Create, Delete, Move, Step
from mdtm.schema.find import SESSION_LOG_NAME
from mdtm.sessions import Session, active_folder, marker_path, markers, session_in
from mdtm.state_edit import with_value
from mdtm.templates import filled
from mdtm.times import spell_time

LOG_TEMPLATE = "session_log.md"


def logged(
    at: Occasion,
    session: Session,
    texts: Iterable[str],
    keys: Iterable[tuple[str, str]] = (),
    items: Iterable[tuple[str, str]] = (),
    draft: Draft | None = None,
) -> tuple[Step, ...]:
    """The steps that write entries into a session's log, with what goes with them in its frontmatter.

    `keys` are given other texts, `items` are added to lists. A workflow session has no log before its first entry.
    `draft` is the log with other edits of the same change.
    """
    draft = draft or Draft(session.log or Document.read(f"{session.folder}/{SESSION_LOG_NAME}", _new_log(at, session)))
    for name, text in keys:
        draft.edit([with_key(draft.document, name, text)])
    for name, item in items:
        draft.edit(with_item(draft.document, name, item))
    if entries := [entry(at.now, text, at.actor) for text in texts]:
        draft.edit([appended(draft.document, entries)])
    return draft.steps() if session.log else draft.creation()


def moved_to(at: Occasion, session: Session, place: int, text: str) -> tuple[Step, ...]:
    """The steps that give a session another status, and log that."""
    status = session.dialect.statuses[place]
    end_time = spell_time(at.now) if place else ""
    found: tuple[Step, ...] = ()
    if session.state:
        over = {"completed_at": end_time} if place > 1 else {}
        found = state_steps(session.state, at.now, {"status": status, **over})
    return (*found, *logged(at, session, [text], [("status", status), ("end_time", end_time)]))


def state_steps(state: Document, now: datetime, values: Mapping[str, object]) -> tuple[Step, ...]:
    """The steps that give keys of a workflow session's state other values; dots part the names of a path."""
    draft = Draft(state)
    for name, value in {**values, "updated_at": spell_time(now)}.items():
        draft.edit([with_value(draft.document, tuple(name.split(".")), value)])
    return draft.steps()


def activated(files: Files, folder: str) -> tuple[Step, ...]:
    """The steps that make the session of a folder the active one: one rename, where another one was."""
    wanted = marker_path(folder)
    there = markers(files)
    if wanted in there:
        return tuple(Delete(marker, files.text(marker) or "") for marker in there if marker != wanted)
    if not there:
        return (Create(wanted, ""),)
    first, *others = there
    return (*(Delete(marker, files.text(marker) or "") for marker in others), Move(first, wanted))


def deactivated(files: Files, folder: str) -> tuple[Step, ...]:
    """The steps that leave no session active, if that of a folder is."""
    wanted = marker_path(folder)
    return tuple(Delete(marker, files.text(marker) or "") for marker in markers(files) if marker == wanted)


def paused_before(at: Occasion, folder: str) -> tuple[Step, ...]:
    """The steps that pause the active session, because that of a folder takes its place."""
    active = active_folder(at.files)
    session = session_in(at.files, active, active) if active and active != folder else None
    if session is None or session.place != 0:
        return ()
    return moved_to(at, session, 1, f"Session paused: {folder.rpartition('/')[2]} takes over")


def _new_log(at: Occasion, session: Session) -> str:
    """The text of a log for a session that has none yet, without an entry."""
    values = {
        "id": session.id,
        "title": session.title or session.id,
        "status": session.status or session.dialect.active,
        "start_time": _started(session, at.now),
        "coordinator": at.actor,
        "goal": session.title or session.id,
    }
    lines = filled(at.template(LOG_TEMPLATE), values).splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("- ["))


def _started(session: Session, now: datetime) -> str:
    """When the session was started, as its state tells, else now."""
    found = session.state.frontmatter.text("created_at") if session.state else None
    return found or spell_time(now)
