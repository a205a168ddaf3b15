"""A session works on tasks: each is activated, told of, and left or ended."""

from __future__ import annotations

import shlex

import pytest

from tests.doing import Desk

LOG = ".mdtm/sessions/SESSION-001/session_log.md"
OVEN, DOUGH, ROLLS = "TASK-OVEN-20260605-080000", "TASK-DOUGH-20260605-080000", "TASK-ROLLS-20260605-080000"


def task(own_id: str, keys: str = "", body: str = "\n## Log Entries\n", status: str = "🟡 To Do") -> str:
    head = f'id = "{own_id}"\ntitle = "About {own_id[5]} 🥖"\nstatus = "{status}"\ntype = "🧹 Chore"\n'
    return f'+++\n{head}created_date = "2026-06-04"\nupdated_date = "2026-06-04"\n{keys}+++\n\n# About\n{body}'


def path_of(own_id: str) -> str:
    return f".mdtm/tasks/A/{own_id}.md"


def desk_with(*others: str, **texts: str) -> Desk:
    """A session and three tasks: rolls are a part of dough."""
    desk = Desk()
    desk.do("start Bake --dialect orchestration")
    parts = {OVEN: task(OVEN), DOUGH: task(DOUGH), ROLLS: task(ROLLS, f'parent_task_id = "{DOUGH}"\n')}
    desk.files.texts.update({path_of(own_id): text for own_id, text in {**parts, **texts}.items()})
    for command in others:
        desk.do(command)
    return desk


def stack(desk: Desk) -> list[str]:
    return [f"{item['type']} {item['id']}" for item in desk.do("context show").data["context"]]


def last(desk: Desk, count: int = 1) -> list[str]:
    """The texts of the last entries."""
    return [entry["text"] for entry in desk.do(f"show --last {count}").data["entries"]]


def test_an_active_task_is_in_progress_listed_and_on_top_of_the_context():
    desk = desk_with()
    outcome = desk.do(f"task activate {OVEN}")
    assert outcome.text == f"{OVEN} is active: About O 🥖"
    wanted = task(OVEN).replace("🟡 To Do", "🔵 In Progress")
    assert desk.text(path_of(OVEN)) == wanted.replace('updated_date = "2026-06-04"', 'updated_date = "2026-06-05"')
    assert last(desk) == [f"Context: pushed task `{OVEN}`: About O 🥖"]
    assert f'related_tasks = ["{OVEN}"]' in desk.text(LOG)
    assert outcome.data["context"] == [{"type": "task", "id": OVEN, "pushed_at": "2026-06-05T09:01:00Z"}]
    assert outcome.data["status"] == "🔵 In Progress"
    assert desk.problems() == []


def test_a_task_that_is_active_already_changes_nothing():
    desk = desk_with(f"task activate {OVEN}")
    outcome = desk.do(f"task activate {path_of(OVEN)}")
    assert outcome.plan == () and outcome.text == f"{OVEN} is active already"


def test_another_task_takes_the_place_of_the_active_one():
    desk = desk_with("context push project bakery", f"task activate {OVEN}", f"task activate {DOUGH}")
    assert stack(desk) == ["project bakery", f"task {DOUGH}"]
    assert last(desk, 2) == [f"Context: popped task `{OVEN}`", f"Context: pushed task `{DOUGH}`: About D 🥖"]
    assert 'status = "🔵 In Progress"' in desk.text(path_of(OVEN)), "it was left, not ended"


def test_a_part_of_an_active_task_is_worked_on_below_it_and_left_on_the_way_back():
    desk = desk_with(f"task activate {DOUGH}", f"task activate {ROLLS}")
    assert stack(desk) == [f"task {DOUGH}", f"subtask {ROLLS}"]
    desk.do(f"task activate {DOUGH}")
    assert stack(desk) == [f"task {DOUGH}"]
    assert last(desk) == [f"Context: popped subtask `{ROLLS}`"]


def test_a_part_of_a_part_stays_below_both_and_a_circle_of_parts_ends():
    seeds = "TASK-SEEDS-20260605-080000"
    parts = {
        seeds: task(seeds, f'parent_task_id = "{ROLLS}"\n'),
        DOUGH: task(DOUGH, f'parent_task_id = "{seeds}"\n'),
    }
    desk = desk_with(f"task activate {DOUGH}", f"task activate {ROLLS}", f"task activate {seeds}", **parts)
    assert stack(desk) == [f"task {DOUGH}", f"subtask {ROLLS}", f"subtask {seeds}"]
    desk.do(f"task activate {OVEN}")
    assert stack(desk) == [f"task {OVEN}"]
    assert [text.partition(" `")[0] for text in last(desk, 4)] == [
        "Context: popped subtask", "Context: popped subtask", "Context: popped task", "Context: pushed task",
    ]  # fmt: skip


