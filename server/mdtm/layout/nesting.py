"""Whether the lines below an entry still belong to it, in Markdown, when the entry begins with `- `."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BULLET = re.compile(r"([ ]{0,3}[-*+][ ]+)\S")
_ITEM = re.compile(r"([ ]*)(?:[-*+]|\d{1,9}[.)])[ ]+")
_FENCE = re.compile(r"[ ]*(`{3,}|~{3,})")
OFFSET = 2
"""Where the text of an item begins that is written `- text`."""
DEEPEST = 3
"""How much further in a line may begin and not be code."""


def stays_nested(line: str, following: Sequence[str]) -> bool:
    """Whether lines are as deep in an entry as before, when it is written with `- ` at the begin of its line."""
    bullet = _BULLET.match(line)
    if bullet is None:
        return not any(_is_open(text) for text in _before_blanks(following))
    old = len(bullet[1])
    if old == OFFSET or not any(text.strip() for text in following):
        return True
    inner, fence = 0, ""
    for text in following:
        bare = text.strip("\r\n")
        depth = len(bare) - len(bare.lstrip(" "))
        if not bare.strip():
            continue
        if bare[depth] == "\t" or OFFSET <= depth < old or (fence and depth < old):
            return False
        if fence:
            fence = "" if bare.strip().startswith(fence) else fence
            continue
        if depth > OFFSET + DEEPEST and (not inner or depth < inner):
            return False
        if (item := _ITEM.match(bare)) and old <= depth <= OFFSET + DEEPEST:
            inner = item.end()
        if opening := _FENCE.match(bare):
            fence = opening[1]
    return True


def _before_blanks(following: Sequence[str]) -> Sequence[str]:
    """The lines of a paragraph and what follows it, less the blank lines at the end."""
    count = len(following)
    while count and not following[count - 1].strip():
        count -= 1
    return following[:count]


def _is_open(text: str) -> bool:
    """Whether a line below an entry without a bullet is more than further text of the same paragraph."""
    return text[:1] in " \t" or not text.strip() or _ITEM.match(text) is not None or _FENCE.match(text) is not None
