"""The life of a session, in every system: started, paused, resumed, ended, reopened."""

from __future__ import annotations

import re

import pytest

from mdtm.dialect import DIALECTS
from tests.doing import Desk

LOG = ".ruru/sessions/…/session_log.md"
dialects = pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)


def started(*goals: str) -> Desk:
    desk = Desk()
    for goal in goals:
        desk.do(f'start "{goal}"')
    return desk


def key(desk: Desk, path: str, name: str) -> str:
    """The value of a key of the frontmatter, as it is written."""
    match = re.search(rf"^{name} = (.*)$", desk.text(path), re.MULTILINE)
    assert match, f"{path} has no {name}"
    return match[1]


def markers(desk: Desk) -> list[str]:
    return [path.rpartition("/")[2] for path in desk.files.texts if "/.active-" in path]


@dialects
def test_a_session_walks_through_all_its_states_and_nothing_is_wrong_in_any(dialect):
    desk = Desk()
    own_id = desk.do(f'start "Bake rye bread 🍞" --dialect {dialect.name}').data["session"]
    assert dialect.id_pattern.fullmatch(own_id)
    assert markers(desk) == [f".active-{own_id}"] and desk.problems() == []
    for command, status, active in (
        ("pause", 1, 0), ("resume", 0, 1), ("fail 'no flour'", 3, 0), (f"reopen {own_id}", 0, 1),
        ("complete", 2, 0), (f"reopen {own_id}", 0, 1), ("pause", 1, 0), (f"complete --session {own_id}", 2, 0),
    ):  # fmt: skip
        outcome = desk.do(command)
        assert outcome.data["status"] == dialect.statuses[status], command
        assert len(markers(desk)) == active and desk.problems() == [], command


@dialects
def test_a_new_session_has_the_folders_of_its_system_each_with_a_readme(dialect):
    desk = Desk()
    folder = desk.do(f"start Bread --dialect {dialect.name}").data["folder"]
    assert folder.startswith(dialect.roots[0])
    readmes = {path for path in desk.files.texts if path.endswith("README.md")}
    assert readmes == {f"{folder}/{place}/README.md" for place in dialect.artifact_folders}
    assert all("{{" not in text for text in desk.files.texts.values())


def test_the_times_are_utc_and_end_time_stands_only_while_the_session_does_not_go_on():
    desk = started("Bread")
    assert (key(desk, LOG, "start_time"), key(desk, LOG, "end_time")) == ('"2026-06-05T09:00:00Z"', '""')
    desk.do('pause "the dough rests"')
    assert key(desk, LOG, "end_time") == '"2026-06-05T09:01:00Z"'
    assert desk.text(LOG).endswith("- [2026-06-05T09:01:00Z] `dev-api`: Session paused: the dough rests\n")
    desk.do("continue")
    assert key(desk, LOG, "end_time") == '""'
    desk.do("complete")
    assert key(desk, LOG, "end_time") == '"2026-06-05T09:03:00Z"'


def test_starting_pauses_the_active_session_and_renames_its_marker():
    desk = started("Bread")
    outcome = desk.do('start "Cake" --coordinator maren --tag sweet --tag "sour\\"dough" --type review')
    assert [type(step).__name__ for step in outcome.plan][-1] == "Move"
    assert markers(desk) == [".active-SESSION-Cake-2606050901"]
    bread, cake = (
        desk.text(f".ruru/sessions/SESSION-{name}/session_log.md") for name in ("Bread-2606050900", "Cake-2606050901")
    )
    assert 'status = "⏸️ Paused"' in bread and "takes over" in bread
    assert 'coordinator = "maren"' in cake and r'"sweet", "sour\"dough"' in cake and 'session_type = "review"' in cake
    assert desk.problems() == []


def test_resuming_and_switching_pause_the_active_session():
    desk = started("Bread", "Cake", "Tart")
    assert markers(desk) == [".active-SESSION-Tart-2606050902"]
    desk.do("resume SESSION-Bread-2606050900")
    desk.do("switch SESSION-Cake-2606050901")
    assert markers(desk) == [".active-SESSION-Cake-2606050901"]
    desk.do("pause")
    assert desk.do("resume").data["session"] == "SESSION-Cake-2606050901"
    assert desk.problems() == []


