"""Tasks get another status, their boxes are ticked, and they are ended."""

from __future__ import annotations

import pytest

from mdtm.schema.statuses import TASK_STATUSES
from tests.doing import Desk

PATH = ".ruru/tasks/A/TASK-API-20250605-101500.md"
ID = "TASK-API-20250605-101500"
LOG = ".ruru/sessions/…/session_log.md"
TASK = """\
+++
id = "TASK-API-20250605-101500"  # ours
title = "The roof 🏠"
status = '🟡 In Progress'    # the usual slip
type = "🌟 Feature"
created_date = "2025-06-05"
updated_date = "2025-06-06"
+++
# The roof

- [✅] Beams
*   - [ ] `Tiles`, red
1. [ ] Tiles, blue
```
- [ ] no box
```
- [🚧] Gutter. 🟢
"""
TICKED = TASK.replace("[ ]", "[✅]").replace("[🚧]", "[✅]").replace("- [✅] no box", "- [ ] no box")


def desk_with(task: str = TASK, session: bool = False) -> Desk:
    """A workspace with a task, which a session may have."""
    desk = Desk()
    if session:
        desk.do('start "Build a house"')
    desk.files.texts[PATH] = task
    if session:
        desk.do(f"task link {ID}")
    return desk


def without_date(text: str) -> str:
    return text.replace("2026-06-05", "2025-06-06")


def test_a_status_and_its_day_change_and_nothing_else():
    desk = desk_with(TASK.replace("\n", "\r\n"))
    outcome = desk.do(f'task status {ID} "in progress"')
    assert outcome.text == f"{ID} is 🔵 In Progress"
    wanted = TASK.replace("'🟡 In Progress'", '"🔵 In Progress"').replace("2025-06-06", "2026-06-05")
    assert desk.text(PATH) == wanted.replace("\n", "\r\n")
    assert desk.problems() == []


@pytest.mark.parametrize("status", TASK_STATUSES.canonical)
def test_a_status_may_be_given_whole_or_by_its_word_and_the_word_decides(status: str):
    word = status.partition(" ")[2]
    for wish in (status, word, word.upper(), f"🟠 {word}", f"{word}.", word.replace(" ", "_")):
        desk = desk_with(TICKED)
        desk.do(f'task status {ID} "{wish}" "the roof holds"')
        assert f'status = "{status}"' in desk.text(PATH)


def test_a_word_for_a_status_will_do():
    desk = desk_with()
    desk.do(f"task status {ID} doing")
    assert 'status = "🔵 In Progress"' in desk.text(PATH)


@pytest.mark.parametrize("status", ["odd", "🟢", "''", "to"])
def test_a_status_that_there_is_not_is_refused_with_those_that_there_are(status: str):
    assert "there are 🟡 To Do, 🔵 In Progress, " in desk_with().refused(f"task status {ID} {status}")


def test_a_status_that_the_task_has_changes_nothing():
    desk = desk_with(TASK.replace("🟡 In", "🔵 In"))
    assert desk.do(f'task status {ID} "in progress"').plan == ()


def test_a_task_that_is_done_already_is_not_asked_about_its_boxes():
    desk = desk_with(TASK.replace("🟡 In Progress", "🟢 Done"))
    outcome = desk.do(f"task status {ID} done")
    assert (outcome.text, outcome.plan) == (f"{ID} is 🟢 Done already", ())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('updated_date = "2025-06-06"', 'updated_date = "2026-06-05"'),
        ('updated_date = "2025-06-06T10:00:00Z"', 'updated_date = "2026-06-05T09:00:00Z"'),
        ('updated_date = "2025-06-06 10:00"', 'updated_date = "2026-06-05T09:00:00Z"'),
        ('updated_date = ""', 'updated_date = "2026-06-05"'),
        ('updated_date = "soon" # ?', 'updated_date = "2026-06-05T09:00:00Z" # ?'),
        ("updated_date = 2025-06-06 # bare", "updated_date = 2026-06-05 # bare"),
        ("updated_date = 2025-06-06T10:00:00Z", "updated_date = 2026-06-05T09:00:00Z"),
    ],
)
def test_the_date_of_the_last_change_keeps_its_form(before: str, after: str):
    desk = desk_with(TASK.replace('updated_date = "2025-06-06"', before))
    desk.do(f"task status {ID} review")
    assert f"\n{after}\n" in desk.text(PATH)


