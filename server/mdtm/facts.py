"""What the files tell of a task, a sprint or a session, as the checks of its end ask for it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import datetime

from mdtm.clock.estimate import estimate_of
from mdtm.clock.intervals import Clock, clock_of, standing
from mdtm.completion import Completion, completion
from mdtm.completion.checks import SessionFacts, SprintFacts, TaskFacts
from mdtm.context.log import stack_of
from mdtm.context.stack import switch_of
from mdtm.document import Document
from mdtm.files import Files
from mdtm.history import Event, events
from mdtm.paths import plain
from mdtm.schema.documents import SPRINT
from mdtm.schema.find import SESSION_LOG_NAME
from mdtm.schema.sessions import SESSION_LOG
from mdtm.sessions import active_folder, session_folders
from mdtm.sprints import sprint_id, tasks_of
from mdtm.task_links import is_over
from mdtm.tasks import boxes, is_closed, is_task, task_id
from mdtm.trace import Trace

SUMMARY_KEYS = ("outcome", "recommendation", "summary")
"""The keys of a task that say what came of it."""
BOOKKEEPING = frozenset({"start", "pause", "resume", "end", "delegation", "status", "context", "asked", "given"})
"""Kinds of entries that tell of a task, but not of how it goes."""
_WORDS = frozenset({
    "summary", "outcome", "outcomes", "result", "results", "conclusion", "conclusions", "completion", "findings",
    "recommendation", "recommendations", "resolution", "learnings", "lessons", "retrospective", "implemented", "log",
})  # fmt: skip
"""A heading with one of them stands above what came of a task."""
_OTHER_WORDS = frozenset({"expected", "desired", "executive", "vision", "success", "next", "pre", "issue", "problem"})
"""One with one of them as well does not."""
_NOTHING = re.compile(
    r"\W*(?:(?:tbd|todo|n/?a|none|pending|fill|to be|not yet|optional|logs will)\b.*|[\[(<][^\[\]()<>]*[\])>]\W*)?",
    re.I,
)
"""A line that only holds the place for what is to be written."""
_OPEN_BOX = re.compile(r"\s*[-*+]\s+(?:[-*+]\s+)*\[ \]")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_MADE = re.compile(r"\W*Task `[^`]*` (?:created|linked|unlinked)\b")
"""What mdtm writes when a task comes or goes."""
_ENDED = re.compile(
    r"\W*(?:task |implementation |work )?(?:completed?|finished|implemented|resolved|delivered|fixed|done)\b", re.I
)
"""How people begin the entry that says what came of a task."""
_REASON = re.compile(r"\s*\(with [^()]*, because: .*\)\Z", re.DOTALL)


def task_facts(
    files: Files,
    trace: Trace,
    task: Document,
    now: datetime | None = None,
    summary: str = "",
    closing: Collection[str] = (),
) -> TaskFacts:
    """What is known of a task; a summary that is given wins, and tasks that are closing at the same time are closed.

    Without the time now, a clock that runs is taken to stand at the last entry of its log.
    """
    own_id, there = task_id(task), boxes(task)
    parts = [row for row in trace.children.get(plain(own_id), ()) if plain(row.id) != plain(own_id)]
    told = [event for log in logs_naming(files, own_id) for event in events_naming(log, own_id)]
    estimate, clocked = estimate_of(task.frontmatter), _clocked(files, trace, own_id, now)
    return TaskFacts(
        own_id,
        summary.strip() or summary_in(task) or _last(_summary(event, own_id) for event in told),
        len({(event.stamp, _matter(event, own_id)) for event in [*events(task), *told] if _is_update(event, own_id)}),
        len(parts),
        tuple(row.id for row in parts if not is_over(row.status) and row.id not in closing),
        len(there),
        tuple(f'{box.number} "{box.text}"' for box in there if not box.ticked),
        estimate.estimated or None,
        estimate.actual or clocked / 3600 or None,
    )


def session_facts(log: Document | None, own_id: str) -> SessionFacts:
    """What is known of a session; one without a log has no entries."""
    if log is None:
        return SessionFacts(own_id)
    naming = (reading for reading in log.body if "context" in reading.text.lower())
    told = (switch_of(entry.line[slice(*entry.text_span)]) for reading in naming for entry in reading.entries)
    pushed = sum(1 for switch in told if switch and switch.what == "pushed")
    return SessionFacts(own_id, max(pushed, len(stack_of(log))), sum(len(reading.entry_lines) for reading in log.body))


def sprint_facts(files: Files, sprint: Document, note: str = "") -> SprintFacts:
    """What is known of a sprint; a note that is given counts as one of its own."""
    there = tasks_of(files, sprint)
    left = tuple(task_id(task) for task in there if not is_closed(task))
    prose = [text for text in _sections(sprint, _WORDS | {"notes"}) if text]
    notes = sum(len(reading.entry_lines) for reading in sprint.body) + len(prose) + bool(note.strip())
    return SprintFacts(sprint_id(sprint), len(there), left, notes)


def completion_of(
    files: Files, document: Document, now: datetime | None = None, trace: Trace | None = None
) -> Completion | None:
    """What comes of the checks of a task, a sprint or a session; None for other documents."""
    if is_task(document):
        return completion("task", task_facts(files, trace or Trace(files), document, now))
    if document.schema is SPRINT:
        return completion("sprint", sprint_facts(files, document))
    if document.schema is SESSION_LOG:
        return completion("session", session_facts(document, document.folder.rpartition("/")[2]))
    return None


def summary_in(task: Document) -> str:
    """What came of a task, as its own log, its keys or a section of it says; empty where nothing does."""
    own_id = task_id(task)
    logged = _last(_summary(event, own_id) for event in events(task))
    keys = (task.frontmatter.text(key) or "" for key in SUMMARY_KEYS)
    return logged or next((text.strip() for text in keys if text.strip()), "") or _last(_sections(task))


def has_place_for_summary(task: Document) -> bool:
    """Whether a heading stands above what came of a task, or would."""
    return any(_has_word(heading.title, _WORDS) for heading in task.headings())


def logs_naming(files: Files, own_id: str) -> Iterator[Document]:
    """The logs of all sessions that name a task."""
    for folder in session_folders(files):
        path = f"{folder}/{SESSION_LOG_NAME}"
        text = files.text(path)
        if text is not None and own_id in text:
            yield Document.read(path, text)


def events_naming(log: Document, own_id: str) -> list[Event]:
    """The entries of a log that name a task."""
    name = _name(own_id)
    return [event for event in events(log) if name.search(event.text)]


def _is_update(event: Event, own_id: str) -> bool:
    """Whether an entry tells how a task goes; that of its end does not."""
    ended = event.kind == "result" and re.match(rf"\W*{re.escape(own_id)}`? is done\b", event.matter)
    return event.kind not in BOOKKEEPING and not _MADE.match(event.text) and not ended


def _summary(event: Event, own_id: str) -> str:
    """What an entry says came of a task; empty when it is about something else, or was only written meanwhile."""
    if event.text.partition("\n")[0].endswith(f"(`{own_id}`)"):
        return ""
    if event.kind == "result":
        return _matter(event, own_id)
    return event.text if not event.kind and _ENDED.match(event.text) else ""


def _matter(event: Event, own_id: str) -> str:
    """What an entry says of a task, without the words that name it and the reason of a forced end."""
    text = re.sub(rf"\A\W*{re.escape(own_id)}`?(?: is done\b)?[\s:–-]*", "", event.matter)
    return _REASON.sub("", text).strip()


def _sections(task: Document, wanted: frozenset[str] = _WORDS) -> Iterator[str]:
    """The texts below the headings that have one of some words, without what only holds a place."""
    level, lines = 0, list[str]()
    for line, heading in _lines(task):
        if heading is not None and (not level or heading[0] <= level):
            yield _text(lines)
            level = heading[0] if _has_word(heading[1], wanted) else 0
            lines = []
        elif level and heading is None:
            lines.append(line)
    yield _text(lines)


def _has_word(title: str, wanted: frozenset[str]) -> bool:
    words = set(re.findall(r"[a-z]+", title.lower()))
    return bool(words & wanted) and not words & _OTHER_WORDS


def _lines(task: Document) -> Iterator[tuple[str, tuple[int, str] | None]]:
    """The lines of the body that are no entries, each with its level and title where it is a heading."""
    for reading in task.body:
        for number, line in enumerate(reading.block.lines):
            mark = reading.mark(number)
            heading = (mark.heading.level, mark.heading.title) if mark and mark.heading else None
            if not reading.state_before(number).skip and not (mark and (mark.entry or mark.continues)):
                yield line, heading


def _text(lines: list[str]) -> str:
    """Lines as one, without comments, open boxes and what only holds a place."""
    kept = _COMMENT.sub("", "".join(lines)).splitlines()
    return " ".join(line.strip() for line in kept if not _NOTHING.fullmatch(line) and not _OPEN_BOX.match(line))


def _last(texts: Iterator[str]) -> str:
    """The last of some texts that says anything."""
    return next((text for text in reversed(list(texts)) if text), "")


def _name(own_id: str) -> re.Pattern[str]:
    """An id that stands by itself, not at the beginning of a longer one."""
    return re.compile(rf"(?<![\w-]){re.escape(own_id)}(?![\w-])")


def _clocked(files: Files, trace: Trace, own_id: str, now: datetime | None) -> int:
    """For how many seconds a task was worked on, in all sessions together."""
    folder = active_folder(files) if now else None
    record = trace.clocks.record(folder) if folder else None
    running = _on_task(clock_of(record, now, 0), own_id) - _on_task(standing(record), own_id) if record and now else 0
    return trace.clocks.on_task(own_id) + running


def _on_task(clock: Clock, own_id: str) -> int:
    active = (one for one in clock.intervals if one.kind == "active")
    return sum(one.seconds for one in active if any(item.id == own_id for item in one.stack))
