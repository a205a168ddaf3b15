"""Tells what the lines around frontmatter are: fences, keys, comments, Markdown."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from mdtm.fields import Fault
from mdtm.text import Span, Text
from mdtm.toml.reader import NEXT_STATEMENT

BOM = "\ufeff"
SEARCHED_LINES = 400
"""How far a `+++` is looked for when the file does not begin with one."""
LINES_BEFORE = 30
"""How many lines of other text may stand before the frontmatter for it to be seen."""

FENCE = re.compile(r"[ \t]*\+\+\+[ \t]*[\r\n]*\Z")
YAML_FENCE = re.compile(r"---[ \t]*[\r\n]*\Z")
INLINE_FENCE = re.compile(r"(?:[ \t]|(?<=[\"'\]}\w]))\+\+\+(?=[ \t\r\n]|\Z)")
GLUED_FENCE = re.compile(r"(?<=[\"'\]}])[ \t]*(\+\+\+)[ \t]*[\r\n]*\Z")
LIKE_A_FENCE = re.compile(r"(?:\+{2,6}|---)[ \t]*[\r\n]*\Z")
DAMAGED_FENCE = re.compile(r"(?:[^\r\n]\+\+|\+[^\r\n]\+|\+\+[^\r\n]|\+)[ \t]*[\r\n]*\Z")
"""A fence of which one sign has become another, or a line end."""
STATEMENT = re.compile(r"[ \t]*[A-Za-z0-9_-]+[ \t]*=(?!=)")
KNOWN_KEY = re.compile(r"(?:id|title|status|session_id|type)[ \t]*=")
COMMENT_OR_BLANK = re.compile(r"[ \t]*(?:#.*)?[\r\n]*\Z")
MARKDOWN = re.compile(r"#{2,6} |[-*>] |\*\*|```|~~~|\d+\. |<|\|")


class Fences(NamedTuple):
    syntax: Literal["toml", "yaml"]
    span: Span
    """From the opening fence to the end of the closing one."""
    content: Span
    faults: tuple[Fault, ...]
    closed: bool
    lines: int = 0
    """How many lines it takes, where that is known already."""


def first_line(text: Text) -> tuple[int, int]:
    """The first line that is not blank, and where its text begins behind a byte order mark."""
    for number, line in enumerate(text.lines()):
        if line.removeprefix(BOM).strip():
            return number, text.line_start(number) + line.startswith(BOM)
    return 0, 0


def closing_line(text: Text, first: int) -> int | None:
    """The first line `+++`; an indented one only when no other is there, for it may stand in a string."""
    indented = None
    for number, line in enumerate(text.lines(first), first):
        if "+" in line and FENCE.match(line):
            if line[0] == "+":
                return number
            indented = number if indented is None else indented
    return indented


def keys_follow(text: Text, number: int) -> bool:
    """Whether the first line behind a fence that is neither blank nor a comment begins with a key."""
    for following in range(number + 1, min(text.line_count, number + SEARCHED_LINES)):
        line = text.line(following)
        if not COMMENT_OR_BLANK.match(line) and line.strip() != "+":  # half a fence that was broken in two
            return STATEMENT.match(line) is not None
    return False


def end_of_statements(text: Text, first: int) -> int:
    """The offset behind the last line that belongs to the keys."""
    last = first
    for number in range(first, text.line_count):
        line = text.line(number)
        if NEXT_STATEMENT.match(line):
            last = number + 1
        elif MARKDOWN.match(line):
            break
        elif last == number and line[:1] in " \t]}\"'":
            last = number + 1
    return text.line_start(last)
