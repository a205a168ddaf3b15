"""Moves a task on: its status, its check boxes, its end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mdtm.context.log import stack_of
from mdtm.context.stack import TASK_TYPES, as_data, followed
from mdtm.document import Document
from mdtm.events import phrased, with_note
from mdtm.fields import Edit
from mdtm.files import exists
from mdtm.occasion import Occasion, Outcome
from mdtm.paths import plain
from mdtm.plan import Refused
from mdtm.schema.statuses import TASK_STATUSES
from mdtm.steps.context import active_task, leaving, session_at_work, turned
from mdtm.steps.task import draft_of, known_task, noted, recorded, session_of, set_keys
from mdtm.steps.task_end import end_tasks
from mdtm.tasks import (
    CLOSED,
    DONE,
    OPEN,
    Box,
    boxes,
    find_task,
    looks_like_task,
    mark_in_use,
    status_meant,
    status_of,
    task_id,
)
from mdtm.verb import NOTE, TASK, Parameter, Verb

SHOWN_BOXES = 10
"""How many boxes a refusal names."""


def status(at: Occasion, task: str, status: str, note: str = "") -> Outcome:
    """Gives a task another status: a word such as "in progress" will do.

    Raises:
        Refused: no status has that word, or the task is to be done and a check of that is not met.
    """
    found = find_task(at.files, task)
    wanted = status_meant(status)
    if wanted is None:
        raise Refused(f'there is no status "{status}"; there are {", ".join(TASK_STATUSES.canonical)}')
    if status_of(found) == wanted:
        return Outcome(f"{task_id(found)} is {wanted} already", data=_data(found, wanted))
    if wanted == DONE:
        return end_tasks(at, [(found.path, note)])
    text = phrased("status", with_note(f"`{task_id(found)}` is {wanted}", note))
    return _moved(at, found, wanted, text)


def tick(at: Occasion, task: str, box: str, untick: bool = False) -> Outcome:
    """Ticks a check box of a task, named by its number or by its text, with the mark that the file has for that.

    Raises:
        Refused: there is no such box, or there are several.
    """
    found = find_task(at.files, task)
    there = boxes(found)
    meant = _box_meant(found, there, box)
    data = {"task": task_id(found), "path": found.path, "box": meant.number, "text": meant.text, "ticked": not untick}
    if meant.ticked != untick:
        return Outcome(f"{_named(meant)} is {'open' if untick else 'ticked'} already", data=data)
    mark = OPEN if untick else mark_in_use(there)
    draft = draft_of(found)
    draft.edit([Edit(meant.span, f"[{mark}]")])
    set_keys(draft, at.now, ())
    ticked = sum(one.ticked for one in there) + (-1 if untick else 1)
    said = f"{'Opened' if untick else 'Ticked'} {_named(meant)}; {ticked} of {len(there)} are ticked"
    return Outcome(said, draft.steps(), {**data, "open": len(there) - ticked}, found.path)


def done(at: Occasion, task: Sequence[str], note: str = "", force: str = "") -> Outcome:
    """Ends tasks of which nothing is left to do, and logs what came of them.

    Several are ended in one change, with one note or with one each, as in `ID="what came of it"`; one that cannot end
    leaves the others done. After a single task the note needs no `--note`.

    Raises:
        Refused: none can end, for a check that is required is not met and no reason is given why that does not matter.
    """
    if not task:
        raise Refused("no task is named; `mdtm task done ID` ends one")
    *names, last = task
    if names and not note and not looks_like_task(at.files, last):
        task, note = names, last
    return end_tasks(at, [_with_summary(at, one, note) for one in task], force)


def _with_summary(at: Occasion, name: str, note: str) -> tuple[str, str]:
    """The name of a task and its summary, which may stand behind it."""
    own, sign, summary = name.partition("=")
    return (own, summary) if sign and not exists(at.files, plain(name)) else (name, note)


def done_active(at: Occasion, note: str = "", force: str = "") -> Outcome:
    """Ends the task that the session works on, as `task done` does."""
    return end_tasks(at, [(active_task(session_at_work(at)).id, note)], force)


def deactivate(at: Occasion, task: str = "", summary: str = "", complete: bool = False) -> Outcome:
    """Works on the active task no more, and logs what came of it; what is said of it may stand in the task's place.

    Raises:
        Refused: no task is active, or not this one.
    """
    session = at.session()
    known = [item.id for item in stack_of(session.log) if item.type in TASK_TYPES]
    if task and not summary and task.strip() not in known and not looks_like_task(at.files, task):
        task, summary = "", task
    found = known_task(at.files, task) if task else None
    own_id = task_id(found) if found else task.strip() or active_task(session).id
    if own_id not in known:
        now = f"; what is active is {', '.join(known)}" if known else ""
        raise Refused(f"{own_id} is not active in {session.id}{now}")
    if complete:
        return end_tasks(at, [(own_id, summary)], answer="summary")
    switches = leaving(session, own_id, note=" ".join(summary.split()))
    steps = noted(at, own_id, f"Note: {summary.strip()}") if summary.strip() else ()
    data = {"task": own_id, "session": session.id, "context": as_data(followed(stack_of(session.log), switches))}
    return Outcome(f"{own_id} is not active any more", (*steps, *turned(at, session, switches)), data)


def _moved(at: Occasion, task: Document, status: str, text: str) -> Outcome:
    """The task with another status, and the entry on it; who works on one that is over does so no more."""
    draft, session = draft_of(task), session_of(at, task)
    set_keys(draft, at.now, [("status", status)])
    left = leaving(session, task_id(task)) if status in CLOSED else []
    plan = recorded(at, draft, session, text, left)
    where = f", logged in {session.id}" if session else ""
    data = {**_data(task, status), "session": session.id if session else ""}
    return Outcome(f"{task_id(task)} is {status}{where}", plan, data, task.path)


def _box_meant(task: Document, there: list[Box], wish: str) -> Box:
    """The box with a number, or with a text: the whole of it, else a piece."""
    wish = wish.strip()
    if not there:
        raise Refused(f"{task_id(task)} has no check box")
    if wish.isdecimal():
        if 1 <= int(wish) <= len(there):
            return there[int(wish) - 1]
        raise Refused(f"{task_id(task)} has no box {wish}; its boxes have the numbers 1 to {len(there)}")
    folded = _folded(wish)
    found = [box for box in there if _folded(box.text) == folded]
    found = found or [box for box in there if folded and folded in _folded(box.text)]
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused(f'"{wish}" may mean several boxes: {_list(found)}; give the number')
    raise Refused(f'{task_id(task)} has no box "{wish}"; it has {_list(there)}')


def _folded(text: str) -> str:
    """A text as boxes are compared: without its end, marks of Markdown and capital letters."""
    return " ".join(re.sub(r"[*_`]+", "", text).split()).strip(" .").casefold()


def _named(box: Box) -> str:
    return f'{box.number} "{box.text}"'


def _list(found: list[Box]) -> str:
    more = f" and {len(found) - SHOWN_BOXES} more" if len(found) > SHOWN_BOXES else ""
    return ", ".join(map(_named, found[:SHOWN_BOXES])) + more


def _data(task: Document, status: str) -> dict[str, object]:
    return {"task": task_id(task), "path": task.path, "status": status}


_FORCE = Parameter("force", "why it is done though something that is required is missing; that is logged")
VERBS = (
    Verb(
        "task.status", ("task", "status"), "Set Task Status", status,
        'mdtm task status TASK-API-20260605-090000 "in progress"',
        (
            TASK,
            Parameter(
                "status", f"the new one, or its word: {', '.join(TASK_STATUSES.canonical)}", required=True,
                positional=True, question="What is its status now?",
            ),
            NOTE,
        ),
    ),
    Verb(
        "task.tick", ("task", "tick"), "Tick Box of Task", tick, "mdtm task tick TASK-API-20260605-090000 2",
        (
            TASK,
            Parameter(
                "box", "its number, its text or a piece of that", required=True, positional=True, question="Which box?"
            ),
            Parameter("untick", "opens the box again", "flag"),
        ),
        of_session=False,
    ),
    Verb(
        "task.done", ("task", "done"), "Complete Task", done,
        'mdtm task done TASK-API-20260605-090000 "the store is moved"',
        (
            Parameter(
                "task", "its id, or its path; several, each perhaps as ID=SUMMARY", "texts", required=True,
                positional=True, question="Which task?", is_path=True, offers="task", from_input=True,
            ),
            Parameter("note", "the summary: what came of it, or of all of them, for the log"),
            _FORCE,
        ),
        situation="task_deactivate",
    ),
    Verb(
        "context.done", ("done",), "Complete Active Task", done_active, 'mdtm done "the store is moved"',
        (NOTE, _FORCE),
        situation="task_deactivate",
    ),
    Verb(
        "task.deactivate", ("task", "deactivate"), "Deactivate Task", deactivate,
        'mdtm task deactivate "the tables are made" --done',
        (
            Parameter("task", "its id, or its path; the active one without it", positional=True, is_path=True),
            Parameter("summary", "what came of it, for the log and the task's own", positional=True),
            Parameter("complete", "ends the task, as `mdtm task done` does", "flag", option="done"),
        ),
        situation="task_deactivate",
    ),
)  # fmt: skip
