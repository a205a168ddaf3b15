"""Two people's changes of one text: both where they are apart, a conflict where they touch."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdtm.merge import Conflict, changes, merged
from mdtm.text import split_lines

TEXTS = st.lists(st.sampled_from(["a\n", "b\r\n", "\n", "🟢\n", "c"]), max_size=8).map("".join)
OLD = "one\ntwo\nthree\nfour\nfive\n"


def test_changes_of_different_lines_are_both_made():
    ours = OLD.replace("one", "ONE")
    theirs = OLD.replace("five\n", "five\nsix")
    assert merged(OLD, ours, theirs) == ("ONE\ntwo\nthree\nfour\nfive\nsix", ())


def test_the_same_change_made_twice_is_made_once():
    ours = OLD.replace("three", "3")
    assert merged(OLD, ours, ours.replace("one\n", "")) == ("two\n3\nfour\nfive\n", ())


@pytest.mark.parametrize(
    ("ours", "theirs", "conflict"),
    [
        (OLD.replace("two", "2"), OLD.replace("two", "zwei"), Conflict(1, ("two\n",), ("2\n",), ("zwei\n",))),
        (
            OLD.replace("two", "2"),
            OLD.replace("three", "3"),
            Conflict(1, ("two\n", "three\n"), ("2\n", "three\n"), ("two\n", "3\n")),
        ),
        (OLD.replace("two\n", ""), OLD.replace("two", "2"), Conflict(1, ("two\n",), (), ("2\n",))),
        (OLD + "6\n", OLD + "six\n", Conflict(5, (), ("6\n",), ("six\n",))),
        (OLD[:-1], OLD.replace("five", "5"), Conflict(4, ("five\n", ""), ("five",), ("5\n", ""))),
    ],
    ids=["the same line", "lines that touch", "removed and changed", "both at the end", "the final line end"],
)
def test_where_both_changed_the_same_nothing_is_guessed(ours: str, theirs: str, conflict: Conflict):
    assert merged(OLD, ours, theirs) == (OLD, (conflict,))


def test_one_conflict_does_not_hide_another_nor_what_is_clean():
    ours = OLD.replace("one", "1").replace("five", "5")
    theirs = OLD.replace("one", "eins").replace("three", "drei").replace("five", "fünf")
    text, conflicts = merged(OLD, ours, theirs)
    assert text == OLD.replace("three", "drei")
    assert [conflict.line for conflict in conflicts] == [0, 4]


@given(TEXTS, TEXTS)
def test_who_changed_nothing_takes_what_the_other_made(old: str, new: str):
    assert merged(old, new, old) == merged(old, old, new) == merged(old, new, new) == (new, ())


@given(TEXTS, TEXTS, TEXTS)
def test_it_does_not_matter_who_is_asked_first(old: str, ours: str, theirs: str):
    text, conflicts = merged(old, ours, theirs)
    other, others = merged(old, theirs, ours)
    assert text == other
    assert [(one.line, one.old, one.theirs, one.ours) for one in conflicts] == [tuple(one) for one in others]


@given(TEXTS, TEXTS)
def test_the_changes_lead_from_one_text_to_the_other(old: str, new: str):
    lines = split_lines(old)
    for change in reversed(changes(lines, split_lines(new))):
        lines[change.first : change.behind] = change.new
    assert "".join(lines) == new
