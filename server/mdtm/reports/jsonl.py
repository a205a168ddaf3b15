"""JSON Lines: an object for each problem, the same as in json; nothing at all when there is none."""

from __future__ import annotations

import json
from collections.abc import Iterator

from mdtm.finding import Report, as_data


def written(report: Report) -> Iterator[str]:
    """A line for each problem."""
    for finding in report.findings:
        yield json.dumps(as_data(finding), ensure_ascii=report.ascii) + "\n"
