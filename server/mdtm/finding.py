"""What a check has to tell, and in which terms programs name a place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from mdtm.problem import Problem
from mdtm.text import Encoding, Span, Text

CONTROLS = dict.fromkeys((*range(32), *range(127, 160)), " ")
"""What a terminal would obey instead of showing it, as a table for `translate`."""

_BREAKS = "[\x7f-\x9f\u2028\u2029]"
"""What JSON may hold as it is, and where some readers end a line all the same, or a terminal obeys."""


class Place(NamedTuple):
    """A stretch of a file; lines and columns count from 1, and the end is the place behind the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


class Finding(NamedTuple):
    """A problem with the file that it is in."""

    path: str
    """As it is shown: from the current folder, or however the user named it."""
    text: Text
    """All of the file."""
    problem: Problem

    def place(self, encoding: Encoding = "utf-32") -> Place:
        """Where the problem is, in columns of an encoding's units: bytes, UTF-16 code units or code points."""
        return place_of(self.text, self.problem.span, encoding)


class Report(NamedTuple):
    """What a check found, and how it is to be told."""

    findings: Sequence[Finding] = ()
    files: Sequence[str] = ()
    """The paths of all files that were checked."""
    mended: int = 0
    """How many problems are gone because they were mended."""
    statistics: bool = False
    """Whether only their number is told, rule by rule."""
    quiet: bool = False
    """Whether nothing is told to people but the problems."""
    colour: bool = False
    ascii: bool = False
    """Whether the reader knows no characters but those of ASCII."""
    folder: str = "/"
    """The absolute path of the current folder, with `/`."""


def place_of(text: Text, span: Span, encoding: Encoding) -> Place:
    start, end = (text.position(offset, encoding) for offset in span)
    return Place(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def counts(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """How often each rule found something, the most frequent first: `code`, `problems`, and how many can be mended.

    --fix mends those that are `safe`, --unsafe those that are `unsafe` as well.
    """
    problems = [finding.problem for finding in findings]
    safe = Counter(problem.code for problem in problems if problem.fix and problem.fix.safe)
    unsafe = Counter(problem.code for problem in problems if problem.fix and not problem.fix.safe)
    numbers = Counter(problem.code for problem in problems)
    return [
        {"code": code, "problems": number, "safe": safe[code], "unsafe": unsafe[code]}
        for code, number in sorted(numbers.items(), key=lambda row: (-row[1], row[0]))
    ]


def as_data(finding: Finding) -> dict[str, Any]:
    """All of a finding for programs, with columns in code points."""
    path, text, problem = finding
    return {
        "path": path,
        "code": problem.code,
        "severity": problem.severity.name.lower(),
        "message": problem.message,
        "range": _range(text, problem.span),
        "fixes": [
            {
                "title": fix.title,
                "safe": fix.safe,
                "edits": [{"range": _range(text, edit.span), "new": edit.new} for edit in fix.edits],
            }
            for fix in problem.fixes
        ],
        "related": [{"range": _range(text, span), "message": message} for span, message in problem.related],
    }


def as_json(data: object, ascii_only: bool) -> str:
    """Some data as one line of JSON, whatever its reader takes for the end of a line."""
    import json  # here, for most checks need none

    return re.sub(_BREAKS, lambda found: f"\\u{ord(found[0]):04x}", json.dumps(data, ensure_ascii=ascii_only))


def fingerprints(findings: Sequence[Finding]) -> list[str]:
    """For each finding a name that it keeps while other lines come and go.

    It is made of the path, the rule and the text of the line; those that have all three in common are numbered.
    """
    import hashlib  # here, for most checks need none

    seen = Counter[tuple[str, str, str]]()
    names = []
    for finding in findings:
        path, text, problem = finding
        line = text.line(text.line_at(problem.span.start)).strip()
        key = (path, problem.code, line)
        name = "\0".join((*key, str(seen[key])))
        seen[key] += 1
        names.append(hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return names


def with_cures(problem: Problem) -> str:
    """The message of a problem, and in lines below it what would cure it."""
    cures = (f"{'fix' if fix.safe else 'fix (look first)'}: {fix.title}" for fix in problem.fixes)
    return "\n".join((problem.message, *cures))


def _range(text: Text, span: Span) -> dict[str, dict[str, int]]:
    place = place_of(text, span, "utf-32")
    return {
        "start": {"line": place.line, "column": place.column},
        "end": {"line": place.end_line, "column": place.end_column},
    }
