"""Says what the session works on: a stack of project, sprint, task and subtask."""

from __future__ import annotations

import re
from contextlib import suppress

from mdtm.context.log import readable_stack
from mdtm.context.stack import TASK_TYPES, TYPES, Item, Switch, as_data, current, follow, followed, in_words, pops
from mdtm.files import Files
from mdtm.occasion import Occasion, Outcome
from mdtm.plan import Refused
from mdtm.sprints import find_sprint, sprint_id
from mdtm.steps.context import session_at_work, turned
from mdtm.tasks import find_task, named_task, title_of
from mdtm.times import spell_time
from mdtm.verb import NOTE, Parameter, Verb

_PROJECT = re.compile(r"[\w@][\w@./-]{0,98}[\w@/-]|\w")
"""The id of a project, which has no file of its own."""


def push(at: Occasion, type: str, id: str) -> Outcome:
    """Puts a project, a sprint, a task or a subtask on top of what the session works on, and logs that.

    Raises:
        Refused: there is no such sprint or task, or the session rests or is over.
    """
    session, own_id = session_at_work(at), _named(at.files, type, id)
    stack = readable_stack(session.log)
    if any((item.type, item.id) == (type, own_id) for item in stack):
        return Outcome(f"{type} {own_id} is in the context already: {in_words(stack)}", data=_data(session.id, stack))
    switch = Switch("pushed", type, own_id)
    now = follow(stack, switch, spell_time(at.now))
    text = f"Pushed {type} {own_id}; the context is {in_words(now)}"
    return Outcome(text, turned(at, session, [switch]), _data(session.id, now))


def pop(at: Occasion, type: str = "", note: str = "") -> Outcome:
    """Takes the deepest level off what the session works on, or the last of a type, and logs that.

    Raises:
        Refused: there is none, or the context cannot be read.
    """
    session = at.session()
    stack = readable_stack(session.log)
    gone = current(stack, type)
    if gone is None:
        what = f"has no {type}" if type else "is empty"
        raise Refused(f"the context of {session.id} {what}; `mdtm context show` shows it")
    switches = pops([gone], note.strip())
    left, plan = followed(stack, switches), turned(at, session, switches)
    rest = f"the context is {in_words(left)}" if left else "the context is empty"
    return Outcome(f"Popped {gone.type} {gone.id}; {rest}", plan, _data(session.id, left))


def show(at: Occasion, type: str = "") -> Outcome:
    """Shows what the session works on, the deepest last; with a type the last of that."""
    session = at.session()
    stack = readable_stack(session.log)
    now = current(stack, type)
    shown = stack if not type else (now,) if now else ()
    lines = [_line(at.files, item) for item in shown]
    empty = f"The context of {session.id} {f'has no {type}' if type else 'is empty'}."
    return Outcome("\n".join(lines) or empty, data={**_data(session.id, stack), "current": now and now._asdict()})


def clear(at: Occasion, note: str = "") -> Outcome:
    """Takes everything off what the session works on, and logs that."""
    session = at.session()
    stack = readable_stack(session.log)
    if not stack:
        return Outcome(f"The context of {session.id} is empty already.", data=_data(session.id, ()))
    plan = turned(at, session, [Switch("cleared", note=note.strip())])
    return Outcome(f"Cleared the context, which was {in_words(stack)}", plan, _data(session.id, ()))


def _named(files: Files, type: str, wish: str) -> str:
    """The id of what is to be pushed.

    Raises:
        Refused: there is nothing of that id.
    """
    if type in TASK_TYPES:
        return named_task(files, wish)
    if type == "sprint":
        return sprint_id(find_sprint(files, wish))
    if type not in TYPES:
        raise Refused(f"there is no type {type}; there are {', '.join(TYPES)}")
    if not _PROJECT.fullmatch(wish.strip()):
        raise Refused(f'"{wish}" cannot name a project: that is one word, such as bakery/shop')
    return wish.strip()


def _line(files: Files, item: Item) -> str:
    """A level of the stack with its title, as far as there is one."""
    find = {"sprint": find_sprint, "task": find_task, "subtask": find_task}.get(item.type)
    title = ""
    with suppress(Refused):
        title = title_of(find(files, item.id)) if find else ""
    since = f"since {item.pushed_at}" if item.pushed_at else ""
    return "  ".join(part for part in (f"{item.type} {item.id}", since, title) if part)


def _data(session: str, stack: tuple[Item, ...]) -> dict[str, object]:
    return {"session": session, "context": as_data(stack)}


_TYPE = Parameter("type", "of which type; the deepest of all without it", positional=True, choices=TYPES)
VERBS = (
    Verb(
        "context.push", ("context", "push"), "Push Context", push, "mdtm context push project bakery/shop",
        (
            Parameter(
                "type", "what it is", required=True, positional=True, choices=TYPES, question="What is worked on?",
            ),
            Parameter(
                "id", "its id; a sprint's number will do", required=True, positional=True, question="Which one?",
                offers="context",
            ),
        ),
        situation="context_switch",
    ),
    Verb(
        "context.pop", ("context", "pop"), "Pop Context", pop, 'mdtm context pop task "the oven has to cool"',
        (_TYPE, NOTE), situation="context_switch",
    ),
    Verb(
        "context.show", ("context", "show"), "Show Context", show, "mdtm context show --type task",
        (Parameter("type", "only the last of that type", choices=TYPES),),
    ),
    Verb(
        "context.clear", ("context", "clear"), "Clear Context", clear, 'mdtm context clear "a new day"', (NOTE,),
        situation="context_switch",
    ),
)  # fmt: skip
