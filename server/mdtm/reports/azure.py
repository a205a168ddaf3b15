"""Logging commands of Azure Pipelines, which list the problems of a run."""

from __future__ import annotations

from collections.abc import Iterator

from mdtm.finding import CONTROLS, Report, with_cures
from mdtm.problem import Severity

# The agent knows errors and warnings only, and takes `%AZP25` for a percent sign.
_IN_MESSAGE = CONTROLS | str.maketrans({"%": "%AZP25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = _IN_MESSAGE | str.maketrans({"]": "%5D", ";": "%3B"})


def written(report: Report) -> Iterator[str]:
    """A command for each problem; it has no room for the end of the place."""
    for finding in report.findings:
        problem = finding.problem
        place = finding.place()  # in code points; the documentation names no unit
        properties = {
            "type": "error" if problem.severity is Severity.ERROR else "warning",
            "sourcepath": finding.path,
            "linenumber": place.line,
            "columnnumber": place.column,
            "code": problem.code,
        }
        told = "".join(f"{name}={str(value).translate(_IN_PROPERTY)};" for name, value in properties.items())
        yield f"##vso[task.logissue {told}]{with_cures(problem).translate(_IN_MESSAGE)}\n"
