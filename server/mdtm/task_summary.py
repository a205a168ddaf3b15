"""What came of a task: where its entries, its keys or its sections say so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mdtm.completion.forced import without_reason
from mdtm.document import Document
from mdtm.history import Event, events
from mdtm.tasks import task_id

SUMMARY_KEYS = ("outcome", "recommendation", "summary")
"""The keys of a task that say what came of it."""
HEADINGS = frozenset({
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
_ENDED = re.compile(
    r"\W*(?:task |implementation |work )?(?:completed?|finished|implemented|resolved|delivered|fixed|done)\b", re.I
)
"""How people begin the entry that says what came of a task."""


def summary_in(task: Document) -> str:
    """What came of a task, as its own log, its keys or a section of it says; empty where nothing does."""
    own_id = task_id(task)
    logged = last_said(summary_told(event, own_id) for event in events(task))
    keys = (task.frontmatter.text(key) or "" for key in SUMMARY_KEYS)
    return logged or next((text.strip() for text in keys if text.strip()), "") or last_said(sections(task))


def has_place_for_summary(task: Document) -> bool:
    """Whether a heading stands above what came of a task, or would."""
    return any(_has_word(heading.title, HEADINGS) for heading in task.headings())


def summary_told(event: Event, own_id: str) -> str:
    """What an entry says came of a task; empty when it is about something else."""
    if event.text.partition("\n")[0].endswith(f"(`{own_id}`)"):
        return ""  # it was only written meanwhile
    if event.kind == "result":
        return matter_told(event, own_id)
    return event.text if not event.kind and _ENDED.match(event.text) else ""


def matter_told(event: Event, own_id: str) -> str:
    """What an entry says of a task, without the words that name it and the reason of a forced end."""
    text = re.sub(rf"\A\W*{re.escape(own_id)}`?(?: is done\b)?[\s:–-]*", "", event.matter)
    return without_reason(text).strip()


def sections(task: Document, wanted: frozenset[str] = HEADINGS) -> Iterator[str]:
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


def last_said(texts: Iterator[str]) -> str:
    """The last of some texts that says anything."""
    return next((text for text in reversed(list(texts)) if text), "")


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
