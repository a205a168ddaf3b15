from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mdtm.asking import has_signs, only
from mdtm.conflicts import merge_sign
from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.problem import Fix, Problem, Related, Severity
from mdtm.signs import MERGE
from mdtm.text import Span
from mdtm.workspace import Workspace

_OPENS, _BASE, _MIDDLE, _CLOSES = "<<<<<<<", "|||||||", "=======", ">>>>>>>"
_KEY = re.compile(r"[ \t]*\"?([\w-]+)\"?[ \t]*[=:]")


class Marker(NamedTuple):
    line: int
    sign: str
    name: str
    """The branch or commit that stands behind the sign."""


@only(when=has_signs)
def conflict_marker(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A merge has left a conflict behind.

    Both sides stand in the file, so that no reader can tell what holds, and TOML cannot be read at all.
    Which side is right only a person knows: the first fix keeps both, the usual cure for a log that only grows.
    Where both sides set the same key, in the frontmatter or in a state file, only one of them can be kept.
    A conflict that is shown in a code block is none, and a line `=======` alone underlines a heading.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        +++

        ## Log Entries

        <<<<<<< HEAD
        - [2025-06-05T03:20:00Z] `dev-api`: Slots are ten minutes long.
        =======
        - [2025-06-05T03:25:00Z] `dev-web`: The page shows the slots.
        >>>>>>> dev-web
        - [2025-06-05T03:30:00Z] `dev-api`: Both are merged.

    Good:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        +++

        ## Log Entries

        - [2025-06-05T03:20:00Z] `dev-api`: Slots are ten minutes long.
        - [2025-06-05T03:25:00Z] `dev-web`: The page shows the slots.
        - [2025-06-05T03:30:00Z] `dev-api`: Both are merged.
    """
    if MERGE not in document.signs:
        return
    markers = [*_markers(document)]
    while markers:
        length = _whole(markers)
        if length:
            yield _conflict(document, markers[:length])
        elif markers[0].sign in (_OPENS, _CLOSES):
            yield _stray(document, markers[0])
        markers = markers[length or 1 :]


def _markers(document: Document) -> Iterator[Marker]:
    """The marked lines of all conflicts, but for those that code blocks show."""
    shown = opened = False
    for index, reading in enumerate(document.body):
        if not opened and MERGE not in reading.signs:
            continue
        first = document.text.block_start(index)[0]
        for number, line in enumerate(reading.block.lines):
            sign = merge_sign(line) if line[:1] in "<|=>" else ""
            if not sign:
                continue
            if sign == _OPENS:
                opened, shown = True, bool(reading.state_before(number).fence)
            if not shown and (opened or not reading.state_before(number).fence):
                yield Marker(first + number, sign, line[7:].strip())
            if sign == _CLOSES:
                opened = shown = False


def _whole(markers: Sequence[Marker]) -> int:
    """How many of the first markers make a whole conflict; 0 when they make none, or one that cannot be told apart."""
    signs = [marker.sign for marker in markers[:4]]
    for whole in ([_OPENS, _MIDDLE, _CLOSES], [_OPENS, _BASE, _MIDDLE, _CLOSES]):
        if signs[: len(whole)] == whole:
            return len(whole)
    return 0


def _conflict(document: Document, markers: Sequence[Marker]) -> Problem:
    text = document.text
    opening, middle, closing = markers[0], markers[-2], markers[-1]
    behind_first = markers[1].line
    lines = [Span(text.line_start(marker.line), text.line_start(marker.line + 1)) for marker in markers]
    first = Span(lines[0].end, text.line_start(behind_first))
    second = Span(lines[-2].end, lines[-1].start)
    between = Span(first.end, second.start)
    keep_both = _fix("Keep both sides, in this order", lines[0], between, lines[-1])
    fixes = [
        _fix(f"Keep the first side only{_named(opening)}", lines[0], Span(first.end, lines[-1].end)),
        _fix(f"Keep the second side only{_named(closing)}", Span(lines[0].start, second.start), lines[-1]),
    ]
    if not _same_keys(document, opening.line, text[first], text[second]):
        fixes.insert(0, keep_both)
    message = "a merge left this conflict; keep one side or both, and remove the markers"
    related = (
        Related(text.line_span(middle.line), "the second side begins"),
        Related(text.line_span(closing.line), "the conflict ends"),
    )
    return Problem("conflict-marker", Severity.ERROR, text.line_span(opening.line), message, tuple(fixes), related)


def _same_keys(document: Document, line: int, first: str, second: str) -> bool:
    """Whether both sides set the same key of the frontmatter, which has each key once."""
    if line >= document.frontmatter.lines:
        return False
    keys = [{match[1] for row in side.splitlines() if (match := _KEY.match(row))} for side in (first, second)]
    return bool(keys[0] & keys[1])


def _stray(document: Document, marker: Marker) -> Problem:
    text = document.text
    line = Span(text.line_start(marker.line), text.line_start(marker.line + 1))
    message = "a merge left this conflict marker, and the rest of the conflict cannot be seen; choose, and remove it"
    fixes = (_fix("Remove the line", line),)
    return Problem("conflict-marker", Severity.ERROR, text.line_span(marker.line), message, fixes)


def _named(marker: Marker) -> str:
    return f" ({marker.name})" if marker.name else ""


def _fix(title: str, *removed: Span) -> Fix:
    return Fix(title, tuple(Edit(span, "") for span in removed), safe=False)
