"""What is found after an edit is what is found when the text is read anew, whatever was asked before."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from mdtm.document import Document
from mdtm.joined import joined, numbered
from mdtm.judge import judge
from mdtm.markdown import Reading
from mdtm.text import Span
from mdtm.timeline import Timeline
from mdtm.workspace import Workspace
from tests.checks import NOW, SESSION_PATH, workspace_of

HEAD = """+++
id = "SESSION-Slots-2506050301"
title = "Slots"
status = "🟢 Active"
start_time = "2025-06-05T03:01:44Z"
coordinator = "dev-api"
related_tasks = ["TASK-DEV-20250605-101500"]
+++

## Log Entries

"""
LINES = (
    "`dev-api`: read the calendar",
    "`dev-api`: Session paused: nothing was logged",
    "`dev-api`: Session resumed",
    "`dev-api`: delegated `TASK-DEV-20250605-111500` to `dev-web`",
    "`dev-api`: wrote `artifacts/notes/NOTE-slots-2506050310.md`",
    "`dev-api`: Context pushed: task TASK-DEV-20250605-101500",
    "`dev-api`: password=hunter22hunter22",
)
ODD = (
    "- [YYYY-MM-DD HH:MM:SS] Session status changed to: `[New Status]`\n",
    "# - [YYYY-MM-DD HH:MM:SS] `[mode_slug]`: `[event]`\n",
    "- Slots are ten minutes long.\n",
    "- [2025-06-05T03:9] `dev-api`: begun\n",
    "- 2025-06-05 Read the calendar.\n",
    "- [20250605] Slots are ten minutes long.\n",
    "<!-- mdtm: allow untimed-entry: it was said so -->\n",
    "## Log Entries\n",
    "## Notes\n",
    "```\n",
    "  More of it&nbsp;here.\n",
    "\n",
)


@pytest.mark.parametrize("seed", range(12))
def test_an_edited_log_has_the_findings_of_one_that_is_read_anew(seed: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("mdtm.text.LINES_PER_BLOCK", 4)
    source, world = random.Random(seed), workspace_of({SESSION_PATH: HEAD}, NOW)
    document = Document.read(SESSION_PATH, HEAD + "".join(_line(source, n) for n in range(60)))
    for _ in range(60):
        at = source.randrange(len(HEAD), len(document.text))
        line = document.text.line_span(document.text.line_at(at))
        span, new = source.choice([
            (Span(at, at), source.choice("x`[]-\n")),
            (Span(at, min(at + 1, len(document.text))), ""),
            (Span(line.start, line.start), _line(source, source.randrange(90))),
            (Span(line.start, min(line.end + 1, len(document.text))), ""),
        ])  # fmt: skip
        earlier, document = document, document.edited(span, new)
        if source.random() < 0.8:
            assert _found(document, world) == _found(Document.read(SESSION_PATH, str(document.text)), world)
        if source.random() < 0.2:  # who looks at a text that is gone is told of that one
            assert _found(earlier, world) == _found(Document.read(SESSION_PATH, str(earlier.text)), world)


def test_entries_that_tell_only_the_day_may_begin_any_block():
    days = "".join(f"- 2025-06-{5 + n // 90:02} Step {n}.\n" for n in range(200))
    document = Document.read(SESSION_PATH, HEAD + days)
    assert len(document.body) > 1 and not Timeline(document).regular
    assert not {code for code, *_ in _found(document, workspace_of({SESSION_PATH: HEAD}, NOW))} - {"id-mismatch"}


def test_only_the_blocks_that_an_edit_touched_are_asked():
    asked: list[Reading] = []
    found = _question(asked)
    document = Document.read(SESSION_PATH, HEAD + "".join(_line(random.Random(1), n) for n in range(2_000)))
    assert found(document)[0] == (0, "+")
    assert len(asked) == len(document.body) > 10
    edited = document.edited(Span(len(HEAD) + 100_000, len(HEAD) + 100_000), "x")
    assert found(edited) == found(edited)
    assert len(asked) == len(document.body) + 1


def _question(asked: list[Reading]) -> Callable[[Document], list[tuple[int, str]]]:
    @joined(numbered)
    def first(reading: Reading) -> tuple[str, ...]:
        asked.append(reading)
        return (reading.block.lines[0][:1],)

    return first


def _line(source: random.Random, number: int) -> str:
    if source.random() < 0.2:
        return source.choice(ODD)
    minutes = number * 20 + source.randrange(10) + source.choice([0] * 20 + [-40, 400])
    day, rest = divmod(3 * 60 + minutes, 24 * 60)
    return f"- [2025-06-{5 + day:02}T{rest // 60:02}:{rest % 60:02}:00Z] {source.choice(LINES)}\n"


def _found(document: Document, world: Workspace) -> list[tuple[object, ...]]:
    return [(one.code, one.span, one.message, one.fixes, one.related) for one in judge(document, world)]