def test_a_task_without_a_status_and_a_date_gets_both():
    lines = [line for line in TASK.splitlines(keepends=True) if "_date" not in line and "status" not in line]
    desk = desk_with("".join(lines))
    desk.do(f"task status {ID} review")
    assert 'title = "The roof 🏠"\nstatus = "🟣 Review"\n' in desk.text(PATH)
    assert 'updated_date = "2026-06-05T09:00:00Z"\n' in desk.text(PATH)
    assert desk.problems() == []


def test_a_status_is_logged_in_the_session_of_the_task():
    desk = desk_with(session=True)
    outcome = desk.do(f'task status {ID} blocked "no wood"')
    assert outcome.text.startswith(f"{ID} is ⚪ Blocked, logged in SESSION-Build_a_house-")
    assert desk.text(LOG).endswith(f"- [2026-06-05T09:02:00Z] `dev-api`: Status: `{ID}` is ⚪ Blocked: no wood\n")
    assert "Log Entries" not in desk.text(PATH)
    assert desk.problems() == []


def test_a_status_is_not_logged_in_a_session_that_the_task_does_not_belong_to():
    desk = desk_with(session=False)
    desk.do('start "Something else"')
    before = desk.text(LOG)
    desk.do(f"task status {ID} blocked")
    assert desk.text(LOG) == before
    assert "Log" not in desk.text(PATH)


def test_without_a_session_the_log_of_the_task_itself_has_the_entry():
    desk = desk_with(TASK + "\n## Log Entries 🪵\n\n*   2025-06-05 - begun\n\n## Key Learnings 💡\n")
    desk.do(f"task status {ID} blocked")
    assert desk.text(PATH).endswith(
        "## Log Entries 🪵\n\n*   2025-06-05 - begun\n"
        f"- [2026-06-05T09:00:00Z] `dev-api`: Status: `{ID}` is ⚪ Blocked\n\n## Key Learnings 💡\n"
    )


BROKEN = {
    "a string without an end": TASK.replace('"The roof 🏠"', '"The roof 🏠'),
    "no opening fence": TASK.replace("+++\n", "", 1),
    "no closing fence": TASK.replace("+++\n# ", "# "),
    "a key twice": TASK.replace("+++\n# ", 'status = "🟢 Done"\n+++\n# '),
    "YAML": "---\nid: TASK-API-20250605-101500\nstatus: Done\ntitle: a\n---\n- [ ] Beams\n",
    "no frontmatter": "# The roof\n\n- [ ] Beams\n",
}


