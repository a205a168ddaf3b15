"""A document that was edited is the document that is read anew, and reads again only what changed."""

from __future__ import annotations

import random
from typing import Any

import pytest

from mdtm.document import Document
from mdtm.judge import judge
from mdtm.text import Span
from mdtm.timeline import Timeline
from tests.checks import SESSION_FOLDER, SESSION_PATH, workspace_of

LOG = """+++
id = "SESSION-Pick_up_slots-2506050301"
title = "Pick up slots ⏸️" # a comment
status = "🟢 Active"
start_time = "2025-06-05T03:01:00Z"
coordinator = "dev-api"
related_artifacts = [
    "artifacts/notes/a.md", # 🟢
]
[extra]
key.dotted = { a = 1, b = [1, 2] }
+++

# Pick up slots

## Log Entries

- [2025-06-05T03:01:00Z] `dev-api`: Started, see artifacts/notes/b.md
  - nested 🟢
    more

*   **2025-06-05 03:02:00 Prime Coordinator:** text\u2028more
```
- [2025-06-05T03:03:00Z] no entry
```
[250605030400] [Roo Commander] INFO: bare
going on
<!-- a comment
- [2025-06-05T03:03:00Z] no entry -->

## 2025-06-05T03:05 - A heading
- [ ] box one
- [x] box [link](artifacts/notes/c.md)
---
timestamp: 2025-06-05T03:06:00Z
actor: dev-api
details: |
  done
---
- [2025-06-31T03:07:00Z] no such day
- untimed

## Next
text
"""
PIECES = [
    "🟢", "\u2028", "\r\n", "\n", "\r", "+++\n", "---\n", "```\n", "~~~", "<!--", "-->", '"', "'", '"""', "[", "]", "{", "}", ",",
    "#", "# ", "## Log Entries\n", "- [2025-06-05T03:01:00Z] text\n", "- ", "  ", "id = 1\n", "=", "artifacts/notes/d.md ",
    "timestamp: 2025-06-05T03:06:00Z\n", "x", " ", "\ufeff", "\\", "[table]\n",
]  # fmt: skip
FILES = workspace_of({SESSION_PATH: "", f"{SESSION_FOLDER}/artifacts/notes/b.md": ""})


def all_of(document: Document) -> dict[str, Any]:
    """Everything that can be asked of a document."""
    return {
        "text": str(document.text),
        "frontmatter": document.frontmatter,
        "kind": (document.schema, document.dialect),
        "entries": list(document.entries()),
        "marks": [mark for reading in document.body for mark in reading.marks],
        "places": document.first_mentions({f"artifacts/notes/{name}.md" for name in "abcd"}),
        "last": document.last_entry(),
        "problems": judge(document, FILES),
    }


def random_edit(source: random.Random, length: int) -> tuple[Span, str]:
    start = source.randrange(length + 1)
    end = min(length, start + source.choice([0, 0, 0, 1, 1, 2, 5, 40]))
    new = "".join(source.choices(PIECES, k=source.choice([0, 1, 1, 1, 2, 3])))
    return Span(start, end), new


def check_edits(text: str, path: str, edits: int, seed: int) -> None:
    source = random.Random(seed)
    document = Document.read(path, text)
    for number in range(edits):
        if number % 50 == 0:
            document = Document.read(path, text)
        span, new = random_edit(source, len(document.text))
        judge(document, FILES)
        document = document.edited(span, new)
        fresh = all_of(Document.read(path, str(document.text)))
        edited = all_of(document)
        assert fresh == edited, (span, new)


def test_an_edited_log_equals_one_that_is_read_anew():
    check_edits(LOG, SESSION_PATH, edits=2500, seed=1)


def test_an_edited_log_with_crlf_equals_one_that_is_read_anew():
    check_edits(LOG.replace("\n", "\r\n"), SESSION_PATH, edits=1000, seed=2)


def test_an_edited_state_file_equals_one_that_is_read_anew():
    state = '{\n  "session_id": "WFS-🟢",\n  "status": "active",\n  "progress": {"tasks": ["a", 1]}\n}\n'
    check_edits(state, ".workflow/WFS-menu/workflow-session.json", edits=500, seed=3)


