"""The outline of a document, what folds there, and how a selection grows."""

from __future__ import annotations

import textwrap
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mdtm.document import Document
from mdtm.features.folding import folds
from mdtm.features.selections import selections
from mdtm.features.shape.landmarks import days, landmarks, sections
from mdtm.features.shape.outlined import Run, Symbol, spread
from mdtm.features.symbols import symbols
from mdtm.text import Span
from tests.checks import SESSION_PATH, with_keys

EXAMPLES = sorted((Path(__file__).parent.parent.parent / "examples").rglob("*.md"))

LOG = with_keys('tags = ["a"]') + textwrap.dedent("""
    # Pick up slots 🚚

    ## Goals

    - [x] Ask the shop
    - [ ] Draw the `calendar`

    ## Log Entries

    - [2025-06-05T03:01:00Z] Session started: slots
    - [2025-06-05T10:02:00Z] `dev-api`: Decision: half an hour each
      because of **lunch**
      - [ ] tell the shop
    - [2025-06-06T09:00:00Z] `dev-ui`: drew it
    - and looked at it
    ## 2025-06-07T10:00:00Z - Review
    All is well.

    ### Afterwards

    | slot | taken |
    |---|---|
    | 1 | no |
    <!-- not
    yet -->
    ```python
    print("# no heading")
    ```
    """)


def document(text: str, path: str = SESSION_PATH) -> Document:
    return Document.read(path, textwrap.dedent(text.lstrip("\n")))


def shown(found: list[Symbol | Run], indent: str = "") -> str:
    """The outline as a text."""
    return "".join(
        f"{indent}{one.name} | {one.kind}{f' | {one.detail}' if one.detail else ''}{' | old' if one.deprecated else ''}\n"
        + shown(one.inner, indent + "  ")
        for one in spread(found)
    )


def whole(found: list[Symbol | Run]) -> list[Any]:
    """The outline with all that is known of it."""
    return [
        (*(getattr(one, name) for name in Symbol.__slots__ if name != "inner"), whole(one.inner))
        for one in spread(found)
    ]


def outline(text: str, path: str = SESSION_PATH) -> str:
    return shown(symbols(document(text, path)))


def test_a_log_is_outlined_by_section_day_and_entry():
    assert outline(LOG).partition("Frontmatter")[2].partition("\n")[2].partition("Pick up slots 🚚")[2] == (
        " | section\n"
        "  Goals | section\n"
        "    ☑ Ask the shop | box | done\n"
        "    ☐ Draw the calendar | box | open\n"
        "  Log Entries | section\n"
        "    2025-06-05 | day\n"
        "      03:01 Session started: slots | entry.start\n"
        "      10:02 Decision: half an hour each | entry.decision | dev-api\n"
        "        ☐ tell the shop | box | open\n"
        "    2025-06-06 | day\n"
        "      09:00 drew it | entry | dev-ui\n"
        "      and looked at it | entry\n"
        "    2025-06-07 | day\n"
        "      10:00 Review | entry\n"
        "    Afterwards | section\n"
    )


def test_keys_stand_in_their_tables_whether_headers_or_braces_make_them():
    text = """
        +++
        id = "TASK-API-20250605-101500"
        title = "Slots"
        estimated_hours = 3.5
        context = [{type = "sprint", id = "1"}]

        [environment]
        os = "Linux"
        [environment.browser]
        name = 'Firefox'
        version = 128
        [[steps]]
        done = true
        [[steps]]
        done = false
        +++
        """
    assert outline(text, ".mdtm/tasks/A/TASK-API-20250605-101500.md") == (
        "Frontmatter | frontmatter | task\n"
        "  id | id | TASK-API-20250605-101500\n"
        "  title | string | Slots\n"
        "  estimated_hours | float | 3.5\n"
        "  context | array\n"
        "    1 | table\n"
        "      type | string | sprint\n"
        "      id | id | 1\n"
        "  environment | table\n"
        "    os | string | Linux\n"
        "    environment.browser | table\n"
        "      name | string | Firefox\n"
        "      version | integer | 128\n"
        "  steps | table\n"
        "    done | boolean | true\n"
        "  steps | table\n"
        "    done | boolean | false\n"
    )


