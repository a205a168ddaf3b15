"""Reviewdog's diagnostic format: one DiagnosticResult in JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mdtm.document import Document
from mdtm.finding import Finding, Report, as_json, place_of
from mdtm.plan import Replace, replaced
from mdtm.problem import Fix, Severity
from mdtm.text import Span

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
    path, document, problem = finding
    row: dict[str, Any] = {
        "message": problem.message,
        "location": _location(path, document, problem.span),
        "severity": _SEVERITIES[problem.severity],
        "code": {"value": problem.code},
    }
    if problem.related:
        row["related_locations"] = [
            {"message": message, "location": _location(path, document, span)} for span, message in problem.related
        ]
    if problem.fixes:
        row["suggestions"] = [_suggestion(document, fix) for fix in problem.fixes]
    return row


def _suggestion(document: Document, fix: Fix) -> dict[str, Any]:
    """A fix as one edit from its first place to its last: each suggestion is taken by itself."""
    start = min(edit.span.start for edit in fix.edits)
    stretch = Span(start, max(edit.span.end for edit in fix.edits))
    steps = [Replace("", span.moved(-start), document.text[span], new) for span, new in fix.edits]
    return {"range": _range(document, stretch), "text": replaced(document.text[stretch], steps)}


def _location(path: str, document: Document, span: Span) -> dict[str, Any]:
    return {"path": path, "range": _range(document, span)}


def _range(document: Document, span: Span) -> dict[str, Any]:
    place = place_of(document, span, "utf-8")  # its columns count the bytes of UTF-8
    return {
        "start": {"line": place.line, "column": place.column},
        "end": {"line": place.end_line, "column": place.end_column},
    }