def test_an_edited_long_log_equals_one_that_is_read_anew():
    entries = "".join(f"- [2025-06-05T03:{n % 60:02}:00Z] `dev-api`: entry {n} 🟢\n" for n in range(700))
    check_edits(LOG + entries, SESSION_PATH, edits=150, seed=4)


def test_a_key_typed_into_an_entry_makes_one_new_block_and_keeps_the_frontmatter():
    entries = "".join(f"- [2025-06-05T03:{n % 60:02}:00Z] entry {n}\n" for n in range(5000))
    document = Document.read(SESSION_PATH, LOG + entries)
    judge(document, FILES)

    edited = document.edited(Span(len(document.text) // 2, len(document.text) // 2), "x")

    assert edited.frontmatter is document.frontmatter
    assert sum(new is not old for new, old in zip(edited.body, document.body, strict=True)) == 1


def test_a_time_that_is_being_typed_has_nobody_look_at_every_other_entry():
    lines = [f"- [2025-06-05T{4 + n // 60:02}:{n % 60:02}:00Z] `dev-api`: step {n}\n" for n in range(1_000)]
    lines[500] = "- [2025-06-05T12:2] `dev-api`: step 500\n"
    timeline = Timeline(Document.read(SESSION_PATH, f"{LOG.partition('- [')[0]}{''.join(lines)}"))
    assert timeline.regular
    assert [(one.number, one.before and one.before.entry.line) for one in timeline.timeless] == [
        (500, "- [2025-06-05T12:19:00Z] `dev-api`: step 499")
    ]
    judge(timeline.document, workspace_of({}))
    assert not any("entries" in reading.__dict__ for reading in timeline.document.body)


def test_any_bytes_give_a_document():
    source = random.Random(5)
    for _ in range(300):
        text = "".join(chr(source.choice([source.randrange(0x80), source.randrange(0x2FFF)])) for _ in range(200))
        for path in (SESSION_PATH, ".workflow/WFS-menu/workflow-session.json", ".mdtm.toml", "notes.md"):
            document = Document.read(path, source.choice(["", "+++\n", "---\n", "\ufeff"]) + text)
            judge(document, FILES)
            assert len(str(document.text)) == len(document.text)


@pytest.mark.parametrize("fence", ["++++", "++", " +++"])
@pytest.mark.parametrize("typed", ['priority = "High"', "+++"])
def test_what_is_typed_behind_a_mistaken_fence_may_move_the_end_of_the_frontmatter(fence: str, typed: str):
    text = f'+++\nid = "TASK-1"\ntitle = "🟢"\nstatus = "🟡 To Do"\ntype = "🌟 Feature"\n{fence}\n\nText.\n'
    path, start = ".ruru/tasks/FEATURE_x/TASK-1.md", text.index("Text.")
    edited = Document.read(path, text).edited(Span(start, start + 5), typed)
    assert all_of(edited) == all_of(Document.read(path, str(edited.text)))


def test_frontmatter_behind_any_white_space_is_found():
    for blank in ("\u00a0\n", "\x0c\n", "\ufeff\n\n"):
        document = Document.read("docs/x.md", f"{blank}---\nid: TASK-1\nstatus: y\ntype: z\n---\n")
        assert document.frontmatter.syntax == "yaml", repr(blank)


def test_a_fence_behind_a_lone_carriage_return_ends_the_frontmatter():
    document = Document.read(SESSION_PATH, '+++\ntitle = "T"\r+++ \n+++\n')
    assert document.frontmatter.content.end == len('+++\ntitle = "T"\r')


@pytest.mark.parametrize("damaged", ["]++", "+x+", "++\x00", "+\n+", "++\n", "a++"])
@pytest.mark.parametrize("place", ["first", "last"])
def test_a_fence_with_a_damaged_sign_is_one_all_the_same(damaged: str, place: str):
    first, last = (damaged, "+++") if place == "first" else ("+++", damaged)
    document = Document.read("session_log.md", f'{first}\nid = "a"\ntitle = "b"\n{last}\n\n# Bake\n')
    assert [document.frontmatter.text(key) for key in ("id", "title")] == ["a", "b"]
    assert document.frontmatter.faults


def test_a_line_that_looks_like_half_a_fence_opens_nothing_where_none_closes_it():
    assert not Document.read("notes.md", "C++\nx = 1\n\n# Bake\n").frontmatter.fields