@pytest.mark.parametrize(("goal", "name"), [
    ("Fix: the café's till!", "Fix_the_caf_s_till"), ("  a   b  ", "a_b"), ("x-1_y", "x-1_y"),
    ("w" * 80, "w" * 60), ("word " * 20, "word_word_word_word_word_word_word_word_word_word_word_word"),
])  # fmt: skip
def test_the_goal_makes_the_name(goal: str, name: str):
    desk = Desk()
    assert desk.do(f'start "{goal}"').data["session"] == f"SESSION-{name}-2606050900"
    assert desk.problems() == []


def test_a_second_session_of_one_name_gets_a_number():
    desk = started("Bread")
    desk.now = desk.now.replace(minute=0)
    assert desk.do("start Bread").data["session"] == "SESSION-Bread-2606050900-2"
    assert desk.do("start Bread --dialect workflow").data["session"] == "WFS-bread"
    assert desk.do("start Bread --dialect workflow").data["session"] == "WFS-bread-2"
    assert desk.do("start Bread --dialect orchestration").data["session"] == "SESSION-001"
    assert desk.do("start Bread --dialect orchestration").data["session"] == "SESSION-002"
    assert desk.problems() == []


@pytest.mark.parametrize("answer", ["no", "quick task"])
def test_no_and_quick_task_leave_no_file_behind(answer: str):
    desk = started("Bread")
    before = dict(desk.files.texts)
    assert desk.do(f'start Cake --answer "{answer}"').data == {"session": None, "answer": answer}
    assert desk.files.texts == before
    assert "goes on" in desk.do('start Cake --answer "continue the active session"').text
    assert desk.files.texts == before


NONE = 'there is no active session; `mdtm start "goal"` starts one'
BREAD = "SESSION-Bread-2606050900"


@pytest.mark.parametrize(("before", "command", "message"), [
    ([], "pause", NONE), ([], "complete", NONE), ([], "fail x", NONE), ([], "show", NONE), ([], "log x", NONE),
    ([], "resume", "there is no paused session"), ([], 'start "…!?"', 'the goal "…!?" has no letter and no digit'),
    ([], 'start ""', 'the goal "" has no letter'),
    (["start Bread"], f"resume {BREAD} again", f"{BREAD} is active already, so nothing is resumed; `mdtm log"),
    (["start Bread"], "reopen", "which session? `mdtm reopen ID`"),
    (["start Bread"], f"reopen {BREAD}", f"{BREAD} is active, so it cannot be reopened"),
    (["start Bread"], "switch", "to which session?"),
    (["start Bread", "pause"], f"pause --session {BREAD}", f"is paused, so it cannot be paused; `mdtm resume {BREAD}`"),
    (["start Bread", "complete"], f"resume {BREAD}", f"is completed, so it cannot be resumed; `mdtm reopen {BREAD}`"),
    (["start Bread", "fail x"], f"complete --session {BREAD}", "is in error, so it cannot be completed"),
    (["start Bread"], "show SESSION-Bred-2606050900", f"there is no session SESSION-Bred-2606050900; did you mean {BREAD}?"),
    (["start Bread"], "show bread", f"did you mean {BREAD}?"),
    (["start Bread"], "show xyz", "there is no session xyz; see `mdtm list`"),
    (["start Bread"], 'log "  "', "the entry is empty"),
    (["start Bread"], 'fail " "', "a session is given up for a reason"),
    (["start Bread"], "log x --artifact ../../../etc/passwd", "lies outside the session's folder"),
    (["start Bread"], "log x --artifact artifacts/notes/none.md", "there is no file artifacts/notes/none.md"),
    (["start Bread"], "log x --task 'not an id'", "not an id is no id of a task"),
    (["start Bread", "task create Rye --to dev-api"], "log x --task TASK-API-20260605-090101",
     "there is no task TASK-API-20260605-090101; did you mean TASK-API-20260605-090100?"),
    (["start Bread", "task create Rye --to dev-api"], "artifact create note x --task api-20260605",
     "there is no task api-20260605; did you mean TASK-API-20260605-090100?"),
])  # fmt: skip
def test_what_makes_no_sense_is_refused_and_says_what_would(before: list[str], command: str, message: str):
    desk = Desk()
    for earlier in before:
        desk.do(earlier)
    there = dict(desk.files.texts)
    assert message in desk.refused(command)
    assert desk.files.texts == there


@pytest.mark.parametrize("broken", ['status = "🟢 Active', 'status = "🟢 Active"\nstatus = "🟢 Active"'])
def test_a_log_whose_status_cannot_be_read_is_not_touched(broken: str):
    desk = started("Bread")
    path = desk.path(LOG)
    desk.files.texts[path] = desk.files.texts[path].replace('status = "🟢 Active"', broken)
    there = dict(desk.files.texts)
    assert "mdtm check" in desk.refused("pause")
    assert desk.files.texts == there


