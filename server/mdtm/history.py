"""What a log tells: its entries, with all their lines."""

from __future__ import annotations

import re
import textwrap
from typing import NamedTuple

from mdtm.document import Document
from mdtm.entry import Entry
from mdtm.events import BY_NAME, kind_of
from mdtm.times import Moment, spell_time

_USUAL = re.compile(r"- \[(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\] `([\w@:+-]{1,60})`: (\S|\S.*\S)", re.ASCII)
"""An entry as mdtm writes it, which is taken apart at once; others are looked at more closely."""


class Event(NamedTuple):
    """One entry of a log."""

    moment: Moment | None
    stamp: str
    """The time as it is written; in the spelling that mdtm writes where its zone is known."""
    actor: str
    kind: str
    """The name of its kind; empty when it shows none."""
    text: str
    """What happened, with its further lines, less what every line of those is indented by."""
    line: int
    """On which line of the file it begins, from 1."""

    @property
    def matter(self) -> str:
        """What happened, without the word and the colon that say of which kind it is."""
        sign = BY_NAME[self.kind].sign.match(self.text) if self.kind else None
        rest = self.text[sign.end() :].lstrip() if sign else ""
        return rest[1:].lstrip() if rest.startswith(":") and rest[1:].strip() else self.text


def events(log: Document) -> list[Event]:
    """The entries of a log in the order of the file."""
    found: list[tuple[Entry, list[str], int]] = []
    for index, reading in enumerate(log.body):
        first = log.text.block_start(index)[0] + 1
        if len(reading.entry_lines) == len(reading.block.lines):  # as nearly all of a long log
            found += [(entry, [], number) for number, entry in enumerate(reading.entries, first)]
            continue
        for number, (line, mark) in enumerate(zip(reading.block.lines, reading.marks, strict=True), first):
            if mark and mark.entry:
                found.append((mark.entry, [], number))
            elif mark and mark.continues and found:
                found[-1][1].append(line.rstrip("\r\n"))
    return [_event(*one) for one in found]


def _event(entry: Entry, lines: list[str], number: int) -> Event:
    if not lines and (usual := _USUAL.fullmatch(entry.line)):
        stamp, actor, text = usual.groups()
        return Event(entry.moment, stamp, actor, kind_of(text), text, number)
    moment, first = entry.moment, entry.text.strip()
    rest = textwrap.dedent("\n".join(lines)).strip("\n").rstrip()
    text = f"{first}\n{rest}" if first and rest else first or rest
    stamp = spell_time(moment.when) if moment and moment.zoned else entry.stamp
    return Event(moment, stamp, entry.actor, kind_of(text), text, number)
