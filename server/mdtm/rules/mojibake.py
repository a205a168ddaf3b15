from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import has_signs, only
from mdtm.fields import Edit
from mdtm.garbled import Garbled, find_garbled, may_be_garbled
from mdtm.markdown import Reading
from mdtm.problem import Fix, Problem, Severity
from mdtm.signs import GARBLED

_LOST = "\ufffd"


@only(when=has_signs)
def mojibake(reading: Reading) -> Iterator[Problem]:
    """Letters or signs stand where another character was before the text was read with a wrong table of characters.

    A program took UTF-8 for Windows-1252, Latin-1, Mac Roman or the code page of a terminal, and saved what it saw.
    Statuses lose their sign in this way, so that tools do not find the session any more.
    A stretch is reported only when its bytes are those of just one text, also when it happened twice.
    The fix puts that text back.

    Bad:
        status = "ðŸŸ¢ Active"

    Good:
        status = "🟢 Active"
    """
    if GARBLED not in reading.signs or not may_be_garbled(reading.foreign):
        return
    for garbled in find_garbled(reading.text):
        yield _problem(garbled, reading.text[garbled.span.start : garbled.span.end])


def _problem(garbled: Garbled, written: str) -> Problem:
    if _LOST in garbled.meant:
        message = f"{written} stands for a character that is lost"
        return Problem("mojibake", Severity.WARNING, garbled.span, message)
    message = f"{written} is {garbled.meant} that was read as {garbled.read_as}"
    fix = Fix(f"Write {garbled.meant}", (Edit(garbled.span, garbled.meant),), garbled.certain)
    return Problem("mojibake", Severity.WARNING, garbled.span, message, (fix,))