def test_a_key_that_has_a_newer_name_is_deprecated():
    assert "  goal | string | Slots | old\n" in outline(with_keys('goal = "Slots"\nsession_id = "a"'))
    assert "  session_id | id | a | old\n" in outline(with_keys('goal = "Slots"\nsession_id = "a"'))


def test_yaml_and_json_are_outlined_as_toml_is():
    yaml = "---\nid: SESSION-A-2506050301\ntitle: Slots\nenvironment:\n  os: Linux\n---\n"
    assert "  environment | table\n    os | string | Linux\n" in outline(yaml)
    state = '{"session_id": "WFS-slots", "progress": {"current_phase": "PLAN", "tasks": [{"id": "a"}]}}'
    assert outline(state, ".workflow/WFS-slots/workflow-session.json") == (
        "State | frontmatter | workflow session\n"
        "  session_id | id | WFS-slots\n"
        "  progress | table\n"
        "    current_phase | string | PLAN\n"
        "    tasks | array\n"
        "      1 | table\n"
        "        id | id | a\n"
    )


def test_one_broken_value_hides_no_symbol_beside_it():
    found = outline('+++\nid = "SESSION-A-2506050301\ntitle = "Slots"\ntags = ["a", \n+++\n## Log\n- [2025-06-05] done')
    assert "  id | id" in found and "  title | string | Slots\n" in found and "  tags | " in found
    assert "    2025-06-05 done | entry\n" in found


def test_a_file_that_is_none_of_ours_has_no_outline():
    assert symbols(document("# A page\n\n- [ ] box\n", "README.md")) == []


def test_all_that_takes_several_lines_folds():
    log = document(LOG)
    found = [(fold.kind, log.text.line(fold.first)[:24].strip(), fold.last - fold.first) for fold in folds(log)]
    assert found == [
        ("frontmatter", "+++", 7),
        ("section", "# Pick up slots 🚚", 27),
        ("section", "## Goals", 3),
        ("section", "## Log Entries", 20),
        ("day", "- [2025-06-05T03:01:00Z]", 3),
        ("entry", "- [2025-06-05T10:02:00Z]", 2),
        ("day", "- [2025-06-06T09:00:00Z]", 1),
        ("day", "## 2025-06-07T10:00:00Z", 1),
        ("section", "### Afterwards", 9),
        ("table", "| slot | taken |", 2),
        ("comment", "<!-- not", 1),
        ("code", "```python", 2),
    ]


def test_arrays_and_tables_over_lines_fold_in_the_frontmatter():
    log = document(with_keys('tags = [\n  "a",\n]\n[a]\nb = 1\n\n[a.c]\nd = 2'))
    assert [(fold.kind, log.text.line(fold.first).strip(), fold.last - fold.first) for fold in folds(log)][1:] == [
        ("table", "tags = [", 2), ("table", "[a]", 4), ("table", "[a.c]", 1),
    ]  # fmt: skip


def grown(text: str, path: str = SESSION_PATH) -> list[str]:
    """The selections at <|>."""
    text = textwrap.dedent(text.lstrip("\n"))
    read = Document.read(path, text.replace("<|>", ""))
    return [read.text[span] for span in selections(read, text.index("<|>"))]


def test_a_selection_grows_from_the_word_over_the_value_to_the_table():
    text = '+++\n[a]\nenvironment = ["old Li<|>nux", "b"]\n+++\n'
    assert grown(text)[:-2] == [
        "Linux", "old Linux", '"old Linux"', '["old Linux", "b"]', 'environment = ["old Linux", "b"]',
        '[a]\nenvironment = ["old Linux", "b"]', '[a]\nenvironment = ["old Linux", "b"]\n',
    ]  # fmt: skip


