"""The log tells what a session has worked on, and how long."""

from __future__ import annotations

from pathlib import Path

from tests.doing import Desk

LOG = ".mdtm/sessions/SESSION-001/session_log.md"


def desk_with(*entries: str, status: str = "active") -> Desk:
    """A session that was started at nine, with entries at given minutes, such as `05 Session paused`."""
    lines = "".join(f"- [2026-06-05T08:{one[:2]}:00Z] `dev-api`: {one[3:]}\n" for one in entries)
    head = f'id = "SESSION-001"\ntitle = "Bake"\nstatus = "{status}"\nstart_time = "2026-06-05T08:00:00Z"\n'
    files = {LOG: f'+++\n{head}coordinator = "dev-api"\n+++\n\n## Log Entries\n\n{lines}'}
    return Desk(files | ({".mdtm/sessions/.active-SESSION-001": ""} if status == "active" else {}))


def spent(desk: Desk) -> dict[str, int]:
    return {one["id"]: one["seconds"] for one in desk.do("history SESSION-001").data["totals"]}


def test_the_switches_are_told_in_their_order_with_the_time_at_work():
    desk = desk_with(
        "00 Session started: Bake",
        "05 Context: pushed sprint `SPRINT-1`: Bread 🥖",
        "10 Context: pushed task `TASK-A-1`",
        "30 Context: popped task `TASK-A-1`: it rests",
        "40 Context: cleared",
    )
    outcome = desk.do("history")
    assert outcome.text.splitlines() == [
        "2026-06-05T08:05:00Z  [dev-api]  pushed sprint SPRINT-1  Bread 🥖",
        "2026-06-05T08:10:00Z  [dev-api]  pushed task TASK-A-1",
        "2026-06-05T08:30:00Z  [dev-api]  popped task TASK-A-1  it rests",
        "2026-06-05T08:40:00Z  [dev-api]  cleared",
        "time at work:",
        "  sprint SPRINT-1  0:35:00",
        "  task TASK-A-1  0:20:00",
    ]
    assert outcome.data["switches"][2] == {
        "time": "2026-06-05T08:30:00Z", "actor": "dev-api", "what": "popped", "type": "task", "id": "TASK-A-1",
        "note": "it rests",
    }  # fmt: skip
    assert outcome.data["contexts"][1] == {
        "type": "task", "id": "TASK-A-1", "from": "2026-06-05T08:10:00Z", "to": "2026-06-05T08:30:00Z", "seconds": 1200,
    }  # fmt: skip


def test_pauses_do_not_count_and_several_stays_add_up():
    desk = desk_with(
        "00 Context: pushed task `TASK-A-1`",
        "10 Session paused",
        "20 Session resumed",
        "25 Context: popped task `TASK-A-1`",
        "30 Context: pushed task `TASK-A-1`",
        "31 Context: popped task `TASK-A-1`",
    )
    assert spent(desk) == {"TASK-A-1": 16 * 60}
    assert [one["seconds"] for one in desk.do("history").data["contexts"]] == [15 * 60, 60]


def test_what_was_not_left_goes_on_until_now_or_until_the_session_was_over():
    pushed = "50 Context: pushed task `TASK-A-1`"
    assert spent(desk_with(pushed)) == {"TASK-A-1": 10 * 60}
    assert desk_with(pushed).do("history").data["contexts"][0]["to"] is None
    assert spent(desk_with(pushed, "55 Session paused", status="paused")) == {"TASK-A-1": 5 * 60}
    assert spent(desk_with(pushed, "56 Session completed", status="completed")) == {"TASK-A-1": 6 * 60}


def test_one_task_may_be_on_the_stack_twice_and_a_pop_of_nothing_is_only_told():
    twice = ["10 Context: pushed task `A-1`", "20 Context: pushed task `A-1`", "30 Context: popped task `A-1`"]
    desk = desk_with(*twice, "35 Context: popped sprint `SPRINT-9`", "40 Context: popped task `A-1`")
    assert [one["seconds"] for one in desk.do("history").data["contexts"]] == [30 * 60, 10 * 60]
    assert len(desk.do("history").data["switches"]) == 5


def test_times_that_name_no_zone_are_not_compared_with_others():
    desk = desk_with("10 Context: pushed task `TASK-A-1`", "20 Context: popped task `TASK-A-1`")
    desk.files.texts[LOG] = desk.text(LOG).replace("08:10:00Z", "08:10:00")
    assert desk.do("history").data["contexts"][0]["seconds"] is None


def test_a_log_that_tells_of_no_context_says_so():
    assert desk_with("10 Baked").do("history").text == "No entry of SESSION-001 tells of a context."
    desk = Desk()
    desk.do("start Bake --dialect workflow")
    assert desk.do("history").data["switches"] == []


def test_the_page_on_the_context_shows_what_works():
    page = (Path(__file__).parents[2] / "docs" / "context.md").read_text("utf-8")
    lines = page.partition("```sh\n")[2].partition("```")[0].splitlines()
    desk, own_id = Desk(), "TASK-DEV-20260914-081500"
    desk.do("start 'Standing orders' --dialect orchestration")
    head = f'id = "{own_id}"\ntitle = "Weeks that repeat"\nstatus = "🟡 To Do"\ntype = "🧹 Chore"\n'
    desk.files.texts[f".mdtm/tasks/A/{own_id}.md"] = f"+++\n{head}+++\n\n## Log Entries\n"
    for line in lines:
        outcome = desk.do(line.partition(" #")[0].removeprefix("mdtm "))
        if "the log: " in line:
            assert desk.text(LOG).endswith(line.partition("the log: ")[2] + "\n")
    assert [one["id"] for one in outcome.data["totals"]] == ["SPRINT-1", own_id]
    assert desk.problems() == []


def test_a_session_is_shown_with_what_it_works_on():
    desk = desk_with("10 Baked")
    desk.do("context push project bakery")
    outcome = desk.do("show")
    assert "context: project bakery" in outcome.text.splitlines()
    assert desk.do("status").data["context"][0]["id"] == "bakery"
