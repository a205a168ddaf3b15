"""Pauses, resumes, ends and reopens sessions."""

from __future__ import annotations

from dataclasses import replace

from mdtm.brief import BUDGET
from mdtm.completion import completion
from mdtm.events import with_note
from mdtm.facts import session_facts
from mdtm.occasion import Occasion, Outcome
from mdtm.plan import Plan, Refused
from mdtm.schema.statuses import ACTIVE, COMPLETED, FAILED, PAUSED, PLACE_WORDS
from mdtm.sessions import NO_SESSION, Session, sessions
from mdtm.steps.resuming import check_place, data_of, made_active, resumed
from mdtm.steps.session import brought_to, logged, state_steps
from mdtm.times import spell_time
from mdtm.verb import NOTE, Parameter, Verb
from mdtm.workflow import is_over, put_away


def pause(at: Occasion, note: str = "") -> Outcome:
    """Pauses the session; it can be resumed."""
    session = at.session()
    check_place(session, "pause", (ACTIVE,))
    return _ended(at, session, PAUSED, with_note("Session paused", note))


def resume(at: Occasion, note: str = "", budget: int = BUDGET) -> Outcome:
    """Resumes a session, or the one that was paused last, and tells what somebody needs who goes on with it.

    Another one that is active is paused. The active one itself just goes on, so a new process may ask for it.
    A workflow session goes on from its last checkpoint.
    """
    return resumed(at, _to_resume(at), note, budget)


def complete(at: Occasion, note: str = "") -> Outcome:
    """Completes the session; a workflow session goes to the folder for completed ones."""
    session = at.session()
    check_place(session, "complete", (ACTIVE, PAUSED))
    found = completion("session", session_facts(session.log, session.id))
    outcome = _ended(at, session, COMPLETED, with_note("Session completed", note))
    return replace(outcome, text=f"{outcome.text}{found.remark}", data={**outcome.data, "completion": found.data})


def fail(at: Occasion, reason: str) -> Outcome:
    """Gives the session up because of an error."""
    if not reason.strip():
        raise Refused('a session is given up for a reason; `mdtm fail "what went wrong"` needs one')
    session = at.session()
    check_place(session, "fail", (ACTIVE, PAUSED))
    return _ended(at, session, FAILED, with_note("Session failed", reason))


def reopen(at: Occasion, note: str = "") -> Outcome:
    """Reopens a session that is over; the active one is paused."""
    if not at.session_id:
        raise Refused("which session? `mdtm reopen ID` needs its id; `mdtm list` shows them")
    session = at.session()
    check_place(session, "reopen", (COMPLETED, FAILED))
    return made_active(at, session, with_note("Session reopened", note))


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
    check_place(session, "archive", (COMPLETED, FAILED))
    if session.place is None:
        raise Refused(f'{session.id} is "{session.status}", so it is not over; `mdtm complete --session {session.id}`')
    moves = put_away(at.files, session)
    if not moves:
        why = "" if session.dialect.state_file else "; only workflow sessions have a folder for completed ones"
        raise Refused(f"{session.folder} is where it belongs{why}")
    stamped = state_steps(session.state, at.now, {"archived_at": spell_time(at.now)}) if session.state else ()
    plan: Plan = (*stamped, *logged(at, session, [f"Session archived in {moves[0].to}"]), *moves)
    return Outcome(f"Moved {session.id} to {moves[0].to}", plan, data_of(session, session.place, moves[0].to))


def _ended(at: Occasion, session: Session, place: int, text: str) -> Outcome:
    """The session is not active any more."""
    plan, folder = brought_to(at, session, place, text)
    return Outcome(
        f"{session.id} is {PLACE_WORDS[place]}", plan, data_of(session, place, folder), f"{folder}/{session.main.name}"
    )


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
