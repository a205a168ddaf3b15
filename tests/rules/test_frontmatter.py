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


@pytest.mark.parametrize(
    ("line", "fixed"),
    [
        ('coordinator = "TASK-CMD-..."', 'coordinator = ""'),
        ('title = "[Goal Text]"', 'title = "Pick up slots"'),
        ('title = "<< Placeholder: to be set >>"', 'title = "Pick up slots"'),
        ('id = "SESSION-[SanitizedGoal]-[YYMMDDHHMM]"', 'id = "SESSION-Pick_up_slots-2506050301"'),
        ('related_tasks = ["TASK-[MODE]-[YYYYMMDD-HHMMSS]", "TASK-DEV-1"]', 'related_tasks = ["TASK-DEV-1"]'),
    ],
)
def test_a_placeholder_gives_way_to_what_is_known(line: str, fixed: str):
    assert codes_in(with_keys(line)) == ["placeholder-value"]
    check_cured(line, fixed, unsafe=True)


def test_the_id_that_the_folder_tells_replaces_a_placeholder_unasked():
    placeholder = 'id = "SESSION-[SanitizedGoal]-[YYMMDDHHMM]"'
    assert found_in(with_keys(placeholder)) == [("placeholder-value", Severity.ERROR, True)]
    check_cured(placeholder, 'id = "SESSION-Pick_up_slots-2506050301"')


@pytest.mark.parametrize(
    "title", ["[WIP] Slots", "Replace {{name}} in YYYY-MM-DD", "<<", "A < B and C > D", "Wait...", "x[0]"]
)
def test_brackets_and_dots_in_a_sentence_are_no_placeholder(title: str):
    check_log(f'title = "{title}"')


def test_a_template_has_placeholders_and_comments_as_it_should():
    template = with_keys('title = "[Goal Text]" # (String, Required) the goal').replace("Pick_up_slots-2506050301", "x")
    path = ".ruru/templates/sessions/x/session_log.md"
    assert set(codes_in(f"-- {path} --\n{template}")) <= {"id-mismatch", "id-shape"}


def test_a_placeholder_of_a_time_is_a_bad_time_alone():
    assert codes_in(with_keys('start_time = "YYYY-MM-DD HH:MM:SS"')) == ["bad-time"]


def test_the_comments_of_a_template_go_and_those_of_people_stay():
    check_cured(
        """
        # << OPTIONAL >>
        tags = [ # (Array of Strings, Optional) words
            # (Array of Strings, Optional) more words
            "a", # the first one (not optional)
        ]
        motto = "# (String, Required)" # Approximate
        """,
        """
        tags = [
            "a", # the first one (not optional)
        ]
        motto = "# (String, Required)" # Approximate
        """,
    )


def test_all_comments_of_a_template_are_one_finding():
    lines = 'tags = [] # (Array, Optional)\nmotto = "" # << REQUIRED >>'
    (problem,) = [problem for _, problem in problems_in(files_in(with_keys(lines)))]
    assert (problem.message, problem.unnecessary) == ("2 comments are left over from the template", True)


@pytest.mark.parametrize(
    ("written", "cured"),
    [
        ("ab\u202ecd", "abcd"),
        ("ab\\u200bcd", "abcd"),
        ("ab\\u0000cd", "abcd"),
        ("\ufeffab\u00ad\\u202ecd", "abcd"),
    ],
)
def test_what_nobody_sees_goes_also_where_it_is_written_as_an_escape(written: str, cured: str):
    check_cured(f'title = "{written}"', f'title = "{cured}"')


def test_the_joiners_of_emoji_and_escapes_of_what_is_seen_are_let_be():
    check_log('title = "\U0001f9d1\u200d\U0001f4bb \\u00e9 ⏸️"')


def test_fences_keep_their_line_ends_when_their_space_goes():
    sound = with_keys('tags = ["a"]').replace("\n", "\r\n")
    check_fix(sound.replace("+++\r\n", "+++ \t\r\n"), sound)
    assert codes_in(with_keys('tags = ["a"]').replace("+++\n", "+++ \n", 1)) == ["padded-fence"]


