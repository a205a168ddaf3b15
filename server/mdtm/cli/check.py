"""`mdtm check`: finds what is wrong in files and folders, and mends it."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import NamedTuple

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
from mdtm.workspace import NO_FILES

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


class Checked(NamedTuple):
    """What became of one file."""

    findings: list[report.Finding]
    mended: int
    ours: bool
    """Whether it is a document of a kind that we know."""


class Roots:
    """The workspaces that the files lie in, each looked at once."""

    def __init__(self) -> None:
        self._marked: dict[str, str | None] = {}
        self._roots: dict[str, Path] = {}
        self._settings: dict[Path, Settings] = {}

    def of(self, path: str) -> tuple[Path, Settings]:
        """The root of a file's workspace, and its settings.

        Raises:
            OSError: the settings cannot be read.
        """
        folder = os.path.dirname(path)
        if folder not in self._roots:
            self._roots[folder] = root_of(path, self._marked)
        root = self._roots[folder]
        if root not in self._settings:
            self._settings[root] = read_settings(root)
        return root, self._settings[root]


def run(arguments: argparse.Namespace) -> int:
    if arguments.unsafe and not arguments.fix:
        print("mdtm: --unsafe says which fixes --fix may write; give both", file=sys.stderr)
        return 2
    if arguments.paths == ["-"]:
        return _check_stdin(arguments)
    files, failed = _files(arguments.paths)
    findings, mended, count, roots = list[report.Finding](), 0, 0, Roots()
    for path in files:
        if checked := _attempted(path, roots, arguments, failed):
            findings += checked.findings
            mended += checked.mended
            count += checked.ours
    if (
        count or not failed or arguments.format != "text"
    ):  # that nothing is there would be untrue of what cannot be read
        report.write(arguments.format, findings, count, mended, sys.stdout)
    for message in dict.fromkeys(failed):
        print(f"mdtm: {message}", file=sys.stderr)
    return 2 if failed else 1 if findings else 0


def _files(paths: list[str]) -> tuple[list[str], list[str]]:
    """The files that the paths name, each once, and what is wrong with the other paths."""
    files: dict[str, str] = {}
    failed: list[str] = []
    for name in paths:
        if os.path.isdir(name):
            for found in documents_under(os.path.normpath(name), lambda error: failed.append(_cannot(error, ""))):
                files.setdefault(os.path.abspath(found), found)
        elif os.path.exists(name):
            files.setdefault(os.path.abspath(name), os.path.normpath(name))
        else:
            failed.append(f"there is no file or folder {name}")
    return [path.removeprefix(f".{os.sep}") for path in files.values()], failed


def _cannot(error: OSError, path: str) -> str:
    return f"{error.filename or path} cannot be read or written: {error.strerror or error}"


def _attempted(path: str, roots: Roots, arguments: argparse.Namespace, failed: list[str]) -> Checked | None:
    """Checks a file; what makes that impossible is added to `failed`, and the other files are checked all the same."""
    try:
        return _checked(path, *roots.of(path), arguments)
    except (Refused, StalePlan) as error:
        failed.append(str(error))
    except OSError as error:
        failed.append(_cannot(error, path))
    except Exception as error:
        failed.append(f"{path}: this is a fault of mdtm: {type(error).__name__}: {error}")
    return None


def _checked(path: str, root: Path, settings: Settings, arguments: argparse.Namespace) -> Checked:
    document = read_document(root, _inside(root, path))
    workspace = workspace_around(root, [document])
    problems = judge(document, workspace, settings)
    mended = 0
    if arguments.fix and (plan := fixed(document, workspace, settings, arguments.unsafe)):
        write(root, plan)
        document, mended = read_document(root, document.path), len(problems)
        problems = judge(document, workspace, settings)
        mended -= len(problems)
    findings = [report.Finding(path, document, problem) for problem in problems]
    return Checked(findings, mended, document.schema is not None)


def _inside(root: Path, path: str) -> str:
    """The path of a file from the root of its workspace."""
    whole, above = os.path.abspath(path), f"{root}{os.sep}"
    inside = whole[len(above) :] if whole.startswith(above) else os.path.relpath(whole, root)
    return inside.replace(os.sep, "/")


def _check_stdin(arguments: argparse.Namespace) -> int:
    """Standard input as a file; with --fix the mended text goes to standard output, the rest to the other."""
    data = sys.stdin.buffer.read()
    text, bad_byte = decoded(data)
    path = os.path.normpath(arguments.stdin_path)
    try:
        root, settings = Roots().of(path)
    except OSError as error:
        print(f"mdtm: {_cannot(error, path)}", file=sys.stderr)
        return 2
    document = Document.read(_inside(root, path), text, bad_byte)
    mended = 0
    if arguments.fix:
        mended = len(judge(document, NO_FILES, settings))
        if plan := fixed(document, NO_FILES, settings, arguments.unsafe):
            document = Document.read(document.path, apply(plan, {document.path: text})[document.path])
            data = str(document.text).encode()
        mended -= len(judge(document, NO_FILES, settings))
        sys.stdout.buffer.write(data)
    findings = [report.Finding(path, document, problem) for problem in judge(document, NO_FILES, settings)]
    report.write(arguments.format, findings, 1, mended, sys.stderr if arguments.fix else sys.stdout)
    return 1 if findings else 0
