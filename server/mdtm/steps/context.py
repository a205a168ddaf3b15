"""The steps that change what a session works on: its context, and the entries that tell of each change."""

from __future__ import annotations

from collections.abc import Iterable

from mdtm.context.log import readable_stack, stack_of, with_stack
from mdtm.context.stack import TASK_TYPES, Item, Switch, branch, current, current_task, followed, pops, switched
from mdtm.draft import Draft
from mdtm.occasion import Occasion
from mdtm.plan import Refused, Step
from mdtm.schema.sessions import RELATED_TASKS
from mdtm.schema.statuses import PAUSED, PLACE_WORDS
from mdtm.sessions import Session
from mdtm.steps.session import log_draft, logged
from mdtm.times import spell_time


def session_at_work(at: Occasion) -> Session:
    """The session that is meant, for what makes sense only while it goes on.

    Raises:
        Refused: there is none, or it rests or is over.
    """
    session = at.session()
    if session.place:
        verb = "resume" if session.place == PAUSED else "reopen"
        raise Refused(f"{session.id} is {PLACE_WORDS[session.place]}; `mdtm {verb} {session.id}` goes on with it")
    return session


def active_task(session: Session) -> Item:
    """The task that a session works on.

    Raises:
        Refused: there is none, or the context cannot be read.
    """
    found = current_task(readable_stack(session.log))
    if found is None:
        raise Refused(f"no task of {session.id} is active; `mdtm task activate ID` makes one so")
    return found


def active_sprint(session: Session) -> Item:
    """The sprint that a session works on.

    Raises:
        Refused: there is none, or the context cannot be read.
    """
    found = current(readable_stack(session.log), "sprint")
    if found is None:
        raise Refused(f"no sprint of {session.id} is active; `mdtm sprint activate ID` makes one so")
    return found


def leaving(session: Session | None, *ids: str, note: str = "") -> list[Switch]:
    """The changes that take levels off what a session works on, with those below them; none where they are not there.

    The deepest goes first; the note is about the last.
    """
    stack = stack_of(session.log) if session else ()
    last = {item.id: item for item in stack}
    gone = [below for own_id in ids if own_id in last for below in branch(stack, last[own_id])]
    return pops((item for item in reversed(stack) if item in gone), note)


def turned(
    at: Occasion,
    session: Session,
    switches: Iterable[Switch],
    texts: Iterable[str] = (),
    items: Iterable[tuple[str, str]] = (),
    draft: Draft | None = None,
) -> tuple[Step, ...]:
    """The steps that write entries into a session's log, and then carry out changes of its context, each with its own.

    A task that is pushed is listed in related_tasks; `items` are what else lists get.
    `draft` is the log with other edits of the same change.
    """
    draft, changes = draft or log_draft(at, session), list(switches)
    before = stack_of(draft.document)
    after = followed(before, changes, spell_time(at.now))
    draft.edit(with_stack(draft.document, after) if after != before else ())
    tasks = [(RELATED_TASKS, one.id) for one in changes if one.what == "pushed" and one.type in TASK_TYPES]
    return logged(at, session, [*texts, *map(switched, changes)], items=[*items, *tasks], draft=draft)
