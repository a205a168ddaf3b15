"""What is offered to a writer, and what is known of the world for that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from mdtm.features.names.uses import Uses
from mdtm.fields import Edit
from mdtm.files import Files
from mdtm.trace import Trace

Kind = Literal["key", "value", "task", "session", "sprint", "file", "folder", "actor", "tag", "time", "entry"]
IDS = frozenset(("task", "session", "sprint"))
"""The kinds of what has an id and a title."""
_SPECIAL = re.compile(r"[\\$}]")
_SPECIAL_CHOICE = re.compile(r"[\\$},|]")


class About(NamedTuple):
    """What more can be told of an offer."""

    kind: str
    """key, value, event, file, or a kind of id; empty where there is nothing to tell."""
    name: str = ""
    key: str = ""
    """The key whose value it is, or in whose table it lies."""


NOTHING = About("")


class Surroundings(NamedTuple):
    """The world around the document in which somebody writes."""

    files: Files
    trace: Trace | None
    uses: Uses
    now: datetime
    actor: str


class Offer(NamedTuple):
    """One thing that may be written; `edit` replaces just what was begun, on one line."""

    kind: Kind
    label: str
    edit: Edit
    filter: str
    """What the client holds against what was begun, to see whether it is still meant."""
    detail: str = ""
    """What it means, or the title of what is named."""
    note: str = ""
    """The status of what is named."""
    snippet: str = ""
    """The same text with places to fill in, for clients that can have them."""
    about: About = NOTHING


def by_title(own_id: str, title: str) -> str:
    """What finds an id: people know the title, and the time in the id nobody."""
    return f"{own_id} {title}".rstrip()


def plain_snippet(text: str) -> str:
    """A text as a snippet has it."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def stop(number: int, text: str = "") -> str:
    """A place to fill in, with what stands there until then."""
    return f"${{{number}:{plain_snippet(text)}}}" if text else f"${number}"


def choice(number: int, texts: Sequence[str]) -> str:
    """A place to fill in with one of some texts."""
    written = ",".join(_SPECIAL_CHOICE.sub(r"\\\g<0>", text) for text in texts)
    return f"${{{number}|{written}|}}"
