"""Works on a sprint: makes it the active one, notes what happens in it, and completes it."""

from __future__ import annotations

from mdtm.completion import completion
from mdtm.context.log import stack_of
from mdtm.context.stack import Switch, as_data, branch, followed, pops
from mdtm.document import Document
from mdtm.events import with_note
from mdtm.facts import sprint_facts
from mdtm.log_edit import appended_to, entry, with_key
from mdtm.occasion import Occasion, Outcome
from mdtm.plan import Plan, Refused
from mdtm.sprints import find_sprint, open_tasks, sprint_id, sprint_meant, tasks_of
from mdtm.steps.context import active_sprint, leaving, session_at_work, turned
from mdtm.steps.session import logged
from mdtm.steps.task import draft_of
from mdtm.tasks import CLOSED, DONE, IN_PROGRESS, TO_DO, status_meant, status_of, title_of
from mdtm.times import spell_time
from mdtm.verb import Parameter, Verb

NOTES = "Notes"
"""The section of a sprint that has its notes."""
WAITING = (TO_DO, "⚪️ Planned")


def activate(at: Occasion, sprint: str) -> Outcome:
    """Makes a sprint the one that the session works on; another one is left, with its tasks.

    Raises:
        Refused: there is no such sprint, it is over, or no session goes on.
    """
    session, found = session_at_work(at), find_sprint(at.files, sprint)
    own_id, status = sprint_id(found), status_meant(status_of(found))
    if status in CLOSED:
        raise Refused(f"{own_id} is {status}; give it another status in {found.path} first, if it goes on")
    stack = stack_of(session.log)
    sprints = [item for item in reversed(stack) if item.type == "sprint"]
    switches = [switch for item in sprints if item.id != own_id for switch in pops(branch(stack, item))]
    if all(item.id != own_id for item in sprints):
        switches.append(Switch("pushed", "sprint", own_id, " ".join(title_of(found).split())))
    tasks = tasks_of(at.files, found)
    closed = len(tasks) - len(open_tasks(at.files, found))
    data = {
        "sprint": own_id, "path": found.path, "session": session.id, "tasks": len(tasks), "closed": closed,
        "context": as_data(followed(stack, switches, spell_time(at.now))),
    }  # fmt: skip
    if not switches:
        return Outcome(f"{own_id} is active already", data=data, show=found.path)
    started = _edited(at, found, IN_PROGRESS) if status in WAITING else ()
    said = f"{own_id} is active: {title_of(found)} ({closed} of {len(tasks)} tasks done)"
    return Outcome(said, (*started, *turned(at, session, switches)), data, found.path)


def note(at: Occasion, text: str) -> Outcome:
    """Notes something about the active sprint: in the log of the session, and in the sprint's own notes."""
    what = text.strip()
    if not what:
        raise Refused('the note is empty; `mdtm sprint note "what there is to say"` needs a text')
    session = session_at_work(at)
    found = find_sprint(at.files, active_sprint(session).id)
    own_id = sprint_id(found)
    plan = (*_edited(at, found, note=what), *logged(at, session, [f"Note: `{own_id}`: {what}"]))
    data = {"session": session.id, "sprint": own_id, "path": found.path, "text": what}
    return Outcome(f"Note of {own_id}: {what.splitlines()[0]}", plan, data)


def complete(at: Occasion, sprint: str = "", note: str = "", force: str = "") -> Outcome:
    """Completes a sprint, or the active one, whose tasks are all done; what is said of it may stand in its place.

    Raises:
        Refused: tasks are open and no reason is given why that does not matter, or the sprint is over already.
    """
    if " " in sprint.strip() and sprint_meant(sprint) == sprint.strip() and not note:  # no id has a space
        sprint, note = "", sprint
    found = find_sprint(at.files, sprint or active_sprint(at.session()).id)
    own_id, reason = sprint_id(found), force.strip()
    if status_of(found) == DONE:
        raise Refused(f"{own_id} is done already")
    checks = completion("sprint", sprint_facts(at.files, found, note))
    if not checks.valid and not reason:
        raise checks.refusal(f"mdtm sprint complete {own_id}")
    text = with_note("done", note) + checks.despite(reason)
    session = at.session_if_any()
    entries = turned(at, session, leaving(session, own_id), [f"Result: `{own_id}` is {text}"]) if session else ()
    plan = (*_edited(at, found, DONE, text[0].upper() + text[1:]), *entries)
    where = f", logged in {session.id}" if session else ""
    said = f"{own_id} is {DONE}{where}{checks.remark}"
    data = {
        "sprint": own_id, "path": found.path, "status": DONE, "session": session.id if session else "",
        "open": checks.data["details"]["open_tasks"], "completion": checks.data,
    }  # fmt: skip
    return Outcome(said, plan, data, found.path)


def _edited(at: Occasion, sprint: Document, status: str = "", note: str = "") -> Plan:
    """The steps that give a sprint another status, or a note."""
    draft = draft_of(sprint)
    draft.edit([with_key(draft.document, "status", status)] if status else [])
    draft.edit([appended_to(draft.document, NOTES, [entry(at.now, note, at.actor)])] if note else [])
    return draft.steps()


VERBS = (
    Verb(
        "sprint.activate", ("sprint", "activate"), "Activate Sprint", activate, "mdtm sprint activate 1",
        (
            Parameter(
                "sprint", "its number, its id or its path", required=True, positional=True, question="Which sprint?",
                offers="sprint", is_path=True,
            ),
        ),
        situation="sprint_activate",
    ),
    Verb(
        "sprint.note", ("sprint", "note"), "Note on Active Sprint", note,
        'mdtm sprint note "the second shop wants Sundays too"',
        (
            Parameter(
                "text", "what there is to say; may go over several lines", required=True, positional=True,
                question="What is there to say?", from_input=True,
            ),
        ),
    ),
    Verb(
        "sprint.complete", ("sprint", "complete"), "Complete Sprint", complete,
        'mdtm sprint complete 1 "all shops order here"',
        (
            Parameter(
                "sprint", "its number, its id or its path; the active one without it", positional=True, is_path=True,
            ),
            Parameter("note", "what came of it, for the log and its own notes", positional=True),
            Parameter("force", "why it is completed though tasks are open; that is logged"),
        ),
        situation="task_deactivate",
    ),
)  # fmt: skip
