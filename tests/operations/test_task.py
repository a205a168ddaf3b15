"""Tasks are made, shown and listed."""

from __future__ import annotations

import pytest

from mdtm.disk import read_template
from mdtm.files import Memory
from mdtm.occasion import Occasion
from mdtm.operations.task import create
from mdtm.plan import Refused
from mdtm.schema.tasks import TASK_TYPES
from mdtm.tasks import prefix_of
from tests.doing import START, Desk

LOG = ".ruru/sessions/…/session_log.md"


def started(goal: str = "Pick up slots", dialect: str = "ruru-v7") -> Desk:
    desk = Desk()
    desk.do(f'start "{goal}" --dialect {dialect}')
    return desk


def test_a_task_made_in_a_session_and_the_session_name_each_other():
    desk = started()
    outcome = desk.do('task create "Move the token store" --type chore --to dev-api')
    session = desk.text(LOG).partition('id = "')[2].partition('"')[0]
    path = ".ruru/tasks/CHORE_Pick_up_slots/TASK-API-20260605-090100.md"
    assert outcome.data["path"] == path and outcome.data["session"] == session
    task = desk.text(path)
    assert 'id = "TASK-API-20260605-090100"\ntitle = "Move the token store"\nstatus = "🟡 To Do"\n' in task
    assert 'created_date = "2026-06-05T09:01:00Z"\nupdated_date = "2026-06-05T09:01:00Z"\n' in task
    assert f'assigned_to = "dev-api"\ncoordinator = "dev-api"\nsession_id = "{session}"\n' in task
    log = desk.text(LOG)
    assert 'related_tasks = ["TASK-API-20260605-090100"]' in log
    assert log.endswith(
        "- [2026-06-05T09:01:00Z] `dev-api`: Delegated `TASK-API-20260605-090100` to `dev-api`: Move the token store\n"
    )
    assert desk.problems() == []


def test_a_task_for_nobody_is_named_for_its_type_and_delegated_to_nobody():
    desk = started()
    desk.do('task create "What does the cache cost?" --type spike')
    log = desk.text(LOG)
    assert "`dev-api`: Task `TASK-SPIKE-20260605-090100` created: What does the cache cost?\n" in log
    assert "Delegated" not in log
    assert desk.problems() == []


def test_without_a_session_a_task_has_no_links_and_its_folder_is_named_for_its_title():
    desk = Desk()
    desk.do('task create "Log in with a key"')
    task = desk.text(".ruru/tasks/FEATURE_Log_in_with_a_key/TASK-FEATURE-20260605-090000.md")
    assert 'session_id = ""\n' in task
    assert len(desk.files.texts) == 1
    assert desk.problems() == []


@pytest.mark.parametrize("kind", TASK_TYPES)
def test_each_type_has_its_template(kind: str):
    desk = started()
    outcome = desk.do(f'task create "Wipe the \\"old\\" \\\\ slots 🧹" --type {kind}')
    text = desk.text(str(outcome.data["path"]))
    assert f'type = "{TASK_TYPES[kind]}"\n' in text
    assert 'title = "Wipe the \\"old\\" \\\\ slots 🧹"\n' in text and '\n# Wipe the "old" \\ slots 🧹\n' in text
    assert desk.problems() == []


@pytest.mark.parametrize(
    ("dialect", "root"),
    [
        ("ruru-v5", ".ruru"), ("ruru-v7", ".ruru"), ("commander", ".roo/commander"), ("mdtm", ".mdtm"),
        ("orchestration", ".mdtm"), ("workflow", ".workflow"),
    ],
)  # fmt: skip
def test_a_task_lies_in_the_system_of_its_session(dialect: str, root: str):
    desk = started(dialect=dialect)
    outcome = desk.do('task create "Draw the plan" --to lead-design --folder AREA_UI')
    assert outcome.data["path"] == f"{root}/tasks/AREA_UI/TASK-DESIGN-20260605-090100.md"
    home = ".workflow" if dialect == "workflow" else f"{root}/sessions"
    assert 'related_tasks = ["TASK-DESIGN-20260605-090100"]' in desk.text(f"{home}/…/session_log.md")
    assert desk.problems() == []


