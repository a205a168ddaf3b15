"""Session-based orchestration, phase by phase: sessions, their context, sprints, the time, checks and instructions."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mdtm.instructions import as_markdown, as_text
from mdtm.plan import Refused
from tests.doing import Desk

LOG = ".mdtm/sessions/SESSION-001/session_log.md"


TASKS = ("T-SESS-01-DB", "T-SESS-01-MODELS")
CREATED, MODELS = (f"TASK-{name[2:]}-20260605-080000" for name in TASKS)


def started() -> Desk:
    desk = Desk()
    desk.do('start "Ship the price lists 🥖" --dialect orchestration --type planning')
    return desk


def at_work() -> Desk:
    """A session with a sprint, which the source calls SPRINT-SESS-1, and two tasks of it."""
    desk = started()
    desk.do('sprint create SPRINT-SESS-1 "Core System & Context"')
    for own_id in (CREATED, MODELS):
        head = f'id = "{own_id}"\ntitle = "About {own_id}"\nstatus = "🟡 To Do"\ntype = "🧹 Chore"\n'
        desk.files.texts[f".mdtm/tasks/CORE/{own_id}.md"] = f"+++\n{head}+++\n\n# It\n\n## Log Entries\n"
    desk.do(f"sprint add {CREATED} {MODELS} --sprint SPRINT-SESS-1")
    return desk


def stack(desk: Desk) -> list[str]:
    return [f"{item['type']} {item['id']}" for item in desk.do("context show").data["context"]]


def entries(desk: Desk, count: int) -> list[str]:
    return [entry["text"] for entry in desk.do(f"show --last {count}").data["entries"]]


def test_phase_1_sessions_get_their_key_one_after_the_other():
    desk = started()
    assert [desk.do("start Again").data["session"] for _ in range(2)] == ["SESSION-002", "SESSION-003"]
    assert desk.problems() == []


def test_phase_1_the_record_has_status_times_and_type():
    log = started().text(LOG)
    for line in ('id = "SESSION-001"', 'status = "active"', 'start_time = "2026-06-05T09:00:00Z"', 'end_time = ""',
                 'session_type = "planning"'):  # fmt: skip
        assert f"{line}\n" in log


def test_phase_1_pause_and_resume_leave_their_times_in_the_log():
    desk = started()
    desk.do("pause")
    assert 'status = "paused"' in desk.text(LOG)
    desk.do("resume")
    log = desk.text(LOG)
    assert "- [2026-06-05T09:01:00Z] `dev-api`: Session paused\n" in log
    assert "- [2026-06-05T09:02:00Z] `dev-api`: Session resumed\n" in log
    assert 'status = "active"' in log and desk.problems() == []


def test_phase_1_an_active_session_can_be_ended_which_failed_in_the_source():
    desk = started()
    assert desk.do("complete 'all lists are out'").data["status"] == "completed"
    assert desk.problems() == []


@pytest.mark.parametrize(("end", "verb"), [("complete", "resume"), ("fail x", "resume")])
def test_phase_1_what_is_over_is_not_resumed_but_reopened(end: str, verb: str):
    desk = started()
    desk.do(end)
    assert "mdtm reopen SESSION-001" in desk.refused(f"{verb} SESSION-001")
    assert desk.do("reopen SESSION-001").data["status"] == "active"


def test_phase_1_every_kind_of_activity_is_logged():
    desk = started()
    for kind in ("update", "note", "artifact", "context"):
        desk.do(f"log 'about {kind} 🥖' --kind {kind}")
    kinds = [entry["kind"] for entry in desk.do("show --last 4").data["entries"]]
    assert kinds == ["update", "note", "artifact", "context"]


def test_phase_1_the_record_has_the_stack_and_who_reads_it_the_active_ones_of_each_type():
    desk = at_work()
    for level in ("project bakery/shop", "sprint SPRINT-SESS-1", f"task {CREATED}"):
        desk.do(f"context push {level}")
    assert stack(desk) == ["project bakery/shop", "sprint SPRINT-SESS-1", f"task {CREATED}"]
    active = [desk.do(f"context show --type {type}").data["current"]["id"] for type in ("project", "sprint", "task")]
    assert active == ["bakery/shop", "SPRINT-SESS-1", CREATED]
    assert desk.do("context show").data["current"]["type"] == "task"
    assert 'type = "project", id = "bakery/shop", pushed_at = "2026-06-05T09:' in desk.text(LOG)
    assert desk.problems() == []


def test_phase_1_the_stack_is_pushed_popped_counted_and_reset():
    desk = at_work()
    for level in ("project bakery", "sprint SPRINT-SESS-1", f"task {CREATED}", f"task {MODELS}"):
        desk.do(f"context push {level}")
    assert len(stack(desk)) == 4
    desk.do("context pop task")
    assert stack(desk)[-1] == f"task {CREATED}", "the last of the type goes"
    desk.do("context pop sprint")
    assert stack(desk) == ["project bakery", f"task {CREATED}"], "also from below the top"
    assert desk.do("context show --type sprint").data["current"] is None
    desk.do("context clear")
    assert stack(desk) == []
    assert desk.problems() == []


def test_phase_1_every_switch_of_context_is_kept_and_read_back():
    desk = at_work()
    desk.do("sprint activate SPRINT-SESS-1")
    desk.do(f"task activate {CREATED}")
    desk.do(f"task activate {MODELS}")
    switches = desk.do("history").data["switches"]
    assert [(one["what"], one["id"]) for one in switches] == [
        ("pushed", "SPRINT-SESS-1"), ("pushed", CREATED), ("popped", CREATED), ("pushed", MODELS),
    ]  # fmt: skip


def test_phase_1_a_session_keeps_its_stack_while_it_rests_and_gives_it_up_with_its_end():
    desk = at_work()
    desk.do("sprint activate SPRINT-SESS-1")
    desk.do("pause")
    desk.do("resume")
    assert stack(desk) == ["sprint SPRINT-SESS-1"]
    desk.do("complete")
    assert "context = []" in desk.text(LOG)
    assert [line[-7:] for line in desk.text(LOG).splitlines()[-2:]] == ["cleared", "mpleted"]


def test_phase_2_the_status_and_the_last_five_activities_are_shown():
    desk = started()
    for number in range(7):
        desk.do(f"log 'step {number}'")
    assert desk.do("status").text == "SESSION-001  active  Ship the price lists 🥖"
    entries = desk.do("show").data["entries"]
    assert [entry["text"] for entry in entries] == [f"step {number}" for number in range(2, 7)]


def test_phase_2_the_session_is_known_in_a_new_process(tmp_path: Path):
    (tmp_path / ".git").mkdir()

    def run(*words: str, **more: str) -> str:
        command = [sys.executable, "-m", "mdtm", *words]
        environment = {**os.environ, "PYTHONIOENCODING": "utf-8", **more}
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True).stdout.decode()

    run("start", "Bread", "--dialect", "orchestration")
    run("start", "Cake")
    assert run("status").startswith("SESSION-002  active")
    assert run("status", MDTM_SESSION="SESSION-001").startswith("SESSION-001  paused")


def test_phase_2_a_session_knows_where_it_was_started(tmp_path: Path):
    (tmp_path / ".git").mkdir()
    command = [sys.executable, "-m", "mdtm", "start", "Bread", "--dialect", "orchestration", "--type", "review"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    log = (tmp_path / LOG).read_text("utf-8")
    assert 'session_type = "review"\nsource = "cli"\n' in log


def test_phase_2_the_status_shows_the_context():
    desk = at_work()
    desk.do("sprint activate SPRINT-SESS-1")
    desk.do(f"task activate {CREATED}")
    assert f"context: sprint SPRINT-SESS-1 > task {CREATED}" in desk.do("show").text.splitlines()
    assert desk.do("status").data["context"][-1]["id"] == CREATED


def test_phase_2_a_sprint_is_activated_by_its_number_with_how_far_it_is():
    desk = started()
    desk.do("sprint create Lists")
    assert desk.do("sprint activate 1").text == "SPRINT-1 is active: Lists (0 of 0 tasks done)"
    assert stack(desk) == ["sprint SPRINT-1"]


def test_phase_2_an_activated_task_is_in_progress():
    desk = at_work()
    assert desk.do(f"task activate {CREATED}").data["status"] == "🔵 In Progress"
    assert 'status = "🔵 In Progress"' in desk.text(f".mdtm/tasks/CORE/{CREATED}.md")


@pytest.mark.parametrize("ended", [False, True])
def test_phase_2_a_deactivated_task_leaves_its_summary_and_may_be_ended(ended: bool):
    desk = at_work()
    desk.do(f"task activate {CREATED}")
    desk.do(f"task deactivate 'Created all tables'{' --done' * ended}")
    assert stack(desk) == []
    assert any("Created all tables" in text for text in entries(desk, 2))
    assert ('status = "🟢 Done"' in desk.text(f".mdtm/tasks/CORE/{CREATED}.md")) is ended


def test_phase_3_a_sprint_with_open_tasks_and_a_task_with_open_boxes_are_not_done():
    desk = at_work()
    path = f".mdtm/tasks/CORE/{CREATED}.md"
    desk.files.texts[path] = desk.text(path).replace("# It\n", "# It\n\n- [ ] Make the tables.\n")
    desk.do("sprint activate SPRINT-SESS-1")
    desk.do(f"task activate {CREATED}")
    assert "1 open box" in desk.refused("done")
    assert "SPRINT-SESS-1 has 2 open tasks" in desk.refused("sprint complete")


def test_phase_3_incomplete_work_is_caught_before_it_is_closed():
    desk = at_work()
    for own_id in ("TASK-PART-20260605-080000", "TASK-REST-20260605-080000"):
        head = f'id = "{own_id}"\ntitle = "A part"\nstatus = "🟡 To Do"\nparent_task_id = "{CREATED}"\n'
        desk.files.texts[f".mdtm/tasks/CORE/{own_id}.md"] = f"+++\n{head}+++\n"
    desk.do(f"task activate {CREATED}")
    desk.do("update 'the first table'")
    found = desk.do(f"completion {CREATED}")
    assert (found.status, found.data["valid"]) == (1, False)
    assert [text.partition(":")[0] for text in found.data["errors"]] == [
        f"{CREATED} has no summary", f"{CREATED} has 2 open subtasks",
    ]  # fmt: skip
    assert found.data["warnings"][0] == f"{CREATED} has only 1 update"
    assert {one["type"] for one in found.data["checklist"]} == {"required", "recommended"}
    assert desk.refused("done").startswith(f"{CREATED} has no summary and 2 open subtasks: TASK-PART-")
    desk.do("done 'all tables are there' --force 'the parts come later'")
    assert "because: the parts come later)" in desk.text(LOG)


def test_phase_3_requirements_are_what_prompts_are_made_of():
    desk = at_work()
    with pytest.raises(Refused) as caught:
        desk.do(f"task done {CREATED}")
    (wanted,) = caught.value.data["requirements"]
    assert (wanted["name"], wanted["question"]) == ("note", f"What came of {CREATED}?")
    assert desk.do(f"task done {CREATED} --{wanted['name']} 'all tables are there'").data["completion"]["valid"]


def test_phase_2_the_end_of_a_session_tells_what_it_was_and_what_it_lacks():
    desk = at_work()
    desk.do(f"task activate {CREATED}")
    desk.do("done 'all tables are there'")
    outcome = desk.do("complete")
    summary = outcome.instructions["session_summary"]
    assert (summary["tasks"], summary["artifacts"], summary["active_seconds"]) == ({"closed": 1, "total": 1}, 0, 5 * 60)
    assert outcome.text == "SESSION-001 is completed"
    assert started().do("complete").text.endswith("; but it has an empty context and only 1 entry")


def test_phase_5_a_task_that_took_much_longer_than_estimated_says_so():
    desk = at_work()
    path = f".mdtm/tasks/CORE/{CREATED}.md"
    desk.files.texts[path] = desk.text(path).replace("status =", "estimated_hours = 0.02\nstatus =")
    desk.do(f"task activate {CREATED}")
    desk.do("update 'the first table'")
    assert "taken 66.7 % longer than estimated" in desk.do("done 'all tables are there'").text


def test_phase_5_the_timer_runs_from_activation_to_deactivation_and_rests_with_the_session():
    desk = at_work()
    desk.do(f"task activate {CREATED}")
    desk.do("update 'the first table'")
    desk.do("pause")
    desk.do("status SESSION-001")
    desk.do("resume")
    desk.do("task deactivate")
    desk.do("status")
    (spell,) = desk.do("history").data["contexts"]
    assert (spell["id"], spell["seconds"]) == (CREATED, 3 * 60)


def test_phase_6_the_context_is_known_in_a_new_process(tmp_path: Path):
    (tmp_path / ".git").mkdir()

    def run(*words: str) -> str:
        command = [sys.executable, "-m", "mdtm", *words]
        environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True).stdout.decode()

    run("start", "Bread", "--dialect", "orchestration")
    run("sprint", "create", "Lists")
    run("sprint", "activate", "1")
    assert run("context", "show").startswith("sprint SPRINT-1  since ")


def test_context_is_set_once_and_all_that_follows_inherits_it():
    desk = at_work()
    for command in ("sprint activate SPRINT-SESS-1", f"task activate {CREATED}", "update Progress", "note 'Found it'"):
        desk.do(command)
    desk.do("sprint note 'half is done'")
    assert entries(desk, 3) == [
        f"Update: `{CREATED}`: Progress", f"Note: `{CREATED}`: Found it", "Note: `SPRINT-SESS-1`: half is done",
    ]  # fmt: skip
    assert desk.do("log 'the oven is hot'").data["task"] == CREATED
    desk.do("done 'all tables'")
    assert stack(desk) == ["sprint SPRINT-SESS-1"]
    assert desk.problems() == []


def test_what_works_now_is_one_walk():
    desk = at_work()
    desk.do("sprint activate SPRINT-SESS-1")
    desk.do(f"task activate {CREATED}")
    assert desk.do("status").data["active"]
    desk.do('task deactivate "Created all tables" --done')
    assert desk.do("sprint show").text.splitlines()[0].startswith("SPRINT-SESS-1  🔵 In Progress  1 of 2 done")
    desk.do("complete 'tables are there'")
    assert desk.text(LOG).splitlines()[-2].endswith("Context: cleared")
    assert desk.problems() == []


def test_phase_8_every_change_answers_with_what_comes_next_in_three_forms():
    desk = at_work()
    found = desk.do(f"task activate {CREATED}").instructions
    assert found["suggested_commands"] == ['mdtm update "how it goes"', f'mdtm task done {CREATED} "what came of it"']
    assert found["context_reminder"] == f"SESSION-001: Ship the price lists 🥖; {CREATED} About {CREATED}"
    assert as_text(found).startswith("now: SESSION-001") and as_markdown(found).startswith("**Now:** SESSION-001")
    assert desk.do("context show").instructions == {}
