"""The artifacts of a session: on its list and on disk, and how a list is mended in the style that it has."""

from __future__ import annotations

import textwrap

import pytest

from tests.checks import (
    SESSION_FOLDER,
    SESSION_PATH,
    check_fix,
    check_problems,
    codes_in,
    with_keys,
)

ADDED = [
    ("[]", '["b.md"]'),
    ('["a.md"]', '["a.md", "b.md"]'),
    ("[ 'a.md' ]", "[ 'a.md', \"b.md\" ]"),
    ('[ "a.md", ]', '[ "a.md", "b.md" ]'),
    ("[\n]", '[\n    "b.md",\n]'),
    ("[ # (Array of Strings)\n]", '[ # (Array of Strings)\n    "b.md",\n]'),
    ('[\n  "a.md",\n]', '[\n  "a.md",\n  "b.md",\n]'),
    ('[\n\t"a.md", # one, of more ]\n]', '[\n\t"a.md", # one, of more ]\n\t"b.md",\n]'),
    ('[\n    "a.md" # one\n]', '[\n    "a.md", # one\n    "b.md",\n]'),
    ('[\n    "a.md",\n    # more to come\n  ]', '[\n    "a.md",\n    # more to come\n    "b.md",\n  ]'),
    ('[ "a.md"\n]', '[ "a.md",\n    "b.md",\n]'),
    ('[\n  "a.md" ]', '[\n  "a.md", "b.md" ]'),
    ('["a.md"\n, ]', '["a.md"\n, "b.md" ]'),
]
REMOVED = [
    ('["b.md"]', "[]"),
    ('[ "b.md", ]', "[ ]"),
    ('["b.md", "a.md"]', '["a.md"]'),
    ('["a.md", "b.md"]', '["a.md"]'),
    ('["a.md", "b.md",]', '["a.md",]'),
    ('[ "a.md", "b.md", "https://a.org" ]', '[ "a.md", "https://a.org" ]'),
    ('[\n  "b.md",\n]', "[\n]"),
    ('[\n  "a.md",\n  "b.md"\n]', '[\n  "a.md",\n]'),
    ('[\n  "b.md", # two\n  "a.md",\n]', '[\n  # two\n  "a.md",\n]'),
    ('[\n  "a.md", # one\n  "b.md" # two\n]', '[\n  "a.md", # one\n   # two\n]'),
    ('[\n  "a.md", "b.md",\n  "https://a.org",\n]', '[\n  "a.md",\n  "https://a.org",\n]'),
    ('[\n  # about\n  "b.md",\n  # next\n  "a.md",\n]', '[\n  # about\n  # next\n  "a.md",\n]'),
    ('["a.md"\n, "b.md"\n, "https://a.org"]', '["a.md"\n, "https://a.org"]'),
    ('["a.md", # one\n "b.md"]', '["a.md", # one\n ]'),
]


def workspace(listed: str, *files: str, line_end: str = "\n") -> str:
    """A log with a list of artifacts, and the files that there are."""
    log = with_keys(f"related_artifacts = {listed}\ntags = []").replace("\n", line_end)
    others = "".join(f"-- {SESSION_FOLDER}/{name} --\n" for name in files)
    return f"-- {SESSION_PATH} --\n{log}{others}"


def in_folder(listed: str) -> str:
    return listed.replace("a.md", "artifacts/a.md").replace("b.md", "artifacts/b.md")


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(("before", "after"), ADDED)
def test_a_file_is_added_to_the_list_in_its_style(before: str, after: str, line_end: str):
    files = ["artifacts/a.md", "artifacts/b.md"] if "a.md" in before else ["artifacts/b.md"]
    check_fix(workspace(in_folder(before), *files, line_end=line_end), workspace(in_folder(after), line_end=line_end))


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(("before", "after"), REMOVED)
def test_a_file_that_is_gone_is_taken_off_the_list_on_request(before: str, after: str, line_end: str):
    broken = workspace(in_folder(before), "artifacts/a.md", line_end=line_end)
    if "a.md" in before:
        check_fix(broken, broken)
        check_fix(broken, workspace(in_folder(after), line_end=line_end), unsafe=True)
    else:
        broken = broken.replace("artifacts/a.md", "notes.txt")
        check_fix(broken, workspace(after, line_end=line_end), unsafe=True)


