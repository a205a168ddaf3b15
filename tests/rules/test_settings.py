"""What the rules find in settings, in a file of their own and in `pyproject.toml`."""

from __future__ import annotations

import pytest

from mdtm.document import Document
from mdtm.judge import judge
from mdtm.rules import FAMILIES, FAMILY_OF
from mdtm.schema.settings import SETTINGS
from mdtm.settings import DIALECT_NAMES
from mdtm.workspace import Workspace
from tests.checks import check_fix, check_problems


def test_settings_that_have_no_effect_are_found():
    check_problems("""
        -- .mdtm.toml --
        colour = "red"
        ^^^^^^ unknown-setting: colour is no setting; there are actor, dialect, exclude, rules, allow
        dialect = "ruru"
                  ^^^^^^ bad-setting: ruru is no dialect; there are ruru-v7, ruru-v5, commander
        exclude = ["legacy/", 3, "!kept", "..\\\\x"]
                              ^ wrong-type: exclude holds strings, not an integer
                                 ^^^^^^^ bad-setting: this pattern means no file: a pattern cannot take back
                                          ^^^^^^^ bad-setting: this pattern means no file: folders are parted by /
        [rules]
        bad-time = "off"
        state = "hint"
        sate = "hint"
        ^^^^ unknown-setting: there is no rule sate; did you mean state?
        unknown-status = "Hint"
                         ^^^^^^ bad-setting: "Hint" is no level; there are off, hint, information, warning, error
        wrong-type = 3
                     ^ bad-setting: 3 is no level
        """)


def test_every_setting_may_have_a_wrong_type():
    check_problems("""
        -- .mdtm.toml --
        actor = 3
                ^ wrong-type: actor is a string, not an integer
        dialect = []
                  ^^ wrong-type: dialect is a string, not an array
        exclude = "legacy/"
                  ^^^^^^^^^ wrong-type: exclude is an array of strings, not a string
        rules = "off"
                ^^^^^ bad-setting: rules is a table with a level for each rule
        allow = "bad-time"
                ^^^^^^^^^^ bad-setting: allow is an array of tables: path, rules, reason
        """)


def test_each_table_that_allows_something_is_judged():
    check_problems("""
        -- .mdtm.toml --
        [[allow]]
        path = "old/**"
        rules = ["bad-time", "badtime", "hygiene"]
                             ^^^^^^^^^ unknown-setting: there is no rule badtime; did you mean bad-time?
        reason = "written before there was a form"
        [[allow]]
        ^^^^^^^^^ bad-setting: this allows nothing, for it has no rules
        path = 3
               ^ bad-setting: path is a string, not this integer
        colour = "red"
        ^^^^^^ unknown-setting: allow.colour is no setting of a table of allow; there are path, rules, reason
        reason = "old"
        [[allow]]
        ^^^^^^^^^ bad-setting: this allows nothing, for it has no path
        rules = "bad-time"
                ^^^^^^^^^^ bad-setting: rules is an array of the codes of rules
        reason = "old"
        """)
    check_problems("""
        -- .mdtm.toml --
        allow = [
            {path = "a.md", rules = ["bad-time"], reason = "old"},
            {rules = ["bad-tim"], reason = "old"},
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ bad-setting: this allows nothing, for it has no path
                      ^^^^^^^^^ unknown-setting: there is no rule bad-tim; did you mean bad-time?
            "bad-time",
            ^^^^^^^^^^ bad-setting: allow is an array of tables
        ]
        """)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('[rules]\nbad-time = "eror"\n', '[rules]\nbad-time = "error"\n'),
        ("[rules]\nbad-time = false\n", '[rules]\nbad-time = "off"\n'),
        ('[rules]\nBad_Time = "off"\n', '[rules]\nbad-time = "off"\n'),
        ('Actor = "dev-api"\n', 'actor = "dev-api"\n'),
        ('dialect = "Ruru_V5"\n', 'dialect = "ruru-v5"\n'),
        ('exclude = "legacy/"\n', 'exclude = ["legacy/"]\n'),
        (
            '[[allow]]\npath = "a.md"\nreason = "old"\nrules = "bad-time"\n',
            '[[allow]]\npath = "a.md"\nreason = "old"\nrules = ["bad-time"]\n',
        ),
        ('[rules]\nbad-time = "red"\n', '[rules]\nbad-time = "red"\n'),
        ('[rules]\nbad-tim = "off"\n', '[rules]\nbad-tim = "off"\n'),
    ],
)
def test_what_was_meant_is_written_when_it_is_certain(before: str, after: str):
    check_fix(f"-- .mdtm.toml --\n{before}", f"-- .mdtm.toml --\n{after}")


