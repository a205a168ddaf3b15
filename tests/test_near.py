"""The name that was meant by one with a slip in it."""

from __future__ import annotations

import pytest

from mdtm.circles import circles, way
from mdtm.near import slipped

KNOWN = frozenset(["TASK-API-20250605-090000", "TASK-API-20250605-090100", "TASK-WEB-20250606-120000"])


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("TASK-WEB-20250606-12000", "TASK-WEB-20250606-120000"),
        ("TASK-WEB-20250606-1200000", "TASK-WEB-20250606-120000"),
        ("TASK-WBE-20250606-120000", "TASK-WEB-20250606-120000"),
        ("TASK-WEB-20250606-120001", "TASK-WEB-20250606-120000"),
        ("task_web-20250606120000", "TASK-WEB-20250606-120000"),
        ("TASK-API-20250605-090200", None),
        ("TASK-WEB-20250607-120001", None),
        ("", None),
    ],
)
def test_one_slip_is_forgiven_where_only_one_name_can_be_meant(wrong: str, meant: str | None):
    assert slipped(wrong, KNOWN) == meant


def test_two_names_are_in_one_circle_when_links_lead_from_each_to_the_other():
    links = {"a": {"b"}, "b": {"c"}, "c": {"b", "end"}, "end": set(), "d": {"end", "gone"}}
    found = circles(links)
    assert found["b"] == found["c"]
    assert len({found["a"], found["b"], found["d"]}) == 3
    assert way(links, "a", "c") == ("a", "b", "c")
    assert (way(links, "end", "a"), way(links, "b", "b")) == ((), ("b",))


def test_circles_that_touch_are_one_and_those_that_only_lead_to_another_are_two():
    links = {"a": {"b"}, "b": {"a", "c"}, "c": {"d"}, "d": {"c"}, "e": {"f"}, "f": {"e", "g"}, "g": {"f"}}
    found = circles(links)
    groups = {frozenset(name for name in found if found[name] == one) for one in found.values()}
    assert groups == {frozenset("ab"), frozenset("cd"), frozenset("efg")}


def test_long_chains_and_large_circles_are_no_harder():
    chain = {str(number): {str(number + 1)} for number in range(5000)}
    assert len(set(circles(chain).values())) == 5000
    assert len(set(circles({**chain, "4999": {"0"}}).values())) == 1


def test_a_way_that_nobody_would_read_is_not_looked_for():
    chain = {str(number): {str(number + 1)} for number in range(5000)}
    assert way(chain, "0", "4999") == ()
    assert len(way(chain, "0", "90")) == 91
