"""What the further lines of an entry that is a block of YAML say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from mdtm.document import Document
from mdtm.events import BY_NAME, phrased

_YAML_LINE = re.compile(r"[ \t]*(?P<key>[\w-]+):[ \t]*(?P<value>[^\r\n]*)")
_YAML_ACTORS = ("actor", "author", "agent")
_YAML_EVENTS = ("event_type", "event", "type", "details", "summary", "message")
"""The keys of a YAML block that say what happened, the most certain first."""
_MOST_YAML_LINES = 12


def said_in_yaml(document: Document, at: int) -> tuple[str, str]:
    """What happened and who acted, as the lines of a YAML block say."""
    found: dict[str, str] = {}
    lines = document.text.lines(document.text.line_at(at))
    for line in _until_ruled(islice(lines, _MOST_YAML_LINES)):
        if match := _YAML_LINE.match(line):
            found.setdefault(match["key"], match["value"].strip().strip("\"'|>").strip())
    actor = next((found[key] for key in _YAML_ACTORS if found.get(key)), "")
    said = [found[key].replace("_", " ") for key in _YAML_EVENTS if found.get(key)]
    if not said:
        return "", actor
    event, rest = said[0], said[1] if len(said) > 1 else ""
    return phrased(event, rest) if event in BY_NAME else ": ".join(filter(None, (event, rest))), actor


def _until_ruled(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if line.startswith("---"):
            return
        yield line
