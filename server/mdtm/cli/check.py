"""`mdtm check`: finds what is wrong in files and folders, and mends it."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import NamedTuple

from mdtm.cli import report
from mdtm.cli.allowances import Allowances, Needed, needed_by
from mdtm.cli.places import Places, cannot
from mdtm.cli.progress import watched
from mdtm.cli.shards import shared
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
    failed: list[str]
    """What could not be read or written, so far."""


class Checked(NamedTuple):
    """What became of one file of ours."""

    findings: Sequence[Finding] = ()
    mended: int = 0
    diff: str = ""
    """What fixing would change, where that is asked for."""
    warning: str = ""
    needed: Needed | None = None
    failure: str = ""
    """Why it could not be checked."""


def run(arguments: argparse.Namespace) -> int:
    if wrong := report.misuse(arguments):
        print(f"mdtm: {wrong}", file=sys.stderr)
        return 2
    if arguments.paths == ["-"]:
        return _check_stdin(arguments)
    task = Run(arguments, Places(), Allowances(arguments.paths), [])
    findings, mended, seen, diffs, warnings = list[Finding](), 0, list[str](), list[str](), list[str]()
    gc.disable()  # a file's many objects have no cycles and go with it; looking for cycles would only take time
    try:
        for path, checked in _each(task):
            if checked.needed:
                task.allowances.note(checked.needed)
            if checked.failure:
                task.failed.append(checked.failure)
                continue
            findings += checked.findings
            mended += checked.mended
            diffs.append(checked.diff)
            warnings += filter(None, [checked.warning])
            seen.append(path)
    finally:
        gc.enable()
    if arguments.diff:
        sys.stdout.writelines(diffs)
    elif seen or not task.failed or arguments.format != "text":  # that nothing is there is untrue of what failed
        report.write(arguments, findings, seen, mended, sys.stdout)
    for message in dict.fromkeys(warnings + task.failed):
        print(f"mdtm: {message}", file=sys.stderr)
    return 2 if task.failed else 1 if findings or any(diffs) else 0


def _each(task: Run) -> Iterator[tuple[str, Checked]]:
    """All files of ours, as they are shown, each with what became of it."""
    arguments = task.arguments
    found, failed = task.places.files(arguments.paths, arguments.force_exclude)
    task.failed.extend(failed)
    files = [file for file in found.items() if not file[0].endswith(SETTINGS_FILES)]
    settings = [file for file in found.items() if file[0].endswith(SETTINGS_FILES)]
    attempt = partial(_attempted, task=task)
    all_checked = map(attempt, files) if arguments.fix else shared(files, attempt)  # one at a time writes
    all_checked = chain(all_checked, map(attempt, settings))  # they are judged by what all others need
    shown = watched(files + settings, sys.stderr, arguments.quiet)
    for (_, path), checked in zip(shown, all_checked, strict=True):
        if checked:
            yield path, checked


def _attempted(file: tuple[str, str], task: Run) -> Checked | None:
    """Checks a file by its absolute path, and as it is shown; none for one that is not ours."""
    whole, path = file
    try:
        return _checked(whole, path, task)
    except (Refused, StalePlan) as error:
        return Checked(failure=str(error))
    except OSError as error:
        return Checked(failure=cannot(error, path))
    except Exception as error:
        return Checked(failure=f"{path}: this is a fault of mdtm: {type(error).__name__}: {error}")


def _checked(whole: str, path: str, task: Run) -> Checked | None:
    arguments, places, allowances, failed = task
    text, bad_byte = decoded(read_bytes(whole))
    if not may_be_ours(whole.replace(os.sep, "/"), text):
        return None
    folder, _, name = whole.rpartition(os.sep)
    place = places.of(folder or os.sep)
    root, settings = place.root, place.settings
    document = Document.read(place.path(name), text, bad_byte)
    if document.schema is None:
        return None
    workspace, needed = places.around(place, document), None
    if settings.allow:
        needed = needed_by(document, workspace, place)
        if document.schema is SETTINGS and not failed:
            workspace = replace(workspace, allowed_for_nothing=allowances.for_nothing(place))
    if arguments.diff:
        return _compared(path, document, workspace, settings, arguments.unsafe)._replace(needed=needed)
    problems = judge(document, workspace, settings)
    mended = 0
    if arguments.fix and (plan := fixed(document, workspace, settings, arguments.unsafe)):
        write(root, plan)
        document, mended = read_document(root, document.path), len(problems)
        problems = judge(document, workspace, settings)
        mended -= len(problems)
    findings = [Finding(path, document.text, problem) for problem in problems]
    return Checked(findings, mended, needed=needed)


def _compared(path: str, document: Document, workspace: Workspace, settings: Settings, unsafe: bool) -> Checked:
    """What fixing would change; a diff has to be exact, so what may not be shown is warned of, not hidden."""
    diff = report.difference(path, document, fixed(document, workspace, settings, unsafe))
    hidden = (problem.hidden for problem in (judge(document, workspace) if diff else ()))
    shows = any(span is not None and document.text[span].split("\n")[0] in diff for span in hidden)
    warning = f"{path}: the diff shows a secret that stands there; mind who reads it" if shows else ""
    return Checked(diff=diff, warning=warning)


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
    findings = [Finding(path, document.text, problem) for problem in judge(document, workspace, place.settings)]
    report.write(arguments, findings, [path], mended, sys.stderr if arguments.fix else sys.stdout)
    return 1 if findings else 0
