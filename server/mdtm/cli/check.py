"""`mdtm check`: finds what is wrong in files and folders, and mends it."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from dataclasses import replace
from typing import NamedTuple

from mdtm.cli import report
from mdtm.cli.allowances import Allowances
from mdtm.cli.places import Places, cannot
from mdtm.cli.progress import watched
from mdtm.disk import decoded, read_bytes, read_document, write
from mdtm.document import Document, may_be_ours
from mdtm.finding import Finding
from mdtm.judge import fixed, judge
from mdtm.plan import Refused, StalePlan, apply
from mdtm.schema.settings import SETTINGS, SETTINGS_FILES
from mdtm.settings import Settings
from mdtm.workspace import Workspace

EXAMPLES = """examples:
  mdtm check                        everything below this folder
  mdtm check --fix .ruru            mend what can be mended without a second look
  mdtm check --diff a.md            what would be mended
  mdtm check --format json a.md     the same for a program
  mdtm check - < session_log.md     what comes from standard input
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "check", help="find what is wrong, and mend it",
        epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="files or folders; - is standard input")
    fixing = parser.add_mutually_exclusive_group()
    fixing.add_argument("--fix", action="store_true", help="write the safe fixes to the files")
    fixing.add_argument("--diff", action="store_true", help="print what --fix would change, and write nothing")
    parser.add_argument(
        "--unsafe", action="store_true", help="with --fix or --diff: also those that a person should look at"
    )
    report.add_options(parser)
    parser.add_argument(
        "--force-exclude", action="store_true",
        help="leave out what the setting exclude names, even where a PATH names it; else that is checked all the same",
    )  # fmt: skip
    parser.add_argument(
        "--stdin-path", default="session_log.md", metavar="PATH", help="what standard input would be called as a file"
    )
    parser.set_defaults(run=run)


class Run(NamedTuple):
    """What one run goes by."""

    arguments: argparse.Namespace
    places: Places
    allowances: Allowances


class Checked(NamedTuple):
    """What became of one file of ours."""

    findings: list[Finding]
    mended: int
    diff: str = ""
    """What fixing would change, where that is asked for."""
    warning: str = ""


def run(arguments: argparse.Namespace) -> int:
    if wrong := report.misuse(arguments):
        print(f"mdtm: {wrong}", file=sys.stderr)
        return 2
    if arguments.paths == ["-"]:
        return _check_stdin(arguments)
    task = Run(arguments, Places(), Allowances(arguments.paths))
    findings, mended, seen, diffs, warnings = list[Finding](), 0, list[str](), list[str](), list[str]()
    gc.disable()  # a file's many objects have no cycles and go with it; looking for cycles would only take time
    try:
        files, failed = task.places.files(arguments.paths, arguments.force_exclude)
        for whole in [whole for whole in files if whole.endswith(SETTINGS_FILES)]:
            files[whole] = files.pop(whole)  # they come last, for they are judged by what all others need
        for whole, path in watched(files.items(), sys.stderr, arguments.quiet):
            if checked := _attempted(whole, path, task, failed):
                findings += checked.findings
                mended += checked.mended
                diffs.append(checked.diff)
                warnings += filter(None, [checked.warning])
                seen.append(path)
    finally:
        gc.enable()
    if arguments.diff:
        sys.stdout.writelines(diffs)
    elif seen or not failed or arguments.format != "text":  # that nothing is there is untrue of what cannot be read
        report.write(arguments, findings, seen, mended, sys.stdout)
    for message in dict.fromkeys(warnings + failed):
        print(f"mdtm: {message}", file=sys.stderr)
    return 2 if failed else 1 if findings or any(diffs) else 0


def _attempted(whole: str, path: str, task: Run, failed: list[str]) -> Checked | None:
    """Checks a file; what makes that impossible is added to `failed`, and the other files are checked all the same."""
    try:
        return _checked(whole, path, task, not failed)
    except (Refused, StalePlan) as error:
        failed.append(str(error))
    except OSError as error:
        failed.append(cannot(error, path))
    except Exception as error:
        failed.append(f"{path}: this is a fault of mdtm: {type(error).__name__}: {error}")
    return None


def _checked(whole: str, path: str, task: Run, complete: bool) -> Checked | None:
    arguments, places, allowances = task
    text, bad_byte = decoded(read_bytes(whole))
    if not may_be_ours(whole.replace(os.sep, "/"), text):
        return None
    folder, _, name = whole.rpartition(os.sep)
    place = places.of(folder or os.sep)
    root, settings = place.root, place.settings
    document = Document.read(place.path(name), text, bad_byte)
    if document.schema is None:
        return None
    workspace = places.around(place, document)
    if place.settings.allow:
        allowances.look(document, workspace, place)
        if complete and document.schema is SETTINGS:
            workspace = replace(workspace, allowed_for_nothing=allowances.for_nothing(place))
    if arguments.diff:
        return _compared(path, document, workspace, settings, arguments.unsafe)
    problems = judge(document, workspace, settings)
    mended = 0
    if arguments.fix and (plan := fixed(document, workspace, settings, arguments.unsafe)):
        write(root, plan)
        document, mended = read_document(root, document.path), len(problems)
        problems = judge(document, workspace, settings)
        mended -= len(problems)
    findings = [Finding(path, document, problem) for problem in problems]
    return Checked(findings, mended)


def _compared(path: str, document: Document, workspace: Workspace, settings: Settings, unsafe: bool) -> Checked:
    """What fixing would change; a diff has to be exact, so what may not be shown is warned of, not hidden."""
    diff = report.difference(path, document, fixed(document, workspace, settings, unsafe))
    hidden = (problem.hidden for problem in (judge(document, workspace) if diff else ()))
    shows = any(span is not None and document.text[span].split("\n")[0] in diff for span in hidden)
    return Checked(
        [], 0, diff, f"{path}: the diff shows a secret that stands there; mind who reads it" if shows else ""
    )


def _check_stdin(arguments: argparse.Namespace) -> int:
    """Standard input as a file; with --fix the mended text goes to standard output, the rest to the other."""
    data = sys.stdin.buffer.read()
    text, bad_byte = decoded(data)
    path = os.path.normpath(arguments.stdin_path)
    try:
        folder, name = os.path.split(os.path.abspath(path))
        places = Places()
        place = places.of(folder)
    except OSError as error:
        print(f"mdtm: {cannot(error, path)}", file=sys.stderr)
        return 2
    if arguments.force_exclude and places.excluded(folder, name):
        if arguments.fix:
            sys.stdout.buffer.write(data)
        return 0
    document = Document.read(place.path(name), text, bad_byte)
    workspace, mended = Workspace(now=places.now), 0
    if arguments.diff:
        checked = _compared(path, document, workspace, place.settings, arguments.unsafe)
        sys.stdout.write(checked.diff)
        if checked.warning:
            print(f"mdtm: {checked.warning}", file=sys.stderr)
        return 1 if checked.diff else 0
    if arguments.fix:
        mended = len(judge(document, workspace, place.settings))
        if plan := fixed(document, workspace, place.settings, arguments.unsafe):
            document = Document.read(document.path, apply(plan, {document.path: text})[document.path])
            data = str(document.text).encode()
        mended -= len(judge(document, workspace, place.settings))
        sys.stdout.buffer.write(data)
    findings = [Finding(path, document, problem) for problem in judge(document, workspace, place.settings)]
    report.write(arguments, findings, [path], mended, sys.stderr if arguments.fix else sys.stdout)
    return 1 if findings else 0
