"""Unified diffs: written for people, and applied strictly, at the lines that they name and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import unified_diff
from typing import NamedTuple

from mdtm.plan import Refused
from mdtm.text import split_lines

UNFINISHED = "\\ No newline at end of file"
NOWHERE = "/dev/null"
_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+\d+(?:,(\d+))? @@")
_NAME = re.compile(r"(?:---|\+\+\+) ([^\t\r\n]+)")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_OTHER_END = re.compile(r"\r(?=\n?\Z)")


class _Hunk(NamedTuple):
    first: int
    """The number of its first line in the old text, from 0."""
    old: list[str]
    new: list[str]


def shown(old: str | None, new: str | None, name: str) -> str:
    """The diff from one text of a file to another, for people; empty when they are the same.

    The line ends are those of the diff; where the two texts do not have the same ones, a carriage return is shown.
    """
    same_ends = len(_ends(f"{old or ''} {new or ''}")) < 2
    before, after = ([_bare(line, same_ends) for line in split_lines(text or "") if line] for text in (old, new))
    named = NOWHERE if old is None else f"a/{name}", NOWHERE if new is None else f"b/{name}"
    diff = unified_diff(before, after, named[0], named[1])
    return "".join(line if line.endswith("\n") else f"{line}\n{UNFINISHED}\n" for line in diff)


def applied(diff: str, text: str | None, name: str) -> str:
    """What a diff makes of the text of a file, or of one that is not there.

    Lines in the diff may end otherwise than all lines of the text do; nothing else may differ.

    Raises:
        Refused: it is no unified diff, it is about another file or several, or it does not fit.
    """
    hunks = list(_hunks(diff, name, text is None))
    lines = _LINE.findall(text or "")
    end = "\r\n" if _ends(text or "") == {"\r\n"} and "\r\n" not in diff else ""
    result: list[str] = []
    done = 0
    for hunk in hunks:
        old, new = ([_with_end(line, end) for line in part] for part in (hunk.old, hunk.new))
        if hunk.first < done or lines[hunk.first : hunk.first + len(old)] != old:
            raise Refused(_misfit(lines, hunk.first, old, name))
        result += [*lines[done : hunk.first], *new]
        done = hunk.first + len(old)
    result += lines[done:]
    if any(not line.endswith("\n") for line in result[:-1]):
        raise Refused(f"the diff puts lines behind the last line of {name}, which has no end; make it anew")
    return "".join(result)


def _hunks(diff: str, name: str, is_new: bool) -> Iterator[_Hunk]:
    lines = _LINE.findall(diff)
    at, seen = 0, False
    while at < len(lines):
        if head := _HUNK.match(lines[at]):
            hunk, at = _hunk(lines, at, head)
            seen = True
            yield hunk
            continue
        if (named := _NAME.match(lines[at])) and at + 1 < len(lines):
            if seen:
                raise Refused("the diff is about several files; propose the change of each of them by itself")
            _check_name(lines[at][:3], named[1].strip(), name, is_new)
        elif seen and lines[at].strip():
            raise Refused(f"line {at + 1} of the diff is no part of a hunk: {lines[at].strip()}")
        at += 1
    if not seen:
        raise Refused("this is no unified diff: it has no line like @@ -1,3 +1,4 @@")


def _hunk(lines: list[str], at: int, head: re.Match[str]) -> tuple[_Hunk, int]:
    """A hunk whose first line is `lines[at]`, and where the next one begins."""
    wanted = [int(head[group]) if head[group] is not None else 1 for group in (2, 3)]
    old: list[str] = []
    new: list[str] = []
    begin, at = at, at + 1
    while at < len(lines) and ([len(old), len(new)] != wanted or lines[at].startswith("\\")):
        sign, content = lines[at][0], lines[at][1:]
        if sign == "\\":
            last = lines[at - 1][0]
            for part in [old] * (last in " -") + [new] * (last in " +"):
                part[-1:] = [line.removesuffix("\n").removesuffix("\r") for line in part[-1:]]
        elif sign in " -+\r\n":  # an empty line may have lost the blank before it
            content = content if sign in " -+" else lines[at]
            old += [content] * (sign != "+")
            new += [content] * (sign != "-")
        else:
            break
        at += 1
    if [len(old), len(new)] != wanted:
        raise Refused(f"the hunk in line {begin + 1} of the diff has not as many lines as it says; make it anew")
    first = int(head[1])
    return _Hunk(first - 1 if old else first, old, new), at


def _check_name(sign: str, named: str, name: str, is_new: bool) -> None:
    """Refuses the diff when one of the two lines with names names anything but this file."""
    if named == NOWHERE and sign == "+++":
        raise Refused(f"the diff removes {name}; a proposal gives a file another text")
    if named == NOWHERE and not is_new:
        raise Refused(f"the diff makes {name} anew, which is there; it was made for another state of the workspace")
    if named not in (NOWHERE, name, f"a/{name}", f"b/{name}", name.rpartition("/")[2]):
        raise Refused(f"the diff is about {named}, not about {name}")


def _misfit(lines: list[str], first: int, old: list[str], name: str) -> str:
    for number, wanted in enumerate(old, first):
        there = lines[number] if number < len(lines) else None
        if there != wanted:
            is_there = f"has {there!r}" if there is not None else "is not there"
            return f"the diff does not fit {name}: its line {number + 1} {is_there}, not {wanted!r}"
    return f"the diff does not fit {name}: the hunk at line {first + 1} is not behind the one before it"


def _ends(text: str) -> set[str]:
    return set(re.findall(r"\r\n|\n|\r", text))


def _bare(line: str, same_ends: bool) -> str:
    """A line as it is shown, with a plain end if it has any."""
    shown = _OTHER_END.sub("" if same_ends else "␍", line)
    return shown if shown.endswith("\n") or not line.endswith("\r") else f"{shown}\n"


def _with_end(line: str, end: str) -> str:
    return line[:-1] + end if end and line.endswith("\n") else line
