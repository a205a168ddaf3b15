"""What can be told of a task, a sprint, a session or a file in a few lines of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from mdtm.clock.estimate import estimate_of
from mdtm.clock.intervals import clock_of
from mdtm.document import Document
from mdtm.facts import seconds_on_task
from mdtm.features.names.mentions import Named
from mdtm.features.names.targets import target_of
from mdtm.features.names.uses import Uses
from mdtm.features.shape.subject import id_by_place, kind_of, title_of
from mdtm.features.telling import NO_STATUS, in_line, paragraphs
from mdtm.files import Files
from mdtm.paths import plain
from mdtm.schema.sessions import RELATED_ARTIFACTS, RELATED_TASKS
from mdtm.sessions import Session, active_folder, session_in
from mdtm.sprints import LIST, sprint_id
from mdtm.tasks import boxes, is_over, task_id
from mdtm.trace import Trace
from mdtm.wording import counted, short_duration

MOST_LINES, LONGEST = 8, 160
"""How much of a file is shown: lines, and characters of each."""
MOST_NAMES = 5


def card(path: str, files: Files, trace: Trace | None, now: datetime, uses: Uses | None = None) -> str:
    """What is to be told of a file, and who names it; empty when it is not there."""
    text = files.text(path)
    if text is None:
        return ""
    document = Document.read(path, text)
    kind, named = kind_of(document), list(uses.naming(path)) if uses else []
    if kind == "session":
        session = session_in(files, document.folder, active_folder(files), document)
        return _session(session, document, trace, now, named) if session else ""
    if kind == "task":
        return _task(document, files, trace, now, named)
    return _sprint(document, trace, named) if kind == "sprint" else first_lines(document)


def card_of(named: Named, files: Files, trace: Trace | None, now: datetime, uses: Uses | None = None) -> str:
    """What is to be told of what is named; empty when that is not there."""
    path = target_of(named, files, trace)
    return card(path, files, trace, now, uses) if path else ""


def first_lines(document: Document) -> str:
    """The title of a file and how it begins."""
    text = str(document.text)
    if "\0" in text:
        return f"`{document.path}`"
    if not document.name.endswith(".md"):
        lines = text.splitlines()[:MOST_LINES]
        fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`{3,}", text)), 3)
        return paragraphs("\n".join([fence, *(line[:LONGEST] for line in lines), fence]), f"`{document.path}`")
    heading, end = document.first_heading()
    title = document.frontmatter.text("title") or heading
    told = [line for line in text[end:].splitlines() if line.strip()]
    quoted = "\n".join(f"> {line[:LONGEST]}" for line in told[:MOST_LINES])
    return paragraphs(f"**{title}**" if title else "", quoted, f"`{document.path}`")


def _task(task: Document, files: Files, trace: Trace | None, now: datetime, named: list[str]) -> str:
    head, own, there = task.frontmatter, task_id(task), boxes(task)
    ticked = sum(box.ticked for box in there)
    worked = seconds_on_task(files, trace, own, now) if trace else 0
    estimate = estimate_of(head)
    said = [
        head.text("status") or NO_STATUS,
        f"{ticked} of {counted(len(there), 'box')} ticked" if there else "",
        f"at work for {short_duration(worked)}" if worked else "",
        f"{estimate.actual:g} hours taken" if estimate.actual else "",
        f"{estimate.estimated:g} hours estimated" if estimate.estimated else "",
        head.text("assigned_to") or "",
    ]
    links = _task_links(own, trace, named) if trace else _list("Named by", named)
    return paragraphs(_title(own, head.text("title")), in_line(*said), "\n".join(links), f"`{task.path}`")


def _task_links(own: str, trace: Trace, named: list[str]) -> Iterator[str]:
    """Who names a task, and whom it names; who is told of already is not told again."""
    rows = trace.tasks.get(plain(own), ())
    sprints = [row.id for row in trace.sprints.values() if plain(own) in row.tasks]
    waiting = [row.id for rows in trace.tasks.values() for row in rows if plain(own) in map(plain, row.depends_on)]
    told = {
        "From": [row.session for row in rows],
        "Part of": [parent for row in rows for parent in row.parents],
        "In": [*(row.sprint for row in rows), *sprints],
        "Waits for": [other for row in rows for other in row.depends_on],
        "Its parts": [row.id for row in trace.children.get(plain(own), ())],
        "Waiting for it": waiting,
    }
    for what, names in told.items():
        yield from _list(what, names)
    others = {plain(name) for names in told.values() for name in names}
    yield from _list("Named by", (name for name in named if plain(name) not in others))


def _session(session: Session, main: Document, trace: Trace | None, now: datetime, named: list[str]) -> str:
    head, own = main.frontmatter, id_by_place(main)
    record = trace.clocks.record(main.folder) if trace else None
    clock = clock_of(record, now, session.place) if record else None
    tasks = [text for text in head.texts(RELATED_TASKS) if text]
    closed = sum(_is_closed(trace, text) for text in tasks) if trace else 0
    artifacts = len(head.texts(RELATED_ARTIFACTS))
    said = [
        session.standing or NO_STATUS,
        f"at work for {short_duration(clock.active)}" if clock and clock.known else "",
        f"{closed} of {counted(len(tasks), 'task')} closed" if tasks else "",
        counted(artifacts, "artifact") if artifacts else "",
    ]
    every = [row for rows in trace.tasks.values() for row in rows] if trace else []
    mine = [row.id for row in every if plain(row.session) == plain(own)]
    links = "\n".join(_list("Named by", [*mine, *named]))
    return paragraphs(_title(own, title_of(main)), in_line(*said), links, f"`{main.path}`")


def _is_closed(trace: Trace, task: str) -> bool:
    return any(is_over(row.status) for row in trace.tasks.get(plain(task), ()))


def _sprint(sprint: Document, trace: Trace | None, named: list[str]) -> str:
    head = sprint.frontmatter
    own = sprint_id(sprint)
    rows = trace.tasks_of(own, filter(None, head.texts(LIST))) if trace else {}
    closed = sum(is_over(row.status) for row in rows.values())
    days = " to ".join(filter(None, (head.text("start_date"), head.text("end_date"))))
    said = [
        head.text("status") or NO_STATUS,
        f"{closed} of {counted(len(rows), 'task')} closed" if rows else "",
        days,
    ]
    others = (name for name in named if name not in rows)
    links = "\n".join([*_list("Its tasks", rows), *_list("Named by", others)])
    title, goal = _title(own, head.text("title")), head.text("goal") or ""
    return paragraphs(title, in_line(*said), goal, links, f"`{sprint.path}`")


def _title(own: str, title: str | None) -> str:
    return f"**{own}**" + (f": {title}" if title else "")


def _list(what: str, names: Iterable[str]) -> list[str]:
    """A line with some names, or none; the first ones where there are many."""
    found = [name for name in dict.fromkeys(names) if name]
    more = f" and {len(found) - MOST_NAMES} more" if len(found) > MOST_NAMES else ""
    return [f"- {what}: {', '.join(f'`{name}`' for name in found[:MOST_NAMES])}{more}"] if found else []
