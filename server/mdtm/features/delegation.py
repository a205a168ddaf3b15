"""Who delegated what to whom: from a session over its tasks and their parts to the artifacts that came of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mdtm.document import Document
from mdtm.features.names.meant import Thing, thing_at, thing_in, thing_named
from mdtm.features.names.mentions import named_in
from mdtm.files import Files
from mdtm.paths import plain
from mdtm.schema.find import SESSION_LOG_NAME
from mdtm.schema.sessions import RELATED_ARTIFACTS, RELATED_TASKS
from mdtm.sprints import LIST
from mdtm.trace import Trace
from mdtm.trace.rows import TaskRow

OUTPUTS = ("output_artifacts", RELATED_ARTIFACTS)
"""The keys of tasks that list what came of them."""


def subject(document: Document, offset: int, files: Files, trace: Trace | None) -> Thing | None:
    """What is named at an offset, or, in frontmatter, what the document is about; None for what is gone."""
    if found := thing_at(document, offset, files, trace):
        return found[1] if found[1].path else None
    frontmatter = document.frontmatter
    inside = frontmatter.syntax != "none" and frontmatter.span.start <= offset <= frontmatter.span.end
    return thing_in(document.path, files, trace) if inside else None


def delegated(document: Document, files: Files, trace: Trace | None) -> list[Thing]:
    """What a session, a task or a sprint gave away or made: tasks, the parts of tasks only below these, then files."""
    own = thing_in(document.path, files, trace)
    if own.kind == "session":
        document = _log(document, files)
        rows = [*_listed(document, (RELATED_TASKS,), files, trace), *_of_session(own, trace)]
        ids = {plain(thing.id) for thing in rows}
        tasks = [thing for thing in rows if not any(plain(one) in ids for one in _parents(thing, trace))]
        found = [*tasks, *_listed(document, (RELATED_ARTIFACTS,), files, trace)]
    elif own.kind == "task":
        found = [*parts(own, trace), *_listed(document, OUTPUTS, files, trace)]
    elif own.kind == "sprint":
        found = [*_listed(document, (LIST,), files, trace), *parts(own, trace)]
    else:
        found = []
    return [thing for thing in dict.fromkeys(found) if thing.path and thing != own]


def wholes(thing: Thing, trace: Trace | None) -> list[Thing]:
    """What a task is a part of: other tasks; without these its sprint and its session."""
    row = _row(thing, trace)
    if row is None or trace is None:
        return []
    above = [_of_row(rows[0]) for parent in row.parents if (rows := trace.tasks.get(plain(parent)))]
    if not above:
        own = plain(row.id)
        sprints = (one for key, one in trace.sprints.items() if key == plain(row.sprint) or own in one.tasks)
        above += [Thing("sprint", sprint.id, sprint.path) for sprint in sprints]
    if not row.parents and (session := trace.session(row.session)):
        above.append(Thing("session", session.path.split("/")[-2], session.path))
    return [one for one in dict.fromkeys(above) if one != thing]


def parts(thing: Thing, trace: Trace | None) -> list[Thing]:
    """The tasks that are parts of a task, or belong to a sprint or a session and to no other task."""
    if trace is None:
        return []
    if thing.kind == "task":
        rows: Iterable[TaskRow] = trace.children.get(plain(thing.id), ())
    elif thing.kind == "sprint":
        sprint = trace.sprints.get(plain(thing.id))
        rows = trace.tasks_of(thing.id, sorted(sprint.tasks) if sprint else ()).values()
    else:
        return list(_of_session(thing, trace)) if thing.kind == "session" else []
    return [one for one in map(_of_row, rows) if one != thing]


def callers(thing: Thing, trace: Trace | None) -> list[Thing]:
    """Those whose files need not name what they delegated, for that names them."""
    return wholes(thing, trace) if thing.kind == "task" else []


def _log(main: Document, files: Files) -> Document:
    """The log of a session, which lists what came of it; a workflow session has it beside its state file."""
    path = f"{main.folder}/{SESSION_LOG_NAME}"
    text = files.text(path) if main.path != path else None
    return main if text is None else Document.read(path, text)


def _listed(document: Document, keys: tuple[str, ...], files: Files, trace: Trace | None) -> Iterator[Thing]:
    """What some keys name, in the order of the text."""
    fields = [field for key in keys for field in document.frontmatter.every(key)]
    for named in named_in(document):
        if named.span.start >= document.frontmatter.span.end:
            break
        if any(field.span.start <= named.span.start < field.span.end for field in fields):
            thing = thing_named(document, named, files, trace)
            if thing:
                yield thing


def _of_session(session: Thing, trace: Trace | None) -> Iterator[Thing]:
    """The tasks that say they came from a session, and are no parts of others."""
    rows = (rows[0] for rows in trace.tasks.values()) if trace else ()
    return (_of_row(row) for row in rows if row.session and plain(row.session) == plain(session.id) and not row.parents)


def _parents(thing: Thing, trace: Trace | None) -> tuple[str, ...]:
    row = _row(thing, trace)
    return row.parents if row else ()


def _row(thing: Thing, trace: Trace | None) -> TaskRow | None:
    rows = trace.tasks.get(plain(thing.id), ()) if trace and thing.kind == "task" else ()
    return next((row for row in rows if row.path == thing.path), None)


def _of_row(row: TaskRow) -> Thing:
    return Thing("task", row.id, row.path)
