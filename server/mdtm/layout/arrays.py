"""One form for arrays: on one line where they fit, else one item a line, with the comments that they have."""

from __future__ import annotations

import re
from typing import NamedTuple

from mdtm.fields import Value
from mdtm.toml.writing import array

_MARK = re.compile(r"#[^\r\n]*|\n")


class _Gap(NamedTuple):
    """The comments between two items: those behind the first, and those on lines of their own above the second."""

    behind: list[str]
    above: list[str]


def array_text(text: str, value: Value, before: int, newline: str, indent: str = "") -> str | None:
    """An array in its form, behind so many columns; None for one that has to stay as it is."""
    items = [_item(text, item) for item in value.items]
    written = [item for item in items if item is not None]
    if len(written) < len(items):
        return None
    ends = [value.span.start + 1, *(item.span.end for item in value.items)]
    starts = [*(item.span.start for item in value.items), value.span.end - 1]
    gaps = [_gap(text[end:start]) for end, start in zip(ends, starts, strict=True)]
    if not any(gap.behind or gap.above for gap in gaps):
        return array(written, before, newline, indent)
    lines = [" ".join(["[", *gaps[0].behind])]
    for item, before_it, behind_it in zip(written, gaps, gaps[1:], strict=False):
        lines += [f"{indent}    {comment}" for comment in before_it.above]
        lines.append(" ".join([f"{indent}    {item},", *behind_it.behind]))
    lines += [f"{indent}    {comment}" for comment in gaps[-1].above]
    return newline.join([*lines, f"{indent}]"])


def _item(text: str, item: Value) -> str | None:
    """An item as it stands, an array on one line; None for an array that has comments or texts of several lines."""
    written = text[item.span.start : item.span.end]
    if item.kind != "array":
        return written
    inner = [_item(text, one) for one in item.items]
    ends = [item.span.start + 1, *(one.span.end for one in item.items)]
    starts = [*(one.span.start for one in item.items), item.span.end - 1]
    if None in inner or any("#" in text[end:start] for end, start in zip(ends, starts, strict=True)):
        return None
    line = f"[{', '.join(one for one in inner if one is not None)}]"
    return None if "\n" in line else line


def _gap(between: str) -> _Gap:
    gap, own_line = _Gap([], []), False
    for mark in _MARK.findall(between):
        if mark == "\n":
            own_line = True
        else:
            (gap.above if own_line else gap.behind).append(mark.rstrip())
    return gap
