"""TOML 1.0 section by section, and what becomes of text that is none: the fault, its cure, its neighbours."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

import pytest

from mdtm.document import Document
from mdtm.frontmatter import read_frontmatter
from mdtm.judge import judge
from mdtm.text import Text
from mdtm.workspace import NO_FILES
from tests.checks import check_fix, check_problems

PATH = "note.md"
MARK = re.compile(r"^ *\^+ [\w-]+: .*\n?", re.MULTILINE)
INF = float("inf")
ZONE = timezone(timedelta(hours=2))

VALID: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "nothing": [("", {}), ("\n \t\n", {})],
    "comment": [
        ("# a = 1\na = 2 # b = 3", {"a": 2}),
        ('a = "# no comment" # 🟢\tone', {"a": "# no comment"}),
        ("#\n#a\n\t# b", {}),
    ],
    "key/value pair": [("a=1", {"a": 1}), (" \ta \t=\t 1 \t", {"a": 1}), ('a = "1"\n\n\nb = 2', {"a": "1", "b": 2})],
    "bare key": [("a-b_C = 1\n1234 = 2\n- = 3\n_ = 4", {"a-b_C": 1, "1234": 2, "-": 3, "_": 4})],
    "quoted key": [
        ('"127.0.0.1" = 1\n"say \\"hi\\"" = 2', {"127.0.0.1": 1, 'say "hi"': 2}),
        ('\'C:\\new\' = 1\n"" = 2\n"é🟢" = 3', {"C:\\new": 1, "": 2, "é🟢": 3}),
    ],
    "dotted key": [
        ("a.b = 1\na.c.d = 2", {"a": {"b": 1, "c": {"d": 2}}}),
        ("a . \"b.c\" .\t'd' = 1", {"a": {"b.c": {"d": 1}}}),
        ("3.1415 = 'pi'", {"3": {"1415": "pi"}}),
        ("a.x = 1\nb.x = 2\na.y = 3", {"a": {"x": 1, "y": 3}, "b": {"x": 2}}),
    ],
    "basic string": [
        (r'a = "\b\t\n\f\r\"\\"', {"a": '\b\t\n\f\r"\\'}),
        (r'a = "\u00e9\U0001F7E2\u0000"', {"a": "é🟢\0"}),
        ('a = "tab\tin it, \'single\'"\nb = ""', {"a": "tab\tin it, 'single'", "b": ""}),
    ],
    "multi-line basic string": [
        ('a = """\none\n\ntwo"""', {"a": "one\n\ntwo"}),
        ('a = """one \\\n\n   two\\   \n"""', {"a": "one two"}),
        ('a = """"in" ""two"" \\""" """', {"a": '"in" ""two"" """ '}),
        ('a = """x"""""\nb = """"""', {"a": 'x""', "b": ""}),
        ('a = """\n[no]\ntable = 1 # none\n"""\nb = 2', {"a": "[no]\ntable = 1 # none\n", "b": 2}),
    ],
    "literal string": [(r"""a = 'C:\new "x"'""", {"a": r'C:\new "x"'}), ("a = ''", {"a": ""})],
    "multi-line literal string": [
        ("a = '''\none\\\n 'two' ''three''\n'''", {"a": "one\\\n 'two' ''three''\n"}),
        ("a = '''x'''''\nb = ''''''", {"a": "x''", "b": ""}),
    ],
    "integer": [
        ("a = +99\nb = -17\nc = 0\nd = -0\ne = +0", {"a": 99, "b": -17, "c": 0, "d": 0, "e": 0}),
        ("a = 1_000\nb = 5_3_4\nc = 9223372036854775807", {"a": 1000, "b": 534, "c": 2**63 - 1}),
        (
            "a = 0xDEAD_beef\nb = 0o755\nc = 0b1101_0110\nd = 0x0",
            {"a": 0xDEADBEEF, "b": 0o755, "c": 0b11010110, "d": 0},
        ),
    ],
    "float": [
        ("a = +1.0\nb = -0.01\nc = 3.1_4", {"a": 1.0, "b": -0.01, "c": 3.14}),
        ("a = 5e+22\nb = 1E06\nc = -2e-2\nd = 6.626e-34", {"a": 5e22, "b": 1e6, "c": -0.02, "d": 6.626e-34}),
        ("a = inf\nb = -inf\nc = +nan", {"a": INF, "b": -INF, "c": float("nan")}),
        ("a = -0.0\nb = 224_617.445_991", {"a": -0.0, "b": 224617.445991}),
    ],
    "boolean": [("a = true\nb = false", {"a": True, "b": False})],
    "offset date-time": [
        ("a = 2025-06-05T03:01:44Z", {"a": datetime(2025, 6, 5, 3, 1, 44, tzinfo=timezone.utc)}),
        ("a = 2025-06-05 03:01:44.5+02:00", {"a": datetime(2025, 6, 5, 3, 1, 44, 500_000, ZONE)}),
        ("a = 2025-06-05t03:01:44z", {"a": datetime(2025, 6, 5, 3, 1, 44, tzinfo=timezone.utc)}),
    ],
    "local date-time": [
        ("a = 2025-06-05T03:01:44", {"a": datetime(2025, 6, 5, 3, 1, 44)}),
        ("a = 2024-02-29 23:59:59.123456789 # cut", {"a": datetime(2024, 2, 29, 23, 59, 59, 123456)}),
    ],
    "local date": [("a = 2025-06-05\nb = [ 2000-02-29 ]", {"a": date(2025, 6, 5), "b": [date(2000, 2, 29)]})],
    "local time": [("a = 07:30:00\nb = 00:32:00.25", {"a": time(7, 30), "b": time(0, 32, 0, 250_000)})],
    "array": [
        ("a = []\nb = [ 1, 2, ]\nc = [[1, 2], ['x']]", {"a": [], "b": [1, 2], "c": [[1, 2], ["x"]]}),
        ("a = [ # none\n  1, # one\n\n  2 # two\n  , 'c]'\n]", {"a": [1, 2, "c]"]}),
        ('a = [1, 2.5, "x", true, {b = 1}]', {"a": [1, 2.5, "x", True, {"b": 1}]}),
        ("a = [\"\"\"\none\"\"\", '''two''']", {"a": ["one", "two"]}),
    ],
    "table": [
        ("[a]\nx = 1\n[b]\nx = 2", {"a": {"x": 1}, "b": {"x": 2}}),
        ("[ a . 'b c' ] # here\nx = 1", {"a": {"b c": {"x": 1}}}),
        ("[a.b]\nx = 1\n[a]\ny = 2", {"a": {"b": {"x": 1}, "y": 2}}),
        ("x = 1\n[a]\n[b]", {"x": 1, "a": {}, "b": {}}),
        ("[a]\nb.c = 1\n[a.d]\nx = 2", {"a": {"b": {"c": 1}, "d": {"x": 2}}}),
    ],
    "inline table": [
        ("a = {}\nb = { x = 1, y.z = 'two' }", {"a": {}, "b": {"x": 1, "y": {"z": "two"}}}),
        ("a = {b = {c = {d = 1}}}", {"a": {"b": {"c": {"d": 1}}}}),
        ("a = {b = [\n  1,\n  2\n]}", {"a": {"b": [1, 2]}}),
    ],
    "array of tables": [
        ("[[a]]\nx = 1\n[[a]]\n[[a]]\nx = 3", {"a": [{"x": 1}, {}, {"x": 3}]}),
        ("[[a]]\n[a.b]\nx = 1\n[[a]]\n[a.b]\nx = 2", {"a": [{"b": {"x": 1}}, {"b": {"x": 2}}]}),
        ("[[a]]\n[[a.b]]\nx = 1\n[[a.b]]\nx = 2", {"a": [{"b": [{"x": 1}, {"x": 2}]}]}),
    ],
}
SECTIONS = [(section, toml, values) for section, found in VALID.items() for toml, values in found]