def test_a_selection_grows_from_the_word_over_the_entry_to_the_day():
    assert grown(LOG.replace("half an hour", "half an ho<|>ur"))[:4] == [
        "hour",
        "Decision: half an hour each",
        "Decision: half an hour each\n  because of **lunch**\n  - [ ] tell the shop",
        "- [2025-06-05T10:02:00Z] `dev-api`: Decision: half an hour each\n  because of **lunch**\n  - [ ] tell the shop",
    ]
    days_on = grown(LOG.replace("half an hour", "half an ho<|>ur"))[4:]
    assert [one.splitlines()[0] for one in days_on] == [
        "- [2025-06-05T03:01:00Z] Session started: slots", "## Log Entries", "## Log Entries", "# Pick up slots 🚚",
        "+++",
    ]  # fmt: skip


def test_a_time_and_an_actor_are_selected_whole():
    assert "2025-06-05T10:02:00Z" in grown(LOG.replace("T10:02", "T10<|>:02"))
    assert "dev-api" in grown(LOG.replace("`dev-api`: D", "`dev-a<|>pi`: D"))


def check_nests(found: list[Symbol | Run], start: int, end: int) -> None:
    """Checks that symbols lie in what they are in, and their selections in them."""
    for one in spread(found):
        assert start <= one.span.start <= one.selection.start <= one.selection.end <= one.span.end <= end, one.name
        assert one.name
        check_nests(one.inner, one.span.start, one.span.end)


def check_everything(read: Document) -> None:
    check_nests(symbols(read), 0, len(read.text))
    lines = read.text.line_count
    assert all(0 <= fold.first < fold.last < lines for fold in folds(read))
    for offset in range(0, len(read.text) + 3, max(1, len(read.text) // 20)):
        spans = selections(read, offset)
        assert spans[-1] == (0, len(read.text))
        for inner, outer in pairwise(spans):
            assert outer.start <= inner.start and inner.end <= outer.end and inner != outer
        assert spans[0].start <= min(offset, len(read.text)) <= spans[0].end


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_example_is_outlined_within_its_bounds(path: Path):
    text = path.read_bytes().decode()
    check_everything(Document.read(f".ruru/{path.parent.name}/{path.name}", text))


pieces = st.sampled_from([
    "+++\n", "+++", "\n", "\r\n", "# A", "## Log Entries\n", "- [2025-06-05T10:02:00Z] x\n", "- [2025-06-05] y\n",
    "  more\n", "- [ ] box\n", "- [x] box", "| a |\n", "```\n", "<!--\n", "-->\n", "🟢", 'id = "', "a = 1\n", "[t]\n",
    "[[u]]\n", '"', "b = [\n", "]", "c = {d = 1, e = {f = [1]}}\n", "---\n", "timestamp: 2025-06-05T10:02:00Z\n", "{", "}",
])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(pieces, max_size=30).map("".join))
def test_any_text_is_outlined_within_its_bounds(text: str):
    check_everything(Document.read(SESSION_PATH, text))


@settings(max_examples=100, deadline=None)
@given(st.lists(pieces, max_size=10), st.data())
def test_what_stands_where_is_the_same_after_an_edit_as_when_read_anew(new: list[str], data: st.DataObject):
    long = LOG + "- [2025-06-08T10:00:00Z] more\n" * 150 + "| a |\n" * 150
    read = Document.read(SESSION_PATH, long)
    landmarks(read)
    symbols(read)
    start = data.draw(st.integers(0, len(long)))
    end = data.draw(st.integers(start, min(len(long), start + 200)))
    text = "".join(new)
    edited = read.edited(Span(start, end), text)
    anew = Document.read(SESSION_PATH, long[:start] + text + long[end:])
    assert landmarks(edited) == landmarks(anew)
    assert days(edited) == days(anew)
    assert list(sections(edited)) == list(sections(anew))
    assert whole(symbols(edited)) == whole(symbols(anew))
