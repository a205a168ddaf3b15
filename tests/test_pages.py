"""Every rule has a page that is current and says what a reader needs."""

from __future__ import annotations

import inspect

import pytest

from mdtm import disk
from mdtm.dialect import EMOJI_STATUSES, WORD_STATUSES
from mdtm.pages import examples, page
from mdtm.rules import RULES, Rule, code_of
from mdtm.schema.statuses import TASK_STATUSES
from mdtm.settings import DIALECT_NAMES, LEVELS
from tests.write_pages import (
    DEFAULT_LEVELS,
    FOLDER,
    README,
    UNSEEN,
    default_levels,
    first_sentence,
    pages,
    readme,
    write,
)

WITHOUT_BAD = set(UNSEEN)
"""Faults that no text can show."""
WITHOUT_GOOD = {
    "done-without-summary",
    "artifact-name-form",
    "artifact-wrong-folder",
    "broken-proposal",
    "broken-yaml",
    "estimate-exceeded",
    "suppression-without-reason",
    "folder-time-mismatch",
    "id-shape",
    "several-active",
    "mixed-forms",
    *UNSEEN,
    "task-not-listed",
    "workflow-id-form",
    "missing-state-file",
}
"""Faults that mdtm cannot mend by itself, so that there is no text its fix would lead to."""

each_rule = pytest.mark.parametrize("rule", RULES, ids=code_of)


def test_the_pages_in_docs_rules_are_those_that_the_docstrings_give():
    there = {path.relative_to(FOLDER).as_posix(): path.read_bytes().decode() for path in FOLDER.rglob("*.md")}
    assert there == pages(), "docs/rules/ is not current: run `make pages` and commit what it writes"


def test_how_bad_each_rule_is_agrees_with_its_example():
    assert DEFAULT_LEVELS.read_text("utf-8") == default_levels(), f"{DEFAULT_LEVELS.name} is old: run `make pages`"


def test_writing_the_pages_removes_that_of_a_rule_that_is_gone(tmp_path):
    (tmp_path / "gone-rule.md").write_text("# gone-rule\n")
    write(tmp_path)
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.md")} == set(pages())


def test_the_list_of_rules_in_the_readme_is_current():
    text = README.read_text("utf-8")
    assert text == readme(text), "the list of rules in README.md is not current: run `make pages`"
    assert "docs/rules/families/syntax.md" in text


@each_rule
def test_a_page_begins_with_one_sentence_and_then_says_why(rule: Rule):
    prose = inspect.cleandoc(rule.__doc__ or "").split("\nBad:")[0].split("\n")
    assert prose[0].endswith("."), f"begin the docstring of {rule.__name__} with one sentence: what is wrong"
    assert len(prose) > 2 and not prose[1] and prose[2], (
        f"behind a blank line, say in the docstring of {rule.__name__} why the fault matters"
    )


@each_rule
def test_a_page_shows_the_fault_and_the_text_without_it(rule: Rule):
    code, found = code_of(rule), examples(rule)
    assert ("Bad" in found) == (code not in WITHOUT_BAD), f"show the fault of {code} under `Bad:` in its docstring"
    assert ("Good" in found) == (code not in WITHOUT_GOOD), f"show {code} mended under `Good:` in its docstring"
    for title, example in found.items():
        assert f"{title}:\n\n```text\n{example}\n```\n" in page(rule)


def test_at_least_four_fifths_of_the_rules_have_a_cure():
    assert 5 * len(WITHOUT_GOOD) <= len(RULES)


@each_rule
def test_a_diagnostic_can_link_to_the_page_of_its_rule(rule: Rule):
    path = disk.rule_page(code_of(rule))
    assert path and path.read_text("utf-8").startswith(f"# {code_of(rule)}\n\n{first_sentence(rule)}\n")


def test_the_page_of_unknown_status_names_every_status():
    text = (FOLDER / "unknown-status.md").read_text("utf-8")
    for status in (*EMOJI_STATUSES, *WORD_STATUSES, *TASK_STATUSES.canonical):
        assert status in text, f"name {status} in the docstring of unknown_status, then run `make pages`"


def test_the_page_of_bad_setting_names_every_level_and_every_dialect():
    text = (FOLDER / "bad-setting.md").read_text("utf-8")
    assert all(name in text for name in (*LEVELS, *DIALECT_NAMES)), "name it in the docstring of bad_setting"