def values_in(toml: str) -> Mapping[str, Any]:
    return read_frontmatter(Text.of(f"+++\n{toml}\n+++\n")).values


@pytest.mark.parametrize(("toml", "values"), [case[1:] for case in SECTIONS], ids=[case[0] for case in SECTIONS])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_what_toml_allows_has_its_value_and_no_problem(toml: str, values: dict[str, Any], line_end: str):
    document = Document.read(PATH, f"+++\n{toml}\n+++\n".replace("\n", line_end))
    found_codes = {problem.code for problem in judge(document, NO_FILES)}
    assert found_codes <= {"hidden-character"}, "what TOML allows may still be what no value should have"
    found = repr(document.frontmatter.values).replace(r"\r\n", r"\n")
    assert found == repr(values), "repr tells 1 from true, and finds nan equal"


def check_broken(marked: str, after: str | None = None) -> None:
    """Checks the marked faults of some lines, that the lines around them are read, and what safe fixing leaves."""
    marked = textwrap.dedent(marked).strip("\n")
    broken = MARK.sub("", marked + "\n").removesuffix("\n")
    check_problems(f"-- {PATH} --\n+++\nfirst = 1\n{marked}\nlast = 2\n+++\n")
    fields = Document.read(PATH, f"+++\nfirst = 1\n{broken}\nlast = 2\n+++\n").frontmatter.fields
    given = {field.path[-1]: field.value.data for field in fields}
    assert (given.get("first"), given.get("last")) == (1, 2)
    after = broken if after is None else textwrap.dedent(after).strip("\n")
    before = f"-- {PATH} --\n+++\nfirst = 1\n{broken}\nlast = 2\n+++\n"
    check_fix(before, before.replace(broken, after))


