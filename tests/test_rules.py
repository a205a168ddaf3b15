"""What the rules find, and how they cure it: texts in, texts out."""

from __future__ import annotations

import pytest

from mdtm.pages import examples
from mdtm.rules import RULES, Rule, code_of
from tests.checks import SESSION_PATH, as_text, check_fix, check_problems, codes_in, files_in


@pytest.mark.parametrize("rule", RULES, ids=code_of)
def test_the_bad_example_of_a_rule_has_its_problem_and_the_good_one_none(rule: Rule):
    found = examples(rule)
    if "Bad" not in found:
        pytest.skip(f"{code_of(rule)} is about bytes, which no example can show")
    assert code_of(rule) in codes_in(as_text(found["Bad"]))
    if "Good" in found:
        assert codes_in(as_text(found["Good"])) == []


@pytest.mark.parametrize("rule", [rule for rule in RULES if "Good" in examples(rule)], ids=code_of)
def test_fixing_leads_from_the_bad_example_to_the_good_one(rule: Rule):
    found = examples(rule)
    check_fix(as_text(found["Bad"]), as_text(found["Good"]), unsafe=True)


def test_a_broken_field_does_not_hide_its_neighbours():
    check_problems("""
        +++
        id = "SESSION-Pick_up_slots-2506050301"
        title = "no end
                ^^^^^^^ broken-toml: the string has no closing quote
        status = "Done"
                 ^^^^^^ unknown-status: "Done" is no status of a session log; write "🏁 Completed"
        start_time = "2025-06-05T03:01:00Z"
        end_time = "2025-06-05T04:20:00Z"
        coordinator = "dev-api"
        +++
        """)


def test_an_empty_file_reads_as_a_session_log_without_frontmatter():
    assert files_in("") == {SESSION_PATH: ""}
    assert codes_in("") == ["missing-frontmatter"]
