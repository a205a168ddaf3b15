"""The steps that change where a session stands: its status, its end time, its log and the marker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from mdtm.consistency import is_blank
from mdtm.context.log import stack_of, with_stack
from mdtm.context.stack import Switch, switched
from mdtm.document import Document
from mdtm.draft import Draft
from mdtm.fields import Edit
from mdtm.files import Files
from mdtm.frontmatter import NO_FRONTMATTER
from mdtm.log_edit import appended, entry, with_item, with_key
from mdtm.occasion import Occasion
from mdtm.plan import Create, Delete, Move, Step, replaced
from mdtm.schema.find import SESSION_LOG_NAME
from mdtm.schema.statuses import ACTIVE, COMPLETED, OVER, PAUSED
from mdtm.sessions import Session, active_folder, marker_path, markers, session_in
from mdtm.state_edit import with_value
from mdtm.templates import filled
from mdtm.text import Span
from mdtm.times import spell_time
from mdtm.workflow import DONE_PLACES, TEMPORARY, checkpoint, open_home, progress_of, put_away

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
    draft = draft or log_draft(at, session)
    for name, text in keys:
        draft.edit([with_key(draft.document, name, text)])
    for name, item in items:
        draft.edit(with_item(draft.document, name, item))
    if entries := [entry(at.now, text, at.actor) for text in texts]:
        draft.edit([appended(draft.document, entries)])
    return draft.steps() if session.log else draft.creation()


def log_draft(at: Occasion, session: Session) -> Draft:
    """A draft of a session's log: of a new one where there is none, of a filled one where nothing stands in it."""
    draft = Draft(session.log or _new_log(at, session))
    if session.log and is_blank(draft.document):
        text = str(draft.document.text)
        draft.edit([Edit(Span(0, len(text)), str(_new_log(at, session, text.strip("\ufeff# \r\n")).text))])
    return draft


def brought_to(
    at: Occasion, session: Session, place: int, text: str, items: Iterable[tuple[str, str]] = ()
) -> tuple[tuple[Step, ...], str]:
    """The steps that bring a session to another state with all that goes with it, and the folder that it is in then.

    Another one that was active is paused; a completed workflow session goes to the folder for those, and comes back.
    """
    home, _, name = session.folder.rpartition("/")
    if place:
        moves = put_away(at.files, session) if place == COMPLETED else ()
        steps = (*moved_to(at, session, place, text, items), *deactivated(at.files, session.folder), *moves)
        return steps, moves[0].to if moves else session.folder
    folder = f"{open_home(at.files)}/{name}" if home in DONE_PLACES else session.folder
    back = (Move(session.folder, folder),) if folder != session.folder else ()
    before = (*paused_before(at, session.folder), *moved_to(at, session, place, text, items))
    return (*before, *back, *activated(at.files, folder)), folder


def moved_to(
    at: Occasion, session: Session, place: int, text: str, items: Iterable[tuple[str, str]] = ()
) -> tuple[Step, ...]:
    """The steps that give a session another status, and log that; with its end nothing is worked on any more."""
    status = session.dialect.statuses[place]
    end_time = spell_time(at.now) if place else ""
    found = state_written(at, session, moved_state(session.state, at.now, place, status)) if session.state else ()
    draft, texts = log_draft(at, session), [text]
    if place in OVER and stack_of(draft.document):
        draft.edit(with_stack(draft.document, ()))
        texts.insert(0, switched(Switch("cleared")))
    return (*found, *logged(at, session, texts, [("status", status), ("end_time", end_time)], items, draft))


def moved_state(state: Document, now: datetime, place: int, status: str) -> dict[str, object]:
    """What the keys of a state become when its session gets another status; with its end it is saved."""
    values: dict[str, object] = {"status": status}
    if place in OVER:
        values["completed_at"] = spell_time(now)
    elif not place and state.frontmatter.text("completed_at"):
        values["completed_at"] = ""
    if place:
        progress = progress_of(state)
        values |= checkpoint(state, now, "session_end", progress.ended() if place == COMPLETED else progress, status)
    return values


def state_written(at: Occasion, session: Session, values: Mapping[str, object]) -> tuple[Step, ...]:
    """The steps that give keys of a session's state other values; the file is made where there is none yet."""
    assert session.state, "only workflow sessions have a state"
    steps = state_steps(session.state, at.now, values)
    if at.files.text(session.state.path) is not None:
        return steps
    return (Create(session.state.path, replaced(str(session.state.text), steps)),)


def state_steps(state: Document, now: datetime, values: Mapping[str, object]) -> tuple[Step, ...]:
    """The steps that give keys of a workflow session's state other values; dots part the names of a path."""
    draft = Draft(state)
    for name, value in {**values, **dict.fromkeys(_change_keys(state), spell_time(now))}.items():
        draft.edit([with_value(draft.document, tuple(name.split(".")), value)])
    return draft.steps()


def _change_keys(state: Document) -> list[str]:
    """The keys that tell when a state was changed: those that it has, for tools differ."""
    has_meta = isinstance(state.frontmatter.values.get("meta"), dict)
    return (["updated_at"] if state.frontmatter.get("updated_at") or not has_meta else []) + (
        ["meta.updated"] if has_meta else []
    )


def said_of(session: Session, text: str) -> str:
    """What a message says of a session; where that is the temporary one, it says so."""
    if session.folder != TEMPORARY:
        return text
    return f'{text} (no session is active, so this is in {TEMPORARY}; `mdtm start "goal"` starts one)'


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
    if session is None or session.place != ACTIVE:
        return ()
    return moved_to(at, session, PAUSED, f"Session paused: {folder.rpartition('/')[2]} takes over")


def empty_log(at: Occasion, path: str, title: str, status: str, start_time: str, end_time: str = "") -> Document:
    """A log as the template has it, without an entry."""
    name = path.split("/")[-2]
    values = {"id": name, "title": title or name, "status": status, "goal": title or name}
    values |= {"start_time": start_time, "coordinator": at.actor}
    lines = filled(at.template(LOG_TEMPLATE), values).splitlines(keepends=True)
    draft = Draft(Document.read(path, "".join(line for line in lines if not line.startswith("- ["))))
    draft.edit([with_key(draft.document, "end_time", end_time)] if end_time else [])
    return draft.document


def _new_log(at: Occasion, session: Session, title: str = "") -> Document:
    """A log for a session that has none yet; its state is none of those that a log may have."""
    place = session.place if session.place is not None else ACTIVE
    status, end_time = session.dialect.statuses[place], spell_time(at.now) if place else ""
    path = f"{session.folder}/{SESSION_LOG_NAME}"
    draft = Draft(empty_log(at, path, title or session.title, status, _started(session, at.now), end_time))
    known = session.state.frontmatter if session.state else NO_FRONTMATTER
    if coordinator := known.text("coordinator"):
        draft.edit([with_key(draft.document, "coordinator", coordinator)])
    for name in ("tags", "source_summaries"):
        for item in known.strings(name):
            draft.edit(with_item(draft.document, name, item.data))
    return draft.document


def _started(session: Session, now: datetime) -> str:
    """When the session was started, as its state tells, else now."""
    found = session.state.frontmatter.text("created_at") if session.state else None
    return found or spell_time(now)
