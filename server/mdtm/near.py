"""The name that was meant by one with a slip in it."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NOT_IN_WORDS = re.compile(r"[\W_]+")


def slipped(wrong: str, known: Iterable[str]) -> str | None:
    """The one of some names that another is a misspelling of; None when there is none, or several.

    Ids differ in little more than their times, so what is near is not enough: only one character may be wrong,
    missing, too many or in its neighbour's place; or capital letters and what stands between the words.
    """
    names = dict.fromkeys(known)
    folded = _folded(wrong)
    same = [name for name in names if _folded(name) == folded]
    found = same or [name for name in names if _is_one_slip(wrong, name)]
    return found[0] if len(found) == 1 else None


def _folded(name: str) -> str:
    return _NOT_IN_WORDS.sub("", name).casefold()


def _is_one_slip(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    shorter = min(len(one), len(other))
    start = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    first, second = one[start:], other[start:]
    changed = first[1:] == second[1:] or first[1:] == second or first == second[1:]
    return changed or (first[:2] == second[:2][::-1] and first[2:] == second[2:])