def test_what_was_meant_is_written_after_a_look_when_it_is_near():
    check_fix(
        '-- .mdtm.toml --\nexcludes = ["a\\\\b"]\n[rules]\nbad-tim = "off"\n',
        '-- .mdtm.toml --\nexclude = ["a/b"]\n[rules]\nbad-time = "off"\n',
        unsafe=True,
    )


def test_an_inlay_hint_that_is_none_is_found():
    check_problems("""
        -- .mdtm.toml --
        inlay_hints_off = ["days", "totl"]
                                   ^^^^^^ bad-setting: totl is no kind of inlay hint; there are elapsed, days, total
        """)


def test_settings_may_stand_in_an_inline_table_and_the_file_may_be_empty():
    check_problems('-- .mdtm.toml --\nrules = {bad-time = "off"}\n')
    check_problems("""
        -- .mdtm.toml --
        rules = {bad-tim = "off"}
                 ^^^^^^^ unknown-setting: there is no rule bad-tim
        """)
    check_problems("-- .mdtm.toml --\n# nothing yet\n")
    check_problems('-- .mdtm.toml --\nactor = ""\ndialect = ""\nexclude = []\nallow = []\nrules = {}\n')


def test_of_pyproject_only_our_table_is_judged():
    check_problems("""
        -- pyproject.toml --
        [project]
        name = no quotes
        name = "twice"
        colour = "red"

        [tool.mdtm]
        actor = dev-api
                ^^^^^^^ broken-toml: text must stand in quotes
        colour = "red"
        ^^^^^^ unknown-setting: colour is no setting

        [tool.other]
        colour = ["red"

        [tool.mdtm.rules]
        bad-time = "of"
                   ^^^^ bad-setting: "of" is no level
        bad-time = "off"
        ^^^^^^^^ duplicate-key: bad-time is given twice

        [tool.last]
        a = 🟢
        """)
    check_fix(
        '-- pyproject.toml --\n[a]\nb = c\n[tool.mdtm.rules]\nbad-time = "eror"\n',
        '-- pyproject.toml --\n[a]\nb = c\n[tool.mdtm.rules]\nbad-time = "error"\n',
    )


@pytest.mark.parametrize(
    "text",
    [
        '[tool.mdtm]\ncolour = "red"\n', '[tool]\nmdtm.colour = "red"\n', '[tool]\nmdtm = {colour = "red"}\n',
        'tool.mdtm.colour = "red"\n', '[ tool . "mdtm" ]\ncolour = "red"\n', '\ufeff[tool.mdtm]\r\ncolour = "red"',
    ],
)  # fmt: skip
def test_our_table_may_be_written_in_every_way_of_toml(text: str):
    document = Document.read("pyproject.toml", text)
    assert document.frontmatter.values == {"colour": "red"}
    assert [problem.code for problem in judge(document, Workspace())] == ["unknown-setting"]


@pytest.mark.parametrize(
    "text", ["", '[project]\ndependencies = ["mdtm"]\n', 'a = [\n"mdtm"', "mdtm", "[tool.mdtm-x]\n"]
)
def test_a_pyproject_without_our_table_is_no_document_of_ours(text: str):
    document = Document.read("pyproject.toml", text, bad_byte=0)
    assert document.schema is None
    assert judge(document, Workspace()) == []


def test_broken_toml_that_hides_our_table_is_told_once():
    check_problems("""
        -- pyproject.toml --
        [project]
        description = \"\"\"never closed

        [tool.mdtm]
        ^^^^^^^^^^^ broken-toml: nobody can read this table, for line 2 is no TOML
        actor = 3

        [project.readme]
        text = \"\"\"closed\"\"\"
        """)
    check_problems("""
        -- pyproject.toml --
        [project]
        description = \"\"\"
        [tool.mdtm]
        \"\"\"
        """)


def test_bytes_that_are_not_utf8_elsewhere_in_pyproject_are_not_our_business():
    document = Document.read("pyproject.toml", "[a]\nb = '\ufffd'\n[tool.mdtm]\n", bad_byte=9)
    assert document.schema is SETTINGS and judge(document, Workspace()) == []


def test_a_family_and_a_rule_never_have_the_same_name():
    assert not FAMILIES.keys() & FAMILY_OF.keys()


def test_the_table_of_settings_names_every_dialect():
    key = SETTINGS.key("dialect")
    assert key and key.values and key.values.canonical == DIALECT_NAMES
