from __future__ import annotations

import re
from collections.abc import Iterator

from mdtm.asking import has_signs, only
from mdtm.dialect import EMOJI_STATUSES
from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.markdown import Reading
from mdtm.problem import Fix, Problem, Severity
from mdtm.schema.statuses import TASK_STATUSES
from mdtm.schema.tasks import PRIORITIES, TASK_TYPES
from mdtm.signs import LOST
from mdtm.text import Span
from mdtm.workspace import Workspace

_RUN = re.compile("\ufffd+")
_VALUE = re.compile(
    r"[ \t]*(?P<key>status|priority|type)[ \t]*=[ \t]*[\"'](?P<lost>\ufffd+) ?(?P<word>[A-Za-z/ ]+)[\"']"
)
_SIGNED = {
    "priority": {value.split(" ", 1)[1]: value for value in PRIORITIES},
    "type": {value.split(" ", 1)[1]: value for value in TASK_TYPES.values()},
}
_STATUS_WORDS = {value.split(" ", 1)[1] for value in (*TASK_STATUSES.canonical, *EMOJI_STATUSES)}


@only(when=has_signs)
def replacement_character(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A character is lost: U+FFFD stands in its place.

    A program met bytes that it could not read, and saved the sign for that instead of them.
    What stood there can only be told where a word behind it says so, as that of a priority does.
    A status that lost its sign is an unknown-status.

    Bad:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🟡 To Do"
        type = "🌟 Feature"
        priority = "� High"
        +++

    Good:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🟡 To Do"
        type = "🌟 Feature"
        priority = "🔼 High"
        +++
    """
    if LOST not in document.signs or document.bad_byte is not None:
        return
    for index, reading in enumerate(document.body):
        if LOST in reading.signs:
            start = document.text.block_start(index)[1]
            for problem in _in_block(reading):
                yield problem.moved(start)


def _in_block(reading: Reading) -> Iterator[Problem]:
    start = 0
    for number, line in enumerate(reading.block.lines):
        value = _VALUE.match(line) if "\ufffd" in line and reading.state_before(number).skip else None
        if value is None or not (value["key"] == "status" and value["word"] in _STATUS_WORDS):
            for match in _RUN.finditer(line):
                fixes = _fixes(value, start) if value else ()
                message = "a character is lost here; U+FFFD stands in its place"
                yield Problem(
                    "replacement-character", Severity.WARNING, Span(*match.span()).moved(start), message, fixes
                )
        start += len(line)


def _fixes(value: re.Match[str], start: int) -> tuple[Fix, ...]:
    """The fix that puts the sign before a word back."""
    meant = _SIGNED.get(value["key"], {}).get(value["word"])
    if meant is None:
        return ()
    place = Span(value.start("lost"), value.end("word")).moved(start)
    return (Fix(f'Write "{meant}"', (Edit(place, meant),)),)
