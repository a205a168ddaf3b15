"""Reviewdog's diagnostic format: one DiagnosticResult in JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mdtm.finding import Finding, Report, as_json, place_of
from mdtm.plan import Replace, replaced
from mdtm.problem import Fix, Severity
from mdtm.text import Span, Text

_SEVERITIES = {
    Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFORMATION: "INFO", Severity.HINT: "INFO",
}  # fmt: skip


def written(report: Report) -> Iterator[str]:
    """The object, with each problem in a line of its own."""
    rows = [as_json(_diagnostic(finding), report.ascii) for finding in report.findings]
    yield '{"source": {"name": "mdtm"}, "diagnostics": ['
    yield ",".join(f"\n  {row}" for row in rows)
    yield "\n]}\n" if rows else "]}\n"


def _diagnostic(finding: Finding) -> dict[str, Any]:
    path, text, problem = finding
    row: dict[str, Any] = {
        "message": problem.message,
        "location": _location(path, text, problem.span),
        "severity": _SEVERITIES[problem.severity],
        "code": {"value": problem.code},
    }
    if problem.related:
        row["related_locations"] = [
            {"message": message, "location": _location(path, text, span)} for span, message in problem.related
        ]
    if problem.fixes:
        row["suggestions"] = [_suggestion(text, fix) for fix in problem.fixes]
    return row


def _suggestion(text: Text, fix: Fix) -> dict[str, Any]:
    """A fix as one edit from its first place to its last: each suggestion is taken by itself."""
    start = min(edit.span.start for edit in fix.edits)
    stretch = Span(start, max(edit.span.end for edit in fix.edits))
    steps = [Replace("", span.moved(-start), text[span], new) for span, new in fix.edits]
    return {"range": _range(text, stretch), "text": replaced(text[stretch], steps)}


def _location(path: str, text: Text, span: Span) -> dict[str, Any]:
    return {"path": path, "range": _range(text, span)}


def _range(text: Text, span: Span) -> dict[str, Any]:
    place = place_of(text, span, "utf-8")  # its columns count the bytes of UTF-8
    return {
        "start": {"line": place.line, "column": place.column},
        "end": {"line": place.end_line, "column": place.end_column},
    }
