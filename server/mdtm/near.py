"""The name that was meant by one that nothing has: surely, by a slip in it, or perhaps."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple

_NOT_IN_WORDS = re.compile(r"[\W_]+")


class _Known(NamedTuple):
    """What helps to look through some names."""

    characters: str
    """Those that stand in them."""
    folded: Mapping[str, frozenset[str]]
    """The names by what is left of them without capital letters and what stands between the words."""


def slipped(wrong: str, known: frozenset[str]) -> str | None:
    """The one of some names that another is a misspelling of; None when there is none, or several.

    Ids differ in little more than their times, so what is near is not enough: only one character may be wrong,
    missing, too many or in its neighbour's place; or capital letters and what stands between the words.
    """
    about = _about(known)
    found = about.folded.get(_folded(wrong)) or known.intersection(_with_one_slip(wrong, about.characters))
    return next(iter(found)) if len(found) == 1 else None


def closest(wrong: str, known: Collection[str]) -> str:
    """The one of some names that a person may have meant: the last that holds the word, else one like it; or empty."""
    holding = [name for name in known if wrong and wrong.lower() in name.lower()][-1:]
    return next(iter(holding or get_close_matches(wrong, known, n=1)), "")


@lru_cache(maxsize=4)
def _about(known: frozenset[str]) -> _Known:
    folded: dict[str, set[str]] = {}
    for name in known:
        folded.setdefault(_folded(name), set()).add(name)
    return _Known("".join(set().union(*known)), {key: frozenset(names) for key, names in folded.items()})


def _folded(name: str) -> str:
    return _NOT_IN_WORDS.sub("", name).casefold()


def _with_one_slip(name: str, characters: str) -> Iterator[str]:
    """All that a name could be a slip of; there are fewer of them than there may be names."""
    for at in range(len(name) + 1):
        before, behind = name[:at], name[at:]
        yield before + behind[1:]
        yield before + behind[1:2] + behind[:1] + behind[2:]
        for character in characters:
            yield before + character + behind
            yield before + character + behind[1:]
