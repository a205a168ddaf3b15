"""One JSON object; lines and columns count from 1, columns in code points."""

from __future__ import annotations

from collections.abc import Iterator

from mdtm.finding import Report, as_data, as_json, counts


def written(report: Report) -> Iterator[str]:
    """The object, with each problem, or with the count of each rule, in a line of its own."""
    rows = counts(report.findings) if report.statistics else map(as_data, report.findings)
    name = "statistics" if report.statistics else "problems"
    yield f'{{"version": 1, "files": {len(report.files)}, "mended": {report.mended}, "{name}": ['
    comma = ""
    for row in rows:
        yield f"{comma}\n  {as_json(row, report.ascii)}"
        comma = ","
    yield "\n]}\n" if comma else "]}\n"
