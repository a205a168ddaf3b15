"""Bringing into form what an editor shows, and going on with a list on Enter."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given

from mdtm.document import Document
from mdtm.features.entries import continued
from mdtm.features.formatting import Wishes, document_edits, range_edits
from mdtm.fields import Edit
from mdtm.text import Span
from tests.broken import broken_files
from tests.checks import NOW, SESSION_PATH
from tests.test_fixing import edited, seeded
from tests.test_layout import TASK

ALL = Wishes(trim=True, final_newline=True, trim_final=True)
NONE = Wishes()
_WORD = re.compile(r"[^\W\d_]{2,}")
EXAMPLES = Path(__file__).parents[2] / "examples"
UNTIDY = """\
+++
status  =  "🟢 Active"
id = "SESSION-Pick_up_slots-2506050301"
+++

## Log Entries

* [2025-06-05 03:01:00] **dev-api**: One
* [2025-06-05 03:02:00] **dev-api**: Two
"""


def formed(text: str, wishes: Wishes = ALL, path: str = SESSION_PATH) -> str:
    """A text in form, by edits that do not meet; which is checked to stay so."""
    edits = document_edits(Document.read(path, text), wishes)
    assert all(one.span.end < other.span.start for one, other in pairwise(sorted(edits)))
    after = edited(text, edits)
    assert document_edits(Document.read(path, after), wishes) == []
    return after


def formed_lines(text: str, first: int, last: int, wishes: Wishes = NONE) -> str:
    """A text with some of its lines in form, counted from 1."""
    document = Document.read(SESSION_PATH, text)
    span = Span(document.text.line_start(first - 1), document.text.line_start(last))
    return edited(text, range_edits(document, [span], wishes))


def check_enter(before: str, after: str, path: str = SESSION_PATH) -> None:
    """Checks what Enter makes of the place `<|>`, the line end that it puts there included."""
    head = "+++\nid = 1\n+++\n\n"
    text = f"{head}{before}"
    offset = text.index("<|>")
    text = text.replace("<|>", "\n", 1)
    edit = continued(Document.read(path, text), offset + 1, NOW, "dev-api")
    assert edited(text, [edit] if edit else []) == f"{head}{after}"


def test_keys_and_entries_of_the_whole_file_come_into_form():
    assert formed(UNTIDY).splitlines() == [
        "+++",
        'id = "SESSION-Pick_up_slots-2506050301"',
        'status = "🟢 Active"',
        "+++",
        "",
        "## Log Entries",
        "",
        "- [2025-06-05 03:01:00] **dev-api**: One",
        "- [2025-06-05 03:02:00] **dev-api**: Two",
    ]


def test_only_what_is_changed_is_in_the_edits():
    document = Document.read(SESSION_PATH, UNTIDY)
    assert [(document.text[span], new) for span, new in document_edits(document, ALL)] == [
        ('status  =  "🟢 Active"\n', ""), ("", 'status = "🟢 Active"\n'), ("*", "-"), ("*", "-"),
    ]  # fmt: skip


def test_of_some_lines_only_these_change_and_no_key_moves():
    lines = UNTIDY.splitlines(keepends=True)
    assert formed_lines(UNTIDY, 2, 2) == UNTIDY.replace('status  =  "', 'status = "')
    assert formed_lines(UNTIDY, 9, 9) == "".join([*lines[:8], lines[8].replace("*", "-", 1)])
    assert formed_lines(UNTIDY, 4, 7) == UNTIDY


def test_several_stretches_are_formed_at_once_and_each_edit_is_given_once():
    document = Document.read(SESSION_PATH, UNTIDY)
    whole = Span(0, len(UNTIDY))
    assert range_edits(document, [whole, whole], ALL) == range_edits(document, [whole], ALL)
    first, last = (Span(at, at) for at in (UNTIDY.index("status"), UNTIDY.index("Two")))
    assert [document.text[span] for span, _ in range_edits(document, [last, first], ALL)] == [" = ", "*"]


def test_broken_frontmatter_stays_and_the_log_behind_it_comes_into_form():
    broken = UNTIDY.replace('"🟢 Active"', '"🟢 Active')
    assert formed(broken) == broken.replace("* [", "- [")
    assert formed_lines(broken, 1, 9) == broken.replace("* [", "- [")


@pytest.mark.parametrize("path", ["docs/guide.md", ".mdtm.toml", "a.txt"])
def test_files_that_are_not_ours_stay_as_they_are(path: str):
    assert formed("a  =  1   \n\n\n", path=path) == "a  =  1   \n\n\n"


HEAD = '+++\nid = "SESSION-Pick_up_slots-2506050301"\n+++\n\n# Slots\n\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("text \t\nmore\n", "text\nmore\n"),
        ("text  \nmore\n", "text  \nmore\n"),
        ("text  \n\nmore\n", "text\n\nmore\n"),
        ("text \r\nmore\r\n", "text\r\nmore\r\n"),
        ("```\ncode  \n```\n", "```\ncode  \n```\n"),
        ("text", "text\n"),
        ("text\n \n\n", "text\n"),
        ("text\n   ", "text\n"),
        ("```\ncode\n\n\n", "```\ncode\n\n\n"),
    ],
)
def test_the_wishes_of_the_editor_hold_where_they_lose_nothing(before: str, after: str):
    assert formed(HEAD + before) == HEAD + after
    assert formed(HEAD + before, NONE) == HEAD + before


def test_a_file_that_ends_without_a_line_end_gets_the_one_that_it_uses():
    assert formed((HEAD + "text").replace("\n", "\r\n")).endswith("text\r\n")


def test_space_in_the_texts_of_keys_stays():
    text = '+++\ntags = [  "a",  ] # why  \nnote = """  \na  \n"""  \n+++\n'
    assert formed(text) == '+++\ntags = ["a"] # why\nnote = """  \na  \n"""\n+++\n'
    broken = text.replace("tags = [", "tags = ")
    assert formed(broken) == broken


@seeded
@given(broken_files())
def test_formatting_loses_no_word_of_whatever_is_broken_and_is_done_once(file: tuple[str, str]):
    path, text = file
    document = Document.read(path, text)
    after = formed(text, path=path)
    assert len(list(Document.read(path, after).entries())) == len(list(document.entries()))
    if not document.frontmatter.faults:
        return
    head = document.frontmatter.content.end
    assert after[:head] == text[:head] or not document.frontmatter.lines


@pytest.mark.parametrize(
    "path", [path for path in sorted(EXAMPLES.rglob("*.md")) if "README" not in path.name], ids=lambda path: path.name
)
def test_the_examples_keep_their_words(path: Path):
    text = path.read_bytes().decode()
    inside = str(path.relative_to(EXAMPLES / "workspace")) if "workspace" in path.parts else path.name
    whole = range_edits(Document.read(inside, text), [Span(0, len(text))], ALL)
    for after in (formed(text, path=inside), edited(text, whole)):
        assert Counter(_WORD.findall(after)) == Counter(_WORD.findall(text))


# Enter


def test_behind_an_entry_enter_begins_the_next_one():
    check_enter(
        "## Log Entries\n\n- [2025-06-05T03:01:00Z] `dev-api`: One<|>\n",
        "## Log Entries\n\n- [2025-06-05T03:01:00Z] `dev-api`: One\n- [2025-06-10T00:00:00Z] `dev-api`: \n",
    )


def test_a_bullet_that_the_editor_put_there_itself_becomes_the_entry():
    check_enter(
        "## Log Entries\n\n* 2025-06-05 10:02: One<|>- \n",
        "## Log Entries\n\n* 2025-06-05 10:02: One\n- [2025-06-10T00:00:00Z] `dev-api`: \n",
    )


@pytest.mark.parametrize(
    "empty", ["- [2025-06-05T03:01:00Z] `dev-api`: ", "- [2025-06-05T03:01:00Z]", "- [ ] ", "  * [ ]"]
)
def test_enter_on_an_empty_entry_or_box_takes_it_away_again(empty: str):
    check_enter(f"## Log Entries\n\n{empty}<|>  \nText\n", "## Log Entries\n\n\nText\n")


@pytest.mark.parametrize(
    ("line", "bullet"),
    [
        ("- Rye 🟢", "- "),
        ("* Rye", "* "),
        ("  +  Rye", "  +  "),
        ("\t- Rye", "\t- "),
        ("1. Rye", "2. "),
        ("   9) Rye", "   10) "),
        ("- [Rye](rye.md)", "- "),
        ("- [2025-06-05T03:01:00Z] Rye", "- "),
        ("> - Rye", "> - "),
        (">> 3. Rye", ">> 4. "),
        ("- [ ] Settle it", "- [ ] "),
        ("- [x] Settle it", "- [ ] "),
        ("  * [✅] Settle it", "  * [ ] "),
        ("*   - [ ] Settle it", "*   - [ ] "),
        ("9. [ ] Settle it", "10. [ ] "),
        ("> - [ ] Settle it", "> - [ ] "),
    ],
)
def test_behind_an_item_enter_goes_on_with_its_list_and_behind_a_check_box_with_an_open_one(line: str, bullet: str):
    check_enter(f"## Steps\n\n{line}<|>\n", f"## Steps\n\n{line}\n{bullet}\n", TASK)
    check_enter(f"## Steps\r\n\r\n{line}<|>", f"## Steps\r\n\r\n{line}\n{bullet}", TASK)


def test_in_a_log_the_items_below_an_entry_go_on_as_they_are():
    log = "## Log Entries\n\n- [2025-06-05T03:01:00Z] One\n"
    check_enter(f"{log}  - detail<|>  \n", f"{log}  - detail\n  - \n")
    check_enter(f"{log}  1. detail<|>\n", f"{log}  1. detail\n  2. \n")


@pytest.mark.parametrize("empty", ["- ", "* ", "  + ", "1. ", "12)  ", "> - ", "- [x] "])
def test_enter_on_an_empty_item_ends_the_list(empty: str):
    check_enter(f"## Steps\n\n- Rye\n{empty}<|>\nText\n", "## Steps\n\n- Rye\n\nText\n", TASK)


def test_a_quote_goes_on_when_the_list_in_it_ends():
    check_enter("> - Rye\n> - <|>\n> Text\n", "> - Rye\n> \n> Text\n")
    check_enter("> - Rye<|>> \n> Text\n", "> - Rye\n> - \n> Text\n")


@pytest.mark.parametrize("put", ["- ", "* ", "- [ ] ", "2. ", "> - "])
def test_a_bullet_that_the_editor_put_there_itself_stays(put: str):
    for line in ("- Rye", "1. Rye", "- [ ] Rye", "> - Rye", "- "):
        check_enter(f"## Steps\n\n{line}<|>{put}\n", f"## Steps\n\n{line}\n{put}\n", TASK)


@pytest.mark.parametrize(
    "text",
    [
        "Text<|>\n",
        "- - -<|>\n",
        "* * *<|>\n",
        "-<|>\n",
        "-Rye<|>\n",
        "> Text<|>\n",
        "- Rye<|> and barley\n",
        "<|>- Rye\n",
        "- Rye\n\n<|>\n",
        "~~~\n- Rye<|>\n~~~\n",
        "---\ntimestamp: 2025-06-05T03:01:00Z\nlist:\n- Rye<|>\n---\n",
        "- [ ] Settle<|> it\n",
        "## Log Entries\n\n- [2025-06-05T03:01:00Z] One<|> two\n",
        "## Log Entries\n\n- [2025-06-05T03:01:00Z] One\n  more<|>\n",
        "```\n- [ ] Settle it<|>\n```\n",
        "## Log Entries\n\n<!--\n- [2025-06-05T03:01:00Z] One<|>\n-->\n",
        "# A<|>B",
    ],
)
def test_elsewhere_enter_stays_what_it_is(text: str):
    check_enter(text, text.replace("<|>", "\n"))


def test_frontmatter_and_files_of_others_stay_as_they_are():
    for text in ('+++\ntags = """\n- a\n\n"""\n+++\n', "---\ntags:\n- a\n\n---\n"):
        document = Document.read(SESSION_PATH, text)
        assert continued(document, text.index("- a") + 4, NOW, "dev-api") is None
    path = "docs/guide.md"
    assert continued(Document.read(path, "- [ ] a\n"), 8, NOW, "dev-api") is None
    assert continued(Document.read(path, ""), 99, NOW, "dev-api") is None


def test_an_edit_never_divides_a_line_end():
    text = UNTIDY.replace("\n", "\r\n")
    for span, _ in document_edits(Document.read(SESSION_PATH, text), ALL):
        for offset in span:
            assert text[max(0, offset - 1) : offset + 1] != "\r\n"
    assert Edit(Span(0, 0), "") not in document_edits(Document.read(SESSION_PATH, text), ALL)
