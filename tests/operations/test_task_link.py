"""Tasks and sessions are linked on both sides."""

from __future__ import annotations

from tests.doing import Desk

PATH = ".ruru/tasks/A/TASK-API-20250605-101500.md"
ID = "TASK-API-20250605-101500"
LOG = ".ruru/sessions/…/session_log.md"
SESSION = "SESSION-Build_a_house-2606050900"
TASK = """\
+++
id = "TASK-API-20250605-101500"
title = "The roof: 🏠"
status = "🟡 To Do"
type = "🌟 Feature"
updated_date = "2025-06-06" # by hand
assigned_to = ""
+++
# The roof
"""


def desk_with(task: str = TASK) -> Desk:
    desk = Desk()
    desk.do('start "Build a house"')
    desk.files.texts[PATH] = task
    return desk


def test_a_task_that_is_delegated_names_session_and_assignee_and_the_session_names_it():
    desk = desk_with(TASK.replace("\n", "\r\n"))
    outcome = desk.do(f'task delegate {ID} dev-api "before the rain"')
    assert outcome.text == f"{ID} is with dev-api"
    wanted = TASK.replace("2025-06-06", "2026-06-05").replace(
        'assigned_to = ""\n', f'assigned_to = "dev-api"\nsession_id = "{SESSION}"\n'
    )
    assert desk.text(PATH) == wanted.replace("\n", "\r\n")
    assert f'related_tasks = ["{ID}"]' in desk.text(LOG)
    assert desk.text(LOG).endswith(
        f"- [2026-06-05T09:01:00Z] `dev-api`: Delegated `{ID}` to `dev-api`: The roof: 🏠: before the rain\n"
    )
    assert desk.problems() == []


def test_a_task_that_is_delegated_again_has_the_new_assignee_and_is_listed_once():
    desk = desk_with()
    desk.do(f"task delegate {ID} dev-api")
    desk.do(f"task delegate {ID} dev-react")
    assert 'assigned_to = "dev-react"' in desk.text(PATH)
    assert f'related_tasks = ["{ID}"]' in desk.text(LOG) and desk.text(LOG).count("Delegated") == 2
    assert desk.do(f"task delegate {ID} dev-react").plan == ()


def test_a_task_is_delegated_to_somebody():
    assert "to whom?" in desk_with().refused(f"task delegate {ID} ' '")


def test_a_link_changes_who_does_the_task_as_little_as_the_rest_of_it():
    desk = desk_with(TASK.replace('assigned_to = ""', "assigned_to = 'dev-api'"))
    desk.do(f"task link {ID}")
    assert "assigned_to = 'dev-api'\n" in desk.text(PATH) and f'session_id = "{SESSION}"\n' in desk.text(PATH)
    assert f'related_tasks = ["{ID}"]' in desk.text(LOG)
    assert desk.text(LOG).endswith(f"`dev-api`: Task `{ID}` linked: The roof: 🏠\n")
    assert desk.do(f"task link {ID}").plan == ()
    assert desk.problems() == []


def test_a_side_that_is_missing_is_added():
    listed = desk_with(TASK.replace("+++\n#", f'session_id = "{SESSION}"\n+++\n#'))
    before = listed.text(PATH)
    listed.do(f"task link {ID}")
    assert listed.text(PATH) == before and f'related_tasks = ["{ID}"]' in listed.text(LOG)
    named = desk_with()
    path = named.path(LOG)
    named.files.texts[path] = named.text(path).replace("related_tasks = []", f"related_tasks = ['{ID}',] # one")
    named.do(f"task link {ID}")
    assert f"related_tasks = ['{ID}',] # one" in named.text(LOG)
    assert f'session_id = "{SESSION}"\n' in named.text(PATH)


def test_the_older_key_for_the_session_is_kept():
    desk = desk_with(TASK.replace("+++\n#", 'RooComSessionID = "" # none\n+++\n#'))
    desk.do(f"task link {ID}")
    assert f'RooComSessionID = "{SESSION}" # none\n' in desk.text(PATH) and "session_id" not in desk.text(PATH)


def test_a_task_of_another_session_goes_over_and_that_is_said():
    desk = desk_with(TASK.replace("+++\n#", 'session_id = "SESSION-Old-2506050301"\n+++\n#'))
    outcome = desk.do(f"task link {ID}")
    assert outcome.text == (
        f"{ID} is linked with {SESSION}; before it named SESSION-Old-2506050301, which lists it still"
    )


def test_several_tasks_are_listed_one_after_the_other():
    desk = desk_with()
    other = desk.do('task create "Walls"').data["task"]
    desk.do(f"task link {ID}")
    assert f'related_tasks = ["{other}", "{ID}"]' in desk.text(LOG)


def test_a_task_that_is_unlinked_is_named_by_neither_side():
    desk = desk_with()
    desk.do('task create "Walls"')
    before = desk.text(LOG)
    desk.do(f"task link {ID}")
    desk.do(f'task unlink {ID} "not ours"')
    assert desk.text(LOG).partition("## Log")[0] == before.partition("## Log")[0]
    assert 'session_id = ""\n' in desk.text(PATH)
    assert desk.text(LOG).endswith(f"- [2026-06-05T09:03:00Z] `dev-api`: Task `{ID}` unlinked: not ours\n")
    assert f"{ID} is not linked with {SESSION}" in desk.refused(f"task unlink {ID}")
    assert desk.problems() == []


def test_a_task_is_taken_off_the_list_of_a_session_that_it_does_not_name():
    desk = desk_with(TASK.replace("+++\n#", 'session_id = "SESSION-Old-2506050301"\n+++\n#'))
    path, before = desk.path(LOG), desk.text(PATH)
    desk.files.texts[path] = desk.text(path).replace("related_tasks = []", f'related_tasks = ["{ID}"]')
    desk.do(f"task unlink {ID}")
    assert "related_tasks = []" in desk.text(LOG) and desk.text(PATH) == before


def test_without_a_session_there_is_nothing_to_link_with():
    desk = Desk({PATH: TASK})
    for command in ("link", "unlink"):
        assert "there is no active session" in desk.refused(f"task {command} {ID}")
    assert "there is no active session" in desk.refused(f"task delegate {ID} dev-api")


def test_a_task_that_does_not_exist_is_refused_with_the_nearest():
    assert desk_with().refused("task link TASK-API-20250605-101501").endswith(f"did you mean {ID}?")


def test_a_workflow_session_lists_its_tasks_in_the_log_that_its_first_entry_makes():
    desk = Desk()
    desk.do('start "Build a house" --dialect workflow')
    desk.files.texts[".workflow/tasks/A/TASK-API-20250605-101500.md"] = TASK
    desk.do(f"task delegate {ID} dev-api")
    assert f'related_tasks = ["{ID}"]' in desk.text(".workflow/WFS-build-a-house/session_log.md")
    desk.do(f"task unlink {ID}")
    assert "related_tasks = []" in desk.text(".workflow/WFS-build-a-house/session_log.md")
    assert desk.problems() == []


def test_a_task_with_broken_frontmatter_is_linked_on_neither_side():
    desk = desk_with(TASK.replace('"🌟 Feature"', '"🌟 Feature'))
    before = dict(desk.files.texts)
    for command in (f"task link {ID}", f"task delegate {ID} dev-api"):
        assert f"the frontmatter of {PATH} is broken, line 5: " in desk.refused(command)
    assert desk.files.texts == before
