"""Workflow commands of GitHub Actions, which annotate the lines of a change."""

from __future__ import annotations

from collections.abc import Iterator

from mdtm.finding import CONTROLS, Report, with_cures
from mdtm.problem import Severity

_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFORMATION: "notice",
    Severity.HINT: "notice",
}
# The runner ends a message at the end of the line, and a property at a comma; a colon could end them all.
_IN_MESSAGE = CONTROLS | str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = _IN_MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})


def written(report: Report) -> Iterator[str]:
    """A command for each problem."""
    for finding in report.findings:
        problem = finding.problem
        place = finding.place()  # in code points; the documentation names no unit
        properties = {"file": finding.path, "line": place.line, "endLine": place.end_line}
        if place.line == place.end_line:  # GitHub takes columns for a stretch of one line only
            properties |= {"col": place.column, "endColumn": place.end_column}
        properties["title"] = f"mdtm {problem.code}"
        told = ",".join(f"{name}={str(value).translate(_IN_PROPERTY)}" for name, value in properties.items())
        yield f"::{_LEVELS[problem.severity]} {told}::{with_cures(problem).translate(_IN_MESSAGE)}\n"
