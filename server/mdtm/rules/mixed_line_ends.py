from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import has_signs, only
from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.problem import Fix, Problem, Severity
from mdtm.signs import RETURN
from mdtm.text import Span
from mdtm.workspace import Workspace

_NAMES = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}


@only(when=has_signs)
def mixed_line_ends(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """Some lines end in another way than the first.

    Editors and git show such a file as changed from top to bottom when they make its ends alike.
    The fix gives all lines the end of the first one; code blocks keep what they have.
    """
    if RETURN not in document.signs:
        return
    wanted = document.newline
    others = [*_others(document, wanted)]
    if not others:
        return
    first = document.text.line_at(others[0].start)
    other = document.text[others[0]]
    count = f"{len(others)} lines" if len(others) > 1 else "1 line"
    message = f"this line ends with {_NAMES[other]}, the first one with {_NAMES[wanted]}; so do {count} in all"
    edits = tuple(Edit(span, wanted) for span in others)
    fixes = (Fix(f"End all lines with {_NAMES[wanted]}", edits, safe=False),)
    place = document.text.line_span(first)
    yield Problem("mixed-line-ends", Severity.HINT, place, message, fixes)


def _others(document: Document, wanted: str) -> Iterator[Span]:
    """The places of the line ends that are not the wanted one, outside of code blocks."""
    for index, reading in enumerate(document.body):
        if wanted == "\n" and RETURN not in reading.signs:
            continue
        start = document.text.block_start(index)[1]
        for number, line in enumerate(reading.block.lines):
            end = line[len(line.rstrip("\r\n")) :]
            start += len(line)
            if end and end != wanted and not reading.state_before(number).fence:
                yield Span(start - len(end), start)
