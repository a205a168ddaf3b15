"""Unified diffs: what is shown can be applied, and what does not fit is refused."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mdtm.plan import Refused
from mdtm.unified import applied, shown

TEXTS = st.text(st.sampled_from("ab-+\\@ \n🟢\u2028\x0c"), max_size=40)
OLD = "one\ntwo\nthree\n"


def diff(*lines: str) -> str:
    return "\n".join(lines) + "\n"


@given(TEXTS, TEXTS, st.sampled_from(["\n", "\r\n"]))
def test_a_diff_that_is_shown_leads_to_the_new_text(old: str, new: str, end: str):
    old, new = old.replace("\n", end), new.replace("\n", end)
    assume(old != new and (end == "\n" or "\n" in old))
    assert applied(shown(old, new, "a b/c.md"), old, "a b/c.md") == new


def test_a_diff_of_a_new_file_begins_with_nothing():
    change = shown(None, "one\ntwo", "new.md")
    assert change == diff(
        "--- /dev/null",
        "+++ b/new.md",
        "@@ -0,0 +1,2 @@",
        "+one",
        "+two",
        "\\ No newline at end of file",
    )
    assert applied(change, None, "new.md") == "one\ntwo"


def test_other_line_ends_are_shown():
    assert "-one\n+one␍\n" in shown("one\n", "one\r\n", "x")
    assert "␍" not in shown("one\r\n", "two\r\n", "x")


def test_the_lines_of_git_before_the_hunks_say_nothing():
    change = diff(
        "diff --git a/x.md b/x.md", "index 123..456 100644", "--- a/x.md", "+++ b/x.md", "@@ -2 +2 @@ one", "-two", "+2"
    )
    assert applied(change, OLD, "x.md") == "one\n2\nthree\n"


def test_a_diff_without_carriage_returns_fits_a_file_that_has_them_everywhere():
    assert applied(diff("@@ -1,2 +1,2 @@", " one", "-two", "+2"), "one\r\ntwo\r\n", "x") == "one\r\n2\r\n"


def test_an_empty_line_may_have_lost_the_blank_before_it():
    assert applied(diff("@@ -1,3 +1,3 @@", " one", "", "-two", "+2"), "one\n\ntwo\n", "x") == "one\n\n2\n"


def test_several_hunks_are_applied_at_the_lines_that_they_name():
    change = diff("@@ -1,0 +2 @@", "+one and a half", "@@ -3 +4,0 @@", "-three")
    assert applied(change, OLD, "x") == "one\none and a half\ntwo\n"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("two lines\nof prose\n", "no unified diff"),
        (diff("@@ -2 +2 @@", "-TWO", "+2"), "its line 2 has 'two\\n', not 'TWO\\n'"),
        (diff("@@ -1 +1 @@", "-two", "+2"), "its line 1 has 'one\\n'"),
        (diff("@@ -4 +4 @@", "-four", "+4"), "its line 4 is not there"),
        (diff("@@ -2 +2 @@", "-two", "+2", "@@ -1 +1 @@", "-one", "+1"), "not behind the one before it"),
        (diff("@@ -1,3 +1,3 @@", "-one", "+1"), "not as many lines as it says"),
        (diff("@@ -1 +1 @@", "-one", "+1", "two"), "line 4 of the diff is no part of a hunk"),
        (diff("--- a/y.md", "+++ b/y.md", "@@ -1 +1 @@", "-one", "+1"), "about a/y.md, not about x"),
        (diff("--- a/x", "+++ /dev/null", "@@ -1,3 +0,0 @@", "-one", "-two", "-three"), "removes x"),
        (diff("--- /dev/null", "+++ b/x", "@@ -0,0 +1 @@", "+one"), "makes x anew"),
        (
            diff("--- x", "+++ x", "@@ -1 +1 @@", "-one", "+1", "--- y", "+++ y", "@@ -1 +1 @@", "-one", "+1"),
            "several files",
        ),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(change: str, message: str):
    with pytest.raises(Refused) as refused:
        applied(change, OLD, "x")
    assert message in str(refused.value)


def test_no_line_is_put_behind_one_that_has_no_end():
    with pytest.raises(Refused, match="which has no end"):
        applied(diff("@@ -1,0 +2 @@", "+two"), "one", "x")