def test_several_files_are_added_in_order_and_a_missing_list_is_made_where_it_belongs():
    files = [f"artifacts/{name}.md" for name in "cab"]
    listed = ", ".join(f'"{name}"' for name in sorted(files))
    check_fix(workspace("[]", *files), workspace(f"[{listed}]"))
    made = workspace(f"[{listed}]").replace("related_artifacts", 'related_tasks = ["TASK-1"]\nrelated_artifacts')
    check_fix(workspace("[]", *files).replace("related_artifacts = []", 'related_tasks = ["TASK-1"]'), made)


def test_problems_stand_where_the_file_is_named():
    check_problems(f"""
        -- {SESSION_PATH} --
        +++
        id = "SESSION-Pick_up_slots-2506050301"
        title = "Pick up slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:00Z"
        coordinator = "dev-api"
        related_artifacts = ["artifacts/gone.md", "./artifacts/notes"]
        ^^^^^^^^^^^^^^^^^ unlisted-artifact: artifacts/silent.txt is not in related_artifacts
                             ^^^^^^^^^^^^^^^^^^^ dangling-artifact: there is no file artifacts/gone.md
        +++

        ## Log Entries

        - [2025-06-05T03:02:00Z] 🟢 Created `artifacts/made.md`
                                            ^^^^^^^^^^^^^^^^^ unlisted-artifact: artifacts/made.md is not in related_artifacts
        -- {SESSION_FOLDER}/artifacts/silent.txt --
        -- {SESSION_FOLDER}/artifacts/made.md --
        -- {SESSION_FOLDER}/artifacts/notes/README.md --
        """)


@pytest.mark.parametrize("name", ["artifacts/notes/README.md", "artifacts/.gitkeep", "notes/x.md", "plan.md"])
def test_what_is_no_artifact_need_not_be_on_the_list(name: str):
    assert codes_in(workspace("[]", name)) == []


def test_an_address_is_not_looked_for():
    assert "dangling-artifact" not in codes_in(workspace('["https://example.org/a.md"]', "artifacts/README.md"))


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("../tasks/TASK-1.md", "escaping-path"), ("/etc/hosts", "absolute-path"), ("C:/a.md", "absolute-path"),
        ("artifacts/../../a.md", "escaping-path"), (".ruru/tasks/TASK-1.md", "wrong-base-path"),
    ],
)  # fmt: skip
def test_a_path_that_leads_out_of_the_folder_is_no_artifact(path: str, code: str):
    assert codes_in(workspace(f'["{path}"]', "artifacts/README.md")) == [code]


def test_names_compare_after_unicode_normalisation():
    listed = '["artifacts/Cafe\u0301.md"]'
    assert codes_in(workspace(listed, "artifacts/Caf\u00e9.md")) == []


def test_a_list_with_a_wrong_folder_gets_the_right_one_on_request():
    broken = workspace('["b.md"]', "artifacts/docs/b.md")
    assert codes_in(broken) == ["dangling-artifact"]
    check_fix(broken, workspace('["artifacts/docs/b.md"]'), unsafe=True)


def test_the_later_convention_has_its_folders_beside_the_log():
    log = textwrap.dedent("""
        -- .mdtm/sessions/SESSION-Slots-20250605-030144/session_log.md --
        +++
        id = "SESSION-Slots-20250605-030144"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        related_artifacts = ["notes/NOTE-slots.md"]
        +++
        """)
    note = "-- .mdtm/sessions/SESSION-Slots-20250605-030144/notes/NOTE-slots.md --\n"
    check_problems(log + note)
    check_fix(log.replace('["notes/NOTE-slots.md"]', "[]") + note, log)


def test_a_broken_list_is_mended_first_and_then_filled():
    check_fix(
        workspace('["artifacts/a.md"', "artifacts/a.md", "artifacts/b.md"), workspace(in_folder('["a.md", "b.md"]'))
    )