def test_a_log_keeps_its_line_ends_its_comments_and_the_section_behind_the_entries():
    desk = started("Bread")
    path = desk.path(LOG)
    text = desk.files.texts[path].replace('status = "🟢 Active"', 'status = "🟢 Active"   # where it stands')
    desk.files.texts[path] = (text + "\n## Afterwards\n\nClean the oven.\n").replace("\n", "\r\n")
    desk.do('pause "first\nsecond"')
    log = desk.files.texts[path]
    assert "\n" not in log.replace("\r\n", "")
    assert 'status = "⏸️ Paused"   # where it stands\r\n' in log
    assert log.endswith("Session paused: first\r\n  second\r\n\r\n## Afterwards\r\n\r\nClean the oven.\r\n")
    assert desk.problems() == []


def test_the_overview_tells_where_each_session_stands():
    desk = started("Bread", "Cake")
    desk.do("log 'it rises 🎂' --kind result --actor maren")
    assert desk.do("status").text == "SESSION-Cake-2606050901  🟢 Active  Cake"
    assert desk.do("list").text.splitlines() == [
        f"  {BREAD}  ⏸️ Paused  Bread", "* SESSION-Cake-2606050901  🟢 Active  Cake",
    ]  # fmt: skip
    assert [one["session"] for one in desk.do("list --state paused").data["sessions"]] == [BREAD]
    shown = desk.do("show --last 1")
    (entry,) = shown.data["entries"]
    assert (entry["actor"], entry["kind"], entry["time"]) == ("maren", "result", "2026-06-05T09:02:00Z")
    assert "Result: it rises 🎂" in shown.text
    assert "\ntime: 0:05:00 at work, 0:00:00 at rest\n" in shown.text and shown.data["clock"]["active_seconds"] == 300
    assert desk.do("pause").data["session"] == "SESSION-Cake-2606050901"
    assert desk.do("status").text.startswith("There is no active session")


def test_the_overview_tells_of_a_status_that_cannot_be_read_and_shows_no_entries_when_none_are_wanted():
    desk = started("Bread")
    desk.files.texts[desk.path(LOG)] = desk.text(LOG).replace('status = "🟢 Active"', "status = 🟢")
    assert desk.do("status").text == f"{BREAD}  (no status that can be read)  Bread"
    for last in ("0", "-1"):
        assert "last entries" not in desk.do(f"show --last={last}").text


def test_entries_that_tell_of_a_task_or_an_artifact_list_it():
    desk = started("Bread")
    desk.do('task create "Buy rye" --to dev-api')
    task = key(desk, LOG, "related_tasks")
    name = desk.path(LOG).replace("session_log.md", "artifacts/notes/NOTE-rye-2606050900.md")
    desk.files.texts[name] = "# Rye\n"
    desk.files.texts[desk.path(LOG)] = desk.text(LOG).replace(f"related_tasks = {task}", "related_tasks = []")
    desk.do(f"log '{task[2:-2]} to dev-api, and TASK-NONE-1' --kind delegation")
    desk.do("log '`artifacts/notes/NOTE-rye-2606050900.md` and artifacts/gone.md' --kind artifact")
    assert key(desk, LOG, "related_tasks") == task
    assert key(desk, LOG, "related_artifacts") == '["artifacts/notes/NOTE-rye-2606050900.md"]'
    assert desk.problems() == []


@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("log lunch --kind pause", "⏸️ Paused"),
        ("log '⏸ paused' --kind status", "⏸️ Paused"),
        ("log 'Session status changed to: `🏁 Completed`.' --kind status", "🏁 Completed"),
        ("log 'all baked' --kind end", "🏁 Completed"),
        ("log 'Session failed: no flour' --kind end", "🔴 Error"),
        ("log 'TASK-1 is done' --kind status", "🟢 Active"),
        ("log status --kind status", "🟢 Active"),
        ("log 'Session paused: lunch'", "🟢 Active"),
        ("log again --kind resume", "🟢 Active"),
    ],
)
def test_an_entry_of_a_kind_that_tells_where_the_session_stands_brings_it_there(command: str, status: str):
    desk = started("Bread")
    outcome = desk.do(command)
    assert key(desk, LOG, "status") == f'"{status}"'
    assert (key(desk, LOG, "end_time") == '""') == (status == "🟢 Active") == (".active-" in str(desk.files.texts))
    assert ("; SESSION-Bread-2606050900 is " in outcome.text) == (status != "🟢 Active")
    assert desk.text(desk.path(LOG)).count("\n- [") == 2
    assert desk.problems() == []
    assert desk.do("doctor").status == 0