@pytest.mark.parametrize(
    ("created", "updated", "wrong"),
    [
        ("2025-06-05", "2025-06-05", False),
        ("2025-06-05", "2025-06-04", True),
        ("2025-06-05T10:00:00Z", "2025-06-05T09:00:00Z", False),
        ("2025-06-05T01:00:00+10:00", "2025-06-04T20:00:00Z", False),
        ("2025-06-05T01:00:00Z", "2025-06-04 20:00", False),
        ("2025-06-05T01:00:00Z", "2025-06-03 20:00", True),
        ("2025-06-05T01:00:00Z", "2025-06-04", True),
        ("2025-06-05", "", False),
        ("2025-06-05", "soon", False),
    ],
)
def test_dates_are_in_order_unless_a_day_lies_between_them(created: str, updated: str, wrong: bool):
    codes = codes_in(task(f'created_date = "{created}"\nupdated_date = "{updated}"'))
    assert ("date-order" in codes) is wrong


def test_a_task_is_not_due_before_it_was_made_nor_does_a_sprint_end_before_it_starts():
    assert found_in(task("created_date = 2025-06-05\ndue_date = 2025-05-06")) == [
        ("date-order", Severity.INFORMATION, None)
    ]
    sprint = 'id = "SPRINT-1"\ntitle = "One"\nstatus = "🟡 To Do"\nstart_date = "2025-06-09"\nend_date = "2025-06-02"'
    assert codes_in(f"-- .mdtm/sprints/SPRINT-1.md --\n+++\n{sprint}\n+++\n") == ["date-order"]


@pytest.mark.parametrize(
    ("start", "message"),
    [
        ("2025-06-05T03:05:59Z", ""),
        ("2025-06-05 10:00:00", ""),
        ("2025-06-05", ""),
        ("2025-06-05T03:01:00+07:00", ""),
        ("2025-06-04T20:01:00Z", "the folder's name has the time of UTC+07:00"),
        ("2025-06-05T06:31:10Z", "the folder's name has the time of UTC-03:30"),
        ("2025-06-05T03:18:00Z", "the folder's name has a time 17 minutes before start_time"),
        ("2025-06-02T01:18:00Z", "the folder's name has a time 3 days after start_time"),
    ],
)
def test_the_time_of_the_folder_is_held_against_the_start(start: str, message: str):
    found = [problem for _, problem in problems_in(files_in(with_keys(f'start_time = "{start}"')))]
    assert [problem.message.startswith(message) for problem in found] == ([True] if message else [])


def test_a_day_in_the_future_may_be_a_matter_of_zones():
    assert codes_in(task('created_date = "2025-06-11"\nupdated_date = "2025-06-11"\ndue_date = "2027-01-01"')) == []
    check_fix(
        task('created_date = "2062-06-05"\nupdated_date = "2062-06-06T10:00:00Z"'),
        task('created_date = "2025-06-05"\nupdated_date = "2025-06-10T00:00:00Z"'),
        unsafe=True,
    )


@pytest.mark.parametrize(
    "own_id",
    ["TASK-IM-101", "FEAT-MANUALTASK-0519-9K", "TASK-20250518T025100", "BUG-123", "TASK-MCP-ERRORS", "DOCS-FS-001"],
)
def test_the_ids_of_real_tasks_have_a_known_shape(own_id: str):
    check_problems(task(f'id = "{own_id}"', f".ruru/tasks/FEATURE_Slots/{own_id}.md"))


def test_an_id_that_is_a_sentence_is_none():
    assert found_in(task('id = "implement login"', ".ruru/tasks/x/login.md")) == [("id-shape", Severity.HINT, None)]
    spaced = ".roopm/sessions/SESSION-Refactor it-2505031709/session_log.md"
    keys = with_keys('id = "SESSION-Refactor it-2505031709"\nstart_time = "2025-05-03"')
    assert codes_in(f"-- {spaced} --\n{keys}") == ["id-shape"]
