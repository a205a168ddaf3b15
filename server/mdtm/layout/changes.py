"""What differs between two texts, line by line, so that an edit touches nothing that stays."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from mdtm.fields import Edit
from mdtm.text import Span, split_lines


def line_edits(span: Span, old: str, new: str) -> tuple[Edit, ...]:
    """The edits of the lines in a span from one text to another; of a line that is changed only what is other in it."""
    if old == new:
        return ()
    before, after = split_lines(old), split_lines(new)
    edits, at, known = list[Edit](), span.start, 0
    for what, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        at += sum(map(len, before[known:first]))
        known = first
        if what == "replace" and last - first == end - start:
            edits += _within_lines(at, before[first:last], after[start:end])
        elif what != "equal":
            gone = sum(map(len, before[first:last]))
            edits.append(Edit(Span(at, at + gone), "".join(after[start:end])))
    return tuple(edits)


def _within_lines(at: int, before: list[str], after: list[str]) -> Iterator[Edit]:
    for old, new in zip(before, after, strict=True):
        yield from (line_edit(at, old, new),) if old != new else ()
        at += len(old)


def line_edit(at: int, old: str, new: str) -> Edit:
    """The edit of a line that begins at an offset, less what is the same at both ends; line ends are never divided."""
    end = old[len(old.rstrip("\r\n")) :]
    if not new.endswith(end) or len(new.removesuffix(end).rstrip("\r\n")) != len(new) - len(end):
        return Edit(Span(at, at + len(old)), new)
    most = min(len(old), len(new))
    tail = len(end)
    while tail < most and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    head = 0
    while head < most - tail and old[head] == new[head]:
        head += 1
    return Edit(Span(at + head, at + len(old) - tail), new[head : len(new) - tail])