def test_comments_hold_no_control_characters():
    check_broken("# bell \x07\n       ^ broken-toml: the character U+0007 may not stand here", "# bell ")
    check_broken("a = 1 # \x7f\n        ^ broken-toml: the character U+007F may not stand here", "a = 1 # ")
    check_broken("a = [ # \x00\n        ^ broken-toml: the character U+0000\n1]", "a = [ # \n1]")


def test_a_key_has_one_value_on_its_line():
    check_broken("""
        a = 1 b = 2, c = "x" # three
              ^ broken-toml: each key stands on a line of its own
                     ^ broken-toml: each key stands on a line of its own
        d = = 4
            ^^^ broken-toml: one = is enough
        e = 5,
             ^ broken-toml: no , stands after a value
        f = 6;
             ^ broken-toml: no ; stands after a value
        """, """
        a = 1
        b = 2
        c = "x" # three
        d = 4
        e = 5
        f = 6
        """)  # fmt: skip


def test_a_key_without_a_value_is_not_filled_unasked():
    check_broken("""
        a =
        ^^^ broken-toml: a has no value
        b = # later
        ^^^ broken-toml: b has no value
        """)


def test_a_bare_key_has_only_plain_letters():
    check_broken("""
        é = 1
        ^ broken-toml: a key of other characters than A-Z, a-z, 0-9, - and _ must stand in quotes
        """, """
        "é" = 1
        """)  # fmt: skip
    check_broken("""
        start time = "x"
        ^^^^^^^^^^ broken-toml: a key of other characters
        = 1
        ^^^ broken-toml: this line is no key, no table and no comment
        """)


@pytest.mark.parametrize("line", ['"a = 1', "a. = 1", ".a = 1", "a..b = 1", '"""a""" = 1', "'a' b = 1"])
def test_what_only_looks_like_a_key_stays_as_it_is(line: str):
    check_broken(f"{line}\n{'^' * len(line)} broken-toml: this line is no key, no table and no comment")


