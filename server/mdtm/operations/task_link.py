"""Links tasks with sessions: each names the other."""

from __future__ import annotations

from mdtm.document import Document
from mdtm.events import with_note
from mdtm.log_edit import without_item
from mdtm.occasion import Occasion, Outcome
from mdtm.plan import Plan, Refused, Step
from mdtm.schema.sessions import RELATED_TASKS
from mdtm.sessions import Session
from mdtm.steps.context import leaving, turned
from mdtm.steps.session import log_draft, logged
from mdtm.steps.task import draft_of, is_listed, session_key, set_keys
from mdtm.tasks import find_task, task_id, title_of
from mdtm.verb import NOTE, TASK, Parameter, Verb


def delegate(at: Occasion, task: str, to: str, note: str = "") -> Outcome:
    """Gives a task to somebody on behalf of the session, and links the two."""
    to = " ".join(to.split())
    if not to:
        raise Refused("to whom? `mdtm task delegate TASK MODE` needs who does it")
    found, session = find_task(at.files, task), at.session()
    text = with_note(f"Delegated `{task_id(found)}` to `{to}`: {title_of(found)}".rstrip(": "), note)
    return _joined(at, found, session, text, f"{task_id(found)} is with {to}", {"assigned_to": to})


def link(at: Occasion, task: str, note: str = "") -> Outcome:
    """Links a task with the session: it is listed there, and names the session."""
    found, session = find_task(at.files, task), at.session()
    text = with_note(f"Task `{task_id(found)}` linked: {title_of(found)}".rstrip(": "), note)
    return _joined(at, found, session, text, f"{task_id(found)} is linked with {session.id}", {})


def unlink(at: Occasion, task: str, note: str = "") -> Outcome:
    """Takes a task off the session's list, and the session out of the task.

    Raises:
        Refused: the two are not linked.
    """
    found, session = find_task(at.files, task), at.session()
    names = found.frontmatter.text(session_key(found)) == session.id
    if not names and not is_listed(found, session):
        raise Refused(f"{task_id(found)} is not linked with {session.id}; `mdtm task show {task_id(found)}` says more")
    steps: tuple[Step, ...] = ()
    if names:
        draft = draft_of(found)
        set_keys(draft, at.now, [(session_key(found), "")])
        steps = draft.steps()
    plan: Plan = (*steps, *_struck(at, session, task_id(found), with_note(f"Task `{task_id(found)}` unlinked", note)))
    return Outcome(f"{task_id(found)} is not linked with {session.id} any more", plan, _data(found, session))


def _joined(at: Occasion, task: Document, session: Session, text: str, outcome: str, keys: dict[str, str]) -> Outcome:
    """Both sides of the link, with keys of the task that go with it; nothing when all is so already."""
    key, own_id = session_key(task), task_id(task)
    before = task.frontmatter.text(key) or ""
    wanted = {**keys, key: session.id}
    new = [(name, value) for name, value in wanted.items() if task.frontmatter.text(name) != value]
    data = {**_data(task, session), **keys}
    if not new and is_listed(task, session):
        return Outcome(f"{outcome} already", data=data)
    steps: tuple[Step, ...] = ()
    if new:
        draft = draft_of(task)
        set_keys(draft, at.now, new)
        steps = draft.steps()
    if before and before != session.id:
        outcome += f"; before it named {before}, which lists it still"
    plan: Plan = (*steps, *logged(at, session, [text], items=[(RELATED_TASKS, own_id)]))
    return Outcome(outcome, plan, data, task.path)


def _struck(at: Occasion, session: Session, own_id: str, text: str) -> tuple[Step, ...]:
    """The steps that take a task off a session's list and off what it works on, and log that."""
    draft = log_draft(at, session)
    draft.edit(without_item(draft.document, RELATED_TASKS, own_id))
    return turned(at, session, leaving(session, own_id), [text], draft=draft)


def _data(task: Document, session: Session) -> dict[str, object]:
    return {"task": task_id(task), "path": task.path, "session": session.id}


VERBS = (
    Verb(
        "task.delegate", ("task", "delegate"), "Delegate Task", delegate,
        "mdtm task delegate TASK-API-20260605-090000 dev-api",
        (
            TASK,
            Parameter("to", "who does it, such as a mode", required=True, positional=True, question="Who does it?"),
            NOTE,
        ),
    ),
    Verb("task.link", ("task", "link"), "Link Task", link, "mdtm task link TASK-API-20260605-090000", (TASK, NOTE)),
    Verb(
        "task.unlink", ("task", "unlink"), "Unlink Task", unlink, "mdtm task unlink TASK-API-20260605-090000",
        (TASK, NOTE),
    ),
)  # fmt: skip
