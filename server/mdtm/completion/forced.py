"""What an entry says of an end on purpose, though something stood in the way: how that is written, and read again."""

from __future__ import annotations

import re

from mdtm.document import Document

_TOLD = re.compile(r"\(with ([^()\n]*), because: \S")
_AT_THE_END = re.compile(r"\s*\(with [^()]*, because: .*\)\Z", re.DOTALL)


def told(lacks: str, reason: str) -> str:
    """What such an entry ends with; `lacks` is what stood in the way."""
    return f" (with {lacks}, because: {reason})"


def was_forced(document: Document, what: str) -> bool:
    """Whether a task or a sprint says why it is over in spite of something, such as an "open box"."""
    return any(what in match[1] for match in _TOLD.finditer(str(document.text)))


def without_reason(text: str) -> str:
    """What an entry says besides."""
    return _AT_THE_END.sub("", text)
