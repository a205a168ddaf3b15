"""What is told of a place or a thing, as Markdown."""

from __future__ import annotations

from typing import NamedTuple

from mdtm.text import Span

NO_STATUS = "no status"
"""What is told of a status where there is none."""


class Told(NamedTuple):
    """What there is to tell of a place."""

    span: Span
    text: str
    key: str = ""
    """The key that it is about, where it is about one."""


def paragraphs(*parts: str) -> str:
    """The parts that are not empty, each a paragraph of its own."""
    return "\n\n".join(filter(None, parts))


def in_line(*parts: str) -> str:
    """The parts that are not empty, one behind the other on one line."""
    return " · ".join(filter(None, parts))
