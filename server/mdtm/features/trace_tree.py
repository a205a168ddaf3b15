"""What came of a session: its tasks, what became parts of those, and the artifacts of all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mdtm.document import Document
from mdtm.files import Files
from mdtm.linked import listed_tasks
from mdtm.paths import plain
from mdtm.schema.sessions import RELATED_ARTIFACTS
from mdtm.sessions import Session
from mdtm.tasks import title_of
from mdtm.trace import Trace
from mdtm.trace.rows import TaskRow


class Branch(NamedTuple):
    """One session, task or artifact, and how deep it lies below the session."""

    depth: int
    name: str
    """What it is called: its title, or the path of an artifact."""
    status: str
    """Empty for an artifact."""
    path: str
    """From the workspace root; empty where there is no such file."""


def tree(files: Files, trace: Trace, session: Session) -> Iterator[Branch]:
    """The session first, then all that it led to, each before its parts; nothing twice."""
    log = session.log
    yield Branch(0, session.title or session.id, session.status or "", session.main.path)
    own = plain(session.id)
    delegated = [row.id for rows in trace.tasks.values() for row in rows if plain(row.session) == own]
    names = list({plain(name): name for name in (*listed_tasks(session), *delegated)}.values())
    seen = set[str]()
    below = {child.id for name in names for child in trace.children.get(plain(name), ())}
    for name in [*(name for name in names if name not in below), *names]:  # in a circle all are below another
        yield from _task(files, trace, name, 1, seen)
    yield from _artifacts(files, session.folder, log, RELATED_ARTIFACTS, 1, seen)


def _task(files: Files, trace: Trace, name: str, depth: int, seen: set[str]) -> Iterator[Branch]:
    if plain(name) in seen:
        return
    seen.add(plain(name))
    row = next(iter(trace.tasks.get(plain(name), ())), None)
    document = _document(files, row) if row else None
    if row is None or document is None:
        yield Branch(depth, name, "there is no such task", "")
        return
    yield Branch(depth, title_of(document) or row.id, row.status, row.path)
    for child in trace.children.get(plain(row.id), ()):
        yield from _task(files, trace, child.id, depth + 1, seen)
    yield from _artifacts(files, "", document, "output_artifacts", depth + 1, seen)


def _artifacts(
    files: Files, folder: str, document: Document | None, key: str, depth: int, seen: set[str]
) -> Iterator[Branch]:
    for item in document.frontmatter.strings(key) if document else ():
        path = f"{folder}/{item.data}" if folder else item.data
        if path not in seen:
            seen.add(path)
            there = files.text(path) is not None
            yield Branch(depth, item.data, "" if there else "there is no such file", path if there else "")


def _document(files: Files, row: TaskRow) -> Document | None:
    text = files.text(row.path)
    return None if text is None else Document.read(row.path, text)
