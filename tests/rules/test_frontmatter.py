"""The rules of the keys and their values, on what their pages do not show."""

from __future__ import annotations

import re
import textwrap

import pytest

from mdtm.problem import Severity
from tests.checks import (
    SESSION_FOLDER,
    SESSION_PATH,
    check_fix,
    check_problems,
    codes_in,
    files_in,
    problems_in,
    with_keys,
)

TASK = ".ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md"
MDTM_TASK = ".mdtm/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md"
WORKFLOW = ".workflow/WFS-menu/workflow-session.json"


def check_log(lines: str) -> None:
    """Checks the marked problems of some lines in the frontmatter of a session log that is sound otherwise."""
    check_problems(with_keys(textwrap.dedent(lines).strip("\n")))


def check_cured(before: str, after: str, unsafe: bool = False) -> None:
    """Checks what fixing makes of some lines in the frontmatter of a session log."""
    check_fix(with_keys(textwrap.dedent(before).strip("\n")), with_keys(textwrap.dedent(after).strip("\n")), unsafe)


def task(lines: str, path: str = TASK) -> str:
    """A sound task with some more lines."""
    keys = {"id": '"TASK-DEV-20250605-101500"', "title": '"Slots"', "status": '"🟡 To Do"', "type": '"🌟 Feature"'}
    lines = textwrap.dedent(lines).strip("\n")
    others = "".join(f"{key} = {value}\n" for key, value in keys.items() if not re.search(rf"^{key} =", lines, re.M))
    return f"-- {path} --\n+++\n{others}{lines}\n+++\n"


def found_in(text: str) -> list[tuple[str, Severity, bool | None]]:
    """For each problem its code, how bad it is, and whether its fix is safe; None where there is no fix."""
    problems = [problem for _, problem in problems_in(files_in(text))]
    return [(problem.code, problem.severity, problem.fix.safe if problem.fix else None) for problem in problems]


def test_an_old_key_beside_the_new_one_goes_only_when_both_say_the_same():
    check_cured(
        'coordinator = "dev-api"\ncoordinator_mode = "dev-api"  # as in V5', 'coordinator = "dev-api"', unsafe=True
    )
    check_cured(
        'coordinator = "dev-api"\ncoordinator_mode = "dev-api"', 'coordinator = "dev-api"\ncoordinator_mode = "dev-api"'
    )
    check_log("""
        coordinator_mode = "dev-web"
        ^^^^^^^^^^^^^^^^ deprecated-key: coordinator_mode is the old name of coordinator, which stands here too and says something else
        coordinator = "dev-api"
        """)


def test_the_session_id_of_a_task_and_of_a_workflow_session_is_no_old_key():
    check_problems(task('session_id = "SESSION-Slots-2506050301"'))
    check_problems(f'-- {WORKFLOW} --\n{{"session_id": "WFS-menu", "status": "active"}}\n')


@pytest.mark.parametrize(
    ("path", "priority", "severity", "safe", "right"),
    [
        (TASK, "🟠 High", Severity.WARNING, True, "🔼 High"),
        (TASK, "▶ Medium", Severity.HINT, True, "▶️ Medium"),
        (TASK, "🔼️ High", Severity.HINT, True, "🔼 High"),
        (TASK, "high", Severity.HINT, True, "🔼 High"),
        (TASK, "Critical", Severity.HINT, False, "🔥 Highest"),
        (TASK, "🔥 Critical", Severity.HINT, True, "🔥 Highest"),
        (TASK, "Normal", Severity.HINT, False, "▶️ Medium"),
        (MDTM_TASK, "High", Severity.HINT, True, "high"),
        (MDTM_TASK, "🟠 High", Severity.WARNING, True, "high"),
        (MDTM_TASK, "Urgent", Severity.HINT, False, "critical"),
    ],
)
def test_a_priority_in_a_spelling_of_its_own_is_spelled_as_in_its_system(
    path: str, priority: str, severity: Severity, safe: bool, right: str
):
    assert found_in(task(f'priority = "{priority}"', path)) == [("unknown-priority", severity, safe)]
    check_fix(task(f'priority = "{priority}"', path), task(f'priority = "{right}"', path), unsafe=True)


@pytest.mark.parametrize("priority", ["🔥 Highest", "🧊 Lowest", "critical", ""])
def test_both_systems_of_priorities_are_known_in_mdtm_tasks(priority: str):
    check_problems(task(f'priority = "{priority}"', MDTM_TASK))