def test_an_entry_on_a_session_that_goes_on_pauses_the_active_one_and_one_on_what_is_over_is_refused():
    desk = started("Bread", "Cake")
    desk.do(f"log back --kind resume --session {BREAD}")
    assert [one["status"] for one in desk.do("list").data["sessions"]] == ["🟢 Active", "⏸️ Paused"]
    desk.do("complete")
    assert "is completed, so it cannot become paused; `mdtm reopen" in desk.refused(
        f"log x --kind pause --session {BREAD}"
    )
    desk = Desk()
    desk.do("start Menu --dialect workflow")
    desk.do("log x --kind end")
    assert any(path.startswith(".workflow/completed/WFS-menu/") for path in desk.files.texts)


def test_an_entry_may_be_about_a_task_of_another_tool_where_there_are_none_or_where_the_session_works_on_it():
    desk = started("Bread")
    desk.do("log x --task IMPL-1")
    assert key(desk, LOG, "related_tasks") == '["IMPL-1"]'
    desk.do("start Menu --dialect workflow")
    desk.do("task create Rye --to dev-api")
    desk.do("workflow tasks --add IMPL-1")
    desk.do("log x --task IMPL-1")
    assert "there is no task IMPL-2" in desk.refused("log x --task IMPL-2")


@pytest.mark.parametrize("opened", ["```py", "~~~", "<!-- out", "1. one\n   ```"])
def test_what_an_entry_opens_swallows_no_other_entry(opened: str):
    desk = started("Bread")
    path = desk.path(LOG)
    desk.files.texts[path] += "\n## Notes\n\nA note.\n"
    desk.do(f"log 'look:\n{opened}\nx'")
    desk.do("log 'Decision: rye'")
    desk.do("pause")
    assert [entry["kind"] for entry in desk.do(f"show {BREAD}").data["entries"]] == ["start", "", "decision", "pause"]
    assert desk.text(LOG).endswith("Session paused\n\n## Notes\n\nA note.\n") and desk.problems() == []


def test_an_entry_holds_nothing_that_breaks_its_line_or_a_terminal():
    desk = started("Bread")
    desk.do("log 'a\x1b[31m\0b\rc' --actor 'ev`il\nx'")
    assert desk.text(LOG).endswith("`evil x`: a[31mb\n  c\n")


@pytest.mark.parametrize(("text", "title"), [("", BREAD), ("\n", BREAD), ("\ufeff# Rye 🍞\r\n\r\n", "Rye 🍞")])
def test_an_empty_log_or_one_with_only_a_title_is_filled_by_its_first_entry(text: str, title: str):
    desk = started("Bread")
    desk.files.texts[desk.path(LOG)] = text
    desk.do("log 'it rises'")
    assert key(desk, LOG, "title") == f'"{title}"'
    assert key(desk, LOG, "id") == f'"{BREAD}"' and desk.text(LOG).endswith("`dev-api`: it rises\n")
    assert desk.problems() == []


@pytest.mark.parametrize("home", ["sessions", ".roopm/sessions", ".roopm/sessions/sessions", ".tasks/sessions"])
def test_a_session_in_a_folder_of_no_system_is_one_all_the_same(home: str):
    made = started("Bread")
    desk = Desk({f"{home}/{BREAD}/session_log.md": made.text(LOG)})
    assert [one["session"] for one in desk.do("list").data["sessions"]] == [BREAD]
    desk.do(f"complete --session {BREAD}")
    assert 'status = "🏁 Completed"' in desk.text(f"{home}/{BREAD}/session_log.md")


def test_of_two_sessions_with_one_id_the_folder_says_which_is_meant():
    log = started("Bread").text(LOG)
    homes = (".ruru/sessions", "sessions")
    desk = Desk({f"{home}/{BREAD}/session_log.md": log for home in homes})
    assert f"there are 2 sessions {BREAD}; name the folder" in desk.refused(f"show {BREAD}")
    assert [desk.do(f"show {home}/{BREAD}").data["folder"] for home in homes] == [f"{home}/{BREAD}" for home in homes]
