"""Frontmatter in YAML and JSON: how it is read, and what becomes of it in TOML."""

from __future__ import annotations

import string
from datetime import date, datetime, timezone
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mdtm.conversion import conversion
from mdtm.document import Document
from mdtm.judge import judge
from mdtm.plan import Refused
from mdtm.text import Span
from mdtm.workspace import NO_FILES
from tests.checks import SESSION_PATH, check_fix, check_problems, codes_in
from tests.test_fixing import edited, seeded

TASK = ".ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md"
JSON = (
    '{\n  "id": "TASK-DEV-20250605-101500",\n  "title": "Slots",\n  "status": "🟡 To Do",\n  "type": "🌟 Feature"\n}\n'
)


def converted(text: str, path: str = TASK) -> str:
    """A document's text with its frontmatter in TOML."""
    document = Document.read(path, text)
    (start, end), new = conversion(document).edit
    return text[:start] + new + text[end:]


def meaning(text: str, path: str = TASK) -> dict[str, Any]:
    document = Document.read(path, converted(text, path))
    assert document.frontmatter.syntax == "toml"
    assert document.frontmatter.faults == ()
    return dict(document.frontmatter.values)


# JSON, where it is frontmatter and where it is not


def test_the_fields_of_json_are_judged_like_others():
    check_problems(f"""
        -- {TASK} --
        {{"id": "TASK-DEV-20250605-101500", "title": "Slots", "type": "🌟 Feature", "status": "Blockd"}}
        ^ json-frontmatter: the frontmatter of a feature task is TOML between +++ lines, not JSON
                                                                                            ^^^^^^^^ unknown-status: "Blockd" is
        # Slots
        """)


@pytest.mark.parametrize(
    "path",
    [
        TASK, ".mdtm/tasks/a.md", ".ruru/sessions/SESSION-001/session_log.md", ".mdtm/sprints/SPRINT-1.md",
        ".ruru/sessions/SESSION-001/artifacts/notes/NOTE-a-2506050310.md", "session_log.md", "TASK-A-1.md",
    ],
)  # fmt: skip
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_a_file_that_is_named_as_ours_may_begin_with_json(path: str, start: str):
    document = Document.read(path, start + JSON + "\n# Slots\n")
    assert document.frontmatter.syntax == "json"
    assert document.frontmatter.lines == 6
    assert document.frontmatter.text("title") == "Slots"
    field = document.frontmatter.get("status")
    assert field and document.text[field.value.span] == '"🟡 To Do"'
    assert [heading.title for heading in document.headings()] == ["Slots"]


@pytest.mark.parametrize(
    "path", ["notes.md", "docs/guide.md", "README.md", "artifacts/a.md", ".tasks/README.md", "a.json"]
)
def test_other_files_that_begin_with_json_have_no_frontmatter(path: str):
    assert Document.read(path, JSON).frontmatter.syntax == "none"


@pytest.mark.parametrize(
    "text",
    [
        "{{title}}\n\n# Slots\n",
        "{ id and title and status }\n",
        '{"id": "x"}\n# one key is not enough\n',
        '{"name": "slots", "version": 1}\n',
        '{"id": "x", "title": "y"} is what we had\n',
        '{"id": "x", "title": "y"\n\nand no end\n',
        '[{"id": "x", "title": "y"}]\n',
        " " + JSON,
        "",
        "{",
    ],
)
def test_a_text_that_merely_begins_with_a_brace_is_no_frontmatter(text: str):
    assert Document.read(TASK, text).frontmatter.syntax == "none"


def test_broken_json_is_mended_in_its_place_and_then_converted():
    text = JSON.replace('"Slots",', '"Slots"') + "\n# Slots\n"
    assert codes_in(f"-- {TASK} --\n{text}") == ["json-frontmatter", "broken-json"]
    check_fix(f"-- {TASK} --\n{text}", f"-- {TASK} --\n{JSON}\n# Slots\n")
    check_fix(
        f"-- {TASK} --\n{text}",
        f'-- {TASK} --\n+++\nid = "TASK-DEV-20250605-101500"\ntitle = "Slots"\nstatus = "🟡 To Do"\ntype = "🌟 Feature"\n+++\n\n# Slots\n',
        unsafe=True,
    )


