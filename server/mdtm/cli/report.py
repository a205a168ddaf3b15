"""How `mdtm check` tells what it found: its options, and the report that they choose."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from typing import TextIO

from mdtm.document import Document
from mdtm.finding import Finding, Report
from mdtm.plan import Plan, apply
from mdtm.reports import FORMATS, WITH_STATISTICS, written


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=FORMATS, default="text", help="how the problems are printed")
    parser.add_argument(
        "--statistics", action="store_true", help="how often each rule found something, in place of the problems"
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="nothing but the problems: no summary, no progress")


def misuse(arguments: argparse.Namespace) -> str:
    """What is wrong with the options together; empty when nothing is."""
    if arguments.unsafe and not (arguments.fix or arguments.diff):
        return "--unsafe says which fixes --fix or --diff may take; give one of them too"
    if arguments.diff and (arguments.format != "text" or arguments.statistics):
        return "--diff prints a diff and nothing else; leave out --format and --statistics"
    if arguments.statistics and arguments.format not in WITH_STATISTICS:
        return f"--statistics is for the formats {' and '.join(WITH_STATISTICS)}"
    return ""


def write(
    arguments: argparse.Namespace, findings: Sequence[Finding], files: Sequence[str], mended: int, out: TextIO
) -> None:
    """Prints what was found as the options say; programs get paths with `/` in every system."""
    if os.sep != "/" and arguments.format != "text":
        findings = [finding._replace(path=finding.path.replace(os.sep, "/")) for finding in findings]
        files = [path.replace(os.sep, "/") for path in files]
    report = Report(
        findings, files, mended, arguments.statistics, arguments.quiet,
        colour=out.isatty() and "NO_COLOR" not in os.environ,
        ascii=(out.encoding or "").lower() not in ("utf-8", "utf8"),
        folder=os.getcwd().replace(os.sep, "/"),
    )  # fmt: skip
    for piece in written(arguments.format, report):
        out.write(piece)


def difference(path: str, document: Document, plan: Plan) -> str:
    """What a plan would change in a document, as a unified diff; empty for an empty plan."""
    if not plan:
        return ""
    from mdtm.unified import shown  # here, for other checks need no diffs

    old = str(document.text)
    return shown(old, apply(plan, {document.path: old})[document.path], path.replace(os.sep, "/").lstrip("/"))
