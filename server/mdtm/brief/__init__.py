"""What somebody needs who goes on with a session, fitted into a budget of tokens.

A token is estimated as four bytes of UTF-8, rounded up: about what English text comes to.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from mdtm.brief.head import Line
from mdtm.brief.parts import ABOUT, Section, sections
from mdtm.context.log import stack_of
from mdtm.context.stack import as_data
from mdtm.files import Files
from mdtm.plan import Refused
from mdtm.sessions import Session

BUDGET, LEAST = 1000, 100
"""The tokens of a brief for which no budget is given, and the least that one can have."""
BYTES_PER_TOKEN = 4
SHORTEST = 8
"""How many bytes any line has at the least, so that of many only as many are looked at as may find room."""
LONGEST = 240
"""How many bytes of one line are shown at the most; of a small budget no line gets more than an eighth."""


class Brief(NamedTuple):
    """A brief, for people and for programs."""

    text: str
    data: Mapping[str, Any]


def tokens(text: str) -> int:
    """How many tokens a text has, as it is estimated here."""
    return -(-_size(text) // BYTES_PER_TOKEN)


def brief(files: Files, session: Session, now: datetime, budget: int = BUDGET) -> Brief:
    """The brief of a session, never over its budget.

    Raises:
        Refused: the budget is too small for any brief.
    """
    if budget < LEAST:
        raise Refused(f"a brief needs a budget of {LEAST} tokens or more, and {budget} is less")
    found = sections(files, session, now)
    room = budget * BYTES_PER_TOKEN
    longest = min(LONGEST, room // 8)
    most = room // SHORTEST
    shown = [[_shown(section, line, session.folder, longest) for line in section.lines[:most]] for section in found]
    counts = _fitted(found, shown, room)
    text = _text(found, shown, counts)
    told = zip(found, counts, strict=True)
    data = {
        "session": session.id,
        "folder": session.folder,
        "context": as_data(stack_of(session.log)),
        "budget": budget,
        "tokens": tokens(text),
        "lines": [
            {"section": section.title, "text": _one_line(line.text), "path": line.path, "line": line.line or None}
            for section, count in told
            for line in section.lines[:count]
        ],
        "left_out": {section.title: left for section, left in _left(found, counts)},
    }
    return Brief(text, data)


def _fitted(found: list[Section], shown: list[list[str]], room: int) -> list[int]:
    """How many lines of each section are told: first the few that each has a right to, then more in their order."""
    counts = [0] * len(found)
    used = 0
    for limits in ([section.first for section in found], [len(lines) for lines in shown]):
        for index, limit in enumerate(limits):
            for line in shown[index][counts[index] : limit]:
                cost = _size(line) + 1 + (0 if counts[index] else _size(_heading(found[index])))
                counts[index] += 1
                if used + cost + _size(_closing(found, counts)) > room:
                    counts[index] -= 1
                    break
                used += cost
    return counts


def _text(found: list[Section], shown: list[list[str]], counts: list[int]) -> str:
    parts = [
        _heading(section) + "\n".join(lines[:count])
        for section, lines, count in zip(found, shown, counts, strict=True)
        if count
    ]
    return "\n".join([*parts, *filter(None, [_closing(found, counts)])])


def _heading(section: Section) -> str:
    """The line above a section; what is about the session itself stands first, without one."""
    return "" if section.title == ABOUT else f"{section.title}:\n"


def _closing(found: list[Section], counts: list[int]) -> str:
    """The line that counts what was left out; empty when that is nothing."""
    left = ", ".join(f"{section.title} {number}" for section, number in _left(found, counts))
    return left and f"… left out for the budget: {left}"


def _left(found: list[Section], counts: list[int]) -> list[tuple[Section, int]]:
    pairs = zip(found, counts, strict=True)
    return [(section, left) for section, count in pairs if (left := len(section.lines) - count)]


def _shown(section: Section, line: Line, folder: str, longest: int) -> str:
    return _written(line, folder, longest) if section.title == ABOUT else f"- {_written(line, folder, longest)}"


def _written(line: Line, folder: str, longest: int) -> str:
    """A line with its source; a path in the session's folder begins with `./`."""
    text = _one_line(line.text)
    if _size(text) > longest:
        text = text.encode()[: longest - 3].decode(errors="ignore").rstrip() + "…"
    path = f".{line.path[len(folder) :]}" if line.path.startswith(f"{folder}/") else line.path
    return f"{text}  ({path}:{line.line})" if line.line else f"{text}  ({path})"


def _one_line(text: str) -> str:
    return " ".join(text.split()).encode("utf-8", "replace").decode()


def _size(text: str) -> int:
    return len(text.encode())