def test_a_part_whose_whole_is_not_active_is_a_task():
    assert stack(desk_with(f"task activate {ROLLS}")) == [f"task {ROLLS}"]


def test_a_task_that_nobody_had_taken_is_taken():
    desk = desk_with(f"task activate {OVEN}", **{OVEN: task(OVEN, 'delegation_status = "unassigned"\n')})
    assert 'delegation_status = "in_progress"\n' in desk.text(path_of(OVEN))


def test_to_activate_a_task_needs_an_active_session_and_an_open_task():
    desk = desk_with(**{OVEN: task(OVEN, status="🟢 Done"), DOUGH: task(DOUGH, status="🧊 Archived")})
    assert desk.refused(f"task activate {OVEN}") == (
        f'{OVEN} is 🟢 Done; `mdtm task status {OVEN} "in progress"` reopens it'
    )
    assert "is 🧊 Archived" in desk.refused(f"task activate {DOUGH}")
    assert f"did you mean {ROLLS}?" in desk.refused(f"task activate {ROLLS[:-1]}")
    desk.do("pause")
    assert desk.refused(f"task activate {ROLLS}").startswith("there is no active session; `mdtm start")


@pytest.mark.parametrize("kind", ["Update", "Note"])
def test_updates_and_notes_go_to_the_active_task_here_and_there(kind: str):
    desk = desk_with(f"task activate {OVEN}")
    outcome = desk.do(f"{kind.lower()} {shlex.quote('200 degrees 🔥' + chr(10) + 'and rising')}")
    assert outcome.text == f"{kind} of {OVEN}: 200 degrees 🔥"
    assert desk.text(LOG).endswith(
        f"- [2026-06-05T09:02:00Z] `dev-api`: {kind}: `{OVEN}`: 200 degrees 🔥\n  and rising\n"
    )
    assert desk.text(path_of(OVEN)).endswith(
        f"## Log Entries\n\n- [2026-06-05T09:02:00Z] `dev-api`: {kind}: 200 degrees 🔥\n  and rising\n"
    )
    assert desk.problems() == []
    assert desk.do("show").data["entries"][-1]["kind"] == kind.lower()


def test_a_task_without_a_place_for_entries_only_gets_a_new_date():
    desk = desk_with(f"task activate {OVEN}", "update '200 degrees'", **{OVEN: task(OVEN, body="")})
    assert "200 degrees" in desk.text(LOG) and "200 degrees" not in desk.text(path_of(OVEN))


def test_the_deepest_task_inherits_what_is_said_and_done():
    desk = desk_with(f"task activate {DOUGH}", f"task activate {ROLLS}", "note 'round ones'", "done 'two dozen'")
    assert last(desk, 3) == [
        f"Note: `{ROLLS}`: round ones", f"Result: `{ROLLS}` is done: two dozen", f"Context: popped subtask `{ROLLS}`",
    ]  # fmt: skip
    desk.do("note 'it has to rest'")
    assert last(desk) == [f"Note: `{DOUGH}`: it has to rest"]
    assert desk.problems() == []


@pytest.mark.parametrize("command", ["update x", "note x", "done", "task deactivate"])
def test_without_an_active_task_nothing_inherits(command: str):
    desk = desk_with("context push project bakery")
    assert desk.refused(command) == "no task of SESSION-001 is active; `mdtm task activate ID` makes one so"


@pytest.mark.parametrize("command", ["update '  '", "note ''"])
def test_what_is_empty_is_not_told(command: str):
    assert " is empty; `mdtm " in desk_with(f"task activate {OVEN}").refused(command)


def test_the_log_goes_to_the_session_tagged_with_the_active_task():
    desk = desk_with(f"task activate {OVEN}")
    outcome = desk.do("log 'the door is heavy'")
    assert outcome.data["task"] == OVEN and last(desk) == [f"the door is heavy (`{OVEN}`)"]
    assert desk.do(f"log 'knead it\ntwice' --task {DOUGH}").data["task"] == DOUGH
    assert last(desk) == [f"knead it (`{DOUGH}`)\ntwice"]
    assert desk.do(f"log 'Delegated `{ROLLS}` to `dev-rolls`' --kind delegation").data["task"] == OVEN
    assert last(desk) == [f"Delegated `{ROLLS}` to `dev-rolls`"]
    desk.do(f"log 'half of {OVEN} is hot' --kind decision")
    assert last(desk) == [f"Decision: half of {OVEN} is hot"]
    for own_id in (OVEN, DOUGH, ROLLS):
        assert own_id in desk.text(LOG).partition("related_artifacts")[0]
    assert "task" not in desk.do("log 'lunch' --kind pause").data
    assert desk.text(LOG).endswith(": Session paused: lunch\n")