def test_no_key_is_given_twice():
    check_broken("""
        a = "x"
        a = "x"
        ^ duplicate-key: a is given twice
        b = 1
        "b" = 2
        ^^^ duplicate-key: b is given twice
        c = 1
        c.d = 2
        ^^^ duplicate-key: c.d cannot be added to here
        """, """
        a = "x"
        b = 1
        "b" = 2
        c = 1
        c.d = 2
        """)  # fmt: skip


def test_a_basic_string_has_known_escapes_and_its_closing_quote():
    check_broken(r"""
        a = "C:\slots"
               ^^ broken-toml: \s is no escape; a backslash itself is written \\
        b = "\u12 \uD800 \U00110000"
             ^^ broken-toml: \u is no escape
                  ^^ broken-toml: \u is no escape
                         ^^ broken-toml: \U is no escape
        c = "no end
            ^^^^^^^ broken-toml: the string has no closing quote
        """, r"""
        a = "C:\\slots"
        b = "\\u12 \\uD800 \\U00110000"
        c = "no end"
        """)  # fmt: skip
    text = 'a = "\x07"\n     ^ broken-toml: the character U+0007 may not stand in a string'
    check_broken(text, 'a = ""')  # as a character of TOML first, which is then one that nobody sees


def test_a_string_without_its_end_is_closed_unasked_only_when_the_end_is_plain():
    check_broken("""
        a = "slots # or not
            ^^^^^^^^^^^^^^^ broken-toml: the string has no closing quote
        b = 'slots "or" not
            ^^^^^^^^^^^^^^^ broken-toml: the string has no closing quote
        """, """
        a = "slots # or not
        b = 'slots "or" not'
        """)  # fmt: skip


def test_quotes_within_a_string_are_escaped():
    check_broken("""
        a = "where root=".core", type"
            ^^^^^^^^^^^^^^^^^^^^^^^^^^ broken-toml: a quote inside the string is not escaped
        b = 'it's'
            ^^^^^^ broken-toml: a string in single quotes holds no single quote
        """, r"""
        a = "where root=\".core\", type"
        b = "it's"
        """)  # fmt: skip
    check_broken("""
        a = "one" "two"
                  ^^^^^ broken-toml: nothing but a comment may follow a value
        b = "one"two
                 ^^^ broken-toml: nothing but a comment may follow a value
        """)


def test_a_multi_line_string_that_is_never_closed_ends_before_the_next_key():
    check_broken('''
        a = """one
            ^^^^^^ broken-toml: the string has no closing """
          two

        b = 1
        ''', '''
        a = """one
          two"""

        b = 1
        ''')  # fmt: skip
    check_broken("a = '''one\n    ^^^^^^ broken-toml: the string has no closing '''\nb = 1", "a = '''one'''\nb = 1")


def test_integers_have_no_leading_zeros_and_floats_a_digit_on_both_sides():
    check_broken("""
        a = 012
            ^^^ broken-toml: 012 is no number, date or time of TOML; as text it must stand in quotes
        b = 1__0
            ^^^^ broken-toml: 1__0 is no number
        c = 0xfg
            ^^^^ broken-toml: 0xfg is no number
        d = .5
            ^^ broken-toml: a number has digits before and after its point, like 0.5
        e = -3.
            ^^^ broken-toml: a number has digits before and after its point, like -3.0
        f = 1e
            ^^ broken-toml: 1e is no number
        g = 2 kg
              ^^ broken-toml: nothing but a comment may follow a value
        """, """
        a = "012"
        b = "1__0"
        c = "0xfg"
        d = 0.5
        e = -3.0
        f = "1e"
        g = 2 # kg
        """)  # fmt: skip


def test_booleans_are_small_and_nothing_is_an_empty_string():
    check_broken("""
        a = True
            ^^^^ broken-toml: True is written in small letters
        b = [FALSE]
             ^^^^^ broken-toml: FALSE is written in small letters
        c = null # none
            ^^^^ broken-toml: TOML has no null; an empty string says that there is nothing
        d = yes
            ^^^ broken-toml: text must stand in quotes
        """, """
        a = true
        b = [false]
        c = "" # none
        d = "yes"
        """)  # fmt: skip


