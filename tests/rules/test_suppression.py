"""Comments that allow a fault: what they are for, and what is wrong with them."""

from __future__ import annotations

from collections import Counter

import pytest

from mdtm.allowing import WHY
from mdtm.document import Document
from mdtm.judge import allowance, judge
from mdtm.pages import examples
from mdtm.problem import Problem
from mdtm.rules import RULES, Rule, code_of
from mdtm.settings import DEFAULTS, Allowance, Settings
from mdtm.suppression import ONLY_IN_SETTINGS
from mdtm.workspace import Workspace
from tests.checks import as_text, check_fix, check_problems, codes_in, files_in, problems_in, with_keys, workspace_of

LOG = """\
+++
id = "SESSION-Pick_up_slots-2506050301"
title = "Pick up slots"
status = "🟢 Active"
start_time = "2025-06-05T03:01:00Z"
coordinator = "dev-api"
+++

# Pick up slots

## Log Entries

"""
EARLIER = "- [2025-06-05T03:20:00Z] `dev-api`: Slots are ten minutes long."
LATER = "- [2025-06-05T04:20:00Z] `dev-api`: The user wants slots."
ALLOWED = "<!-- mdtm: allow out-of-order: written down later -->"


def codes(*entries: str) -> list[str]:
    return codes_in(LOG + "\n".join(entries) + "\n")


# Which faults a comment is for


def test_a_comment_in_toml_is_for_its_line_or_for_the_next():
    assert codes_in(with_keys('status = "🟢 Actve" # mdtm: allow unknown-status: an old tool')) == []
    assert codes_in(with_keys('# mdtm: allow unknown-status: an old tool\n\n# more\nstatus = "🟢 Actve"')) == []
    assert codes_in(with_keys('status = "🟢 Actve"\n# mdtm: allow unknown-status: an old tool')) == [
        "unknown-status",
        "unused-suppression",
    ]


def test_a_comment_in_markdown_is_for_its_line_or_for_the_next():
    assert codes(LATER, EARLIER) == ["out-of-order"]
    assert codes(LATER, f"{EARLIER} {ALLOWED}") == []
    assert codes(LATER, ALLOWED, EARLIER) == []
    assert codes(LATER, ALLOWED, "", "<!-- more -->", "<!--", "of it", "-->", EARLIER) == []
    assert codes(f"{LATER} {ALLOWED}", EARLIER) == ["unused-suppression", "out-of-order"]
    assert codes(LATER, EARLIER, ALLOWED) == ["out-of-order", "unused-suppression"]


@pytest.mark.parametrize(
    "comment", ["# mdtm: allow-file out-of-order: imported", "#mdtm:allow-file out-of-order:imported"]
)
def test_a_comment_for_the_file_may_stand_in_the_frontmatter(comment: str):
    assert codes_in(LOG.replace("\nstatus", f"\n{comment}\nstatus") + f"{LATER}\n{EARLIER}\n") == []


def test_a_comment_for_the_file_may_stand_at_the_end():
    assert codes(LATER, EARLIER, ALLOWED.replace("allow", "allow-file", 1)) == []


def test_one_comment_may_name_several_rules_and_several_comments_one_line():
    both = "<!-- mdtm: allow out-of-order, bad-time: the clock was wrong -->"
    wrong = "- [2025-02-31T03:20:00Z] `dev-api`: Slots are ten minutes long."
    assert codes(wrong) == ["bad-time"]
    assert codes(LATER, both.replace("out-of-order, ", ""), wrong) == []
    assert codes(LATER, both.replace(", ", " "), wrong) == ["unused-suppression"]
    assert codes(LATER, ALLOWED, both, EARLIER) == ["unused-suppression"]


def test_what_only_looks_like_a_comment_is_none():
    assert codes(LATER, f"`{ALLOWED}`", EARLIER) == ["out-of-order"]
    assert codes(LATER, "```", ALLOWED, "```", EARLIER) == ["out-of-order"]
    assert codes(LATER, "<!--", ALLOWED[:-4], "-->", EARLIER) == ["out-of-order"]
    assert codes(LATER, "#### mdtm: allow out-of-order: this is a heading", EARLIER) == ["out-of-order"]
    assert codes_in(with_keys('title = "a # mdtm: allow unknown-status: b"\nstatus = "🟢 Actve"')) == ["unknown-status"]
    assert codes_in(with_keys('goal = """\n# mdtm: allow unknown-status: b"""\nstatus = "🟢 Actve"')) == [
        "unknown-status"
    ]
    assert codes(LATER + " <!-- mdtm: see the README -->") == []


def test_in_a_state_file_nothing_is_a_comment():
    assert codes_in("""-- .workflow/active/WFS-menu/workflow-session.json --
{
  "session_id": "WFS-menu",
  "note": "# mdtm: allow-file unknown-status: why not",
  "status": "waiting"
}
""") == ["unknown-status"]


