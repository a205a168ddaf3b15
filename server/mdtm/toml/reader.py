"""The TOML text that is being read, and the faults found in it so far."""

from __future__ import annotations

import re
import sys
from typing import Any

from mdtm.fields import Edit, Fault, Value
from mdtm.text import Span

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_SPACE = re.compile(r"[ \t]*")
_LINE = re.compile(r"[^\r\n]*")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)")
NEXT_STATEMENT = re.compile(
    r"^[ \t]*(?:[A-Za-z0-9_-]+(?:[ \t]*\.[ \t]*[A-Za-z0-9_-]+)*[ \t]*="
    r"|\[\[?(?!(?:true|false|inf|nan)\])[A-Za-z_][A-Za-z0-9_.-]*\]\]?[ \t]*$)",
    re.MULTILINE,
)
"""A line that begins a key or a table, and so ends whatever was not closed before it."""


class Reader:
    """The text that is read, where it ends, and the faults found so far."""

    __slots__ = ("_insertions", "_line", "_silent", "end", "faults", "text")

    def __init__(self, text: str, end: int) -> None:
        self.text = text
        self.end = end
        self.faults: list[Fault] = []
        self._insertions = set[int]()
        self._line = Span(0, -1)
        self._silent = Span(0, 0)

    def fault(self, span: Span, message: str, cure: str = "", *edits: Edit, safe: bool = True) -> None:
        """Reports a fault; where another one inserts at the same place, that one is to be mended first."""
        if self._silent.start <= span.start < self._silent.end:
            return
        insertions = {edit.span.start for edit in edits if edit.span.start == edit.span.end}
        if insertions & self._insertions:
            cure, edits = "", ()
        self._insertions |= insertions
        self.faults.append(Fault("broken-toml", span, message, cure, edits, safe))

    def broken(self, span: Span, message: str, cure: str = "", *edits: Edit, safe: bool = True) -> Value:
        """Reports a fault and gives the broken value that stands there."""
        self.fault(span, message, cure, *edits, safe=safe)
        return Value("broken", span, None)

    def silence(self, span: Span) -> None:
        """Has no more faults reported in a span, of which all has been said."""
        self._silent = span

    def check_characters(self, start: int, end: int) -> None:
        """Reports control characters between two offsets, as in a comment."""
        for match in CONTROL.finditer(self.text, start, end):
            place = Span(*match.span())
            message = f"the character U+{ord(match[0]):04X} may not stand here"
            self.fault(place, message, "Remove it", Edit(place, ""))

    def skip(self, at: int) -> int:
        """The offset after spaces and tabs."""
        return matched_end(_SPACE, self.text, at, self.end)

    def line_end(self, at: int) -> int:
        """Where the line that `at` stands in ends, its line end left out."""
        if not self._line.start <= at <= self._line.end:
            self._line = Span(at, matched_end(_LINE, self.text, at, self.end))
        return self._line.end


def matched_end(pattern: re.Pattern[str], text: str, at: int, end: int) -> int:
    match = pattern.match(text, at, end)
    return match.end() if match else at


def meaning(scalar: str) -> Any:
    """What a sound scalar means, by the standard TOML library.

    Raises:
        ValueError: it names a date or a number that does not exist.
    """
    return tomllib.loads(f"v={scalar}")["v"]