def test_dates_and_times_exist():
    check_broken("""
        a = 2025-02-30
            ^^^^^^^^^^ broken-toml: 2025-02-30 is no date that exists
        b = 25:00:00
            ^^^^^^^^ broken-toml: 25:00:00 is no time that exists
        c = 2025-06-05T10:00:00+25:00
            ^^^^^^^^^^^^^^^^^^^^^^^^^ broken-toml: 2025-06-05T10:00:00+25:00 is no datetime that exists
        d = 2025-06-05 10:00
            ^^^^^^^^^^^^^^^^ broken-toml: 2025-06-05 10:00 is no number, date or time of TOML
        e = 07:30
            ^^^^^ broken-toml: 07:30 is no number, date or time of TOML
        """, """
        a = "2025-02-30"
        b = "25:00:00"
        c = "2025-06-05T10:00:00+25:00"
        d = "2025-06-05 10:00"
        e = "07:30"
        """)  # fmt: skip


def test_items_of_an_array_stand_between_commas():
    check_broken("""
        a = ["log" "github"]
             ^^^^^ broken-toml: a comma is missing after this item
        b = ["log", "github"
                    ^^^^^^^^ broken-toml: a comma is missing after this item
            "artifacts/docs/DOC-slots-2506050320.md",
        ]
        c = [1,, 2]
               ^ broken-toml: an item is missing before this comma
        d = [, slots, pick up]
             ^ broken-toml: an item is missing before this comma
               ^^^^^ broken-toml: text must stand in quotes
                      ^^^^^^^ broken-toml: text must stand in quotes
        """, """
        a = ["log", "github"]
        b = ["log", "github",
            "artifacts/docs/DOC-slots-2506050320.md",
        ]
        c = [1, 2]
        d = [ "slots", "pick up"]
        """)  # fmt: skip


def test_an_array_that_is_never_closed_ends_before_the_next_key():
    check_broken("""
        a = ["log", "github"
            ^ broken-toml: the array has no closing bracket
        b = [
            ^ broken-toml: the array has no closing bracket
            "one", # first
            "two"

        c = [[1, 2]
            ^ broken-toml: the array has no closing bracket
        d = ["no end
            ^ broken-toml: the array has no closing bracket
             ^^^^^^^ broken-toml: the string has no closing quote
        """, """
        a = ["log", "github"]
        b = [
            "one", # first
            "two"
        ]

        c = [[1, 2]]
        d = ["no end"]
        """)  # fmt: skip


def test_a_quote_that_is_missing_inside_an_array_is_left_to_a_person():
    check_broken("""
        a = ["log, "github"]
             ^^^^^^^^^^^^^^ broken-toml: a quote is missing, or one inside the text is not escaped
        """)


def test_brackets_may_not_lie_in_each_other_without_end():
    frontmatter = read_frontmatter(Text.of(f"+++\na = {'[' * 5000}\nb = 1\n+++\n"))
    assert [fault.message for fault in frontmatter.faults] == ["there are more than 100 levels of brackets"]
    assert frontmatter.values == {"a": None, "b": 1}


def test_a_table_has_a_name_in_brackets():
    check_broken("""
        [a
        ^^ broken-toml: a table is opened with [name]
        x = 1
        [[b]
        ^^^^ broken-toml: a table is opened with [[name]]
        [c] x = 1
            ^^^^^ broken-toml: nothing but a comment may follow a table's name
        [d] slots
            ^^^^^ broken-toml: nothing but a comment may follow a table's name
        """, """
        [a]
        x = 1
        [[b]]
        [c]
        x = 1
        [d] # slots
        """)  # fmt: skip
    check_broken("[]\n^^ broken-toml: a table is opened with [name]")
    check_broken("[a b]\n^^^^^ broken-toml: a table is opened with [name]")


