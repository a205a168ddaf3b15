"""What a line of Markdown may hold: a heading, a check box, paths that it names, the beginning of an entry."""

from __future__ import annotations

import re
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
_PATH = re.compile(r"\w+/[^\s`\"'<>()\[\]|,;*]*[^\s`\"'<>()\[\]|,;*.:!?]")
_TASK_ID = re.compile(r"(?:TASK|BUG|FEAT|CHORE|SPIKE)-(?=\S*\d)[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")
_NAMED_TASK = re.compile(r"(?<![\w-])TASK-(?=\S*\d)[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")
"""A task that a text names; the other forms of ids stand for more than tasks there."""
_SIGNS = ("](", "artifacts/", "notes/", "learnings/", "summaries/")
"""How a mention begins; to look for each of them costs less than a pattern for all."""


def read_box(line: str) -> CheckBox | None:
    """The check box that a list item begins with."""
    match = _BOX.match(line) if "[" in line else None
    return CheckBox(match["mark"], Span(match.start("mark") - 1, match.end())) if match else None


def read_task_ids(text: str) -> frozenset[str]:
    """What looks like the id of a task, or like the name of its file without its end."""
    if "TASK-" not in text:
        return frozenset()
    return frozenset(match[0].removesuffix(".md") for match in _NAMED_TASK.finditer(text))


def is_task_id(text: str) -> bool:
    """Whether a text is meant for the id of a task; without a digit it is a placeholder, or the name of a folder."""
    return _TASK_ID.fullmatch(text) is not None


def read_mentions(text: str) -> tuple[Mention, ...]:
    """The paths that a line names, or a text of several, with their places."""
    if "/" not in text and "](" not in text:
        return ()
    places = list[int]()
    for sign in _SIGNS:
        at = text.find(sign)
        while at >= 0:
            places.append(at)
            at = text.find(sign, at + 1)
    found, end = list[Mention](), 0
    for at in sorted(places):
        if at >= end and (match := (_LINK if text[at] == "]" else _PATH).match(text, at)):
            found.append(_mention(text, match))
            end = match.end()
    return tuple(found)


def _mention(line: str, match: re.Match[str]) -> Mention:
    if match.re is _LINK:
        return Mention(match[1].strip("<>"), Span(*match.span(1)))
    start, end = match.span()
    while start and (line[start - 1] in "/.-_@+" or line[start - 1].isalnum()):
        start -= 1  # the folders before, as in `.ruru/sessions/…/artifacts/notes/a.md`
    return Mention(line[start:end], Span(start, end))
