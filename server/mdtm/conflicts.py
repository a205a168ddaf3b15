"""Knows the lines with which a merge marks what it could not decide."""

from __future__ import annotations

import re

SIGNS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
_LINE = re.compile(r"^(?:<{7}|>{7}|\|{7}|={7}(?=[\r\n]|\Z))(?=[ \r\n]|\Z)[^\r\n]*", re.MULTILINE)


def merge_sign(line: str) -> str:
    """The sign of a line that marks a conflict; empty for any other line."""
    sign = line[:7]
    if sign not in SIGNS:
        return ""
    rest = line[7:].rstrip("\r\n")
    return sign if not rest or (rest[0] == " " and sign != "=======") else ""


def masked(text: str, start: int) -> tuple[str, list[tuple[int, int]]]:
    """The text of frontmatter with its conflict markers as comments of the same length, and where the conflicts lie.

    A conflict that does not end goes on to the end of the text.
    """
    conflicts: list[tuple[int, int]] = []
    pieces: list[str] = []
    opened, at = -1, 0
    for match in _LINE.finditer(text, start):
        sign = match[0][:7]
        if sign == "<<<<<<<" and opened < 0:
            opened = match.start()
        if opened < 0:
            continue
        pieces += (text[at : match.start()], "#")
        at = match.start() + 1
        if sign == ">>>>>>>":
            conflicts.append((opened, match.end()))
            opened = -1
    if opened >= 0:
        conflicts.append((opened, len(text)))
    return "".join((*pieces, text[at:])), conflicts