@pytest.mark.parametrize(
    "span_and_new", [((1, 1), "\n"), ((0, 1), ""), ((30, 40), "}"), ((0, 0), "# "), ((115, 115), "x")]
)
def test_an_edit_of_a_file_with_json_gives_what_reading_it_anew_gives(span_and_new: tuple[tuple[int, int], str]):
    (start, end), new = span_and_new
    text = JSON + "\n# Slots\n\n- [ ] one\n"
    edited = Document.read(TASK, text).edited(Span(start, end), new)
    fresh = Document.read(TASK, text[:start] + new + text[end:])
    assert (edited.frontmatter, edited.schema) == (fresh.frontmatter, fresh.schema)
    assert list(edited.headings()) == list(fresh.headings())


# what becomes of it


def test_comments_go_with_their_keys_and_those_without_a_place_are_named():
    text = """\
---
# made by hand
id: TASK-DEV-20250605-101500   # the id
title: "a # b" # no comment in it
# where it stands
status: 🟡 To Do
tags: # words
  - a # first
  # commented out
  - "b"
text: |  # two lines
  one # of the text
  two
end: # not yet
meta: {x: 1, y: [2, null]}
# the last one
---

# Slots
"""
    assert (
        converted(text)
        == '''\
+++
# made by hand
id = "TASK-DEV-20250605-101500" # the id
title = "a # b" # no comment in it
# where it stands
status = "🟡 To Do"
tags = [ # words
    "a", # first
    # commented out
    "b",
]
# two lines
text = """one # of the text
two
"""
[meta]
x = 1
y = [2]
# the last one
+++

# Slots
'''
    )
    found = conversion(Document.read(TASK, text))
    assert [comment.text for comment in found.lost] == ["# not yet"]
    assert found.left_out == ("end", "meta.y[1]")


def test_comments_in_a_list_of_single_values_stay_with_its_items():
    text = """\
---
id: TASK-A-1
related_tasks: # all
# zero
  - A-1 # one
  # two
  - "B # 2"
  # behind the last
# next
tags: [a, # three
  b, c # four
 ]  # closed
parts:
  - x: 1 # a table
dates:
- 2025-06-05 # a day
---
"""
    found = conversion(Document.read(TASK, text))
    assert (
        found.edit.new
        == """\
+++
id = "TASK-A-1"
related_tasks = [ # all
    # zero
    "A-1", # one
    # two
    "B # 2",
    # behind the last
]
# next
tags = [
    "a", # three
    "b",
    "c", # four
]
dates = [
    2025-06-05, # a day
]
[[parts]]
x = 1
+++"""
    )
    assert [comment.text for comment in found.lost] == ["# closed", "# a table"]
    assert meaning(f"{found.edit.new}\n") == Document.read(TASK, text).frontmatter.values


def test_the_fix_says_what_is_lost():
    document = Document.read(TASK, "---\nid: TASK-A-1\nstatus:  # soon\ntitle: x\n---\n")
    (fix,) = [
        fix for problem in judge(document, NO_FILES) if problem.code == "yaml-frontmatter" for fix in problem.fixes
    ]
    assert fix.title == "Turn it into TOML; without status, which is null; 1 of its comments are lost"
    assert not fix.safe


@pytest.mark.parametrize(
    ("yaml_value", "value"),
    [
        ("2025-06-05", date(2025, 6, 5)),
        ('"2025-06-05"', "2025-06-05"),
        ("2025-06-05T10:15:00Z", datetime(2025, 6, 5, 10, 15, tzinfo=timezone.utc)),
        ("2025-06-05 10:15:00", datetime(2025, 6, 5, 10, 15)),
        ("yes", True),
        ("'yes'", "yes"),
        ("1.5", 1.5),
        ("[a, [b, 1]]", ["a", ["b", 1]]),
        ("{}", {}),
        ("[{a: 1}, {b: {c: 2}}]", [{"a": 1}, {"b": {"c": 2}}]),
        ('"\\u0007\\x7f \\" \\\\ 🟢\\u2028"', '\x07\x7f " \\ 🟢\u2028'),
    ],
)
def test_values_keep_their_meaning(yaml_value: str, value: object):
    assert meaning(f"---\nid: TASK-A-1\ntitle: t\nv: {yaml_value}\nlast: 1\n---\n") == {
        "id": "TASK-A-1", "title": "t", "v": value, "last": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("id: [a", "line 2: the YAML cannot be read"),
        ("id: a\nid: b", "the key id stands there twice"),
        ("id: a\nx: {a: 1, a: 2}", "the key x.a stands there twice"),
        ("id: a\nx: !!binary aGk=", "TOML cannot say what x is"),
        ("id: a\nx: !!set {a, b}", "TOML cannot say what x is"),
        ("id: a\nx: .nan", "TOML cannot say what stands there"),
        ("# nothing", "there are no keys"),
    ],
)
def test_what_cannot_be_converted_is_refused_and_said_why(content: str, reason: str):
    with pytest.raises(Refused, match=reason):
        conversion(Document.read(TASK, f"---\n{content}\n---\n"))


