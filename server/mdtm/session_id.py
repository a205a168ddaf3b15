"""What the id of a session tells: its goal and when it was started."""

from __future__ import annotations

import re

from mdtm.times import Moment, read_time

_STAMP = re.compile(r"(?P<goal>.*?)-?(?P<stamp>\d{8}-\d{6}|\d{14}|\d{12}|\d{10})$")


def goal_of(session_id: str) -> str:
    """The goal in words, as far as the id has any: `SESSION-Pick_up_slots-2506050301` is "Pick up slots"."""
    match = _STAMP.match(session_id)
    goal = (match["goal"] if match else session_id).partition("-")[2]
    return "" if goal.isdigit() else goal.replace("_", " ").strip()


def start_of(session_id: str) -> Moment | None:
    """The time that the id ends with, which names no zone."""
    match = _STAMP.match(session_id)
    return read_time(match["stamp"]) if match else None
