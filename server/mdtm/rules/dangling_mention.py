from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mdtm.artifacts import BY_FOLDER
from mdtm.asking import only
from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.joined import all_in, joined
from mdtm.markdown import Reading
from mdtm.paths import plain, plain_paths, without_place
from mdtm.problem import Fix, Problem, Severity
from mdtm.schema.sessions import RELATED_ARTIFACTS
from mdtm.text import Span
from mdtm.workspace import Workspace

_GONE = re.compile(r"\b(?:delet|remov|renam|mov|discard|clean|drop|supersed|will|plan|todo|propos)", re.IGNORECASE)
"""Words by which a line tells that a file is not there any more, or not yet."""
_PREFIX = re.compile(r"[A-Z]{3,}-")
_TO_BE_FILLED_IN = re.compile(r"[\[\]{}<>*…$]|\.\.\.|YYMM|YYYY")


@only("session-log")
def dangling_mention(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """The log names an artifact of its session that is not there.

    Whoever reads the log wants to see what came out of the work, and finds nothing.
    Meant are files in the folders of the usual kinds, those named like `NOTE-…`, and pages that a link names alone.
    A path in `related_artifacts` is a dangling-artifact.
    A line that says that a file was deleted, renamed or moved, or is only planned, is right.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        related_artifacts = ["artifacts/notes/NOTE-slots-2506050310.md"]
        +++

        ## Log Entries

        - [2025-06-05T03:10:00Z] `dev-api`: Created `artifacts/docs/NOTE-slots-2506050310.md`
        -- .ruru/sessions/SESSION-Slots-2506050301/artifacts/notes/NOTE-slots-2506050310.md --
        Slots are ten minutes long.

    Good:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        related_artifacts = ["artifacts/notes/NOTE-slots-2506050310.md"]
        +++

        ## Log Entries

        - [2025-06-05T03:10:00Z] `dev-api`: Created `artifacts/notes/NOTE-slots-2506050310.md`
        -- .ruru/sessions/SESSION-Slots-2506050301/artifacts/notes/NOTE-slots-2506050310.md --
        Slots are ten minutes long.
    """
    files = workspace.files_in(document.folder)
    if not files:
        return
    named = _named(document) - files
    if not named:
        return
    there = plain_paths(files)
    named = named.difference(there)
    wanted = {target: inner for target in named if (inner := _inner(target, document) or _page(target, workspace))}
    if not wanted:
        return
    listed = {plain(path) for path in document.frontmatter.texts(RELATED_ARTIFACTS) if path is not None}
    small = {path.casefold() for path in there}
    missing = {target for target, inner in wanted.items() if inner.casefold() not in small and inner not in listed}
    for target, span in document.first_mentions(missing).items() if missing else ():
        if not _GONE.search(document.text.line(document.text.line_at(span.start))):
            message = f"there is no file {wanted[target]}"
            fixes = _fixes(wanted[target], target, span, there)
            yield Problem("dangling-mention", Severity.INFORMATION, span, message, fixes)


@joined(all_in)
def _named(reading: Reading) -> frozenset[str]:
    return reading.targets


def _inner(target: str, document: Document) -> str:
    """The path of an artifact from the folder of its session; empty for what is no such path."""
    path = plain(without_place(target))
    session, roots = document.folder.rpartition("/")[2], document.dialect.artifact_roots
    if session and f"/{session}/" in path:
        path = path.rpartition(f"/{session}/")[2]
    parts = path.split("/")
    if len(parts) < 2 or parts[0] not in roots or "." not in parts[-1][1:] or _TO_BE_FILLED_IN.search(path):
        return ""
    of_a_kind = not BY_FOLDER.keys().isdisjoint(parts[:-1]) or _PREFIX.match(parts[-1])
    return path if of_a_kind else ""


def _page(target: str, workspace: Workspace) -> str:
    """A Markdown file that a link names without a folder: it lies beside the log, or in the root of the workspace."""
    path = plain(without_place(target))
    if "/" in path or not path.endswith(".md") or _TO_BE_FILLED_IN.search(path):
        return ""
    return "" if workspace.trace is None or workspace.trace.exists(path) else path


def _fixes(inner: str, target: str, span: Span, there: Mapping[str, str]) -> tuple[Fix, ...]:
    """The paths of the files of the same name."""
    name = inner.rpartition("/")[2]
    alike = sorted(real for path, real in there.items() if path.rpartition("/")[2] == name)
    edits = ((path, Edit(span, target.replace(inner, path))) for path in alike if inner in target)
    return tuple(Fix(f"Write {path}", (edit,), safe=False) for path, edit in edits)