@pytest.mark.parametrize("task", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("command", ["status {} review", "tick {} beams --untick", "tick {} 1", "done {} --force no"])
def test_a_task_with_broken_frontmatter_is_not_touched(task: str, command: str):
    desk = desk_with(task.replace("[ ]", "[x]") if "untick" in command else task.replace("[✅]", "[ ]"))
    before = dict(desk.files.texts)
    message = desk.refused(f"task {command.format(ID)}")
    assert PATH in message and "mdtm check" in message
    assert desk.files.texts == before


def test_a_session_with_a_broken_list_is_not_touched_and_neither_is_its_task():
    desk = desk_with()
    desk.do('start "Build a house"')
    path = desk.path(LOG)
    desk.files.texts[path] = desk.text(path).replace("related_tasks = []", "related_tasks = [ , ]")
    before = dict(desk.files.texts)
    assert "mdtm check" in desk.refused(f"task link {ID}")
    assert desk.files.texts == before


@pytest.mark.parametrize(
    ("wish", "line"),
    [
        ("2", "*   - [✅] `Tiles`, red"), ("'tiles, RED'", "*   - [✅] `Tiles`, red"), ("blue", "1. [✅] Tiles, blue"),
        ("4", "- [✅] Gutter. 🟢"), ("gutter", "- [✅] Gutter. 🟢"),
    ],
)  # fmt: skip
def test_a_box_is_ticked_by_number_or_text_with_the_mark_that_the_file_has(wish: str, line: str):
    desk = desk_with()
    outcome = desk.do(f"task tick {ID} {wish}")
    before, after = TASK.splitlines(), without_date(desk.text(PATH)).splitlines()
    assert [new for old, new in zip(before, after, strict=True) if old != new] == [line]
    assert outcome.text.endswith("; 2 of 4 are ticked") and outcome.data["open"] == 2
    assert 'updated_date = "2026-06-05"' in desk.text(PATH)


@pytest.mark.parametrize("mark", ["x", "X", "✅"])
def test_a_box_can_be_opened_and_ticked_again(mark: str):
    desk = desk_with(TASK.replace("[ ]", f"[{mark}]").replace("✅", mark).replace("\n", "\r\n"))
    before = without_date(desk.text(PATH))
    desk.do(f"task tick {ID} 1 --untick")
    assert "- [ ] Beams\r\n" in desk.text(PATH)
    desk.do(f"task tick {ID} beams")
    assert without_date(desk.text(PATH)) == before


def test_without_a_ticked_box_the_mark_is_an_x():
    desk = desk_with(TASK.replace("[✅]", "[ ]"))
    desk.do(f"task tick {ID} 1")
    assert "- [x] Beams\n" in desk.text(PATH)


def test_a_box_that_is_as_wanted_changes_nothing():
    assert desk_with().do(f"task tick {ID} 1").plan == ()
    assert desk_with().do(f"task tick {ID} 2 --untick").plan == ()


def test_a_text_that_may_mean_several_boxes_is_refused_with_their_names():
    message = desk_with().refused(f"task tick {ID} tiles")
    assert message == '"tiles" may mean several boxes: 2 "`Tiles`, red", 3 "Tiles, blue"; give the number'


def test_a_whole_text_goes_before_a_piece():
    desk = desk_with(TASK.replace("Tiles, blue", "Beams of oak"))
    assert desk.do(f"task tick {ID} Beams --untick").data["box"] == 1


@pytest.mark.parametrize("wish", ["5", "0", "'no box'", "roof", "''", "..."])
def test_a_box_that_there_is_not_is_refused(wish: str):
    assert f"{ID} has no box" in desk_with().refused(f"task tick {ID} {wish}")


def test_a_task_without_a_box_says_so():
    assert desk_with(WITHOUT_BOX).refused(f"task tick {ID} 1") == f"{ID} has no check box"


WITHOUT_BOX = TASK.partition("# The roof")[0]


def test_a_task_is_done_when_no_box_is_open():
    desk = desk_with(TICKED, session=True)
    desk.do(f'task done {ID} "it holds"')
    assert 'status = "🟢 Done"    # the usual slip' in desk.text(PATH)
    assert desk.text(LOG).endswith(f"- [2026-06-05T09:02:00Z] `dev-api`: Result: `{ID}` is done: it holds\n")
    assert desk.problems() == []


@pytest.mark.parametrize("command", ["done", "status"])
def test_a_task_with_open_boxes_is_not_done(command: str):
    message = desk_with().refused(
        f"task {command} {ID} done 'it holds'" if command == "status" else f"task done {ID} x"
    )
    assert f'{ID} has 3 open boxes: 2 "`Tiles`, red", 3 "Tiles, blue", 4 "Gutter. 🟢"; ' in message


def test_many_open_boxes_are_not_all_named():
    desk = desk_with(WITHOUT_BOX + "".join(f"- [ ] Nail {number}\n" for number in range(1, 31)))
    message = desk.refused(f"task done {ID} 'it holds'")
    assert 'has 30 open boxes: 1 "Nail 1"' in message and '10 "Nail 10" and 20 more; ' in message


def test_a_task_is_done_in_spite_of_open_boxes_when_there_is_a_reason_which_is_logged():
    desk = desk_with(session=True)
    desk.do(f'task done {ID} "it holds" --force "rain is coming"')
    assert 'status = "🟢 Done"' in desk.text(PATH) and desk.text(PATH).count("[ ]") == 3
    said = f"`{ID}` is done: it holds (with 3 open boxes, because: rain is coming)\n"
    assert desk.text(LOG).endswith(said) and desk.text(PATH).endswith(said)
    assert "done-with-open-boxes" not in desk.problems()


def test_a_reason_is_kept_in_the_task_where_there_is_no_session():
    desk = desk_with()
    desk.do(f'task done {ID} --force "rain is coming"')
    assert desk.text(PATH).endswith(
        "- [🚧] Gutter. 🟢\n\n## Log Entries\n\n"
        f"- [2026-06-05T09:00:00Z] `dev-api`: Result: `{ID}` is done"
        " (with no summary and 3 open boxes, because: rain is coming)\n"
    )
    assert [code for code in desk.problems() if "field" not in code] == []


def test_an_empty_reason_is_none():
    assert "open boxes" in desk_with().refused(f"task done {ID} --force ' '")


def test_what_is_done_is_not_done_again():
    desk = desk_with(TICKED)
    desk.do(f"task done {ID} 'it holds'")
    assert "is done already" in desk.refused(f"task done {ID}")
    desk.do(f'task status {ID} "in progress"')
    assert 'status = "🔵 In Progress"' in desk.text(PATH)
