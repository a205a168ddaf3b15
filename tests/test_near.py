"""The name that was meant by one with a slip in it."""

from __future__ import annotations

import pytest

from mdtm.circles import endless, way
from mdtm.near import slipped

KNOWN = ["TASK-API-20250605-090000", "TASK-API-20250605-090100", "TASK-WEB-20250606-120000"]


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


def test_names_lead_on_for_ever_into_a_circle_and_in_it_but_not_out_of_it():
    links = {"a": {"b"}, "b": {"c"}, "c": {"b", "end"}, "end": set(), "d": {"end", "gone"}}
    assert endless(links) == {"a", "b", "c"}
    assert way(links, "a", "c") == ("a", "b", "c")
    assert (way(links, "end", "a"), way(links, "b", "b")) == ((), ("b",))


def test_long_chains_and_large_circles_are_no_harder():
    chain = {str(number): {str(number + 1)} for number in range(5000)}
    assert endless(chain) == frozenset()
    assert len(endless({**chain, "4999": {"0"}})) == 5000
