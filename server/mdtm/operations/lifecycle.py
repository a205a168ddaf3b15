"""Pauses, resumes, ends and reopens sessions."""

from __future__ import annotations

from dataclasses import replace

from mdtm.after import After
from mdtm.brief import BUDGET, brief
from mdtm.completion import completion
from mdtm.events import with_note
from mdtm.facts import session_facts
from mdtm.occasion import Occasion, Outcome
from mdtm.plan import Plan, Refused
from mdtm.schema.statuses import ACTIVE, COMPLETED, FAILED, PAUSED, PLACE_WORDS
from mdtm.sessions import NO_SESSION, Session, chosen, sessions
from mdtm.steps.session import activated, brought_to, logged, paused_before, state_steps
from mdtm.times import spell_time
from mdtm.verb import NOTE, Parameter, Verb
from mdtm.workflow import as_data, is_over, last_checkpoint, put_away, told


def pause(at: Occasion, note: str = "") -> Outcome:
    """Pauses the session; it can be resumed."""
    session = at.session()
    _check(session, "pause", (ACTIVE,))
    return _ended(at, session, PAUSED, with_note("Session paused", note))


def resume(at: Occasion, note: str = "", budget: int = BUDGET) -> Outcome:
    """Resumes a session, or the one that was paused last, and tells what somebody needs who goes on with it.

    Another one that is active is paused. The active one itself just goes on, so a new process may ask for it.
    A workflow session goes on from its last checkpoint.
    """
    session = _to_resume(at)
    if session.place == ACTIVE:
        if note.strip():
            raise Refused(f'{session.id} is active already, so nothing is resumed; `mdtm log "…"` keeps a note')
        data = _data(session, ACTIVE, session.folder)
        return _briefed(at, Outcome(f"{session.id} is active and goes on", data=data, situation="recovery"), budget)
    _check(session, "resume", (PAUSED,))
    text = with_note("Session resumed", note)
    try:
        outcome = _activated(at, session, text)
    except Refused as error:  # what is broken in a file must not keep anybody from going on
        outcome = _marked(at, session, text, error)
    return _briefed(at, outcome, budget)


def _briefed(at: Occasion, outcome: Outcome, budget: int) -> Outcome:
    """The same with the brief of the session that is active then."""
    files = After(at.files, outcome.plan)
    found = brief(files, chosen(files), at.now, budget)
    data = {**outcome.data, "recovered_context": found.data}
    return replace(outcome, text=f"{outcome.text}\n{found.text}", data=data)


def complete(at: Occasion, note: str = "") -> Outcome:
    """Completes the session; a workflow session goes to the folder for completed ones."""
    session = at.session()
    _check(session, "complete", (ACTIVE, PAUSED))
    found = completion("session", session_facts(session.log, session.id))
    outcome = _ended(at, session, COMPLETED, with_note("Session completed", note))
    return replace(outcome, text=f"{outcome.text}{found.remark}", data={**outcome.data, "completion": found.data})


def fail(at: Occasion, reason: str) -> Outcome:
    """Gives the session up because of an error."""
    if not reason.strip():
        raise Refused('a session is given up for a reason; `mdtm fail "what went wrong"` needs one')
    session = at.session()
    _check(session, "fail", (ACTIVE, PAUSED))
    return _ended(at, session, FAILED, with_note("Session failed", reason))


def reopen(at: Occasion, note: str = "") -> Outcome:
    """Reopens a session that is over; the active one is paused."""
    if not at.session_id:
        raise Refused("which session? `mdtm reopen ID` needs its id; `mdtm list` shows them")
    session = at.session()
    _check(session, "reopen", (COMPLETED, FAILED))
    return _activated(at, session, with_note("Session reopened", note))


def switch(at: Occasion, note: str = "", budget: int = BUDGET) -> Outcome:
    """Pauses the active session and resumes another."""
    if not at.session_id:
        raise Refused("to which session? `mdtm switch ID` needs its id; `mdtm list` shows them")
    return resume(at, note, budget)


