"""The parts of a document that are told apart by their colours."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mdtm.document import Document
from mdtm.features.tokens import MODIFIERS, TYPES, tokens
from mdtm.lsp.tokens import difference, encoded
from mdtm.text import Span
from tests.checks import SESSION_PATH

LOG = """\
+++
id = "SESSION-Slots-2506050301"
goal = "Slots 🚚"
status = "🟢 Active"
start_time = "2025-06-05T03:01:00Z"
coordinator = "dev-api"
related_tasks = ["TASK-API-1", 'x']
tags = [
  "a", # why
  3,
]
[more]
deep = {on = true}
+++

# TASK-API-1 🚚

- [2025-06-05T10:02:00Z] `dev-api`: Decision: see `artifacts/notes/a.md`
- 2025-06-05 10:03 - 🚚 **Session paused** for SPRINT-2
  - [x] go to [b](b.md)
```
- [2025-06-05T10:02:00Z] `dev-api`: Decision: TASK-API-2
```
<!-- TASK-API-2 -->
"""


def told(text: str, path: str = SESSION_PATH) -> list[str]:
    """The parts with their types, in order."""
    read = Document.read(path, textwrap.dedent(text))
    shown = []
    for token in tokens(read):
        names = [name for bit, name in enumerate(MODIFIERS) if token.modifiers >> bit & 1]
        shown.append(" ".join([token.type, *names, read.text.line(token.line)[token.start : token.end]]))
    return shown


def test_keys_values_and_the_parts_of_entries_are_told_apart():
    assert told(LOG) == [
        "property id", 'class declaration "SESSION-Slots-2506050301"',
        "property deprecated goal", 'string "Slots 🚚"',
        "property status", 'enumMember "🟢 Active"',
        "property start_time", 'number "2025-06-05T03:01:00Z"',
        "property coordinator", 'function "dev-api"',
        "property related_tasks", 'class "TASK-API-1"', "class 'x'",
        "property tags", 'string "a"', "number 3",
        "namespace more",
        "property deep", "property on", "keyword true",
        "class TASK-API-1",
        "number 2025-06-05T10:02:00Z", "function dev-api", "keyword Decision", "string artifacts/notes/a.md",
        "number 2025-06-05 10:03", "keyword Session paused", "class SPRINT-2",
        "operator [x]", "string b.md",
        "class TASK-API-2",
    ]  # fmt: skip


def test_what_is_broken_has_no_part_and_hides_none():
    assert told('+++\nid = "SESSION-A-2506050301\ntags = ["a", "b\ntitle = "A"\n+++\n- [2025-13-05] x') == [
        "property id", "property tags", 'string "a"', "property title", 'string "A"',
    ]  # fmt: skip


def test_a_text_of_several_lines_is_told_line_by_line():
    assert told('+++\ntitle = """a\n  b\n"""\n+++\n') == ["property title", 'string """a', "string   b", 'string """']


def test_yaml_and_json_are_told_apart_as_toml_is():
    assert told("---\nid: SESSION-A-2506050301\ntags: [a, 1]\n---\n") == [
        "property id", "class declaration SESSION-A-2506050301", "property tags", "string a", "number 1",
    ]  # fmt: skip
    state = '{"session_id": "WFS-a", "status": "active", "progress": {"done": null}}'
    assert told(state, ".workflow/WFS-a/workflow-session.json") == [
        'property "session_id"', 'class declaration "WFS-a"', 'property "status"', 'enumMember "active"',
        'property "progress"', 'property "done"', "keyword null",
    ]  # fmt: skip


def decoded(data: list[int], read: Document) -> list[tuple[int, int, int, str]]:
    """Tokens as a client reads them: lines, columns and lengths in UTF-16."""
    assert len(data) % 5 == 0
    found, line, column = [], 0, 0
    for at in range(0, len(data), 5):
        down, right, length, kind, _ = data[at : at + 5]
        line, column = line + down, right if down else column + right
        found.append((line, column, length, TYPES[kind]))
    return found


def test_columns_count_units_of_the_encoding():
    read = Document.read(SESSION_PATH, LOG)
    found = decoded(encoded(read, "utf-16"), read)
    assert (18, 26, 14, "keyword") in found and (2, 7, 10, "string") in found
    assert len(found) == len(list(tokens(read)))


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_the_whole_is_what_the_last_answer_becomes_by_its_changes(data: st.DataObject):
    read = Document.read(SESSION_PATH, LOG + "- [2025-06-05T10:02:00Z] `dev-api`: Decision: TASK-API-1\n" * 200)
    known = encoded(read, "utf-16")
    for _ in range(3):
        start = data.draw(st.integers(0, len(read.text)))
        end = data.draw(st.integers(start, min(len(read.text), start + 120)))
        new = data.draw(
            st.sampled_from(["", "\n", "x", "TASK-API-2", "- [2025-06-05T10:02:00Z] x\n", "```\n", '"', "🚚"])
        )
        text = str(read.text)[:start] + new + str(read.text)[end:]
        read = read.edited(Span(start, end), new)
        whole = encoded(read, "utf-16")
        at, gone, come = difference(known, whole)
        assert known[:at] + come + known[at + gone :] == whole
        assert whole == encoded(Document.read(SESSION_PATH, text), "utf-16")
        check_inside(whole, read)
        known = whole


def check_inside(whole: list[int], read: Document) -> None:
    """Checks that tokens follow each other within their lines."""
    last = (-1, 0)
    for line, column, length, _ in decoded(whole, read):
        assert length > 0 and (line, column) >= last
        assert column + length <= len(read.text.line(line).rstrip("\r\n").encode("utf-16-le")) // 2
        last = (line, column + length)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 3), max_size=40), st.lists(st.integers(0, 3), max_size=40), st.integers(0, 2500))
def test_the_difference_of_two_lists_makes_one_the_other(one: list[int], other: list[int], long: int):
    same = [7] * long
    for old, new in ((one, other), (same + one, same + other), (one + same, other + same), (one, same + one)):
        start, gone, come = difference(old, new)
        assert old[:start] + come + old[start + gone :] == new
        assert not (gone and come) or old[start] != come[0]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_line_end_gives_the_same_parts(newline: str):
    assert len(told(LOG.replace("\n", newline))) >= 25
