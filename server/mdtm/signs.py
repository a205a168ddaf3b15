"""Tells whether a text holds anything that rules about its characters ask for.

Nearly every text holds nothing of it, so this is quick rather than exact: a rule that finds its sign looks again.
What is quick was measured: to look for one character is next to nothing, and a word is the quicker found
the longer it is; the translation of bytes takes as long as thirty characters, a pattern ten times as long.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

MERGE, ENTITY, TEMPLATE, SECRET = "merge", "entity", "template", "secret"
CONTROL, RETURN, LOST, INVISIBLE, GARBLED = "control", "return", "lost", "invisible", "garbled"

FIRSTS = "¬µÁÂÃÄÅÈÊËÎÏÐÑÔâãäåæçèéïðĞğŒœƒΓΘΣΦπστ–—‚„‰√∩≈≡─├┬┼╤╧╨╬\uf8ff"
"""What the first byte of a garbled character looks like; written out, for the tables are seldom needed."""
UNSEEN = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\ufeff\u180e"
)
"""Characters that nobody sees."""
LIKE_SPACES = "\u00a0\u202f\u2007"

_USUAL = bytes([9, 10, 13, *range(32, 127)])
"""The bytes of ASCII but for control characters."""
_CONTROL = 0
_AS_RUNS = bytes(
    (ord("X") if chr(byte).isalnum() else 32 if byte in _USUAL else _CONTROL) if byte < 128 else 32
    for byte in range(256)
)
"""Makes an X of each letter and each digit, and a 0 of each control character."""
_LONG = b"X" * 16
"""Most secrets have so many letters and digits in a row; few other texts do."""
_UNSEEN = f"[{UNSEEN}{LIKE_SPACES}]"
_IN_WORDS = "âãäåæçèé"
_DASHES = "–—"
_ALONE = "".join(sign for sign in FIRSTS if sign not in _IN_WORDS + _DASHES)
_FOLLOWS = "[^\u2600-\U0010ffff]"
_GARBLED = f"[ü{_ALONE}]{_FOLLOWS}|[{_IN_WORDS}][^À-ÖØ-öø-ÿ\u2600-\U0010ffff]{{2}}|(?:[{_DASHES}]{_FOLLOWS}){{3}}"
"""Letters and dashes that sound text has too need more behind them; no table has an emoji."""
_EACH = (
    ("glpat-", "glpat-", SECRET),
    ("assw", "assw(?:or)?d", SECRET),
    ("W", "ASSW(?:OR)?D", SECRET),
    ("z", "AIza", SECRET),
    ("B", "Bearer ", SECRET),
    ("@", r"://[^\s/@]+:[^\s/@]+@", SECRET),
    ("<", "<<", TEMPLATE),
    ("<", "<<<<<<<", MERGE),
    (">", ">>>>>>>", MERGE),
    ("{", r"\{\{", TEMPLATE),
    ("&", "&(?:[a-z]{2,4}|#0?39);", ENTITY),
    ("G", "Goal Text]", TEMPLATE),
    ("B", "Brief Objective]", TEMPLATE),
    ("F", "Success/Failure", TEMPLATE),
    ("New Status]", r"`\[New Status]", TEMPLATE),
    ("relative_artifact_path]", r"`\[relative_artifact_path]", TEMPLATE),
)
"""A character that is rare, or a word, and the text that may stand around it."""
_IN_RUNS = (
    "AKIA",
    "ASIA",
    "gh[pousr]_",
    "github_pat_",
    "npm_",
    "k_live_",
    "sk-",
    "xox",
    "eyJ",
    "pypi-",
    "-----BEGIN",
    *(rf"{word}[\"'`]?[ \t]?[=:]" for word in ("key", "Key", "KEY", "oken", "OKEN", "ecret", "ECRET")),
)
"""How secrets begin that have a long row of letters and digits."""
_compiled = functools.cache(re.compile)
"""Makes a pattern; most texts need few of them, so that to make all at the start would only take time."""
_NONE = frozenset[str]()


def read_signs(plain: str, foreign: str) -> frozenset[str]:
    """The kinds of signs that some lines hold: those of ASCII, as one text, and the others."""
    other = foreign.encode("utf-8", "replace")
    raw = plain.encode() + other
    quick, runs = raw.decode("latin-1"), raw.translate(_AS_RUNS)
    found = {sign for part, pattern, sign in _EACH if part in quick and _any((pattern,), plain, foreign)}
    if runs.find(_LONG) >= 0 and _any(_IN_RUNS, plain, foreign):
        found.add(SECRET)
    if "\r" in quick:
        found.add(RETURN)
    if _CONTROL in runs:
        found.add(CONTROL)
    if other:
        found |= _rare_signs(other.translate(None, _USUAL).decode())
    return frozenset(found) if found else _NONE


def _any(patterns: Iterable[str], *texts: str) -> bool:
    return any(_compiled(pattern).search(text) for pattern in patterns for text in texts)


@functools.lru_cache(maxsize=256)
def _rare_signs(characters: str) -> frozenset[str]:
    """The signs in the characters of a text that are not usual in ASCII; most logs have the same few."""
    found = set[str]()
    if "\ufffd" in characters:
        found.add(LOST)
    if _any((_UNSEEN,), characters):
        found.add(INVISIBLE)
    if _any((_GARBLED,), characters):
        found.add(GARBLED)
    return frozenset(found)
