"""Goes through files and writes them anew, for the commands that do so."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

from mdtm import unified
from mdtm.cli.places import Places
from mdtm.disk import Folders, decoded, locked, read_bytes, write
from mdtm.document import Document, may_be_ours
from mdtm.fields import Edit
from mdtm.plan import Plan, Refused, Replace, StalePlan, apply


class Change(NamedTuple):
    """What is to become of a file; without edits it stays."""

    edits: tuple[Edit, ...] = ()
    said: str = ""
    """What is to be told of it."""
    ours: bool = True
    """Whether it is a file of the kind that is looked for."""


Changer = Callable[[Document], Change]
"""What a command makes of a document; it may refuse, and then the other files are changed all the same."""


class Words(NamedTuple):
    """What is said of the files."""

    done: str
    """Of a file that was changed, where the change says nothing."""
    due: str
    """Of a file that would be changed."""
    none: str
    """When there was nothing to change."""


class _Run:
    """One run over some files, and what came of it."""

    def __init__(self, change: Changer, words: Words, *, keeps: bool, diff: bool) -> None:
        self.change = change
        self.words = words
        self.keeps = keeps
        """Whether nothing is written."""
        self.diff = diff
        self.places = Places()
        self.changed = self.ours = 0
        self.refused: list[str] = []
        self.failed: list[str] = []

    def take(self, whole: str, shown: str) -> None:
        """Changes a file, which is given by its absolute path and as it is called in messages."""
        try:
            self._take(whole, shown)
        except Refused as error:
            self.refused.append(f"{shown}: {error}")
        except (StalePlan, TimeoutError) as error:
            self.failed.append(str(error))
        except OSError as error:
            self.failed.append(f"{error.filename or shown} cannot be read or written: {error.strerror or error}")

    def _take(self, whole: str, shown: str) -> None:
        root, path = _place(self.places.folders, whole)
        if not may_be_ours(path, decoded(read_bytes(whole))[0]):
            return
        with nullcontext() if self.keeps else locked(root):
            text, bad_byte = decoded(read_bytes(whole))
            document = Document.read(path, text, bad_byte)
            change = self.change(document)
            self.ours += change.ours
            if not change.edits:
                return
            plan = _plan(document, change)
            if not self.keeps:
                write(root, plan)
        self.changed += 1
        if self.diff:
            sys.stdout.write(unified.shown(text, apply(plan, {path: text})[path], shown.replace(os.sep, "/")))
        else:
            print(f"{shown}: {self.words.due if self.keeps else change.said or self.words.done}")


def run(arguments: argparse.Namespace, change: Changer, words: Words, keeps: bool) -> int:
    """Changes all files that are named; gives 1 when one was refused or would be changed, 2 for a failure."""
    if arguments.paths == ["-"]:
        return _run_stdin(arguments, change, words, keeps)
    work = _Run(change, words, keeps=keeps, diff=arguments.diff)
    files, failed = work.places.files(arguments.paths)
    work.failed += failed
    for whole, shown in files.items():
        work.take(whole, shown)
    for message in (*work.refused, *work.failed):
        print(f"mdtm: {message}", file=sys.stderr)
    if not (work.changed or work.refused or work.failed):
        print(words.none if work.ours else "There is no session log, task, sprint or artifact here.")
    return 2 if work.failed else 1 if work.refused or (keeps and work.changed) else 0


def _place(folders: Folders, whole: str) -> tuple[Path, str]:
    """The workspace that a file lies in, and its path from there."""
    root = folders.root_of_folder(os.path.dirname(whole))
    return Path(root), whole.removeprefix(root).lstrip(os.sep).replace(os.sep, "/")


def _plan(document: Document, change: Change) -> Plan:
    return tuple(Replace(document.path, span, document.text[span], new) for span, new in change.edits)


def _run_stdin(arguments: argparse.Namespace, change: Changer, words: Words, keeps: bool) -> int:
    """Writes what comes from standard input, changed, to standard output; what is refused comes out as it was."""
    data = sys.stdin.buffer.read()
    text, bad_byte = decoded(data)
    _, path = _place(Folders(os.getcwd()), os.path.abspath(arguments.stdin_path))
    document = Document.read(path, text, bad_byte)
    status = 0
    try:
        found = change(document)
        new = apply(_plan(document, found), {path: text})[path]
    except Refused as error:
        print(f"mdtm: {error}", file=sys.stderr)
        found, new, status = Change(), text, 1
    if arguments.diff:
        sys.stdout.write(unified.shown(text, new, path))
    elif keeps:
        print(f"standard input: {words.due if found.edits else words.none}")
    else:
        sys.stdout.buffer.write(new.encode() if found.edits else data)
        sys.stdout.buffer.flush()
    if found.said and not keeps:
        print(f"mdtm: {found.said}", file=sys.stderr)
    return 1 if found.edits and keeps else status
