"""Rules are asked where they may have something to say, and nowhere else."""

from __future__ import annotations

import re

import pytest

from mdtm.asking import asked, groups, only
from mdtm.document import Document
from mdtm.judge import judge
from mdtm.rules import RULES, Rule, code_of
from mdtm.schema import SCHEMAS
from mdtm.workspace import NO_FILES


def test_a_rule_without_a_mark_is_asked_about_every_kind_of_document():
    def rule() -> None: ...

    assert groups([rule], "session-log") == ((None, (rule,)),) == groups([rule], "settings")


def test_a_rule_is_asked_about_its_kinds_only():
    @only("task", "sprint")
    def rule() -> None: ...

    assert [bool(groups([rule], kind)) for kind in ("task", "task-bug", "sprint", "other")] == [True, True, True, False]


def test_rules_with_the_same_condition_are_asked_together():
    def never(*subject: object) -> bool:
        return False

    @only(when=never)
    def first() -> None: ...

    def second() -> None: ...

    @only("task", when=never)
    def third() -> None: ...

    assert groups([first, second, third], "task") == ((never, (first, third)), (None, (second,)))


@pytest.mark.parametrize("rule", RULES, ids=code_of)
def test_a_rule_names_kinds_that_there_are(rule: Rule):
    names = [schema.name for schema in SCHEMAS]
    assert [kind for kind in asked(rule).kinds if not any(name.startswith(kind) for name in names)] == []


@pytest.mark.parametrize("rule", RULES, ids=code_of)
def test_rules_about_what_is_kept_with_a_block_or_an_entry_name_no_kinds(rule: Rule):
    subject = str(next(iter(rule.__annotations__.values())))
    if re.search(r"\b(?:Reading|Entry|Suppressions)\b", subject):
        assert asked(rule).kinds == ("",), "a block is kept when the kind of its document changes; see CONTRIBUTING.md"
    if re.search(r"\b(?:Entry|Suppressions)\b", subject):
        assert asked(rule).when is None, "only rules that are asked about a whole part may have a condition"


def test_a_document_that_becomes_one_of_another_kind_is_asked_what_its_new_kind_is_asked():
    text = '+++\nid = "NOTE-slots"\ntitle = "Slots"\nstatus = "Actve"\ntype = "x"\n+++\n'
    note = Document.read("a.md", text)
    task = note.edited(note.frontmatter.fields[0].value.span, '"TASK-SLOTS-20250605-101500"')
    assert note.schema != task.schema
    again = Document.read("a.md", str(task.text))
    assert judge(task, NO_FILES) == judge(again, NO_FILES) != judge(note, NO_FILES)
