"""`mdtm check`: finds what is wrong in files and folders, and mends it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mdtm.cli import report
from mdtm.disk import (
    decoded,
    documents_under,
    read_document,
    read_settings,
    root_of,
    workspace_around,
    write,
)  # fmt: skip
from mdtm.document import Document
from mdtm.judge import fixed, judge
from mdtm.plan import Refused, StalePlan, apply
from mdtm.settings import Settings
from mdtm.workspace import NO_FILES, Workspace

EXAMPLES = """examples:
  mdtm check                        everything below this folder
  mdtm check --fix .ruru            mend what can be mended without a second look
  mdtm check --format json a.md     the same for a program
  mdtm check - < session_log.md     what comes from standard input
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "check", help="find what is wrong, and mend it",
        epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="files or folders; - is standard input")
    parser.add_argument("--fix", action="store_true", help="write the safe fixes to the files")
    parser.add_argument("--unsafe", action="store_true", help="with --fix: also those that a person should look at")
    parser.add_argument("--format", choices=report.FORMATS, default="text", help="how the problems are printed")
    parser.add_argument(
        "--stdin-path", default="session_log.md", metavar="PATH", help="what standard input would be called as a file"
    )
    parser.set_defaults(run=run)


@dataclass(slots=True)
class Outcome:
    """What became of one file."""

    shown: str
    """The path as it is printed."""
    document: Document
    workspace: Workspace
    settings: Settings
    mended: int = 0


def run(arguments: argparse.Namespace) -> int:
    if arguments.unsafe and not arguments.fix:
        print("mdtm: --unsafe says which fixes --fix may write; give both", file=sys.stderr)
        return 2
    if arguments.paths == ["-"]:
        return _check_stdin(arguments)
    files, failed = _files(arguments.paths)
    findings, outcomes = [], []
    for outcome in _outcomes(files, arguments, failed):
        outcomes.append(outcome)
        findings += [
            report.Finding(outcome.shown, outcome.document, problem)
            for problem in judge(outcome.document, outcome.workspace, outcome.settings)
        ]
    mended = sum(outcome.mended for outcome in outcomes)
    report.write(arguments.format, findings, len(outcomes), mended, sys.stdout)
    for message in failed:
        print(f"mdtm: {message}", file=sys.stderr)
    return 2 if failed else 1 if findings else 0


def _files(paths: list[str]) -> tuple[list[Path], list[str]]:
    """The files that the paths name, each once, and what is wrong with the other paths."""
    files: dict[str, Path] = {}
    failed: list[str] = []
    for name in paths:
        path = Path(name)
        if path.is_dir():
            for found in documents_under(path, lambda error: failed.append(_cannot(error, Path()))):
                files.setdefault(os.path.abspath(found), found)
        elif path.exists():
            files.setdefault(os.path.abspath(path), path)
        else:
            failed.append(f"there is no file or folder {name}")
    return list(files.values()), failed


def _cannot(error: OSError, path: Path) -> str:
    return f"{error.filename or path} cannot be read or written: {error.strerror or error}"


def _outcomes(files: list[Path], arguments: argparse.Namespace, failed: list[str]) -> Iterator[Outcome]:
    settings: dict[Path, Settings] = {}
    roots: dict[Path, Path] = {}
    known: dict[Path, bool] = {}
    for path in files:
        root = roots.get(path.parent) or roots.setdefault(path.parent, root_of(path, known))
        try:
            if root not in settings:
                settings[root] = read_settings(root)
            document = read_document(root, os.path.relpath(path.absolute(), root).replace(os.sep, "/"))
            yield _outcome(path, root, document, settings[root], arguments)
        except (Refused, StalePlan) as error:
            failed.append(str(error))
        except OSError as error:
            message = _cannot(error, path)
            if message not in failed:
                failed.append(message)


def _outcome(path: Path, root: Path, document: Document, settings: Settings, arguments: argparse.Namespace) -> Outcome:
    files = workspace_around(root, [document])
    outcome = Outcome(str(path), document, files, settings)
    if arguments.fix and (plan := fixed(document, files, settings, arguments.unsafe)):
        outcome.mended = len(judge(document, files, settings))
        write(root, plan)
        outcome.document = read_document(root, document.path)
        outcome.mended -= len(judge(outcome.document, files, settings))
    return outcome


def _check_stdin(arguments: argparse.Namespace) -> int:
    """Standard input as a file; with --fix the mended text goes to standard output, the rest to the other."""
    data = sys.stdin.buffer.read()
    text, bad_byte = decoded(data)
    path = Path(arguments.stdin_path)
    root = root_of(path)
    try:
        settings = read_settings(root)
    except OSError as error:
        print(f"mdtm: {_cannot(error, path)}", file=sys.stderr)
        return 2
    document = Document.read(os.path.relpath(path.absolute(), root).replace(os.sep, "/"), text, bad_byte)
    mended = 0
    if arguments.fix:
        mended = len(judge(document, NO_FILES, settings))
        if plan := fixed(document, NO_FILES, settings, arguments.unsafe):
            document = Document.read(document.path, apply(plan, {document.path: text})[document.path])
            data = str(document.text).encode()
        mended -= len(judge(document, NO_FILES, settings))
        sys.stdout.buffer.write(data)
    findings = [report.Finding(str(path), document, problem) for problem in judge(document, NO_FILES, settings)]
    report.write(arguments.format, findings, 1, mended, sys.stderr if arguments.fix else sys.stdout)
    return 1 if findings else 0
