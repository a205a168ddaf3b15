"""The written form of log entries, ``- [stamp] `actor`: text``, as far as it is certain for one that has another.

A change is made only where the log reads the same behind it: the same entries, with the same times, actors and texts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from mdtm.document import Document
from mdtm.entry import Entry, is_usual
from mdtm.fields import Edit
from mdtm.layout.changes import line_edit
from mdtm.layout.nesting import stays_nested
from mdtm.markdown import Body, read_body
from mdtm.marks import Mark
from mdtm.text import Span, Text
from mdtm.timeline import form_of
from mdtm.times import has_certain_zone, spell_time

_FORMED = re.compile(r"- \[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\] `[\w@+-]{1,60}`: [^\s`*_]", re.ASCII)
"""How a line begins that has the form already, whatever follows."""
_BEFORE = re.compile(r"[ ]{0,3}(?:[-*+][ \t]+)?(?:\*\*|__)?`?(?:\[[ \t]*)?")
"""What may stand before the time, and says nothing."""
_WORD = re.compile(r"[^\W_]")
_LINK = re.compile(r"[ \t]*\][(\[]")
_ODD_TEXT = tuple(",;|.)]}/")
"""What no text begins with, unless it belongs to what stands before it."""
FEW = 50
"""How many lines are replaced one by one, so that the others need not be read again."""
ROUNDS = 20
"""How often the log is read again, each time without the changes that made it read otherwise."""


class _Line(NamedTuple):
    """A line behind the frontmatter, with what it is."""

    text: str
    start: int
    mark: Mark | None
    in_log: bool


def entry_edits(document: Document) -> tuple[Edit, ...]:
    """The edits that bring the entries of a document's log into the written form; their texts stay as they are."""
    if are_formed(document, Span(0, len(document.text))):
        return ()
    lines = list(_lines(document.text, document.body))
    names = cache(lambda: _names(document, lines))
    wanted: dict[int, str] = {}
    for number, line in enumerate(lines):
        if line.in_log and not _FORMED.match(line.text) and (edit := _edit(lines, number, names)) is not None:
            wanted[number] = edit
    for number in _alike(lines, wanted):
        del wanted[number]
    for _ in range(ROUNDS if wanted else 0):
        otherwise = _otherwise(document, lines, wanted)
        if not otherwise:
            mixed = len(_forms(lines, {})) == 1 < len(_forms(lines, wanted))
            found = ((lines[number], new) for number, new in wanted.items())
            return () if mixed else tuple(line_edit(line.start, line.text, new) for line, new in found)
        edited = sorted(wanted)
        for number in otherwise:
            wanted.pop(edited[max(0, bisect_right(edited, number) - 1)], None)
    return ()


def are_formed(document: Document, span: Span) -> bool:
    """Whether all entries that begin in a stretch of text surely have the form, found out without reading them."""
    first, last = document.text.block_at(span.start), document.text.block_at(span.end)
    for index, reading in enumerate(document.body[first : last + 1], first):
        start = document.text.block_start(index)[0]
        begin, end = document.text.line_at(span.start) - start, document.text.line_at(span.end) - start
        lines = (number for number in reading.entry_lines if begin <= number <= end)
        if not all(_FORMED.match(reading.block.lines[number]) for number in lines):
            return False
    return True


def _lines(text: Text, body: Body) -> Iterator[_Line]:
    for index, reading in enumerate(body):
        start = text.block_start(index)[1]
        before = (reading.before, *reading.states)
        for line, mark, state in zip(reading.block.lines, reading.marks, before, strict=False):
            yield _Line(line, start, mark, bool(state.log) and not state.skip)
            start += len(line)


def _names(document: Document, lines: list[_Line]) -> set[str]:
    """The names that are surely those of actors."""
    keys = (document.frontmatter.text(key) for key in ("coordinator", "assigned_to"))
    entries = (line.mark.entry for line in lines if line.mark and line.mark.entry)
    return {*(name for name in keys if name), *(entry.who.name for entry in entries if entry.who.certain)}


