"""The problems for people: each with its line, what is wrong in it underlined, and its cures."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from mdtm.finding import CONTROLS, Finding, Report, counts
from mdtm.problem import Severity
from mdtm.text import Span

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFORMATION: "34", Severity.HINT: "36"}
WIDEST = 160
"""How many characters of a source line are shown."""


def written(report: Report) -> Iterator[str]:
    """The problems, or how often each rule found one, and a summary."""
    if report.statistics:
        yield from _statistics(report.findings)
    else:
        hidden = _hidden(report.findings)
        for finding in report.findings:
            yield "\n".join(_lines(finding, report.colour, hidden)) + "\n\n"
    if not report.quiet:
        yield _summary(report) + "\n"


def _statistics(findings: Sequence[Finding]) -> Iterator[str]:
    rows = counts(findings)
    if rows:
        yield "problems    --fix  --unsafe  rule\n"
        for row in rows:
            yield f"{row['problems']:>8} {row['safe']:>8}  {row['unsafe']:>8}  {row['code']}\n"
        yield "\n"


def _hidden(findings: Sequence[Finding]) -> dict[str, list[Span]]:
    """For each path what may not be shown of its file, whatever else is wrong there."""
    hidden: dict[str, list[Span]] = {}
    for path, _, problem in findings:
        if problem.hidden:
            hidden.setdefault(path, []).append(problem.hidden)
    return hidden


def _source(finding: Finding, number: int, hidden: dict[str, list[Span]]) -> str:
    """A line as it may be shown."""
    line, start = finding.text.line(number), finding.text.line_start(number)
    for span in hidden.get(finding.path, ()):
        first, behind = (min(max(0, offset - start), len(line)) for offset in span)
        line = line[:first] + "*" * (behind - first) + line[behind:]
    return line.rstrip("\r\n").translate(CONTROLS)


def _lines(finding: Finding, colour: bool, hidden: dict[str, list[Span]]) -> list[str]:
    path, text, problem = finding
    start = text.position(problem.span.start, "utf-32")
    severity = problem.severity.name.lower()
    name = f"\x1b[1;{_COLOURS[problem.severity]}m{severity}\x1b[0m" if colour else severity
    message = problem.message.translate(CONTROLS)
    lines = [f"{path}:{start.line + 1}:{start.column + 1}: {name}[{problem.code}] {message}"]
    source = _source(finding, start.line, hidden)
    width = max(1, min(problem.span.end - problem.span.start, len(source) - start.column))
    source, column = _window(source, start.column, width)
    marks = " " * columns(source[:column]) + "^" * max(1, columns(source[column : column + width]))
    gutter = f"{start.line + 1:>5} | "
    lines += [gutter + source, " " * (len(gutter) - 2) + "| " + marks]
    for fix in problem.fixes:
        cure = "fix" if fix.safe else "fix (look first)"
        lines.append(f"{' ' * (len(gutter) - 2)}= {cure}: {fix.title.translate(CONTROLS)}")
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


def _summary(report: Report) -> str:
    findings, files, mended = report.findings, len(report.files), report.mended
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
