"""JUnit XML, as Jenkins, GitLab and others read it: each file is a suite, and each of its problems a failed test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from mdtm.finding import Finding, Report, with_cures

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The characters that XML 1.0 cannot hold, not even escaped."""


def written(report: Report) -> Iterator[str]:
    """The document; characters that are not of ASCII are written as references where the reader knows no others."""
    for piece in _pieces(report):
        piece = _NO_XML.sub("\ufffd", piece)
        yield piece.encode("ascii", "xmlcharrefreplace").decode() if report.ascii else piece


def _pieces(report: Report) -> Iterator[str]:
    found: dict[str, list[Finding]] = {path: [] for path in report.files}
    for finding in report.findings:
        found.setdefault(finding.path, []).append(finding)
    tests = sum(len(findings) or 1 for findings in found.values())
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="mdtm" tests="{tests}" failures="{len(report.findings)}" errors="0">\n'
    for path, findings in found.items():
        name = quoteattr(path)
        counts = f'tests="{len(findings) or 1}" failures="{len(findings)}" errors="0"'
        yield f"  <testsuite name={name} {counts}>\n"
        for finding in findings:
            yield _failed(finding)
        if not findings:
            yield f'    <testcase name="no problems" classname={name}/>\n'
        yield "  </testsuite>\n"
    yield "</testsuites>\n"


def _failed(finding: Finding) -> str:
    path, _, problem = finding
    place = finding.place()  # in code points; it is text for people here
    about = f"type={quoteattr(problem.severity.name.lower())} message={quoteattr(problem.message)}"
    end = f"{place.end_line}:{place.end_column}"
    text = f"{path}:{place.line}:{place.column}: up to {end}\n{with_cures(problem)}"
    return (
        f"    <testcase name={quoteattr(f'{problem.code} {place.line}:{place.column}')} classname={quoteattr(path)}>\n"
        f"      <failure {about}>{escape(text)}</failure>\n"
        "    </testcase>\n"
    )
