"""The rules about workflow sessions, on what their pages do not show."""

from __future__ import annotations

import pytest

from tests.checks import check_fix, check_problems, codes_in
from tests.doing import Desk


def state(status: str, more: str = "", place: str = ".workflow/active", own_id: str = "WFS-menu") -> str:
    return f'-- {place}/{own_id}/workflow-session.json --\n{{"session_id": "{own_id}", "status": "{status}"{more}}}\n'


def log(status: str = "active", end: str = "", place: str = ".workflow/active") -> str:
    keys = f'id = "WFS-menu"\ntitle = "Menu"\nstatus = "{status}"\nstart_time = "2025-06-05T03:01:44Z"\n'
    return f'-- {place}/WFS-menu/session_log.md --\n+++\n{keys}end_time = "{end}"\ncoordinator = "a"\n+++\n'


@pytest.mark.parametrize(
    ("place", "status", "found"),
    [
        ("active", "completed", True), ("active", "done", True), ("active", "abandoned", False),
        ("active", "planning", False), ("active", "paused", False), ("archives", "completed", False),
        ("archives", "abandoned", False), ("archives", "archived", False), ("archives", "synthesis_completed", False),
        ("completed", "paused", True), ("archives", "planning", True), ("archives", "review_in_progress", True),
        (".", "completed", False), ("scratch", "completed", False),
    ],
)  # fmt: skip
def test_the_folder_tells_whether_a_session_is_over(place: str, status: str, found: bool):
    folder = ".workflow" if place == "." else f".workflow/{place}"
    assert ("status-against-place" in codes_in(state(status, place=folder))) == found


def test_a_completed_session_that_a_marker_names_is_another_matter():
    marked = state("completed") + "-- .workflow/.active-WFS-menu --\n"
    assert "status-against-place" not in codes_in(marked)


@pytest.mark.parametrize(
    ("phase", "meant"), [("plan", "PLAN"), ("Planning", "PLAN"), ("implementation", "IMPLEMENT"), ("Review", "REVIEW")]
)
def test_a_phase_has_one_spelling(phase: str, meant: str):
    before, after = (state("active", f', "progress": {{"completed_phases": ["{one}"]}}') for one in (phase, meant))
    check_fix(before, after, unsafe=True)
    check_fix(before, after if phase.upper() == meant else before)


def test_other_tools_may_have_phases_of_their_own():
    check_problems("""
        -- .workflow/active/WFS-menu/workflow-session.json --
        {"session_id": "WFS-menu", "status": "active", "current_phase": "", "phase": "tdd",
         "progress": {"completed_phases": ["PLAN", "🟢 implement", 3], "current_tasks": []}}
                                                   ^^^^^^^^^^^^^ unknown-phase: "🟢 implement" is no phase; the phases are PLAN
        """)


@pytest.mark.parametrize(
    ("own_id", "found"),
    [
        ("WFS-menu", False), ("WFS-menu-2", False), ("WFS-20260407-menu", False), ("WFS-Menu", True),
        ("WFS-menu-", True), ("WFS-menu_of_today", True), ("WFS-" + "long-" * 12 + "er", True), ("brainstorm-x", False),
    ],
)  # fmt: skip
def test_an_id_is_words_in_small_letters(own_id: str, found: bool):
    assert codes_in(state("active", own_id=own_id)) == (["workflow-id-form"] if found else [])


@pytest.mark.parametrize("key", ["completed_at", "archived_at", "ended_at"])
def test_any_time_of_the_end_will_do(key: str):
    made = ', "created_at": "2025-06-05T03:01:44Z"'
    place = ".workflow/completed"
    assert codes_in(state("completed", made, place)) == ["completed-without-time"]
    assert codes_in(state("completed", f'{made}, "{key}": "2025-06-05T04:01:44Z"', place)) == []
    assert codes_in(state("active", made)) == []


def test_a_log_has_the_status_of_the_state_in_whatever_words():
    assert codes_in(log("active") + state("in progress")) == ["unknown-status"]
    assert codes_in(log("active") + state("planning")) == []
    assert codes_in(log("paused", "2025-06-05T04:20:00Z") + state("active")) == ["log-against-state"]
    assert codes_in(log("active") + state("active").replace('"status": "active"', '"status": 3')) == ["wrong-type"]


def test_only_workflow_sessions_need_a_state_file():
    assert codes_in(log(place=".workflow/active")) == ["missing-state-file"]
    assert codes_in(log() + state("active")) == []


def test_a_number_with_commas_and_a_bad_escape_are_found_at_their_places_and_mended():
    before = state("active", r', "lines": 9,166, "path": "a\escape"')
    line = before.splitlines()[1]
    marks = f"{' ' * line.index('9,166')}^^^^^ broken-json: a number\n{' ' * line.index(chr(92))}^^ broken-json: in a string\n"
    check_problems(before + marks)
    check_fix(before, state("active", r', "lines": 9166, "path": "a\\escape"'))


@pytest.mark.parametrize("text", ["", "[1, 2]", "menu", "null"])
def test_of_a_state_file_that_is_no_object_nothing_else_is_told(text: str):
    assert codes_in(f"-- .workflow/active/WFS-menu/workflow-session.json --\n{text}\n") == ["broken-json"]


def test_a_status_of_no_kind_is_told_without_an_error():
    assert codes_in(state("role_analysis_in_progress")) == ["unknown-status"]


def test_a_session_that_the_verbs_take_through_its_life_has_no_problem():
    desk = Desk()
    desk.do('start "Menu of the week" --dialect workflow')
    for command in ("workflow phase IMPLEMENT", "pause", "resume", "workflow phase REVIEW", "complete"):
        desk.do(command)
        assert desk.problems() == [], command
