"""What can be told of a task, a sprint, a session or a file in a few lines of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from mdtm.clock.estimate import estimate_of
from mdtm.clock.intervals import clock_of, duration
from mdtm.document import Document
from mdtm.files import Files
from mdtm.paths import plain
from mdtm.tasks import boxes, is_over, task_id
from mdtm.trace import Trace
from mdtm.trace.rows import TaskRow

MOST_LINES, LONGEST = 8, 160
"""How much of a file is shown: lines, and characters of each."""
MOST_NAMES = 5
_HEADING = re.compile(r"^#{1,6} +(.+?)[ #]*$", re.MULTILINE)


def card(path: str, files: Files, trace: Trace | None, now: datetime) -> str:
    """What is to be told of a file; empty when it is not there."""
    text = files.text(path)
    if text is None:
        return ""
    document = Document.read(path, text)
    schema = document.schema.name if document.schema else ""
    if document.is_session:
        return _session(document, trace, now)
    if schema.startswith("task"):
        return _task(document, trace)
    return _sprint(document, trace) if schema == "sprint" else first_lines(document)


def first_lines(document: Document) -> str:
    """The title of a file and how it begins."""
    text = str(document.text)
    if "\0" in text:
        return f"`{document.path}`"
    if not document.name.endswith(".md"):
        lines = text.splitlines()[:MOST_LINES]
        fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`{3,}", text)), 3)
        return _joined("\n".join([fence, *(line[:LONGEST] for line in lines), fence]), f"`{document.path}`")
    above = document.frontmatter.lines
    body = text[document.text.line_start(above) if above else 0 :]
    heading = _HEADING.search(body)
    title = document.frontmatter.text("title") or (heading[1] if heading else "")
    told = [line for line in body[heading.end() if heading else 0 :].splitlines() if line.strip()]
    quoted = "\n".join(f"> {line[:LONGEST]}" for line in told[:MOST_LINES])
    return _joined(f"**{title}**" if title else "", quoted, f"`{document.path}`")


def _task(task: Document, trace: Trace | None) -> str:
    head, own, there = task.frontmatter, task_id(task), boxes(task)
    ticked = sum(box.ticked for box in there)
    worked = trace.clocks.on_task(own) if trace else 0
    estimate = estimate_of(head)
    said = [
        head.text("status") or "no status",
        f"{ticked} of {len(there)} boxes ticked" if there else "",
        f"at work for {duration(worked)[:-3]}" if worked else "",
        f"{_hours(estimate.actual)} hours taken" if estimate.actual else "",
        f"{_hours(estimate.estimated)} hours estimated" if estimate.estimated else "",
        head.text("assigned_to") or "",
    ]
    links = _task_links(own, trace) if trace else ()
    return _joined(_title(own, head.text("title")), " · ".join(filter(None, said)), "\n".join(links), f"`{task.path}`")


def _hours(hours: float) -> str:
    return f"{hours:g}"


def _task_links(own: str, trace: Trace) -> Iterator[str]:
    """Who names a task, and whom it names."""
    rows = trace.tasks.get(plain(own), ())
    sprints = [row.id for row in trace.sprints.values() if plain(own) in row.tasks]
    waiting = [row.id for rows in trace.tasks.values() for row in rows if plain(own) in map(plain, row.depends_on)]
    yield from _list("From", (row.session for row in rows))
    yield from _list("Part of", (parent for row in rows for parent in row.parents))
    yield from _list("In", [*(row.sprint for row in rows), *sprints])
    yield from _list("Waits for", (other for row in rows for other in row.depends_on))
    yield from _list("Its parts", (row.id for row in trace.children.get(plain(own), ())))
    yield from _list("Waiting for it", waiting)


def _session(main: Document, trace: Trace | None, now: datetime) -> str:
    head, own = main.frontmatter, main.folder.rpartition("/")[2]
    record = trace.clocks.record(main.folder) if trace else None
    clock = clock_of(record, now) if record else None
    tasks = [text for text in head.texts("related_tasks") if text]
    closed = sum(_is_closed(trace, text) for text in tasks) if trace else 0
    artifacts = len(head.texts("related_artifacts"))
    said = [
        head.text("status") or "no status",
        f"at work for {duration(clock.active)[:-3]}" if clock and clock.known else "",
        f"{closed} of {_many(len(tasks), 'task')} closed" if tasks else "",
        _many(artifacts, "artifact") if artifacts else "",
    ]
    every = [row for rows in trace.tasks.values() for row in rows] if trace else []
    named = _list("Named by", (row.id for row in every if plain(row.session) == plain(own)))
    title = head.text("title") or head.text("goal") or head.text("project")
    return _joined(_title(own, title), " · ".join(filter(None, said)), "\n".join(named), f"`{main.path}`")


def _is_closed(trace: Trace, task: str) -> bool:
    return any(is_over(row.status) for row in trace.tasks.get(plain(task), ()))


def _sprint(sprint: Document, trace: Trace | None) -> str:
    head = sprint.frontmatter
    own = head.text("id") or sprint.name.removesuffix(".md")
    rows: dict[str, TaskRow] = {}
    if trace:
        listed = (row for text in head.texts("tasks") if text for row in trace.tasks.get(plain(text), ()))
        rows = {plain(row.id): row for row in (*listed, *trace.members.get(plain(own), ()))}
    closed = sum(is_over(row.status) for row in rows.values())
    days = " to ".join(filter(None, (head.text("start_date"), head.text("end_date"))))
    said = [head.text("status") or "no status", f"{closed} of {_many(len(rows), 'task')} closed" if rows else "", days]
    return _joined(
        _title(own, head.text("title")), " · ".join(filter(None, said)), head.text("goal") or "", f"`{sprint.path}`"
    )


def _title(own: str, title: str | None) -> str:
    return f"**{own}**" + (f": {title}" if title else "")


def _many(count: int, what: str) -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")


def _list(what: str, names: Iterable[str]) -> list[str]:
    """A line with some names, or none; the first ones where there are many."""
    found = [name for name in dict.fromkeys(names) if name]
    more = f" and {len(found) - MOST_NAMES} more" if len(found) > MOST_NAMES else ""
    return [f"- {what}: {', '.join(f'`{name}`' for name in found[:MOST_NAMES])}{more}"] if found else []


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
