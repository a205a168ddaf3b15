"""Edits of a log: entries at its end, and the keys of its frontmatter that go with them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from mdtm.document import Document
from mdtm.field_edit import append_item, insert_field, remove_item, set_text
from mdtm.fields import Edit, Field
from mdtm.frontmatter import Frontmatter
from mdtm.line import State, read_line
from mdtm.markdown import Reading
from mdtm.marks import Mark
from mdtm.paths import plain
from mdtm.plan import Refused
from mdtm.schema.sessions import SESSION_LOG
from mdtm.text import Span
from mdtm.times import spell_time
from mdtm.toml.writing import array, text_value

HEADING = "## Log Entries"
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""What a terminal would obey, and what makes git take a log for no text."""


def entry(now: datetime, text: str, actor: str = "") -> str:
    """A log entry, without the end of its last line; further lines of the text are indented below the first.

    What it opens, such as a code block, is closed, or it would swallow the entries that follow.
    """
    first, *rest = _CONTROLS.sub("", text).strip().replace("\r\n", "\n").replace("\r", "\n").split("\n")
    name = " ".join(_CONTROLS.sub("", actor).replace("`", "").split())
    who = f"`{name}`: " if name else ""
    lines = [f"- [{spell_time(now)}] {who}{first}", *(f"  {line}".rstrip() for line in rest)]
    state = State(log=2)
    for line in lines:
        _, state = read_line(f"{line}\n", state)
    if state.fence:
        lines.append(f"  {state.fence}")
    elif state.comment:
        lines.append("  -->")
    return "\n".join(lines)


def opening(now: datetime, actor: str) -> str:
    """The beginning of an entry, behind which its text stands: the bullet, the time, and who acts."""
    return entry(now, ".", actor).removesuffix(".")


def appended(document: Document, entries: Iterable[str]) -> Edit:
    """The edit that adds entries at the end of the log, whose heading is added too where it is missing."""
    return _added(document, entries, HEADING, _end_of_log(document))


def appended_to(document: Document, title: str, entries: Iterable[str]) -> Edit:
    """The same for the first section with a title; signs in the title, and how it is spelled, do not matter."""
    return _added(document, entries, f"## {title}", _end_of_section(document, title))


def _added(document: Document, entries: Iterable[str], heading: str, end: int | None) -> Edit:
    """The edit that adds entries behind a line, or under a new heading where there is none."""
    written = "\n".join(entries)
    if end is None:
        end, written = _last_line(document, document.text.line_count - 1), f"\n{heading}\n\n{written}"
    before = document.text.line(end)
    lead, tail = "" if before.endswith(("\n", "\r")) or not before else "\n", ""
    if before.strip() and not _is_of_list(before) and not written.startswith("\n"):
        if document.text.line_count > end + 1 and document.text.line(end + 1) in ("\n", "\r\n"):
            end += 1
            tail = "\n" if document.text.line_count > end + 1 and document.text.line(end + 1).strip() else ""
        else:
            lead += "\n"
    at = document.text.line_start(end) + len(document.text.line(end))
    new = f"{lead}{written}\n{tail}"
    return Edit(Span(at, at), new.replace("\n", document.newline))


def has_log(document: Document) -> bool:
    """Whether there is a section for log entries."""
    return _end_of_log(document) is not None


def with_key(document: Document, name: str, text: str) -> Edit:
    """The edit that gives a key of the frontmatter a text, on a new line where it has none.

    Raises:
        Refused: the frontmatter cannot be read at that place.
    """
    _check_readable(document, name)
    field = document.frontmatter.get(name)
    order = document.schema.order if document.schema else SESSION_LOG.order
    return set_text(field, text) if field else insert_field(document, name, text_value(text), order)


def with_item(document: Document, name: str, item: str) -> tuple[Edit, ...]:
    """The edits that add an item to a list of the frontmatter; none when it is in there.

    Raises:
        Refused: the frontmatter cannot be read at that place.
    """
    _check_readable(document, name)
    field = document.frontmatter.get(name)
    if any(plain(known.data) == plain(item) for known in document.frontmatter.strings(name)):
        return ()
    if field is None:
        order = document.schema.order if document.schema else SESSION_LOG.order
        written = array([text_value(item)], len(f"{name} = "), document.newline)
        return (insert_field(document, name, written, order),)
    if field.value.kind != "array":
        raise Refused(f"{name} in {document.path} is no list; `mdtm check --fix {document.path}` may mend it")
    return append_item(document, field.value, item)


def without_item(document: Document, name: str, item: str) -> tuple[Edit, ...]:
    """The edits that take an item off a list of the frontmatter; none when it is not in there.

    Raises:
        Refused: the frontmatter cannot be read at that place.
    """
    _check_readable(document, name)
    field = document.frontmatter.get(name)
    for index, known in enumerate(field.value.items if field else ()):
        if field and isinstance(known.data, str) and plain(known.data) == plain(item):
            return (remove_item(document, field.value, index),)
    return ()


def _check_readable(document: Document, name: str) -> None:
    field, frontmatter = document.frontmatter.get(name), document.frontmatter
    if frontmatter.syntax != "toml" or (field and (field.value.kind == "broken" or _has_fault(frontmatter, field))):
        what = f"{name} cannot be read in" if field else "there is no +++ frontmatter in"
        raise Refused(f"{what} {document.path}; `mdtm check {document.path}` shows what to mend")


def _has_fault(frontmatter: Frontmatter, field: Field) -> bool:
    """Whether something is wrong within a field, or another field has its name."""
    places = [place for fault in frontmatter.faults for place in (fault.span, fault.related) if place]
    return any(field.span.start <= place.start < field.span.end for place in places)


def _end_of_log(document: Document) -> int | None:
    """The number of the last line of the log that is not blank, its heading at the least; None without a log."""
    number = document.text.line_count
    for reading in reversed(document.body):
        for line, state in zip(reversed(reading.block.lines), reversed(reading.states), strict=True):
            number -= 1
            if state.log and not state.skip and line.strip():
                return number
    return None


def _end_of_section(document: Document, title: str) -> int | None:
    """The number of the last line of a section that is not blank, its heading at the least; None without one."""
    found, level, number = None, 0, -1
    for line, mark in ((line, mark) for reading in document.body for line, mark in _lines(reading)):
        number += 1
        heading = mark.heading if mark else None
        if heading and found is None and _words(heading.title) == _words(title):
            found, level = number, heading.level
        elif heading and heading.level <= level:
            break
        elif level and line.strip():
            found = number
    return found


def _lines(reading: Reading) -> Iterable[tuple[str, Mark | None]]:
    return zip(reading.block.lines, reading.marks, strict=True)


def _words(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))


def _is_of_list(line: str) -> bool:
    return line[0] in " \t" or line.startswith(("- ", "* ", "+ "))


def _last_line(document: Document, number: int) -> int:
    """The last line up to a number that is not blank."""
    while number and not document.text.line(number).strip():
        number -= 1
    return number
