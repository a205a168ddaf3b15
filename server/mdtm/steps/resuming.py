"""The steps that make a session active again, and the brief for who goes on with it."""

from __future__ import annotations

from dataclasses import replace

from mdtm.after import After
from mdtm.brief import BUDGET, brief
from mdtm.events import with_note
from mdtm.occasion import Occasion, Outcome
from mdtm.plan import Refused
from mdtm.schema.statuses import ACTIVE, COMPLETED, FAILED, PAUSED, PLACE_WORDS
from mdtm.sessions import Session, chosen
from mdtm.steps.session import activated, brought_to, logged, paused_before
from mdtm.workflow import as_data, last_checkpoint, told


def resumed(at: Occasion, session: Session, note: str = "", budget: int = BUDGET) -> Outcome:
    """A session that goes on, be it active already, with its brief.

    Raises:
        Refused: it is over, or it is active and there is a note.
    """
    if session.place == ACTIVE:
        if note.strip():
            raise Refused(f'{session.id} is active already, so nothing is resumed; `mdtm log "…"` keeps a note')
        data = data_of(session, ACTIVE, session.folder)
        return _briefed(at, Outcome(f"{session.id} is active and goes on", data=data, situation="recovery"), budget)
    check_place(session, "resume", (PAUSED,))
    text = with_note("Session resumed", note)
    try:
        outcome = made_active(at, session, text)
    except Refused as error:  # what is broken in a file must not keep anybody from going on
        outcome = _marked(at, session, text, error)
    return _briefed(at, outcome, budget)


def made_active(at: Occasion, session: Session, text: str) -> Outcome:
    """A session that is active from now on."""
    plan, folder = brought_to(at, session, ACTIVE, text)
    saved = last_checkpoint(session.state) if session.state else None
    goes_on = f"; it goes on from {told(saved)}" if saved else ""
    data = data_of(session, ACTIVE, folder)
    return Outcome(
        f"{session.id} is active{goes_on}", plan, {**data, "checkpoint": as_data(saved)} if session.state else data
    )


def _marked(at: Occasion, session: Session, text: str, why: Refused) -> Outcome:
    """A session is made active by its marker and an entry alone, where its status cannot be written."""
    before = (*paused_before(at, session.folder), *logged(at, session, [text]))
    data = {**data_of(session, ACTIVE, session.folder), "status": session.status}
    text = f"{session.id} is active, but its status stays as it is: {why}"
    return Outcome(text, (*before, *activated(at.files, session.folder)), data)


def check_place(session: Session, verb: str, places: tuple[int, ...]) -> None:
    """Refuses what makes no sense now; a status that is none of ours stands in nobody's way."""
    place = session.place
    if place is None or place in places:
        return
    instead = {
        ACTIVE: "; `mdtm pause` or `mdtm complete` ends that",
        PAUSED: f"; `mdtm resume {session.id}` goes on with it",
        COMPLETED: f"; `mdtm reopen {session.id}` goes on with it",
        FAILED: f"; `mdtm reopen {session.id}` goes on with it",
    }[place]
    raise Refused(f"{session.id} is {PLACE_WORDS[place]}, so it cannot be {_PAST[verb]}{instead}")


_PAST = {
    "pause": "paused", "resume": "resumed", "complete": "completed", "fail": "given up", "reopen": "reopened",
    "archive": "archived",
}  # fmt: skip


def data_of(session: Session, place: int | None, folder: str) -> dict[str, object]:
    """What a program is told of a session that has come to a place."""
    status = session.dialect.statuses[place] if place is not None else session.status
    return {"session": session.id, "folder": folder, "status": status}


def _briefed(at: Occasion, outcome: Outcome, budget: int) -> Outcome:
    """The same with the brief of the session that is active then."""
    files = After(at.files, outcome.plan)
    found = brief(files, chosen(files), at.now, budget)
    data = {**outcome.data, "recovered_context": found.data}
    return replace(outcome, text=f"{outcome.text}\n{found.text}", data=data)
