"""Works on a task: makes it the active one, and tells how it goes."""

from __future__ import annotations

from collections.abc import Iterator

from mdtm.context.log import stack_of
from mdtm.context.stack import TASK_TYPES, Item, Switch, as_data, followed, pops
from mdtm.document import Document
from mdtm.files import Files
from mdtm.occasion import Occasion, Outcome
from mdtm.plan import Refused, Step
from mdtm.schema.sessions import RELATED_TASKS
from mdtm.schema.tasks import PARENT_KEYS
from mdtm.steps.context import active_task, session_at_work, turned
from mdtm.steps.session import logged
from mdtm.steps.task import draft_of, known_task, noted, set_keys
from mdtm.tasks import CLOSED, IN_PROGRESS, find_task, status_meant, status_of, task_id, title_of
from mdtm.times import spell_time
from mdtm.verb import TASK, Parameter, Verb

_UNTAKEN = ("delegation_status", "unassigned", "in_progress")
"""A key that the orchestration system has in its tasks, the value of one that nobody works on, and the other."""


def activate(at: Occasion, task: str) -> Outcome:
    """Makes a task the one that the session works on: it is in progress now, and what was active before is left.

    A part of a task that is active is worked on below it, as a subtask.

    Raises:
        Refused: there is no such task, it is over, or no session goes on.
    """
    session, found = session_at_work(at), find_task(at.files, task)
    own_id, status = task_id(found), status_meant(status_of(found))
    if status in CLOSED:
        raise Refused(f'{own_id} is {status}; `mdtm task status {own_id} "in progress"` reopens it')
    stack, stamp = stack_of(session.log), spell_time(at.now)
    switches = [*_switches(stack, own_id, set(_wholes(at.files, found)), " ".join(title_of(found).split()))]
    changed = _taken_up(at, found)
    now = followed(stack, switches, stamp)
    data = {
        "task": own_id, "path": found.path, "status": IN_PROGRESS, "session": session.id, "context": as_data(now),
    }  # fmt: skip
    if not switches and not changed:
        return Outcome(f"{own_id} is active already", data=data, show=found.path)
    plan = (*changed, *turned(at, session, switches))
    return Outcome(f"{own_id} is active: {title_of(found)}".rstrip(": "), plan, data, found.path)


def update(at: Occasion, text: str) -> Outcome:
    """Tells how the active task goes: in the log of the session, and in the task's own."""
    return _told(at, "Update", text)


def note(at: Occasion, text: str) -> Outcome:
    """Notes something about the active task: in the log of the session, and in the task's own."""
    return _told(at, "Note", text)


def _told(at: Occasion, kind: str, text: str) -> Outcome:
    what = text.strip()
    if not what:
        raise Refused(f'the {kind.lower()} is empty; `mdtm {kind.lower()} "what there is to say"` needs a text')
    session = session_at_work(at)
    own_id = active_task(session).id
    plan = (
        *noted(at, own_id, f"{kind}: {what}"),
        *logged(at, session, [f"{kind}: `{own_id}`: {what}"], items=[(RELATED_TASKS, own_id)]),
    )
    data = {"session": session.id, "task": own_id, "kind": kind.lower(), "text": what}
    return Outcome(f"{kind} of {own_id}: {what.splitlines()[0]}", plan, data)


def _wholes(files: Files, task: Document) -> Iterator[str]:
    """The ids of the tasks that a task is a part of, from the nearest on."""
    seen, waiting = {task_id(task)}, [task]
    while waiting:
        one = waiting.pop()
        for own_id in (one.frontmatter.text(key) or "" for key in PARENT_KEYS):
            if own_id and own_id not in seen:
                seen.add(own_id)
                yield own_id
                waiting += [whole] if (whole := known_task(files, own_id)) else []


def _switches(stack: tuple[Item, ...], own_id: str, wholes: set[str], title: str) -> Iterator[Switch]:
    """The changes that make a task the deepest one: what it is no part of is left."""
    tasks = [item for item in stack if item.type in TASK_TYPES]
    yield from pops(item for item in reversed(tasks) if item.id not in {own_id, *wholes})
    if all(item.id != own_id for item in tasks):
        is_part = any(item.id in wholes for item in tasks)
        yield Switch("pushed", "subtask" if is_part else "task", own_id, title)


def _taken_up(at: Occasion, task: Document) -> tuple[Step, ...]:
    """The steps that set a task in progress; none where it is."""
    key, untaken, taken = _UNTAKEN
    keys = [("status", IN_PROGRESS)] if status_of(task) != IN_PROGRESS else []
    keys += [(key, taken)] if task.frontmatter.text(key) == untaken else []
    if not keys:
        return ()
    draft = draft_of(task)
    set_keys(draft, at.now, keys)
    return draft.steps()


_TEXT = Parameter(
    "text", "what there is to say; may go over several lines", required=True, positional=True,
    question="What is there to say?", from_input=True,
)  # fmt: skip
VERBS = (
    Verb(
        "task.activate", ("task", "activate"), "Activate Task", activate,
        "mdtm task activate TASK-API-20260605-090000",
        (
            TASK,
        ),
        situation="task_activate",
    ),
    Verb(
        "context.update", ("update",), "Update Active Task", update, 'mdtm update "half of the tokens are moved"',
        (_TEXT,),
    ),
    Verb(
        "context.note", ("note",), "Note on Active Task", note, 'mdtm note "the store has no index"', (_TEXT,),
    ),
)  # fmt: skip
