"""Ends tasks: what stands in the way of each, and the one change that ends all of which nothing does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from mdtm.completion import Completion, completion
from mdtm.document import Document
from mdtm.events import phrased, with_note
from mdtm.facts import task_facts
from mdtm.log_edit import appended, entry
from mdtm.occasion import Occasion, Outcome
from mdtm.plan import Plan, Refused, Step
from mdtm.sessions import Session
from mdtm.steps.context import leaving, turned
from mdtm.steps.task import draft_of, session_of, set_keys
from mdtm.tasks import DONE, find_task, status_of, task_id
from mdtm.trace import Trace


class Ending(NamedTuple):
    """A task that is to be ended."""

    task: Document
    summary: str
    """What came of it, as far as that is said now."""

    @property
    def id(self) -> str:
        return task_id(self.task)


def end_tasks(at: Occasion, wishes: Sequence[tuple[str, str]], reason: str = "", answer: str = "note") -> Outcome:
    """Ends tasks, each named by its id or path and given with its summary; those that cannot end stay as they are.

    Subtasks that end at the same time are not in the way. With a reason nothing is in the way.
    `answer` is the parameter of the verb that a summary is given by.

    Raises:
        Refused: none of them can end; it carries what came of the checks.
    """
    reason = reason.strip()
    tried = {name: _ending(at, name, summary) for name, summary in wishes}
    refused = {name: one for name, one in tried.items() if isinstance(one, Refused)}
    endings = list({one.task.path: one for one in tried.values() if isinstance(one, Ending)}.values())
    going, found = _checked(at, endings, reason)
    for ending in endings:
        if ending not in going:
            refused[ending.id] = found[ending.id].refusal(f"mdtm task done {ending.id}", answer)
    if not going:
        raise next(iter(refused.values())) if len(refused) == 1 else _all_refused(refused)
    outcome = _ended(at, going, found, reason)
    return outcome if len(wishes) == 1 else _of_several(outcome, refused)


def _ending(at: Occasion, name: str, summary: str) -> Ending | Refused:
    """A task that is not done yet, and that can be changed; else why not."""
    try:
        task = draft_of(find_task(at.files, name)).document
    except Refused as refused:
        return refused
    if status_of(task) == DONE:
        own_id = task_id(task)
        return Refused(f'{own_id} is done already; `mdtm task status {own_id} "in progress"` reopens it')
    return Ending(task, summary.strip())


def _checked(at: Occasion, endings: list[Ending], reason: str) -> tuple[list[Ending], dict[str, Completion]]:
    """Those of which nothing stands in the way, and what came of the checks; a part that stays keeps the whole."""
    going, trace = endings, Trace(at.files)
    while True:
        closing = {ending.id for ending in going}
        facts = (task_facts(at.files, trace, ending.task, at.now, ending.summary, closing) for ending in endings)
        found = {one.id: completion("task", one) for one in facts}
        able = [ending for ending in going if reason or found[ending.id].valid]
        if able == going:
            return going, found
        going = able


def _ended(at: Occasion, going: list[Ending], found: dict[str, Completion], reason: str) -> Outcome:
    """The change that ends tasks: each says in its own log what came of it, and its session does, which leaves them."""
    steps, texts, session = list[Step](), list[str](), None
    said, data = list[str](), list[dict[str, Any]]()
    for ending in going:
        one, home = found[ending.id], session_of(at, ending.task)
        text = _entry_text(ending, one, reason)
        draft = draft_of(ending.task)
        set_keys(draft, at.now, [("status", DONE)])
        draft.edit([appended(draft.document, [entry(at.now, text, at.actor)])])
        steps += draft.steps()
        session, texts = home or session, [*texts, *([text] if home else [])]
        said.append(_said(ending, one, home))
        own = {"task": ending.id, "path": ending.task.path, "status": DONE, "session": home.id if home else ""}
        data.append({**own, "completion": one.data})
    left = leaving(session, *(ending.id for ending in going))
    plan: Plan = (*steps, *(turned(at, session, left, texts) if session else ()))
    if len(data) == 1:
        return Outcome(said[0], plan, data[0], going[0].task.path)
    return Outcome("\n".join(said), plan, {"tasks": data})


def _entry_text(ending: Ending, found: Completion, reason: str) -> str:
    """What the entry says: what came of the task, and why it is over though something stood in the way."""
    return phrased("result", with_note(f"`{ending.id}` is done", ending.summary) + found.despite(reason))


def _said(ending: Ending, found: Completion, session: Session | None) -> str:
    where = f", logged in {session.id}" if session else ""
    return f"{ending.id} is {DONE}{where}{found.remark}"


def _of_several(outcome: Outcome, refused: dict[str, Refused]) -> Outcome:
    """What came of a wish for several tasks, some of which may have stayed as they are."""
    ended = outcome.data.get("tasks", [dict(outcome.data)])
    failed = [{"task": name, "text": str(error), **error.data} for name, error in refused.items()]
    text = "\n".join([outcome.text, *(f"not done: {error}" for error in refused.values())])
    return replace(outcome, text=text, data={"tasks": ended, "failed": failed}, status=1 if refused else 0)


def _all_refused(refused: dict[str, Refused]) -> Refused:
    failed = [{"task": name, "text": str(error), **error.data} for name, error in refused.items()]
    requirements = [one for error in refused.values() for one in error.data.get("requirements", [{"name": ""}])]
    message = "\n".join(["none of the tasks is done", *map(str, refused.values())])
    return Refused(message, {"valid": False, "requirements": requirements, "failed": failed})