def _edit(lines: list[_Line], number: int, names: Callable[[], set[str]]) -> str | None:
    """The line of an entry in form, with its end; None when it is in form, or when its form is not certain."""
    line, mark = lines[number], lines[number].mark
    entry = mark.entry if mark else None
    written = _written(entry, names) if entry else None
    if entry is None or written is None or written == entry.line:
        return None
    following = []
    for further in lines[number + 1 :]:
        if not (further.mark and further.mark.continues) or further.mark.entry:
            break
        following.append(further.text)
    if not stays_nested(entry.line, following):
        return None
    return written + line.text[len(entry.line) :]


def _written(entry: Entry, names: Callable[[], set[str]]) -> str | None:
    """An entry's first line in form; None when that is not certain."""
    line, stamp, who = entry.line, entry.stamp_span, entry.who
    if entry.form not in ("list", "bare") or not entry.timed or not _BEFORE.fullmatch(line, 0, stamp.start):
        return None
    named = bool(who.name) and who.end > who.start and (who.certain or who.name in names())
    if entry.bold and who.end > who.start and not named and who.start == entry.after:
        return None  # words in the bold text of the time, which may be a name or not
    rest = who.end if named else who.start
    marks = line[: stamp.start] + line[stamp.end : rest].replace(who.name if named else "", "", 1)
    if _WORD.search(marks) or any(marks.count(mark) % 2 for mark in ("**", "__", "`")):
        return None
    if _LINK.match(line, stamp.end) or line[rest : rest + 1] in _ODD_TEXT or (moment := entry.moment) is None:
        return None
    exact = moment.precision == "second" and not moment.when.microsecond
    when = spell_time(moment.utc) if exact and moment.zoned and has_certain_zone(entry.stamp) else entry.stamp
    actor = f"`{who.name}`: " if named else ""
    return f"- [{when}] {actor}{line[rest:]}" if line[rest:] else f"- [{when}] {actor}".rstrip()


def _alike(lines: list[_Line], wanted: Mapping[int, str]) -> list[int]:
    """The entries that would not differ any more from one that they differ from now."""
    written: dict[str, set[str]] = {}
    for number, line in enumerate(lines):
        if line.mark and line.mark.entry:
            written.setdefault(wanted.get(number, line.text).rstrip(), set()).add(line.text.rstrip())
    return [number for number, new in wanted.items() if len(written[new.rstrip()]) > 1]


def _forms(lines: list[_Line], wanted: Mapping[int, str]) -> set[str]:
    """The forms that the entries have, those of `wanted` the one that is written."""
    marks = ((number, line.mark) for number, line in enumerate(lines) if line.mark)
    entries = ((number, mark.entry) for number, mark in marks if mark.entry)
    timed = ((number, entry) for number, entry in entries if is_usual(entry.line) or entry.moment)
    return {"- [TIME]" if number in wanted else form_of(entry) for number, entry in timed}


def _otherwise(document: Document, lines: list[_Line], wanted: Mapping[int, str]) -> list[int]:
    """The lines that would mean something else, if some were written so."""
    text = document.text
    if len(wanted) > FEW:
        text = Text.of("".join(wanted.get(number, line.text) for number, line in enumerate(lines)))
    else:
        for number in sorted(wanted, reverse=True):
            line = lines[number]
            text = text.replaced(Span(line.start, line.start + len(line.text)), wanted[number])
    after = _lines(text, read_body(text, document.frontmatter.lines, document.body))
    read_anew = (
        (number, old, new)
        for number, (old, new) in enumerate(zip(lines, after, strict=True))
        if old.mark is not new.mark or old.in_log is not new.in_log
    )
    return [number for number, old, new in read_anew if _said(old) != _said(new)]


def _said(line: _Line) -> object:
    """What a line says to those who read the log."""
    mark = line.mark
    if mark is None:
        return None
    entry = mark.entry
    told = entry and (entry.moment, entry.who.name, entry.text)
    return told, mark.heading, mark.box, mark.continues, mark.code, line.in_log