def test_no_table_is_defined_twice():
    check_broken("""
        [a]
        [a]
         ^ duplicate-key: a is defined twice
        [[a]]
          ^ duplicate-key: a is defined already, and not as an array of tables
        [b]
        x = {}
        y.z = 1
        [b.x]
         ^^^ duplicate-key: b.x is defined twice
        [b.x.deep]
         ^^^^^^^^ duplicate-key: b.x.deep is a value and has no tables in it
        [b.y]
         ^^^ duplicate-key: b.y is defined twice
        [[c]]
        [c]
         ^ duplicate-key: c is defined twice
        """)


def test_an_inline_table_stands_on_one_line_between_braces():
    check_broken("""
        a = {x = 1, y = 2,}
                         ^ broken-toml: an inline table ends without a comma
        b = {x = 1 y = 2}
             ^^^^^ broken-toml: a comma is missing after this key
        c = {
            ^ broken-toml: an inline table must stand on one line
          x = 1,
          y = 2
        }
        d = {x = 1, y = [2
            ^ broken-toml: the inline table has no closing brace
                        ^ broken-toml: the array has no closing bracket
        e = {x = 1, x = 2}
                    ^ duplicate-key: x is given twice
        f = {x}
             ^ broken-toml: a key, = and a value must stand here
        """, """
        a = {x = 1, y = 2}
        b = {x = 1, y = 2}
        c = { x = 1, y = 2 }
        d = {x = 1, y = [2]}
        e = {x = 1, x = 2}
        f = {x}
        """)  # fmt: skip


def test_a_brace_of_a_later_line_closes_no_table():
    check_broken("""
        a = {x = 1
            ^ broken-toml: the inline table has no closing brace
        b = {y = 2}
        """, """
        a = {x = 1}
        b = {y = 2}
        """)  # fmt: skip


def test_habits_of_other_languages_are_cured():
    check_broken("""
        coordinator = "TASK-CMD-1"  // not known yet
                                    ^^^^^^^^^^^^^^^^ broken-toml: a comment begins with #, not with //
        +language = "en" # chosen
        ^^^^^^^^^^^^^^^^^^^^^^^^^ broken-toml: a + of a diff was left at the line's start
        title: Pick up slots # soon
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^ broken-toml: TOML writes key = value, not key: value
        tags: ["a", "b"]
        ^^^^^^^^^^^^^^^^ broken-toml: TOML writes key = value, not key: value
        hours: 3
        ^^^^^^^^ broken-toml: TOML writes key = value, not key: value
        goal = “Pick up”
               ^^^^^^^^^ broken-toml: text must stand in quotes
        place = Hall 7 # ground floor
                ^^^^^^ broken-toml: text must stand in quotes
        """, """
        coordinator = "TASK-CMD-1"  # not known yet
        language = "en" # chosen
        title = "Pick up slots" # soon
        tags = ["a", "b"]
        hours = 3
        goal = "Pick up"
        place = "Hall 7" # ground floor
        """)  # fmt: skip


def test_prose_between_the_keys_is_one_problem_and_becomes_comments():
    check_broken("""
        > **Not ready:** slots are missing
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ broken-toml: these lines are no key, no table and no comment

        Ask the hall.
        """, """
        # > **Not ready:** slots are missing

        # Ask the hall.
        """)  # fmt: skip


def check_fences(marked: str, after: str) -> None:
    """Checks the faults of a whole file, that its two keys are read all the same, and what fixing makes of it."""
    marked, after = textwrap.dedent(marked.lstrip("\n")), textwrap.dedent(after.lstrip("\n"))
    check_problems(f"-- {PATH} --\n{marked}")
    check_repair(MARK.sub("", marked), after)


def check_repair(broken: str, after: str) -> None:
    document = Document.read(PATH, broken)
    assert document.frontmatter.values == {"id": "NOTE-1", "title": "Slots 🟢"}
    check_fix(f"-- {PATH} --\n{broken}", f"-- {PATH} --\n{after}")


