"""The context of a session in its log: as the entries tell of it, and as it is written into the frontmatter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, cast

from mdtm.context.stack import KEY, Item, Switch, follow, stack_in, switch_of
from mdtm.document import Document
from mdtm.entry import Entry
from mdtm.field_edit import append_value, insert_field, remove_item
from mdtm.fields import Edit, Field
from mdtm.joined import any_of, joined
from mdtm.markdown import Reading
from mdtm.plan import Refused
from mdtm.schema.sessions import SESSION_LOG
from mdtm.times import spell_time
from mdtm.toml.writing import array, text_value

Found = tuple[tuple[int, Entry, Switch], ...]


def stack_of(log: Document | None) -> tuple[Item, ...]:
    """The context that a log tells of in its frontmatter; empty without a log."""
    return stack_in(log.frontmatter.values.get(KEY)) if log else ()


def readable_stack(log: Document | None) -> tuple[Item, ...]:
    """The same for who wants to use it.

    Raises:
        Refused: there is a context that cannot be read.
    """
    stack = stack_of(log)
    field = log.frontmatter.get(KEY) if log and not stack else None
    if log and field and field.value.kind != "array":
        _check_readable(log)
    return stack


def with_stack(document: Document, stack: tuple[Item, ...]) -> tuple[Edit, ...]:
    """The edits that give a log another context; none when it has that already.

    A level that is added or taken off leaves the others as they are written, with their comments.

    Raises:
        Refused: the frontmatter cannot be read at that place.
    """
    field = document.frontmatter.get(KEY)
    _check_readable(document)
    if field is None:
        line = array([_written(item) for item in stack], len(f"{KEY} = "), document.newline)
        return (insert_field(document, KEY, line, SESSION_LOG.order),) if stack else ()
    there = {number: found[0] for number, item in enumerate(field.value.items) if (found := stack_in([item.data]))}
    if stack:
        if tuple(there.values()) == stack:
            return ()
        if tuple(there.values()) == stack[:-1]:
            return append_value(document, field.value, _written(stack[-1]))
        for number in there:
            if tuple(item for other, item in there.items() if other != number) == stack:
                return (remove_item(document, field.value, number),)
    return (written_anew(document, field, stack),)


def written_anew(document: Document, field: Field, stack: tuple[Item, ...]) -> Edit:
    """The edit that gives the key a whole new value."""
    levels = [_written(item) for item in stack]
    return Edit(field.value.span, array(levels, len(f"{KEY} = "), document.newline))


class Told(NamedTuple):
    """A change of the context, as an entry tells of it."""

    entry: Entry
    start: int
    """The offset at which the line of the entry begins."""
    switch: Switch


def switches_in(log: Document) -> Iterator[Told]:
    """The changes of the context in the order of the log."""
    for index, reading in enumerate(log.body):
        found = _switches(reading)
        start = log.text.block_start(index)[1] if found else 0
        for number, entry, switch in found:
            yield Told(entry, start + reading.line_start(number), switch)


def stack_told(log: Document) -> tuple[Item, ...]:
    """The context that the entries of a log lead to."""
    stack: tuple[Item, ...] = ()
    for entry, _, switch in switches_in(log):
        moment = entry.moment
        stack = follow(stack, switch, spell_time(moment.when) if moment and moment.zoned else entry.stamp)
    return stack


def tells_of_context(document: Document, workspace: object) -> bool:
    """Whether a log has a context, or entries that tell of one."""
    return document.frontmatter.get(KEY) is not None or _may_switch(document)


@joined(any_of)
def _may_switch(reading: Reading) -> bool:
    return bool(_switches(reading))


def _switches(reading: Reading) -> Found:
    """The changes in a block of lines, each with its entry and the number of its line; they are looked for once."""
    if reading.kept_switches is None:
        named = reading.holds("ontext", "x") or reading.holds("ONTEXT", "X")
        lines = [one for one in reading.entry_lines if "context" in reading.block.lines[one].lower()] if named else ()
        found = ((number, entry) for number in lines if (entry := reading.entry_on(number)))
        told = ((number, entry, switch_of(entry.text)) for number, entry in found)
        reading.kept_switches = tuple((number, entry, switch) for number, entry, switch in told if switch)
    return cast("Found", reading.kept_switches)


def _check_readable(document: Document) -> None:
    """Refuses what cannot be changed without loss."""
    field, path = document.frontmatter.get(KEY), document.path
    if document.frontmatter.syntax != "toml":
        raise Refused(f"there is no +++ frontmatter in {path}; `mdtm check {path}` shows what to mend")
    if field and field.value.kind == "broken":
        raise Refused(f"{KEY} cannot be read in {path}; `mdtm check {path}` shows what to mend")
    if field.value.kind != "array" if field else KEY in document.frontmatter.values:
        raise Refused(f'{KEY} in {path} is no list in one piece; write {KEY} = [{{type = "task", id = "…"}}]')


def _written(item: Item) -> str:
    """A level as an inline table."""
    return "{" + ", ".join(f"{name} = {text_value(text)}" for name, text in item._asdict().items() if text) + "}"