def test_a_comment_above_a_block_of_code_is_for_the_whole_block():
    marker = "üü¢ Done"
    assert codes(LATER, "```", "a", marker, "```") == ["mojibake"]
    comment = "<!-- mdtm: allow mojibake: an example -->"
    assert codes(LATER, comment, "```", "a", marker, "```") == []
    assert codes(LATER, comment, "```", "a", "```", marker) == ["unused-suppression", "mojibake"]


def test_a_comment_far_from_the_next_line_still_finds_it():
    gap = ["<!-- nothing -->"] * 300
    assert codes(LATER, ALLOWED, *gap, EARLIER) == []
    assert codes(LATER, *gap, "-", ALLOWED, EARLIER) == []


def test_a_comment_in_the_settings_is_for_them_and_of_pyproject_only_our_table_counts():
    check_problems('-- .mdtm.toml --\n[rules]\nbad-tim = "off" # mdtm: allow unknown-setting: of the next version\n')
    check_problems("""
        -- pyproject.toml --
        # mdtm: allow-file unknown-setting: not our table
        [tool.mdtm]
        colour = 1
        ^^^^^^ unknown-setting: colour is no setting
        # mdtm: allow unknown-setting: of the next version
        shape = 1
        [tool.other] # mdtm: allow wrong-type: not our table
        """)


def test_lines_may_end_with_carriage_returns_and_the_last_may_be_unfinished():
    text = (LOG + f"{LATER}\n{ALLOWED}\n{EARLIER}").replace("\n", "\r\n")
    assert codes_in(text) == []
    check_fix((LOG + f"{LATER}\n{ALLOWED}").replace("\n", "\r\n"), (LOG + f"{LATER}\n").replace("\n", "\r\n"))


def test_typing_keeps_what_the_comments_of_other_blocks_allow():
    text = LOG + "\n".join([LATER, ALLOWED, EARLIER, *["words"] * 400]) + "\n"
    document = Document.read(*next(iter(files_in(text).items())))
    workspace = workspace_of(files_in(text))
    assert judge(document, workspace) == []
    at = len(text) - 3
    document = document.edited(Document.read("a.md", text).text.line_span(0)._replace(start=at, end=at), "🟢")
    assert judge(document, workspace) == []
    at = text.index(" out-of-order:")
    document = document.edited(Document.read("a.md", text).text.line_span(0)._replace(start=at, end=at), "-")
    assert [problem.code for problem in judge(document, workspace)] == ["out-of-order"]


# What is wrong with comments


def test_a_comment_that_has_no_effect_says_so():
    check_problems("""
        +++
        id = "SESSION-Pick_up_slots-2506050301"
        title = "Pick up slots"
        status = "🟢 Active" # mdtm: ignore unknown-status
                                    ^^^^^^ unknown-suppression: ignore is no word of mdtm
        start_time = "2025-06-05T03:01:00Z" # mdtm: allow: nothing
                                                    ^^^^^ unknown-suppression: this names no rule
        coordinator = "dev-api" # mdtm: allow broken-toml, bad-tim: it is so
                                              ^^^^^^^^^^^ unknown-suppression: broken-toml is allowed in the settings only
                                                           ^^^^^^^ unknown-suppression: there is no rule bad-tim
        +++

        ## Log Entries

        <!-- mdtm: allow bad-time: it is so -->
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unused-suppression: there is no bad-time here
        <!-- mdtm: allow-file out-of-order: it is so -->
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unused-suppression: there is no out-of-order in this file
        """)


@pytest.mark.parametrize("reason", ["", ":", ": ", f": {WHY}", ": TODO"])
def test_a_fault_is_allowed_for_a_reason(reason: str):
    assert codes_in(with_keys(f'status = "🟢 Actve" # mdtm: allow unknown-status{reason}')) == [
        "suppression-without-reason"
    ]


def test_the_settings_too_say_why_they_allow_something():
    check_problems("""
        -- .mdtm.toml --
        allow = [{path = "a.md", rules = ["bad-time"]}, {path = "b.md", rules = ["bad-time"], reason = "why"}]
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ suppression-without-reason: say why
                                                                                                       ^^^^^ suppression-without-reason: say why
        """)


def test_what_cannot_be_read_is_not_allowed_by_a_comment():
    assert codes_in(with_keys("# mdtm: allow broken-toml: it is so\ntags = [a]")) == [
        "unknown-suppression",
        "broken-toml",
    ]


def test_a_comment_is_not_unused_while_something_cannot_be_read():
    assert codes_in(with_keys('tags = [a]\nstatus = "🟢 Active" # mdtm: allow unknown-status: an old tool')) == [
        "broken-toml"
    ]


