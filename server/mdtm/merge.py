"""What two people made of one text, line by line: where they changed different lines, both; else a conflict."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from mdtm.text import split_lines


class Change(NamedTuple):
    """Lines of an old text, from `first` up to but not including `behind`, and what stands there in a new one."""

    first: int
    behind: int
    new: tuple[str, ...]


class Conflict(NamedTuple):
    """Lines that both have changed, each in another way."""

    line: int
    """The number of the first one in the old text, from 0."""
    old: tuple[str, ...]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


def changes(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """What leads from old lines to new ones, in order; no two of them touch."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    found = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [
        Change(first + head, behind + head, tuple(after[start:end]))
        for tag, first, behind, start, end in found
        if tag != "equal"
    ]


def merged(old: str, ours: str, theirs: str) -> tuple[str, tuple[Conflict, ...]]:
    """The old text with what both made of it; where they are in conflict, it has the old lines.

    Changes that touch each other are in conflict too, unless they are the same: nobody knows what belongs together.
    """
    lines = split_lines(old)
    mine, others = changes(lines, split_lines(ours)), changes(lines, split_lines(theirs))
    result: list[str] = []
    conflicts: list[Conflict] = []
    done = 0
    for first, behind in _stretches([*mine, *others]):
        result += lines[done:first]
        before = tuple(lines[first:behind])
        one, other = _within(lines, mine, first, behind), _within(lines, others, first, behind)
        if one != other and before not in (one, other):
            conflicts.append(Conflict(first, before, one, other))
            result += before
        else:
            result += other if one == before else one
        done = behind
    return "".join((*result, *lines[done:])), tuple(conflicts)


def _stretches(found: Sequence[Change]) -> list[tuple[int, int]]:
    """The stretches of old lines that are changed at all; changes that touch are in one."""
    stretches: list[tuple[int, int]] = []
    for first, behind, _ in sorted(found):
        if stretches and first <= stretches[-1][1]:
            start, end = stretches.pop()
            first, behind = start, max(end, behind)
        stretches.append((first, behind))
    return stretches


def _within(lines: Sequence[str], found: Sequence[Change], first: int, behind: int) -> tuple[str, ...]:
    """What a stretch of old lines is when the changes in it are made."""
    result: list[str] = []
    done = first
    for change in found:
        if first <= change.first and change.behind <= behind:
            result += [*lines[done : change.first], *change.new]
            done = change.behind
    return (*result, *lines[done:behind])
