"""What the last entries of a log say of where the session stands."""

from __future__ import annotations

import re

from mdtm.document import Document
from mdtm.entry import Entry
from mdtm.events import BY_NAME
from mdtm.schema.statuses import ACTIVE, COMPLETED, FAILED, PAUSED, session_place

_LOOKED_AT = 3
"""How many entries from the end are asked: one or two more are often written after the last word."""
_STATUS = re.compile(r"\W*session status(?: was)? (?:changed|set) to\W*([^`\"\r\n]*)", re.IGNORECASE)
_PLACES = (("resume", ACTIVE), ("start", ACTIVE), ("pause", PAUSED), ("end", COMPLETED))
_FAILED = re.compile(r"\W*session (?:failed|abandoned)\b", re.IGNORECASE)
_RESTS = re.compile(
    r"\W*(?:(?:session|work) paus(?:ed|ing)\b|paus(?:ed|ing)(?:\W*$|[ ]*[:;,.(–—]|[ ]+-[ ]|"
    r"[ ]+(?:for|until|till|because|here|work|session|(?:the|this) session)\b))",
    re.IGNORECASE,
)
"""What says that the session is paused, and not something that it works on."""


def last_word(document: Document) -> tuple[int | None, Entry | None]:
    """The place, in the order active, paused, completed, error, that the last entries tell, and the one that does."""
    left = _LOOKED_AT
    for reading in reversed(document.body):
        for number in reversed(reading.entry_lines):
            line = reading.block.lines[number]
            if "ession" in line or "aus" in line or "esum" in line or "SESSION" in line:
                entry = reading.entry_on(number)
                place = place_told(entry.text) if entry else None
                if place is not None:
                    return place, entry
            left -= 1
            if not left:
                return None, None
    return None, None


def place_told(text: str) -> int | None:
    """The place that the text of an entry gives the session; None when it tells of something else."""
    if changed := _STATUS.match(text):
        return session_place(changed[1].strip(" .*_"))
    if _FAILED.match(text):
        return FAILED
    found = next((place for kind, place in _PLACES if BY_NAME[kind].sign.match(text)), None)
    return found if found != PAUSED or _RESTS.match(text) else None
