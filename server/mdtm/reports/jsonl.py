"""JSON Lines: an object for each problem, the same as in json; nothing at all when there is none."""

from __future__ import annotations

from collections.abc import Iterator

from mdtm.finding import Report, as_data, as_json


def written(report: Report) -> Iterator[str]:
    """A line for each problem."""
    for finding in report.findings:
        yield as_json(as_data(finding), report.ascii) + "\n"
