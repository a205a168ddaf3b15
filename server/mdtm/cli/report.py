"""Prints problems, for people and for programs."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Sequence
from typing import Any, NamedTuple, TextIO

from mdtm.document import Document
from mdtm.problem import Problem, Severity
from mdtm.text import Span

FORMATS = ("text", "json")
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFORMATION: "34", Severity.HINT: "36"}
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160)), " ")
"""What a terminal would obey instead of showing it."""
WIDEST = 160
"""How many characters of a source line are shown."""


class Finding(NamedTuple):
    """A problem with the file that it is in."""

    path: str
    document: Document
    problem: Problem


def write(form: str, findings: Sequence[Finding], files: int, mended: int, out: TextIO) -> None:
    """Prints the findings in one of the FORMATS."""
    if form == "json":
        _write_json(findings, files, mended, out)
    else:
        _write_text(findings, files, mended, out)


def _write_json(findings: Sequence[Finding], files: int, mended: int, out: TextIO) -> None:
    """One object, with each problem on a line of its own."""
    encoder = json.JSONEncoder(ensure_ascii=(out.encoding or "").lower() not in ("utf-8", "utf8"))
    out.write(f'{{"version": 1, "files": {files}, "mended": {mended}, "problems": [')
    for number, finding in enumerate(findings):
        row = encoder.encode(_problem_as_json(*finding))
        out.write(f"{',' if number else ''}\n  {row}")
    out.write("\n]}\n" if findings else "]}\n")


def _problem_as_json(path: str, document: Document, problem: Problem) -> dict[str, Any]:
    """Lines and columns count from 1, columns in code points; an end is the place behind the last character."""
    return {
        "path": path,
        "code": problem.code,
        "severity": problem.severity.name.lower(),
        "message": problem.message,
        "range": _range(document, problem.span),
        "fixes": [
            {
                "title": fix.title,
                "safe": fix.safe,
                "edits": [{"range": _range(document, edit.span), "new": edit.new} for edit in fix.edits],
            }
            for fix in problem.fixes
        ],
        "related": [{"range": _range(document, span), "message": message} for span, message in problem.related],
    }


def _range(document: Document, span: Span) -> dict[str, dict[str, int]]:
    start, end = (document.text.position(offset, "utf-32") for offset in span)
    return {
        "start": {"line": start.line + 1, "column": start.column + 1},
        "end": {"line": end.line + 1, "column": end.column + 1},
    }


def _write_text(findings: Sequence[Finding], files: int, mended: int, out: TextIO) -> None:
    colour = out.isatty() and "NO_COLOR" not in os.environ
    for finding in findings:
        out.write("\n".join(_lines(finding, colour)) + "\n\n")
    out.write(_summary(findings, files, mended) + "\n")


def _lines(finding: Finding, colour: bool) -> list[str]:
    path, document, problem = finding
    start = document.text.position(problem.span.start, "utf-32")
    severity = problem.severity.name.lower()
    name = f"\x1b[1;{_COLOURS[problem.severity]}m{severity}\x1b[0m" if colour else severity
    message = problem.message.translate(_CONTROLS)
    lines = [f"{path}:{start.line + 1}:{start.column + 1}: {name}[{problem.code}] {message}"]
    source = document.text.line(start.line).rstrip("\r\n").translate(_CONTROLS)
    width = max(1, min(problem.span.end - problem.span.start, len(source) - start.column))
    source, column = _window(source, start.column, width)
    marks = " " * columns(source[:column]) + "^" * max(1, columns(source[column : column + width]))
    gutter = f"{start.line + 1:>5} | "
    lines += [gutter + source, " " * (len(gutter) - 2) + "| " + marks]
    for fix in problem.fixes:
        cure = "fix" if fix.safe else "fix (look first)"
        lines.append(f"{' ' * (len(gutter) - 2)}= {cure}: {fix.title.translate(_CONTROLS)}")
    return lines


def _window(source: str, column: int, width: int) -> tuple[str, int]:
    """The part of a long line around the place, and the column in that part."""
    if len(source) <= WIDEST:
        return source, column
    start = max(0, min(column - 20, len(source) - WIDEST))
    return source[start : start + WIDEST], column - start


def columns(text: str) -> int:
    """How many columns a terminal takes for a text."""
    return sum(_columns_of(character) for character in text)


def _columns_of(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _summary(findings: Sequence[Finding], files: int, mended: int) -> str:
    checked = f"{files} file" if files == 1 else f"{files} files"
    done = f"{mended} {'problem' if mended == 1 else 'problems'} mended. " if mended > 0 else ""
    if not files:
        return "There is no session log, task or other MDTM file here."
    if not findings:
        return f"{done}No problems in {checked}."
    counts = [
        f"{number} {severity.name.lower()}{'s' if number > 1 and severity is not Severity.INFORMATION else ''}"
        for severity in Severity
        if (number := sum(finding.problem.severity is severity for finding in findings))
    ]
    bad = len({finding.path for finding in findings})
    safe = sum(bool(finding.problem.fix and finding.problem.fix.safe) for finding in findings)
    cure = f" {safe} of them can be mended with --fix." if safe else ""
    total = f"{len(findings)} problem" if len(findings) == 1 else f"{len(findings)} problems"
    return f"{done}{total} ({', '.join(counts)}) in {bad} of {checked}.{cure}"
