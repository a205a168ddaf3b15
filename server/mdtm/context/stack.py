"""The context of a session: what is being worked on, from the project down to the subtask.

It stands in the session's frontmatter as a stack, the deepest last:

    context = [{type = "sprint", id = "SPRINT-1", pushed_at = "2025-06-05T10:00:00Z"}, …]

and each change of it in the log, as an entry that `switched` writes and `switch_of` reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile
from typing import Any, Literal, NamedTuple

KEY = "context"
"""The key of the frontmatter."""
TYPES = ("project", "sprint", "task", "subtask")
"""What a context may be, from the widest to the narrowest."""
TASK_TYPES = ("task", "subtask")
What = Literal["pushed", "popped", "cleared"]


class Item(NamedTuple):
    """One level of a stack."""

    type: str
    id: str
    pushed_at: str = ""
    """When it was pushed, as it is spelled; empty where nothing tells."""


class Switch(NamedTuple):
    """What an entry tells of the context."""

    what: What
    type: str = ""
    """Empty when the whole stack was cleared."""
    id: str = ""
    note: str = ""
    """What else the entry says of it."""


_SWITCH = re.compile(
    r"\W*context:?[ ]+(?:(?P<what>push|pop)(?:ped|ed)?:?[ ]+(?P<type>{types})[ ]+`?(?P<id>[^\s`]*[^\s`:;,.])`?|"
    r"(?P<cleared>clear(?:ed)?)\b)(?:[:;,]?[ ]+(?P<note>\S.*))?".format(types="|".join(TYPES)),
    re.IGNORECASE,
)


def switched(switch: Switch) -> str:
    """The text of the entry that tells of a change."""
    named = f" {switch.type} `{switch.id}`" if switch.type else ""
    return f"Context: {switch.what}{named}" + (f": {switch.note}" if switch.note else "")


def switch_of(text: str) -> Switch | None:
    """What the text of an entry tells of the context; None when it tells of something else."""
    match = _SWITCH.match(text)
    if not match:
        return None
    note = (match["note"] or "").strip()
    if match["cleared"]:
        return Switch("cleared", note=note)
    what: What = "pushed" if match["what"].lower() == "push" else "popped"
    return Switch(what, match["type"].lower(), match["id"], note)


def stack_in(values: Any) -> tuple[Item, ...]:
    """The stack that the value of the key `context` holds, the deepest last; what is no level is left out."""
    found = (level for level in values if isinstance(level, dict)) if isinstance(values, list) else ()
    return tuple(
        Item(str(level["type"]), str(level["id"]), str(level.get("pushed_at", "")))
        for level in found
        if level.get("type") in TYPES and level.get("id")
    )


def current(stack: tuple[Item, ...], type: str = "") -> Item | None:
    """The deepest level, or the last of a type."""
    return next((item for item in reversed(stack) if type in ("", item.type)), None)


def current_task(stack: tuple[Item, ...]) -> Item | None:
    """The task or subtask that is being worked on."""
    return next((item for item in reversed(stack) if item.type in TASK_TYPES), None)


def branch(stack: tuple[Item, ...], item: Item) -> tuple[Item, ...]:
    """A level of the stack with the narrower ones right below it, which make no sense without it; the deepest first."""
    behind = stack[stack.index(item) + 1 :]
    return (*reversed(tuple(takewhile(lambda one: _is_narrower(one.type, item.type), behind))), item)


def pops(items: Iterable[Item], note: str = "") -> list[Switch]:
    """The changes that take levels off the stack; the note is about the last of them."""
    found = [Switch("popped", item.type, item.id) for item in items]
    return [*found[:-1], *(switch._replace(note=note) for switch in found[-1:])]


def as_data(stack: tuple[Item, ...]) -> list[dict[str, str]]:
    """The stack as JSON has it."""
    return [item._asdict() for item in stack]


def in_words(stack: tuple[Item, ...]) -> str:
    """The stack in a line."""
    return " > ".join(f"{item.type} {item.id}" for item in stack)


def follow(stack: tuple[Item, ...], switch: Switch, stamp: str = "") -> tuple[Item, ...]:
    """The stack after a change, as the log tells of it."""
    if switch.what == "cleared":
        return ()
    if switch.what == "pushed":
        return (*stack, Item(switch.type, switch.id, stamp))
    last = next((item for item in reversed(stack) if (item.type, item.id) == (switch.type, switch.id)), None)
    return tuple(item for item in stack if item is not last)


def followed(stack: tuple[Item, ...], switches: Iterable[Switch], stamp: str = "") -> tuple[Item, ...]:
    """The stack after several changes at one time."""
    for switch in switches:
        stack = follow(stack, switch, stamp)
    return stack


def _is_narrower(type: str, other: str) -> bool:
    """Whether a type of level lies within another; subtasks have subtasks."""
    return TYPES.index(type) > TYPES.index(other) or type == other == "subtask"