SOUND = '+++\nid = "NOTE-1"\ntitle = "Slots 🟢"\n+++\n\n# Slots\n'


def test_the_opening_fence_may_be_missing():
    check_fences("""
        # --- Metadata ---
        id = "NOTE-1"
        ^^^^^^^^^^^^^ missing-opening-fence: the frontmatter does not begin with a line +++
        title = "Slots 🟢"
        +++

        # Slots
        """, SOUND.replace("+++\n", "+++\n# --- Metadata ---\n", 1))  # fmt: skip


def test_the_closing_fence_may_be_missing():
    check_fences("""
        +++
        ^^^ missing-closing-fence: the frontmatter does not end with a line +++
        id = "NOTE-1"
        title = "Slots 🟢"

        # Slots
        """, SOUND)  # fmt: skip


def test_both_fences_may_be_missing():
    check_fences("""
        id = "NOTE-1"
        ^^^ missing-closing-fence: the frontmatter does not end with a line +++
        ^^^^^^^^^^^^^ missing-opening-fence: the frontmatter does not begin with a line +++
        title = "Slots 🟢"

        # Slots
        """, SOUND)  # fmt: skip


def test_everything_may_stand_on_one_line():
    check_fences("""
        +++ id = "NOTE-1" title = "Slots 🟢" +++ # Slots
        ^^^ missing-opening-fence: +++ stands alone on its line
                          ^^^^^ broken-toml: each key stands on a line of its own
        """, SOUND.replace("\n\n", "\n"))  # fmt: skip


def test_a_fence_stands_alone_on_the_first_line():
    check_fences("""
        +++ // metadata
            ^^^^^^^^^^^ missing-opening-fence: +++ stands alone on its line
        id = "NOTE-1"
        title = "Slots 🟢"
        +++

        # Slots
        """, SOUND.replace("+++\n", "+++\n# metadata\n", 1))  # fmt: skip
    check_fences("""

        +++id = "NOTE-1"
           ^^^^^^^^^^^^^ missing-opening-fence: +++ stands alone on its line
        title = "Slots 🟢"
        +++

        # Slots
        """, SOUND)  # fmt: skip
    check_repair("\n \n" + SOUND, SOUND)


def test_spaces_around_a_fence_and_further_ones_in_the_body_do_no_harm():
    rest = "\n```\n+++\nid = 1\n+++\n```\n"
    text = SOUND.replace("+++\n", "+++ \t\n") + rest
    check_repair(text, SOUND + rest)
    assert {problem.code for problem in judge(Document.read(PATH, text), NO_FILES)} == {"padded-fence"}


@pytest.mark.parametrize(
    "text", ["\ufeff" + SOUND, SOUND.replace("\n", "\r\n"), SOUND.replace("\n", "\r\n", 2), SOUND[:-9]]
)
def test_a_byte_order_mark_and_any_line_end_are_sound(text: str):
    check_repair(text, text)
    found = {problem.code for problem in judge(Document.read(PATH, text), NO_FILES)}
    assert found == ({"mixed-line-ends"} if "\r" in text and re.search("[^\r]\n", text) else set())


def test_a_fix_keeps_the_byte_order_mark_and_the_line_ends():
    windows = "\ufeff" + SOUND.replace("\n", "\r\n")
    check_repair(windows.replace("+++\r\n", "", 1), windows)
    check_repair(windows.replace('\r\ntitle = "', '   title = "'), windows)


def test_a_lone_carriage_return_ends_no_line_of_toml():
    check_repair(SOUND.replace('1"\n', '1"\r'), SOUND)


def test_mixed_line_ends_are_kept():
    mixed = '+++\r\nid = "NOTE-1" title = "Slots 🟢" // soon\n+++\r\n'
    check_repair(mixed, mixed.replace('1" ', '1"\r\n').replace("//", "#"))


