"""A Code Quality report of GitLab: the fields of Code Climate's issues that it reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mdtm.finding import Finding, Report, as_json, fingerprints
from mdtm.problem import Severity

_SEVERITIES = {
    Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFORMATION: "minor", Severity.HINT: "info",
}  # fmt: skip


def written(report: Report) -> Iterator[str]:
    """One array, with each problem in a line of its own."""
    names = fingerprints(report.findings)
    rows = [_issue(finding, name) for finding, name in zip(report.findings, names, strict=True)]
    yield "[" + ",".join(f"\n  {as_json(row, report.ascii)}" for row in rows)
    yield "\n]\n" if rows else "]\n"


def _issue(finding: Finding, fingerprint: str) -> dict[str, Any]:
    path, _, problem = finding
    place = finding.place()  # in code points: Code Climate counts characters
    return {
        "check_name": problem.code,
        "description": " ".join(problem.message.splitlines()),  # one line, as Code Climate wants it
        "severity": _SEVERITIES[problem.severity],
        "fingerprint": fingerprint,
        "location": {
            "path": path,
            "positions": {
                "begin": {"line": place.line, "column": place.column},
                "end": {"line": place.end_line, "column": place.end_column},
            },
        },
    }
