"""What a line of Markdown may hold: a heading, a check box, paths that it names, the beginning of an entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from mdtm.entry import Entry
from mdtm.text import Span


class Heading(NamedTuple):
    level: int
    title: str
    span: Span


class CheckBox(NamedTuple):
    mark: str
    span: Span
    """From `[` to `]`."""

    @property
    def ticked(self) -> bool:
        return self.mark in {"x", "X", "✅"}


class Mention(NamedTuple):
    """A path that the text names, as a link's target or in plain words."""

    target: str
    span: Span


class Mark(NamedTuple):
    """What one line is; spans count from its start. A line without a mark is plain text."""

    entry: Entry | None = None
    heading: Heading | None = None
    box: CheckBox | None = None
    mentions: tuple[Mention, ...] = ()
    continues: bool = False
    """Whether the line belongs to the entry before it."""
    code: bool = False


_BOX = re.compile(r"[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)+\[(?P<mark>[^\]\s]{1,4}| )\](?=\s|\Z)")
_LINK = re.compile(r"\]\((<[^<>\r\n]{1,400}>|[^)\s]+)")
_PATH = re.compile(
    r"/(?:(?<=notes/)(?P<short>)|(?<=artifacts/)|(?<=learnings/)|(?<=summaries/))"
    r"[^\s`\"'<>()\[\]|,;*]*[^\s`\"'<>()\[\]|,;*.:!?]"
)
"""The end of a path that leads into a folder for artifacts; a pattern that begins with one sign is quickly found."""
_SHORT, _LONG = len("notes"), len("artifacts")
NO_TARGETS = frozenset[str]()
_TASK_ID = re.compile(r"(?:TASK|BUG|FEAT|CHORE|SPIKE)-(?=\S*\d)[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")
_NAMED_TASK = re.compile(r"(?<![\w-])TASK-(?=\S*\d)[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")
"""A task that a text names; the other forms of ids stand for more than tasks there."""


def read_box(line: str) -> CheckBox | None:
    """The check box that a list item begins with."""
    match = _BOX.match(line) if "[" in line else None
    return CheckBox(match["mark"], Span(match.start("mark") - 1, match.end())) if match else None


def read_task_ids(text: str) -> frozenset[str]:
    """What looks like the id of a task, or like the name of its file without its end."""
    return frozenset(name for name, _ in placed_task_ids(text)) if "TASK-" in text else NO_TARGETS


def placed_task_ids(text: str) -> Iterator[tuple[str, int]]:
    """The same, each with the offset at which it begins."""
    return ((match[0].removesuffix(".md"), match.start()) for match in _NAMED_TASK.finditer(text))


def is_task_id(text: str) -> bool:
    """Whether a text is meant for the id of a task; without a digit it is a placeholder, or the name of a folder."""
    return _TASK_ID.fullmatch(text) is not None


def read_mentions(text: str) -> tuple[Mention, ...]:
    """The paths that a line names, or a text of several, with their places."""
    if "/" not in text and "](" not in text:
        return ()
    links = [Mention(match[1].strip("<>"), Span(*match.span(1))) for match in _LINK.finditer(text)]
    spans = [Span(_start(text, match), match.end()) for match in _PATH.finditer(text)]
    paths = [Mention(text[slice(*span)], span) for span in spans]
    if not links:
        return tuple(paths)
    alone = [path for path in paths if not any(link.span.start <= path.span.start < link.span.end for link in links)]
    return tuple(sorted((*links, *alone), key=lambda mention: mention.span))


def read_targets(text: str) -> frozenset[str]:
    """The same without their places, each path once."""
    if "(" in text and "](" in text:
        return frozenset([mention.target for mention in read_mentions(text)])
    if "/" not in text:
        return NO_TARGETS
    return frozenset([text[_start(text, match) : match.end()] for match in _PATH.finditer(text)])


def _start(text: str, match: re.Match[str]) -> int:
    """Where the path begins whose end was found."""
    start = match.start() - (_SHORT if match.lastgroup else _LONG)
    while start and (text[start - 1] in "/.-_@+" or text[start - 1].isalnum()):
        start -= 1  # the folders before, as in `.ruru/sessions/…/artifacts/notes/a.md`
    return start