def test_line_ends_and_a_byte_order_mark_stay():
    text = "\ufeff" + JSON.replace("\n", "\r\n") + "\r\n# Slots \r\n"
    new = converted(text)
    assert new.startswith("\ufeff+++\r\nid = ")
    assert new.endswith("\r\n+++\r\n\r\n# Slots \r\n")
    assert "\n" not in new.replace("\r\n", "")


KEYS = st.text(string.ascii_letters + "_-é ", min_size=1, max_size=6).filter(lambda key: key.strip() == key)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
SCALARS = st.one_of(
    TEXTS, st.booleans(), st.integers(-(10**6), 10**6), st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1000, 1, 1)), st.datetimes(datetime(1000, 1, 1)).map(lambda when: when.replace(microsecond=0)),
)  # fmt: skip
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=6
)
FRONTMATTERS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=5)


@seeded
@given(FRONTMATTERS, st.booleans())
def test_what_yaml_means_toml_means_too(values: dict[str, Any], flow: bool):
    values = {"id": "TASK-A-1", "title": "x", **values}
    written = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, default_flow_style=flow, width=1000)
    if any(line in ("---", "...") for line in written.splitlines()):
        return
    document = Document.read(TASK, f"---\n{written}---\n\n# Body\n")
    if document.frontmatter.values == values and not document.frontmatter.faults:
        assert meaning(str(document.text)) == values
        assert converted(str(document.text)).endswith("+++\n\n# Body\n")


@st.composite
def commented(draw: st.DrawFn) -> tuple[str, int]:
    """YAML with comments in many places, and their number."""
    comment = st.sampled_from(["", "", " # c", "  #c"])
    lines, count = ["id: TASK-A-1", "title: 'x # y'"], 0
    for number in range(draw(st.integers(0, 5))):
        if draw(st.booleans()):
            lines.append(draw(st.sampled_from(["# own", "  # own", "#own: 1"])))
            count += 1
        shape = draw(st.sampled_from(["v", '"a # b"', "[a, b]", "", "|", "\n  - a", "\n  x: 1"]))
        behind = draw(comment)
        count += bool(behind)
        first, _, rest = shape.partition("\n")
        lines.append(f"k{number}: {first}{behind}")
        if rest or shape == "|":
            inner = draw(comment) if rest else " # text"
            count += bool(inner) and bool(rest)
            lines.append(f"{rest or '  block'}{inner}")
    if draw(st.booleans()):
        lines.append("# end")
        count += 1
    return "\n".join(lines), count


@seeded
@given(commented())
def test_every_comment_is_kept_or_named(case: tuple[str, int]):
    content, count = case
    text = f"---\n{content}\n---\n"
    document = Document.read(TASK, text)
    if document.frontmatter.faults:
        return
    found = conversion(document)
    kept = sum(
        "#" in line and not line.startswith("title")
        for line in found.edit.new.replace('"a # b"', "").replace("# text", "").splitlines()
    )
    assert kept + len(found.lost) == count


ODD = """{
  "session_id": "SESSION-Pick_up_slots-2506050301",
  "title": " padded ",
  "status": "Actve",
  "type": "Feature",
  "priority": "High",
  "start_time": "2025-06-05T03-01-00Z",
  "created_date": "2025-06-05",
  "updated_date": "2024-01-01",
  "goal": "{{goal}}",
  "tags": ["a", "a", " b", ""]
}
"""


@pytest.mark.parametrize("path", [TASK, SESSION_PATH, ".mdtm/sprints/SPRINT-1.md"])
def test_what_mends_a_value_in_json_leaves_json(path: str):
    document = Document.read(path, ODD)
    problems = [problem for problem in judge(document, NO_FILES) if problem.code != "json-frontmatter"]
    fixes = [fix for problem in problems for fix in problem.fixes]
    assert fixes
    for fix in fixes:
        after = Document.read(path, edited(ODD, list(fix.edits)))
        assert (after.frontmatter.syntax, after.frontmatter.faults) == ("json", ()), fix.title
