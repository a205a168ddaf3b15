"""One day of work as data: commands that the command line and an editor carry out alike."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from mdtm.cli import command_line
from mdtm.cli.verbs import told
from mdtm.verb import Verb


class Step(NamedTuple):
    """A command, and a piece of what is answered to it."""

    command: str
    """As on the command line, behind `mdtm`; {first} and {second} are the ids of the tasks."""
    says: str = ""
    refused: bool = False
    names: str = ""
    """What the task is called that the command makes."""


CRASH = Step("crash")
"""Whatever carries the commands out is killed, and another process takes its place."""
LOG = ".mdtm/sessions/SESSION-001/session_log.md"
BOXES = 7
"""How many boxes the template of a feature has."""
DAY = (
    Step('start "A day in the bakery 🥖" --dialect orchestration --type work', "Started SESSION-001"),
    Step('sprint create "Orders from other shops" --goal "Three cafés order here"', "SPRINT-1"),
    Step("sprint activate 1", "SPRINT-1"),
    Step('task create "Take orders" --type feature --to dev-api', "Created TASK-API-", names="first"),
    Step('task create "Bake rye" --type feature --to dev-web', "Created TASK-WEB-", names="second"),
    Step("sprint add {first} {second}", "{first}"),
    Step("task activate {first}", "{first}"),
    Step('update "half of the orders come by mail"', "half of the orders"),
    Step('note "Ann knows the shops"', "Ann knows"),
    Step('log "orders close at noon" --kind decision', "Decision: orders close at noon"),
    Step('log "who drives on Sundays?" --kind question', "Question: who drives"),
    Step('pause "lunch"', "SESSION-001 is paused"),
    Step('log "the flour has come"', "there is no active session", refused=True),
    Step('resume SESSION-001 "the flour has come"', "SESSION-001 is active"),
    Step('update "the others come by telephone"', "the others"),
    CRASH,
    Step("resume --budget 1000", "SESSION-001 is active and goes on\ngoal: A day in the bakery 🥖"),
    Step("brief", "context: task {first}"),
    Step("brief", "in: sprint SPRINT-1"),
    Step("brief", "Question: who drives on Sundays?"),
    Step("brief", "Update: `{first}`: the others come by telephone"),
    *(Step(f"task tick {{first}} {number}") for number in range(1, BOXES + 1)),
    Step('done "orders come by mail and by telephone"', "{first} is 🟢 Done"),
    Step("task activate {second}", "{second}"),
    Step('sprint complete 1 "all orders are taken"', "{second}", refused=True),
    Step("done", "{second} has no summary", refused=True),
    Step('done "the rye is in the oven"', f"{BOXES} open boxes", refused=True),
    Step('done "the rye is in the oven" --force "the list was for wheat"', "{second} is 🟢 Done"),
    Step('sprint note "rye sells best"', "rye sells best"),
    Step('sprint complete 1 "all orders are taken"', "SPRINT-1"),
    Step('complete "the shop is closed"', "SESSION-001 is completed"),
    Step("resume SESSION-001", "SESSION-001 is completed", refused=True),
    Step("doctor", "Sessions, markers and files agree."),
)


async def live(
    do: Callable[[str], Awaitable[Mapping[str, Any]]], crash: Callable[[], Awaitable[None]]
) -> dict[str, str]:
    """Goes through the day; gives the ids of its tasks by what they are called."""
    known = {"first": "{first}", "second": "{second}"}
    for step in DAY:
        if step is CRASH:
            await crash()
            continue
        answer = await do(step.command.format(**known))
        assert answer["done"] is not step.refused, (step.command, answer["text"])
        if step.names:
            known[step.names] = answer["task"]
        assert step.says.format(**known) in answer["text"], (step.command, answer["text"])
    return known


def parsed(command: str) -> tuple[Verb, dict[str, Any]]:
    """The verb of a command, and what it is told, as an editor's command has it."""
    arguments: argparse.Namespace = command_line().parse_args(shlex.split(command))
    session = getattr(arguments, "session", "")
    return arguments.verb, told(arguments.verb, arguments) | ({"session": session} if session else {})


def left_by(root: Path, known: Mapping[str, str]) -> dict[str, str]:
    """The files of a workspace without what differs from day to day: the times, ids of them, and the face."""
    found = {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in root.rglob("*") if path.is_file()}
    return {_timeless(path, known): _timeless(text, known) for path, text in found.items()}


def _timeless(text: str, known: Mapping[str, str]) -> str:
    for name, own_id in known.items():
        text = text.replace(own_id, name)
    text = re.sub(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?", "TIME", text)
    return re.sub(r'^source = "(?:cli|editor)"$', "source = FACE", text, flags=re.MULTILINE)