def test_without_a_session_a_task_lies_where_tasks_and_sessions_lie_already():
    desk = Desk({".mdtm/tasks/AREA_UI/TASK-UI-20250605-101500.md": "+++\n+++\n"})
    assert str(desk.do('task create "Draw"').data["path"]).startswith(".mdtm/tasks/")
    desk = started(dialect="commander")
    desk.do("pause")
    assert str(desk.do('task create "Draw"').data["path"]).startswith(".roo/commander/tasks/")


@pytest.mark.parametrize(
    ("assignee", "prefix"),
    [
        ("dev-api", "API"), ("dev-core-web", "CORE-WEB"), ("roo-commander", "CMD"), ("🤖 AI:react-specialist", "REACT-SPECIALIST"),
        ("🧑‍💻 User:JaneDoe", "JANEDOE"), ("test", "TEST"), ("dev-", "DEV"), ("🧑‍💻", ""), ("测试", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_prefix_of_an_id_tells_who_does_the_task(assignee: str, prefix: str):
    assert prefix_of(assignee) == prefix


def test_an_assignee_without_a_letter_for_an_id_leaves_the_type():
    desk = Desk()
    assert desk.do('task create "Draw" --to 测试').data["task"] == "TASK-FEATURE-20260605-090000"


def test_two_tasks_of_one_second_have_two_ids():
    desk = Desk()
    first = desk.do('task create "Draw" --to dev-api --folder A')
    desk.now = desk.now.replace(minute=0)
    second = desk.do('task create "Paint" --to dev-api --folder B')
    assert second.data["task"] == f"{first.data['task']}-2"
    assert desk.problems() == []


def test_a_part_lies_beside_the_whole_and_names_it():
    desk = started()
    whole = desk.do('task create "The house" --folder AREA_House').data["task"]
    part = desk.do(f'task create "The roof" --parent {whole} --depends-on {whole} --priority high --tag wood --tag sky')
    text = desk.text(str(part.data["path"]))
    assert str(part.data["path"]).startswith(".ruru/tasks/AREA_House/")
    assert f'parent_task_id = "{whole}"\ndepends_on = ["{whole}"]\n' in text
    assert 'priority = "🔼 High"\n' in text and 'tags = ["feature", "wood", "sky"]\n' in text
    assert desk.problems() == []


WHOLE = """\
+++
id = "TASK-API-20250605-101500"
title = "The house"
status = "🔵 In Progress"
type = "🌟 Feature"
updated_date = "2025-06-05"  # by hand
subtasks = [
    "TASK-API-20250605-101501", # walls
]
+++
"""


def test_a_whole_that_lists_its_parts_lists_a_new_one_too():
    path = ".ruru/tasks/A/TASK-API-20250605-101500.md"
    desk = Desk({path: WHOLE.replace("\n", "\r\n")})
    desk.do('task create "The roof" --parent TASK-API-20250605-101500')
    wanted = WHOLE.replace('2025-06-05"  #', '2026-06-05"  #').replace(
        "# walls\n", '# walls\n    "TASK-FEATURE-20260605-090000",\n'
    )
    assert desk.text(path) == wanted.replace("\n", "\r\n")


def test_a_whole_or_a_condition_that_does_not_exist_is_refused_with_the_nearest():
    desk = Desk({".ruru/tasks/A/TASK-API-20250605-101500.md": WHOLE})
    for option in ("parent", "depends-on"):
        message = desk.refused(f'task create "The roof" --{option} TASK-API-20250605-101600')
        assert message.endswith("did you mean TASK-API-20250605-101500?")
    assert len(desk.files.texts) == 1


def test_a_whole_with_broken_frontmatter_that_would_have_to_list_the_part_is_refused():
    desk = Desk({".ruru/tasks/A/TASK-API-20250605-101500.md": WHOLE.replace("walls\n]", "walls\n")})
    assert "is broken, line 7: " in desk.refused('task create "The roof" --parent TASK-API-20250605-101500')


@pytest.mark.parametrize("title", ["", "  ", "...", "🟢", "\n"])
def test_a_title_that_says_nothing_is_refused(title: str):
    assert "say what is to be done" in Desk().refused(f'task create "{title}"')


def test_a_title_in_another_script_has_a_folder_without_it():
    desk = Desk()
    assert desk.do('task create "修复登录"').data["path"] == ".ruru/tasks/FEATURE/TASK-FEATURE-20260605-090000.md"
    assert desk.problems() == []


def test_a_title_over_several_lines_becomes_one():
    desk = Desk()
    outcome = desk.do('task create "Move\n\tthe store\x01now"')
    assert 'title = "Move the store now"\n' in desk.text(str(outcome.data["path"]))
    assert desk.problems() == []


@pytest.mark.parametrize("folder", ["../../etc", "/etc", "A/../../B", "C:", "a\\b", ".", "A//B", "A/ "])
def test_a_folder_outside_that_for_tasks_is_refused(folder: str):
    assert "is no folder in .ruru/tasks" in Desk().refused(f"task create Draw --folder '{folder}'")


def test_a_folder_may_be_given_from_the_root_and_lie_in_another():
    for folder in ("TEST/FEATURE_Auth", ".ruru/tasks/TEST/FEATURE_Auth/"):
        outcome = Desk().do(f"task create Draw --folder {folder}")
        assert outcome.data["path"] == ".ruru/tasks/TEST/FEATURE_Auth/TASK-FEATURE-20260605-090000.md"


@pytest.mark.parametrize("wrong", [{"kind": "epic"}, {"priority": "now"}])
def test_a_type_or_a_priority_that_there_is_not_is_refused_in_the_editor_too(wrong: dict[str, str]):
    at = Occasion(Memory({}), START, "dev-api", read_template)
    with pytest.raises(Refused, match=r"there is no (type epic|priority now); there are "):
        create(at, "Draw", **wrong)


def test_a_session_whose_list_of_tasks_is_broken_gets_no_task():
    desk = started()
    path = desk.path(LOG)
    desk.files.texts[path] = desk.text(path).replace("related_tasks = []", 'related_tasks = ["a')
    before = dict(desk.files.texts)
    assert "related_tasks cannot be read in" in desk.refused('task create "Draw"')
    assert desk.files.texts == before


def test_a_session_that_is_named_is_linked_and_one_that_does_not_exist_is_refused():
    desk = started()
    first = desk.text(LOG).partition('id = "')[2].partition('"')[0]
    desk.do('start "Something else"')
    outcome = desk.do(f'task create "Draw" --session {first}')
    assert outcome.data["session"] == first
    assert 'related_tasks = ["TASK-FEATURE' in desk.text(f".ruru/sessions/{first}/session_log.md")
    assert "did you mean" in desk.refused('task create "Draw" --session SESSION-Pick_up_slots-1')


TASKS = """
    -- .ruru/tasks/A/TASK-API-20250605-101500.md --
    +++
    id = "TASK-API-20250605-101500"
    title = "The house 🏠"
    status = "🟢 Done"
    type = "🌟 Feature"
    +++
    - [x] Walls
    -- .ruru/tasks/A/TASK-API-20250605-101500-2.md --
    +++
    id = "TASK-API-20250605-101500-2"
    title = "The roof"
    status = "🟡 In Progress"
    type = "🌟 Feature"
    assigned_to = "dev-api"
    depends_on = ["TASK-API-20250605-101500"]
    RooComSessionID = "SESSION-Slots-2506050301"
    +++
    # The roof

    *   - [✅] Beams
        - [ ] Tiles
    ```
    - [ ] no box
    ```
    -- .roo/commander/tasks/B/TASK-UI-20250605-101600-paint.md --
    +++
    id = "TASK-UI-20250605-101600"
    title = "Paint"
    status = "odd"
    type = "🧹 Chore"
    +++
    -- .tasks/FEATURE_Old/TASK-OLD-001.md --
    +++
    id = "TASK-OLD-001"
    title = "Old"
    status = "🧊 Archived"
    type = "🧹 Chore"
    +++
    -- .ruru/tasks/A/README.md --
    Nothing here is a task.
    """


def test_the_list_has_the_open_tasks_and_with_all_the_closed_ones_behind():
    desk = Desk(TASKS)
    wanted = ["TASK-API-20250605-101500-2  🟡 In Progress  1/2  The roof", "TASK-UI-20250605-101600  odd  Paint"]
    assert desk.do("task list").text.splitlines() == wanted
    assert desk.do("task list --all").text.splitlines() == [
        *wanted, "TASK-API-20250605-101500  🟢 Done  1/1  The house 🏠", "TASK-OLD-001  🧊 Archived  Old",
    ]  # fmt: skip
    assert [task["task"] for task in desk.do("task list --status doing").data["tasks"]] == [
        "TASK-API-20250605-101500-2"
    ]
    assert desk.do("task list --status blocked").text == "No task is ⚪ Blocked."
    assert "there are 🟡 To Do" in desk.refused("task list --status odd")
    assert Desk().do("task list").text == "No task is open."


def test_a_task_is_shown_with_its_links_and_its_boxes():
    desk = Desk(TASKS)
    assert desk.do("task show TASK-API-20250605-101500-2").text.splitlines() == [
        "TASK-API-20250605-101500-2  🟡 In Progress  1/2  The roof",
        "file: .ruru/tasks/A/TASK-API-20250605-101500-2.md",
        "type: 🌟 Feature",
        "assigned_to: dev-api",
        "RooComSessionID: SESSION-Slots-2506050301",
        "depends_on:",
        "  TASK-API-20250605-101500",
        "boxes:",
        "  1. [✅] Beams",
        "  2. [ ] Tiles",
    ]


@pytest.mark.parametrize(
    "wanted",
    [
        "TASK-UI-20250605-101600", "TASK-UI-20250605-101600-paint", "TASK-UI-20250605-101600-paint.md",
        ".roo/commander/tasks/B/TASK-UI-20250605-101600-paint.md", "./.roo/commander/tasks/B/TASK-UI-20250605-101600-paint",
    ],
)  # fmt: skip
def test_a_task_is_found_by_its_id_its_name_and_its_path(wanted: str):
    assert Desk(TASKS).do(f"task show {wanted}").data["task"] == "TASK-UI-20250605-101600"


def test_an_id_that_two_tasks_have_is_refused_and_the_path_decides():
    desk = Desk(TASKS)
    desk.files.texts[".ruru/tasks/C/TASK-UI-20250605-101600.md"] = WHOLE.replace(
        "API-20250605-101500", "UI-20250605-101600"
    )
    desk.files.texts[".ruru/tasks/D/TASK-UI-20250605-101600.md"] = WHOLE.replace(
        "API-20250605-101500", "UI-20250605-101600"
    )
    message = desk.refused("task show TASK-UI-20250605-101600")
    assert ".ruru/tasks/C/TASK-UI-20250605-101600.md, .ruru/tasks/D/TASK-UI-20250605-101600.md" in message
    assert desk.do("task show .ruru/tasks/C/TASK-UI-20250605-101600.md").data["title"] == "The house"


@pytest.mark.parametrize("wanted", ["README", "TASK-NOBODY-1", "''"])
def test_what_is_no_task_is_refused(wanted: str):
    assert "there is no task" in Desk(TASKS).refused(f"task show {wanted}")
