"""The id of a session: what it tells of the goal and the start, and how a new one is made."""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import datetime, timezone

from mdtm.dialect import Dialect
from mdtm.times import Moment, read_time

_STAMP = re.compile(r"(?P<goal>.*?)-?(?P<stamp>\d{8}-\d{6}|\d{14}|\d{12}|\d{10})(?:-\d+)?$")


def goal_of(session_id: str) -> str:
    """The goal in words, as far as the id has any: `SESSION-Pick_up_slots-2506050301` is "Pick up slots"."""
    match = _STAMP.match(session_id)
    goal = (match["goal"] if match else session_id).partition("-")[2]
    return "" if goal.isdigit() else goal.replace("_", " ").strip()


def start_of(session_id: str) -> Moment | None:
    """The time that the id ends with, which names no zone."""
    match = _STAMP.match(session_id)
    return read_time(match["stamp"]) if match else None


LONGEST_GOAL = 60
LONGEST_SLUG = 50


def sanitised(goal: str) -> str:
    """A goal as it stands in an id; empty when it has neither a letter nor a digit of ASCII."""
    return _cut(re.sub(r"[^A-Za-z0-9-]+", "_", goal).strip("_-"), LONGEST_GOAL)


def slug(goal: str) -> str:
    """A goal in small letters and hyphens; empty when nothing of it is left."""
    return _cut(re.sub(r"[^a-z0-9]+", "-", goal.lower()).strip("-"), LONGEST_SLUG)


def new_id(dialect: Dialect, goal: str, now: datetime, taken: Container[str]) -> str:
    """An id for a new session that nobody has; times in it are UTC."""
    utc = now.astimezone(timezone.utc)
    template, number = dialect.id_template, 1
    if "{number}" in template:
        while (found := template.format(number=f"{number:03}")) in taken:
            number += 1
        return found
    first = template.format(
        goal=sanitised(goal), slug=slug(goal), minute=utc.strftime("%y%m%d%H%M"), second=utc.strftime("%Y%m%d-%H%M%S")
    )
    found = first
    while found in taken:
        number += 1
        found = f"{first}-{number}"
    return found


def _cut(text: str, longest: int) -> str:
    """A text that is not too long, cut at the end of a word where it has one."""
    if len(text) <= longest:
        return text
    cut = text[: longest + 1]
    word = max(cut.rfind("_"), cut.rfind("-"))
    return cut[: word if word > longest // 2 else longest].rstrip("_-")
