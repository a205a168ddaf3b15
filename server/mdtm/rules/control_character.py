from __future__ import annotations

import re
from collections.abc import Iterator

from mdtm.asking import has_signs, only
from mdtm.fields import Edit
from mdtm.markdown import Reading
from mdtm.problem import Fix, Problem, Severity
from mdtm.signs import CONTROL
from mdtm.text import Span

_ESCAPES = re.compile(
    r"(?:\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\r\n]{0,400}(?:\x07|\x1b\\)|[()][0-9A-B]|[=>78cDEHMNOZ]))+"
    r"|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+"
)
_SEQUENCE = 2
"""How long a match is at least that is more than a lone control character."""
WIDE = 4
"""One part in so many of a text in UTF-16 is U+0000, and more, when it is read as UTF-8."""


@only(when=has_signs)
def control_character(reading: Reading) -> Iterator[Problem]:
    """A control character, or a colour from a terminal, stands in the text.

    It came in with the output of a program, shows as nothing or as litter, and can hide text from who reads the file
    in a terminal.
    In the frontmatter such a character is broken-toml.
    """
    if CONTROL not in reading.signs:
        return
    if reading.text.count("\0") > len(reading.text) // WIDE:
        span = Span(at := reading.text.index("\0"), at + 1)
        message = "U+0000 stands behind nearly every character, as if this were UTF-16; save the file as UTF-8"
        yield Problem("control-character", Severity.INFORMATION, span, message)
        return
    body = reading.line_start(min(reading.before.skip, len(reading.states)))
    for match in _ESCAPES.finditer(reading.text, body):
        span = Span(*match.span())
        what, title = f"U+{ord(match[0][0]):04X}", "Remove it"
        if match[0][0] == "\x1b" and len(match[0]) >= _SEQUENCE:
            what, title = "an escape sequence of a terminal", "Remove the sequence"
        message = f"{what} stands in the text, where it shows as nothing or as litter"
        yield Problem("control-character", Severity.INFORMATION, span, message, (Fix(title, (Edit(span, ""),)),))
