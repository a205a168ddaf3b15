"""What somebody must know who goes on with a session, from its files alone; each line with its source.

The sections come in the order of importance, and so do the lines in each of them: of entries the newest first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from mdtm.artifacts import unlisted
from mdtm.brief.head import Line, field_line, head
from mdtm.context.log import stack_of
from mdtm.document import Document
from mdtm.files import Files, below
from mdtm.history import Event, events
from mdtm.linked import Linked, linked_artifacts, linked_tasks, listed_tasks
from mdtm.paths import plain, plain_paths
from mdtm.proposals import PROPOSED, proposals_in
from mdtm.schema.sessions import RELATED_ARTIFACTS, RELATED_TASKS
from mdtm.sessions import Session
from mdtm.tasks import boxes
from mdtm.workflow import last_checkpoint, progress_of, told

SETTLED = re.compile(r"\b(?:fixed|resolved|solved|works again)\b", re.IGNORECASE)
"""What an entry says behind which the errors before it are no concern any more; a result says so too."""
ANSWERED = re.compile(r"\W*answer(?:ed)?\b", re.IGNORECASE)
"""How an entry begins that answers the last question before it."""
CUT_OFF = re.compile(r"\[\d[-\dT:.Z]*|`[^`]*")
"""The text of an entry that is the beginning of one and no more."""
ABOUT = "the session"
"""The title of the first section."""


class Section(NamedTuple):
    """Lines of one sort."""

    title: str
    lines: tuple[Line, ...]
    first: int
    """How many of them are told before more of other sections are."""


class Known(NamedTuple):
    """Where the lines are found."""

    files: Files
    session: Session
    entries: list[Event]
    """The newest first."""

    def entry(self, event: Event) -> Line:
        assert self.session.log, "there are entries only in a log"
        said = " ".join(part for part in (event.stamp, event.actor and f"{event.actor}:", event.text) if part)
        return Line(said, self.session.log.path, event.line)


def sections(files: Files, session: Session, now: datetime) -> list[Section]:
    """All that there is to say, in the order of importance; a section without lines is none."""
    told_ones = events(session.log) if session.log else []
    known = Known(files, session, told_ones[::-1])
    about = tuple(head(session, told_ones, now))
    found = [
        Section(ABOUT, about, len(about)),
        *(Section(title, tuple(find(known)), first) for title, first, find in FINDERS),
    ]
    return [section for section in found if section.lines]


def _unreadable(known: Known) -> Iterator[Line]:
    """What cannot be read, so that what is told may not be all."""
    session, log = known.session, known.session.log
    for document in filter(None, (session.state, log)):
        for fault in document.frontmatter.faults:
            yield Line(fault.message, document.path, document.text.line_at(fault.span.start) + 1)
        for number, line in enumerate(document.text.lines(), 1):
            if line.startswith("<<<<<<< ") or "\ufffd" in line:
                what = (
                    "some bytes are not UTF-8" if "\ufffd" in line else "two versions of these lines were never merged"
                )
                yield Line(what, document.path, number)
    if log is None:
        return
    if log.frontmatter.syntax == "none":
        yield Line("there is no frontmatter", log.path, 1)
    for event in known.entries:
        if not event.text or CUT_OFF.fullmatch(event.text):
            yield Line("an entry is cut off; what it was to tell is lost", log.path, event.line)


def _unresolved(known: Known) -> Iterator[Line]:
    """The errors after which nothing says that they are settled, and the blockers that are not."""
    for event in known.entries:
        if event.kind == "result" or (event.kind != "error" and SETTLED.search(event.text)):
            break
        if event.kind == "error":
            yield known.entry(event)
    for one in _artifacts_named(known, "BLOCKER"):
        if "unresolved" in (one.frontmatter.text("resolution_status") or "").lower():
            issue = one.frontmatter.text("issue") or one.frontmatter.text("title") or one.name
            yield Line(f"blocker: {issue}", one.path, field_line(one, "resolution_status"))


def _questions(known: Known) -> Iterator[Line]:
    """The questions, confirmations that were asked for too, that have no answer."""
    found: list[Event] = []
    for event in reversed(known.entries):
        if event.kind in ("question", "asked"):
            found.append(event)
        elif event.kind in ("given", "skipped") or ANSWERED.match(event.text):
            sort = "asked" if event.kind in ("given", "skipped") else "question"
            last = next((one for one in reversed(found) if one.kind == sort), None)
            found = [one for one in found if one is not last]
    yield from map(known.entry, reversed(found))
    for one in _artifacts_named(known, "QUESTION", "QNA"):
        question = one.frontmatter.text("question")
        if question and not one.frontmatter.text("answer"):
            yield Line(question, one.path, field_line(one, "question"))


def _tasks(known: Known) -> Iterator[Line]:
    """The tasks that are not done, those on the stack first."""
    session, files = known.session, known.files
    on_stack = [item.id for item in reversed(stack_of(session.log)) if item.type in ("task", "subtask")]
    at_work = list(progress_of(session.state).tasks) if session.state else []
    listed = listed_tasks(session)
    for task in linked_tasks(files, dict.fromkeys([*on_stack, *at_work, *listed])):
        if task.document and not task.closed:
            yield Line(_told_of(task), task.document.path, field_line(task.document, "status"))
        elif task.document is None and task.name in listed:
            assert session.log, "what is listed is so in the log"
            line = _item_line(known, RELATED_TASKS, task.name)
            yield Line(f"{task.name} (there is no such file)", session.log.path, line)


def _told_of(task: Linked) -> str:
    assert task.document, "only tasks with a file are told of"
    there = boxes(task.document)
    left = sum(not box.ticked for box in there)
    open_boxes = f", {left} of {len(there)} boxes open" if left else ""
    return f"{task.name}{task.title and f': {task.title}'} ({task.state}{open_boxes})"


def _proposals(known: Known) -> Iterator[Line]:
    """The proposed edits that nobody has decided on."""
    for one in proposals_in(known.files, known.session.folder):
        if one.state == PROPOSED:
            yield Line(f"{one.id} for {one.target}", one.path, field_line(one.document, "state"))


def _checkpoint(known: Known) -> Iterator[Line]:
    """What a workflow session goes on from."""
    state = known.session.state
    if state and (saved := last_checkpoint(state)):
        yield Line(told(saved), state.path, field_line(state, "progress", "last_checkpoint"))


def _missing(known: Known) -> Iterator[Line]:
    """The artifacts that are listed and gone, and those that are there and not listed."""
    session, log = known.session, known.session.log
    if log is None:
        return
    there = plain_paths(frozenset(below(known.files, session.folder)))
    for one in linked_artifacts(known.files, session):
        if not one.state:
            yield Line(f"{one.name} is listed, but gone", log.path, _item_line(known, RELATED_ARTIFACTS, one.name))
    listed = {plain(item.data) for item in log.frontmatter.strings(RELATED_ARTIFACTS)}
    for path in unlisted(there, listed, session.dialect.artifact_roots):
        yield Line("this file is not listed", f"{session.folder}/{there[path]}", 1)


def _of_kind(kind: str) -> Callable[[Known], Iterator[Line]]:
    def find(known: Known) -> Iterator[Line]:
        return (known.entry(event) for event in known.entries if event.kind == kind)

    return find


def _entries(known: Known) -> Iterable[Line]:
    return map(known.entry, known.entries)


FINDERS: tuple[tuple[str, int, Callable[[Known], Iterable[Line]]], ...] = (
    ("unreadable", 2, _unreadable),
    ("unresolved errors", 2, _unresolved),
    ("open questions", 2, _questions),
    ("open tasks", 3, _tasks),
    ("proposals to decide on", 1, _proposals),
    ("next steps", 2, _of_kind("next")),
    ("last checkpoint", 1, _checkpoint),
    ("decisions", 2, _of_kind("decision")),
    ("missing artifacts", 1, _missing),
    ("last entries", 3, _entries),
)
"""The sections: title, how many lines are told before more of others, and what finds them."""


def _artifacts_named(known: Known, *prefixes: str) -> Iterator[Document]:
    """The artifacts, as far as they are Markdown, whose names begin in one of some ways."""
    documents = (one.document for one in linked_artifacts(known.files, known.session))
    starts = tuple(f"{prefix}-" for prefix in prefixes)
    return (document for document in documents if document and document.name.startswith(starts))


def _item_line(known: Known, key: str, wanted: str) -> int:
    """The line of an item of a list of the log."""
    assert known.session.log, "only a log has lists"
    log = known.session.log
    places = (item.span.start for item in log.frontmatter.strings(key) if plain(item.data) == plain(wanted))
    return log.text.line_at(next(places, 0)) + 1
