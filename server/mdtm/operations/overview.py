"""Lists sessions, and tells where one stands."""

from __future__ import annotations

import textwrap
from typing import Any

from mdtm.clock.intervals import duration, face, session_clock
from mdtm.context.log import stack_of
from mdtm.context.stack import as_data, in_words
from mdtm.history import Event, events
from mdtm.occasion import Occasion, Outcome
from mdtm.schema.sessions import RELATED_ARTIFACTS, RELATED_TASKS
from mdtm.schema.statuses import ACTIVE, session_place
from mdtm.sessions import NO_SESSION, Session, sessions
from mdtm.verb import Parameter, Verb

LAST_ENTRIES = 5
STATES = ("active", "paused", "completed", "error")


def status(at: Occasion) -> Outcome:
    """Tells in a line which session is active and where it stands."""
    session = at.session_if_any()
    if session is None:
        return Outcome(NO_SESSION[0].upper() + NO_SESSION[1:], data={"session": None})
    clock = session_clock(session, at.now)
    return Outcome(_line(session), data={**_about(session), "clock": face(clock)})


def list_sessions(at: Occasion, state: str = "") -> Outcome:
    """Lists the sessions, the active one marked; with a state those in that state."""
    found = [one for one in sessions(at.files) if not state or one.place == STATES.index(state)]
    if not found:
        return Outcome("There is no session here." if not state else f"No session is {state}.", data={"sessions": []})
    lines = [f"{'*' if one.active else ' '} {_line(one)}" for one in found]
    return Outcome("\n".join(lines), data={"sessions": [_about(one) for one in found]})


def show(at: Occasion, last: int = LAST_ENTRIES) -> Outcome:
    """Shows a session: its goal, its times, its lists and its last entries."""
    session = at.session()
    about = _about(session)
    log = session.log
    entries = [] if log is None else events(log)[-last:] if last > 0 else []
    frontmatter = session.main.frontmatter
    lines = [_line(session), f"folder: {session.folder}"]
    shown = ("start_time", "end_time", "coordinator", "session_type", "source", "current_phase")
    lines += [f"{key}: {frontmatter.text(key)}" for key in shown if frontmatter.text(key)]
    clock = session_clock(session, at.now)
    if clock.known:
        lines.append(f"time: {duration(clock.active)} at work, {duration(clock.paused)} at rest")
    lines += [f"context: {in_words(stack)}"] if (stack := stack_of(log)) else []
    for key in (RELATED_TASKS, RELATED_ARTIFACTS):
        items = [item.data for item in log.frontmatter.strings(key)] if log else []
        about[key] = items
        lines += [f"{key}:", *(f"  {item}" for item in items)] if items else []
    lines += ["last entries:", *map(_told, entries)] if entries else []
    last_ones = [{"time": one.stamp, "actor": one.actor, "kind": one.kind, "text": one.text} for one in entries]
    return Outcome("\n".join(lines), data={**about, "clock": face(clock), "entries": last_ones}, show=session.main.path)


def _told(event: Event) -> str:
    said = " ".join(part for part in (event.stamp, event.actor and f"[{event.actor}]", event.text) if part)
    return textwrap.indent(said, "  ")


def _line(session: Session) -> str:
    title = f"  {session.title}" if session.title and session.title != session.id else ""
    unmarked = not session.active and session_place(session.status) == ACTIVE
    remark = " (but no marker makes it active)" if unmarked else ""
    return f"{session.id}  {session.status or '(no status that can be read)'}{remark}{title}"


def _about(session: Session) -> dict[str, Any]:
    return {
        "session": session.id,
        "folder": session.folder,
        "title": session.title,
        "status": session.status,
        "active": session.active,
        "dialect": session.dialect.name,
        "context": as_data(stack_of(session.log)),
    }


VERBS = (
    Verb("session.status", ("status",), "Show Status", status, "mdtm status", session_first=True),
    Verb(
        "session.list", ("list",), "List", list_sessions, "mdtm list --state paused",
        (Parameter("state", "only those in this state", choices=STATES),),
        of_session=False,
    ),
    Verb(
        "session.show", ("show",), "Show", show, "mdtm show SESSION-Slots-2506050301 --last 10",
        (Parameter("last", "how many of its last entries are shown; 5 without it", "number"),),
        session_first=True,
    ),
)  # fmt: skip