def archive(at: Occasion) -> Outcome:
    """Moves a completed workflow session to the folder for those."""
    if not at.session_id:
        raise Refused("which session? `mdtm workflow archive ID` needs its id; `mdtm list` shows them")
    session = at.session()
    _check(session, "archive", (COMPLETED, FAILED))
    if session.place is None:
        raise Refused(f'{session.id} is "{session.status}", so it is not over; `mdtm complete --session {session.id}`')
    moves = put_away(at.files, session)
    if not moves:
        why = "" if session.dialect.state_file else "; only workflow sessions have a folder for completed ones"
        raise Refused(f"{session.folder} is where it belongs{why}")
    stamped = state_steps(session.state, at.now, {"archived_at": spell_time(at.now)}) if session.state else ()
    plan: Plan = (*stamped, *logged(at, session, [f"Session archived in {moves[0].to}"]), *moves)
    return Outcome(f"Moved {session.id} to {moves[0].to}", plan, _data(session, session.place, moves[0].to))


def _ended(at: Occasion, session: Session, place: int, text: str) -> Outcome:
    """The session is not active any more."""
    plan, folder = brought_to(at, session, place, text)
    return Outcome(
        f"{session.id} is {PLACE_WORDS[place]}", plan, _data(session, place, folder), f"{folder}/{session.main.name}"
    )


def _activated(at: Occasion, session: Session, text: str) -> Outcome:
    plan, folder = brought_to(at, session, ACTIVE, text)
    saved = last_checkpoint(session.state) if session.state else None
    goes_on = f"; it goes on from {told(saved)}" if saved else ""
    data = _data(session, ACTIVE, folder)
    return Outcome(
        f"{session.id} is active{goes_on}", plan, {**data, "checkpoint": as_data(saved)} if session.state else data
    )


def _marked(at: Occasion, session: Session, text: str, why: Refused) -> Outcome:
    """A session is made active by its marker and an entry alone, where its status cannot be written."""
    before = (*paused_before(at, session.folder), *logged(at, session, [text]))
    data = {**_data(session, ACTIVE, session.folder), "status": session.status}
    text = f"{session.id} is active, but its status stays as it is: {why}"
    return Outcome(text, (*before, *activated(at.files, session.folder)), data)


def _check(session: Session, verb: str, places: tuple[int, ...]) -> None:
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


def _to_resume(at: Occasion) -> Session:
    """The session that is meant or active; else the one paused last; else one of which nothing says where it stands."""
    if session := at.session_if_any():
        return session
    known = sessions(at.files)
    found = [session for session in known if session.place == PAUSED]
    found = found or [session for session in known if session.place is None and not is_over(session.status)]
    if not found:
        raise Refused(NO_SESSION.replace("active", "paused", 1))
    return max(found, key=lambda session: session.main.frontmatter.text("end_time") or "")


def _data(session: Session, place: int | None, folder: str) -> dict[str, object]:
    status = session.dialect.statuses[place] if place is not None else session.status
    return {"session": session.id, "folder": folder, "status": status}


_BUDGET = Parameter("budget", f"how many tokens, of four bytes each, the brief may have; {BUDGET} without it", "number")
VERBS = (
    Verb(
        "session.pause", ("pause",), "Pause", pause, 'mdtm pause "waiting for the review"', (NOTE,),
        situation="session_end",
    ),
    Verb(
        "session.resume", ("resume",), "Resume", resume, "mdtm resume SESSION-Slots-2506050301 --budget 300",
        (NOTE, _BUDGET), session_first=True, aliases=("continue",), situation="session_resume",
    ),
    Verb(
        "session.complete", ("complete",), "Complete", complete, 'mdtm complete "all tests pass"', (NOTE,),
        situation="session_end",
    ),
    Verb(
        "session.fail", ("fail",), "Give Up", fail, 'mdtm fail "the interface is gone"',
        (Parameter("reason", "what went wrong", required=True, positional=True, question="What went wrong?"),),
        situation="session_end",
    ),
    Verb(
        "session.reopen", ("reopen",), "Reopen", reopen, "mdtm reopen SESSION-Slots-2506050301", (NOTE,),
        session_first=True, states=(COMPLETED, FAILED), situation="session_resume",
    ),
    Verb(
        "session.switch", ("switch",), "Switch", switch, "mdtm switch SESSION-Slots-2506050301",
        (NOTE, _BUDGET), session_first=True, states=(PAUSED,), situation="session_resume",
    ),
    Verb("workflow.archive", ("workflow", "archive"), "Archive", archive, "mdtm workflow archive WFS-slots",
        session_first=True, situation="session_end",
    ),
)  # fmt: skip