def test_a_priority_that_nobody_knows_is_a_hint_without_a_fix():
    assert found_in(task('priority = "P1"')) == [("unknown-priority", Severity.HINT, None)]
    assert found_in("+++\npriority = 'High'\nid = 'DOC-1'\n+++\n".join(["-- docs/a.md --\n", ""])) == []


@pytest.mark.parametrize(
    ("kind", "severity", "safe"),
    [
        ("🔧 Chore", Severity.INFORMATION, True),
        ("chore", Severity.HINT, False),
        ("🗺 Epic/Overview", Severity.HINT, True),
    ],
)
def test_a_known_type_has_its_sign(kind: str, severity: Severity, safe: bool):
    assert found_in(task(f'type = "{kind}"')) == [("unknown-type", severity, safe)]


@pytest.mark.parametrize("kind", ["🛠️ Task", "🌟 Feature Enhancement", "♻️ Refactor", "📖 Docs", "analysis"])
def test_other_types_are_the_workspace_s_own(kind: str):
    check_problems(task(f'type = "{kind}"'))


def test_a_bare_type_is_right_in_the_mdtm_convention():
    check_problems(task('type = "documentation"', MDTM_TASK))


def test_the_phase_of_a_workflow_session_is_one_of_three():
    state = '{{"session_id": "WFS-menu", "status": "active", "current_phase": "{}"}}\n'
    check_fix(f"-- {WORKFLOW} --\n{state.format('Planning')}", f"-- {WORKFLOW} --\n{state.format('PLAN')}")
    assert found_in(f"-- {WORKFLOW} --\n{state.format('verify')}") == [("unknown-value", Severity.HINT, None)]


def test_only_the_space_around_a_value_is_taken_out():
    check_cured("title = '  Pick  up\t'", "title = 'Pick  up'")
    check_cured('tags = [" a\\"b", "c"]', 'tags = ["a\\"b", "c"]')
    check_cured('title = "\\tPick"', 'title = "Pick"')
    check_cured('status = " 🟢 Active"', 'status = "🟢 Active"')
    check_cured('id = "SESSION-Pick_up_slots-2506050301 "', 'id = "SESSION-Pick_up_slots-2506050301"')


def test_space_in_text_over_several_lines_in_unknown_keys_and_before_a_stray_quote_is_let_be():
    check_log('title = """\nPick\nup\n"""\nmotto = " onwards "')
    assert codes_in(with_keys('title = "Write the "Bread points" page"')) == ["broken-toml"]


def test_an_item_that_is_there_twice_goes_with_its_line():
    check_cured(
        'tags = [\n  "a", # first\n  "b",\n  "a",\n  "b",\n]',
        'tags = [\n  "a", # first\n  "b",\n]',
    )
    check_log("""
        related_tasks = [
            "TASK-1",
            "TASK-1 ",
            ^^^^^^^^^ duplicate-item: TASK-1 stands in related_tasks twice
            ^^^^^^^^^ padded-value: there is space around the value of related_tasks
        ]
        """)


def test_the_same_file_under_two_spellings_is_there_twice():
    check_problems("""
        -- docs/a.md --
        +++
        id = "DOC-1"
        tags = ["./a/b", "a/b"]
                         ^^^^^ duplicate-item: a/b stands in tags twice
        +++
        """)


def test_empty_items_are_no_duplicates_of_each_other():
    check_cured('tags = ["", "a", " ", ""]', 'tags = ["a"]')
    assert codes_in(with_keys('tags = ["", ""]')) == ["empty-item", "empty-item"]


def test_a_path_among_the_tags_is_moved_to_a_list_that_is_made_for_it():
    path = "artifacts/CONFIRM-prefs-20250505.md"
    there = f"-- {SESSION_FOLDER}/{path} --\nYes.\n"
    before, after = f'tags = ["log", "{path}"]', f'related_artifacts = ["{path}"]\ntags = ["log"]'
    check_fix(
        f"-- {SESSION_PATH} --\n{with_keys(before)}{there}",
        f"-- {SESSION_PATH} --\n{with_keys(after)}{there}",
        unsafe=True,
    )


@pytest.mark.parametrize("tag", ["v7.1", "ui/ux", "node.js", "next/js", "TASK-DEV-20250605-101500", "README.md"])
def test_a_tag_with_a_dot_or_a_slash_is_no_path(tag: str):
    check_log(f'tags = ["{tag}"]')
