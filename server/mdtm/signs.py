"""Tells whether a text holds anything that rules about its characters ask for.

Nearly every text holds nothing of it, so this is quick rather than exact: a rule that finds its sign looks again.
What is quick was measured: one character, a text that a pattern begins with, and the translation of bytes are;
a class of characters and the search for a longer text are ten times slower.
"""

from __future__ import annotations

import functools
import re

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
_AS_RUNS = bytes(88 if byte < 128 and chr(byte).isalnum() else 32 for byte in range(256))
"""Makes an X of each letter and each digit."""
_LONG = b"X" * 16
"""Most secrets have so many letters and digits in a row; few other texts do."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_UNSEEN = re.compile(f"[{UNSEEN}{LIKE_SPACES}]")
_IN_WORDS = "âãäåæçèé"
_DASHES = "–—"
_ALONE = "".join(sign for sign in FIRSTS if sign not in _IN_WORDS + _DASHES)
_FOLLOWS = "[^\u2600-\U0010ffff]"
_GARBLED = re.compile(
    f"[ü{_ALONE}]{_FOLLOWS}|[{_IN_WORDS}][^À-ÖØ-öø-ÿ\u2600-\U0010ffff]{{2}}|(?:[{_DASHES}]{_FOLLOWS}){{3}}"
)
"""Letters and dashes that sound text has too need more behind them; no table has an emoji."""
_EACH = (
    ("g", re.compile("glpat-"), SECRET),
    ("w", re.compile("assw(?:or)?d"), SECRET),
    ("W", re.compile("ASSW(?:OR)?D"), SECRET),
    ("z", re.compile("AIza"), SECRET),
    ("B", re.compile("Bearer "), SECRET),
    ("@", re.compile(r"://[^\s/@]+:[^\s/@]+@"), SECRET),
    ("<", re.compile("<<"), TEMPLATE),
    ("<", re.compile("<<<<<<<"), MERGE),
    (">", re.compile(">>>>>>>"), MERGE),
    ("{", re.compile(r"\{\{"), TEMPLATE),
    ("&", re.compile("&(?:[a-z]{2,4}|#0?39);"), ENTITY),
    ("G", re.compile("Goal Text]"), TEMPLATE),
    ("B", re.compile("Brief Objective]"), TEMPLATE),
    ("F", re.compile("Success/Failure"), TEMPLATE),
    ("[", re.compile(r"`\[(?:New Status|relative_artifact_path)]"), TEMPLATE),
)
"""A rare character, and the text that may stand around it."""
_IN_RUNS = tuple(
    re.compile(text)
    for text in (
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
)
"""How secrets begin that have a long row of letters and digits."""
_NONE = frozenset[str]()


def read_signs(text: str) -> frozenset[str]:
    """The kinds of signs that a text holds."""
    raw = text.encode("utf-8", "replace")
    found = {sign for character, pattern, sign in _EACH if character in text and pattern.search(text)}
    if _LONG in raw.translate(_AS_RUNS) and any(pattern.search(text) for pattern in _IN_RUNS):
        found.add(SECRET)
    if "\r" in text:
        found.add(RETURN)
    if rare := raw.translate(None, _USUAL):
        found |= _rare_signs(rare.decode())
    return frozenset(found) if found else _NONE


@functools.lru_cache(maxsize=256)
def _rare_signs(characters: str) -> frozenset[str]:
    """The signs in the characters of a text that are not usual in ASCII; most logs have the same few."""
    found = set[str]()
    if _CONTROL.search(characters):
        found.add(CONTROL)
    if "\ufffd" in characters:
        found.add(LOST)
    if _UNSEEN.search(characters):
        found.add(INVISIBLE)
    if _GARBLED.search(characters):
        found.add(GARBLED)
    return frozenset(found)