def test_yaml_between_dashes_is_read_with_its_places():
    text = '---\nid: NOTE-1\ntitle: "Slots 🟢" # soon\n---\n'
    check_repair(text, text)
    fields = Document.read(PATH, text).frontmatter.fields
    assert [text[field.value.span.start : field.value.span.end] for field in fields] == ["NOTE-1", '"Slots 🟢"']


def test_broken_yaml_is_one_problem_where_it_breaks():
    check_problems("""
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        ---
        ^^^ yaml-frontmatter: the frontmatter of a session log is TOML between +++ lines, not YAML
        id: SESSION-Slots-2506050301
        tags: [a, b
        title: Slots
             ^ broken-yaml: the YAML cannot be read:
        ---
        """)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("++\nn = 1\n++\n\n# T\n", "+++\nn = 1\n+++\n\n# T\n"),
        ("---\nn = 1\n---\n\n# T\n", "+++\nn = 1\n+++\n\n# T\n"),
        ("---\nn = 1\n+++\n\n# T\n", "+++\nn = 1\n+++\n\n# T\n"),
        ("+++\nn = 1\n---\n\n# T\n", "+++\nn = 1\n+++\n\n# T\n"),
        ("++++\nn = 1\n\n# T\n", "+++\nn = 1\n+++\n\n# T\n"),
        ('+++id = "x" b = 2+++\n\n# T\n', '+++\nid = "x"\nb = 2\n+++\n\n# T\n'),
        ('+++\nn = "x"\nb = 2\nc = [1]+++\n\n# T\n', '+++\nn = "x"\nb = 2\nc = [1]\n+++\n\n# T\n'),
        ('+++ id = "x" +++ # T\n', '+++\nid = "x"\n+++\n# T\n'),
    ],
)
def test_what_was_meant_for_a_fence_becomes_one(before: str, after: str):
    check_fix(f"-- {PATH} --\n{before}", f"-- {PATH} --\n{after}")


def test_text_before_the_frontmatter_moves_behind_it_on_request():
    before, after = "# T\n\n+++\nn = 1\n+++\n\ntext\n", "+++\nn = 1\n+++\n\n# T\n\ntext\n"
    check_fix(f"-- {PATH} --\n{before}", f"-- {PATH} --\n{before}")
    check_fix(f"-- {PATH} --\n{before}", f"-- {PATH} --\n{after}", unsafe=True)


def test_an_indented_fence_closes_only_when_no_other_does():
    assert values_in('s = """\n +++\n"""') == {"s": " +++\n"}
    assert read_frontmatter(Text.of("+++\n  a = 1\n  +++\n\n# T\n")).faults == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('tags = ("a", "b")', 'tags = ["a", "b"]'),
        ("coordinator = 'roo\"", 'coordinator = "roo"'),
        ('title  "T"', 'title = "T"'),
        ("x => 1", "x = 1"),
        ("p = 1,234", "p = 1234"),
    ],
)
def test_what_is_meant_is_written(before: str, after: str):
    check_fix(f"-- {PATH} --\n+++\n{before}\n+++\n", f"-- {PATH} --\n+++\n{after}\n+++\n")


@pytest.mark.parametrize(
    "text", ["tags:\n  - a\n  - b", 'x = "a\nb"', 'tags = "a", "b"', "x = {{id}}", 'v = "a" + "b"']
)
def test_what_is_uncertain_is_left_alone(text: str):
    check_fix(f"-- {PATH} --\n+++\n{text}\n+++\n", f"-- {PATH} --\n+++\n{text}\n+++\n")


def test_of_two_values_for_a_key_the_last_can_be_kept():
    before, after = "a = 1 # x\nb = 2\na = 3\n", "b = 2\na = 3\n"
    check_fix(f"-- {PATH} --\n+++\n{before}+++\n", f"-- {PATH} --\n+++\n{before}+++\n")
    check_fix(f"-- {PATH} --\n+++\n{before}+++\n", f"-- {PATH} --\n+++\n{after}+++\n", unsafe=True)
