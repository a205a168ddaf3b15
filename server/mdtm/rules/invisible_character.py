from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from mdtm.asking import has_signs, only
from mdtm.fields import Edit
from mdtm.markdown import Reading
from mdtm.problem import Fix, Problem, Severity
from mdtm.signs import INVISIBLE, LIKE_SPACES, UNSEEN
from mdtm.text import Span

_JOINERS = "\u200c\u200d"
_TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_RUN = re.compile(f"[{UNSEEN}]+")
_SPACE = re.compile(f"[{LIKE_SPACES}]")
_EXACT = re.compile(
    r"[ \t]*(?:(?:id|status|priority|type|\w+_(?:id|tasks?|artifacts|docs|time|date)|depends_on|coordinator"
    r"|assigned_to)[ \t]*=|[\"'])"
)
"""How a line of the frontmatter begins that holds what tools compare letter by letter, or an item of an array."""
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")


@only(when=has_signs)
def invisible_character(reading: Reading) -> Iterator[Problem]:
    """A character that nobody sees stands in the text.

    Whoever searches for a name does not find it where a zero-width space stands in it, and controls that turn the
    direction of writing can make a line look like another one.
    In an id, a status or a path a no-break space does as much harm, for tools compare these letter by letter.
    In the example one stands in the name of the coordinator.
    Joiners in emoji, and what scripts need that are written from the right or joined, are let be.
    What stands in a value of the frontmatter is otherwise a hidden-character.

    Bad:
        coordinator = "Dev\u00a0API"

    Good:
        coordinator = "Dev API"
    """
    if INVISIBLE not in reading.signs:
        return
    start = 0
    for number, line in enumerate(reading.block.lines):
        if not line.isascii():
            found = _in_frontmatter(line) if reading.state_before(number).skip else _in_text(line)
            yield from (problem.moved(start) for problem in found)
        start += len(line)


def _in_frontmatter(line: str) -> Iterator[Problem]:
    """The characters like spaces inside of values that are compared; those around them are a padded-value."""
    for string in _STRING.finditer(line) if _EXACT.match(line) else ():
        inner = string[0][1:-1]
        first, behind = len(inner) - len(inner.lstrip()), len(inner.rstrip())
        for match in _SPACE.finditer(line, string.start() + 1 + first, string.start() + 1 + behind):
            yield _problem(match, Severity.WARNING, "Write a space", " ")


def _in_text(line: str) -> Iterator[Problem]:
    for match in _RUN.finditer(line):
        if not _is_needed(line, match):
            turns = any(character in _TURNS for character in match[0])
            yield _problem(match, Severity.WARNING if turns else Severity.INFORMATION, "Remove it", "")


def _problem(match: re.Match[str], severity: Severity, title: str, new: str) -> Problem:
    first, span = match[0][0], Span(*match.span())
    name = unicodedata.name(first, "").lower() or "character"
    message = f"a {name} (U+{ord(first):04X}) stands here, which nobody sees"
    return Problem("invisible-character", severity, span, message, (Fix(title, (Edit(span, new),), bool(new)),))


def _is_needed(line: str, match: re.Match[str]) -> bool:
    """Whether a script or an emoji needs the characters where they stand."""
    around = line[max(0, match.start() - 1) : match.start()] + line[match.end() : match.end() + 1]
    if match[0] in _JOINERS:
        return any(ord(character) >= 0x0590 for character in around)
    if match[0] == "\ufeff" and not match.start():
        return True  # what begins the file, or was begun with another file
    return any(unicodedata.bidirectional(character) in ("R", "AL", "AN") for character in line)