def test_what_is_logged_while_a_task_is_active_is_an_update_of_it_but_no_summary():
    desk = desk_with(f"task activate {OVEN}", "log 'it is hot' --kind result", "log 'done with the door'")
    details = desk.do(f"completion {OVEN}").data["details"]
    assert (details["updates"], details["summary"]) == (2, "")


def test_a_task_that_is_left_is_popped_with_its_parts_and_its_summary_is_kept():
    desk = desk_with(f"task activate {DOUGH}", f"task activate {ROLLS}")
    outcome = desk.do(f"task deactivate {DOUGH} 'it rests overnight'")
    assert outcome.text == f"{DOUGH} is not active any more" and outcome.data["context"] == []
    assert last(desk, 2) == [
        f"Context: popped subtask `{ROLLS}`", f"Context: popped task `{DOUGH}`: it rests overnight",
    ]  # fmt: skip
    assert desk.text(path_of(DOUGH)).endswith("`dev-api`: Note: it rests overnight\n")
    assert 'status = "🔵 In Progress"' in desk.text(path_of(DOUGH))
    assert desk.problems() == []


def test_a_summary_may_stand_in_the_place_of_the_task():
    desk = desk_with(f"task activate {OVEN}", "task deactivate 'it is hot'")
    assert last(desk) == [f"Context: popped task `{OVEN}`: it is hot"]
    desk = desk_with(f"task activate {OVEN}", "task deactivate")
    assert last(desk) == [f"Context: popped task `{OVEN}`"] and stack(desk) == []


def test_a_task_that_is_left_may_be_ended_with_that():
    desk = desk_with(f"task activate {OVEN}", "task deactivate 'it is hot' --done")
    assert 'status = "🟢 Done"' in desk.text(path_of(OVEN)) and stack(desk) == []
    assert last(desk, 2) == [f"Result: `{OVEN}` is done: it is hot", f"Context: popped task `{OVEN}`"]


def test_only_what_is_active_is_left():
    desk = desk_with(f"task activate {OVEN}")
    assert desk.refused(f"task deactivate {DOUGH}") == f"{DOUGH} is not active in SESSION-001; what is active is {OVEN}"


@pytest.mark.parametrize(
    "command",
    [f"task done {OVEN} 'hot'", f"task status {OVEN} done 'hot'", "done 'hot'", f"task status {OVEN} archived"],
)
def test_a_task_that_is_over_is_worked_on_no_more_whoever_ends_it(command: str):
    desk = desk_with("context push project bakery", f"task activate {OVEN}", command)
    assert stack(desk) == ["project bakery"]
    assert last(desk) == [f"Context: popped task `{OVEN}`"]


def test_a_task_that_is_refused_its_end_stays_active():
    desk = desk_with(f"task activate {OVEN}", **{OVEN: task(OVEN, body="\n- [ ] Heat it.\n")})
    assert "1 open box" in desk.refused("done")
    assert stack(desk) == [f"task {OVEN}"]
    desk.do("done 'warm is enough' --force 'no gas'")
    assert stack(desk) == []


def test_another_status_leaves_a_task_active():
    desk = desk_with(f"task activate {OVEN}", f"task status {OVEN} blocked")
    assert stack(desk) == [f"task {OVEN}"]


def test_a_task_that_is_unlinked_is_worked_on_no_more():
    desk = desk_with(f"task activate {OVEN}", f"task unlink {OVEN}")
    assert last(desk, 2) == [f"Task `{OVEN}` unlinked", f"Context: popped task `{OVEN}`"]
    desk.do("log 'the door is heavy'")
    assert stack(desk) == [] and "related_tasks = []" in desk.text(LOG)
    assert desk.problems() == []


@pytest.mark.parametrize("summary", ["hot", "'it is hot'", "hot=200"])
def test_what_cannot_be_meant_for_a_task_is_what_came_of_the_active_one(summary: str):
    desk = desk_with(f"task activate {OVEN}", f"task deactivate {summary}")
    assert desk.text(LOG).endswith(f"Context: popped task `{OVEN}`: {summary.strip(chr(39))}\n")


@pytest.mark.parametrize("option", ["", " --done"])
def test_an_id_that_is_mistyped_is_no_summary(option: str):
    desk = desk_with(f"task activate {OVEN}")
    assert desk.refused(f"task deactivate TASK-DEV-1{option}").startswith("TASK-DEV-1 is not active in SESSION-001; ")
