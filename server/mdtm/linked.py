"""The tasks and the artifacts that a session names, with what their files say of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mdtm.artifacts import ARTIFACT_KINDS
from mdtm.dialect import TASK_ROOTS
from mdtm.document import Document
from mdtm.files import Files, below
from mdtm.paths import plain, stem
from mdtm.schema.sessions import RELATED_ARTIFACTS, RELATED_TASKS
from mdtm.sessions import Session
from mdtm.tasks import is_closed


class Linked(NamedTuple):
    """A task or an artifact that a session names."""

    name: str
    """Its id, or its path from the session's folder."""
    title: str
    state: str
    """A task's status, or an artifact's kind; empty when there is no such file."""
    document: Document | None = None
    """Its file; of an artifact only where that is Markdown."""

    @property
    def closed(self) -> bool:
        """Whether a task leaves nothing to do."""
        return self.document is not None and is_closed(self.document)


def listed_tasks(session: Session) -> list[str]:
    """The ids of the tasks that the log lists."""
    return [item.data for item in session.log.frontmatter.strings(RELATED_TASKS)] if session.log else []


def linked_tasks(files: Files, ids: Iterable[str]) -> Iterator[Linked]:
    """The tasks with some ids; a file is named by the id, which other words may follow."""
    ids = list(ids)
    homes = [f"{root}/tasks" for root in TASK_ROOTS] if ids else []
    paths = [f"{home}/{path}" for home in homes for path in below(files, home) if path.endswith(".md")]
    by_stem = {stem(path): path for path in reversed(paths)}
    for own_id in ids:
        stems = [stem for stem in sorted(by_stem) if re.match(rf"{re.escape(own_id)}(?![A-Za-z0-9])", stem)]
        path = by_stem[stems[0]] if stems else ""
        document = Document.read(path, files.text(path) or "") if path else None
        frontmatter = document.frontmatter if document else None
        state = frontmatter.text("status") or "no status" if frontmatter else ""
        yield Linked(own_id, frontmatter.text("title") or "" if frontmatter else "", state, document)


def linked_artifacts(files: Files, session: Session) -> Iterator[Linked]:
    """The artifacts that the log lists; their titles are their first headings."""
    listed = [plain(item.data) for item in session.log.frontmatter.strings(RELATED_ARTIFACTS)] if session.log else []
    for path in listed:
        outside = ".." in path.split("/") or path.startswith("/") or ":" in path
        whole = f"{session.folder}/{path}"
        text = None if outside else files.text(whole)
        name = path.rpartition("/")[2]
        own = (kind.name for kind in ARTIFACT_KINDS if name.startswith(f"{kind.prefix}-"))
        document = Document.read(whole, text) if text and name.endswith(".md") else None
        title = document.first_heading()[0] if document else ""
        yield Linked(path, title, next(own, "file") if text is not None else "", document)