def test_a_comment_is_not_unused_when_its_rule_is_off_or_could_not_be_judged():
    sound = with_keys('status = "🟢 Active" # mdtm: allow unknown-status: an old tool')
    for off in ("unknown-status", "state", "unused-suppression", "settings"):
        assert problems_in(files_in(sound), Settings(rules={off: "off"})) == []
    path, text = next(iter(files_in(LOG + f"{LATER} {ALLOWED}\n").items()))
    assert judge(Document.read(path, text), Workspace()) == []
    assert [one.code for one in judge(Document.read(path, text), workspace_of({path: text}))] == ["unused-suppression"]


def test_what_is_unused_is_removed_and_nothing_else():
    check_fix(with_keys("# mdtm: allow bad-time: why not\ntags = []"), with_keys("tags = []"))
    check_fix(with_keys("tags = []  # mdtm: allow bad-time: why not\n# b"), with_keys("tags = []\n# b"))
    check_fix(LOG + f"{LATER} {ALLOWED}  \n", LOG + f"{LATER}  \n")
    check_fix(LOG + f"a {ALLOWED} b\n", LOG + "a b\n")
    check_fix(LOG + f"{ALLOWED} b\n", LOG + "b\n")
    three = "# mdtm: allow bad-time, unknown-status, wrong-type: an old tool"
    check_fix(
        with_keys(f'{three}\nstatus = "🟢 Actve"'),
        with_keys('# mdtm: allow unknown-status: an old tool\nstatus = "🟢 Actve"'),
    )
    check_fix(with_keys(f"{three}\ntags = []"), with_keys("tags = []"))


# Suppression by settings


def test_the_settings_allow_rules_and_families_in_some_files():
    text = with_keys('status = "🟢 Actve"')
    for name in ("unknown-status", "state"):
        for path in ("**/session_log.md", ".ruru/"):
            assert problems_in(files_in(text), Settings(allow=(Allowance(path, (name,), "old"),))) == []
    other = Settings(allow=(Allowance("*.txt", ("state",)), Allowance("**", ("bad-time",))))
    assert [problem.code for _, problem in problems_in(files_in(text), other)] == ["unknown-status"]


def test_what_cannot_be_read_is_allowed_in_the_settings():
    text = with_keys("tags = [a]")
    assert problems_in(files_in(text), Settings(allow=(Allowance("**", ("syntax",)),))) == []


# The comment that an editor writes


def allowed(files: dict[str, str], document: Document, problem: Problem) -> Document | None:
    """A document with the comment that allows a problem."""
    workspace = workspace_of(files)
    insertion = allowance(document, workspace, DEFAULTS, judge(document, workspace), problem)
    return document.edited(*insertion.edit("seen")) if insertion else None


@pytest.mark.parametrize("rule", [rule for rule in RULES if "Bad" in examples(rule)], ids=code_of)
def test_the_fault_of_every_example_can_be_allowed_by_a_comment_or_by_none(rule: Rule):
    files = files_in(as_text(examples(rule)["Bad"]))
    for document, problem in problems_in(files):
        after = allowed(files, document, problem)
        if after is None:
            assert problem.code in ONLY_IN_SETTINGS or document.path.endswith(".json"), problem.code
            continue
        before, left = (Counter(one.code for one in judge(text, workspace_of(files))) for text in (document, after))
        assert left == before - Counter([problem.code]), str(after.text)


def shown(text: str) -> str:
    files = files_in(text)
    (document, problem), *_ = problems_in(files)
    after = allowed(files, document, problem)
    return str(after.text) if after else ""


def test_the_comment_stands_where_it_disturbs_nobody():
    above = '    # mdtm: allow dangling-artifact: seen\n    "artifacts/a.md",\n'
    assert above in shown(with_keys('related_artifacts = [\n    "artifacts/a.md",\n]'))
    assert shown(LOG + f"{LATER}\n{EARLIER}") == (LOG + f"{LATER}\n<!-- mdtm: allow out-of-order: seen -->\n{EARLIER}")
    assert f"{LATER}\n<!-- mdtm: allow mojibake: seen -->\n```\na\n" in shown(LOG + f"{LATER}\n```\na\nüü¢ Done\n```\n")
    assert shown('-- a.md --\n+++\nid = "a"\ntags = [a]\n+++\n') == ""
    assert shown(with_keys('related_tasks = []\nid = ""').replace('title = "Pick up slots"\n', "")).startswith(
        "+++\n# mdtm: allow-file missing-field: seen\n"
    )
    crlf = shown(with_keys('status = "🟢 Actve"').replace("\n", "\r\n"))
    assert "# mdtm: allow unknown-status: seen\r\nstatus" in crlf
