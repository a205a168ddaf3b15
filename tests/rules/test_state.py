"""The rules of where a session stands, on what their pages do not show."""

from __future__ import annotations

import pytest

from mdtm.problem import Severity
from tests.checks import check_fix, codes_in, files_in, problems_in

HOME = ".ruru/sessions"
PATH = f"{HOME}/SESSION-Slots-2506050301/session_log.md"
OTHER = f"-- {HOME}/.active-SESSION-Prices-2506050401 --\n"
OWN = f"-- {HOME}/.active-SESSION-Slots-2506050301 --\n"


def log(*entries: str, status: str = "🟢 Active", start: str = "2025-06-05T03:01:44Z", end: str = "") -> str:
    lines = "".join(f"- {entry}\n" for entry in entries)
    return (
        f'-- {PATH} --\n+++\nid = "SESSION-Slots-2506050301"\ntitle = "Slots"\nstatus = "{status}"\n'
        f'start_time = "{start}"\nend_time = "{end}"\ncoordinator = "dev-api"\n+++\n\n## Log Entries\n\n{lines}'
    )


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        ("2025-06-05T03:01:44Z", "2025-06-05T03:01:44Z", False),
        ("2025-06-05T03:01:44Z", "2025-06-05T12:01:44+10:00", True),
        ("2025-06-05T03:01:44Z", "2025-06-05T14:01:44+10:00", False),
        ("2025-06-05T03:01:44Z", "2025-06-05 02:00:00", False),
        ("2025-06-05 03:01:44", "2025-06-05 02:00:00", True),
        ("2025-06-05T03:01:44Z", "2025-06-05", False),
    ],
)
def test_an_end_is_held_against_the_start_where_both_name_their_zone_or_neither(start: str, end: str, wrong: bool):
    assert ("end-before-start" in codes_in(log(status="🏁 Completed", start=start, end=end))) is wrong


def test_the_time_of_a_last_entry_before_the_start_mends_nothing():
    text = log("[2025-06-05T02:30:00Z] Read the calendar.", status="🏁 Completed", end="2025-06-05T02:20:00Z")
    found = [problem for _, problem in problems_in(files_in(text)) if problem.code == "end-before-start"]
    assert [problem.fixes for problem in found] == [()]


@pytest.mark.parametrize(
    ("entry", "status"),
    [
        ("[2025-06-05T04:20:00Z] `dev-api`: Session completed.", "🏁 Completed"),
        ("2025-06-05T04:20:00Z - dev-api - Session paused: lunch", "⏸️ Paused"),
        ("[2025-06-05T04:20:00Z] Session failed: no calendar", "🔴 Error"),
        ("[2025-06-05T04:20:00Z] Session status changed to: `🏁 Completed`", "🏁 Completed"),
    ],
)
def test_a_last_entry_that_ends_the_session_decides_its_status(entry: str, status: str):
    check_fix(log(entry), log(entry, status=status, end="2025-06-05T04:20:00Z"), unsafe=True)
    assert codes_in(log(entry)) == ["finished-but-active"]


@pytest.mark.parametrize(
    "entries",
    [
        ("[2025-06-05T04:20:00Z] Session completed.", "[2025-06-05T04:30:00Z] Session resumed."),
        ("[2025-06-05T04:20:00Z] Paused the download.",),
        ("[2025-06-05T04:20:00Z] Completed the calendar.",),
        ("[2025-06-05T04:20:00Z] Session status changed to: `unknown`",),
        ("[2025-06-05T04:20:00Z] Session paused.", *(f"[2025-06-05T04:3{n}:00Z] Read on." for n in range(3))),
    ],
)
def test_a_log_that_goes_on_is_not_finished(entries: tuple[str, ...]):
    assert codes_in(log(*entries)) == []


def test_a_session_is_stale_after_a_week_without_an_entry():
    def stamped(day: int) -> str:
        return log(f"[2025-06-0{day}T01:00:00Z] Read the calendar.", start="2025-06-01")

    assert codes_in(stamped(2)) == ["stale-session"]
    assert codes_in(stamped(3)) == []
    (problem,) = [problem for _, problem in problems_in(files_in(stamped(2)))]
    assert (problem.severity, problem.message) == (
        Severity.INFORMATION,
        "the session is active, but nothing has been logged for 7 days",
    )


@pytest.mark.parametrize("status", ["⏸️ Paused", "🏁 Completed"])
def test_a_session_that_is_not_active_is_never_stale(status: str):
    entry = "[2025-06-05T04:20:00Z] Read the calendar."
    assert codes_in(log(entry, status=status, end="2025-06-05T04:20:00Z")) == []


def test_the_marker_keeps_a_session_active_and_takes_that_from_another_one():
    entry = "[2025-06-05T04:20:00Z] Read the calendar."
    assert codes_in(log(entry) + OWN) == []
    assert codes_in(log(entry) + OTHER) == ["marker-disagrees"]
    check_fix(log(entry) + OTHER, log(entry, status="⏸️ Paused", end="2025-06-05T04:20:00Z") + OTHER, unsafe=True)


def test_each_of_several_marked_sessions_is_told_of_the_others():
    assert codes_in(log() + OWN + OTHER) == ["several-active"]
    assert codes_in(log(status="⏸️ Paused", end="2025-06-05T04:20:00Z") + OTHER) == []


def test_the_marker_of_a_workflow_session_is_held_against_its_state_file():
    folder = ".workflow/active/WFS-menu"
    state = f'-- {folder}/workflow-session.json --\n{{"session_id": "WFS-menu", "status": "paused"}}\n'
    marker = "-- .workflow/.active-WFS-menu --\n"
    assert codes_in(state + marker) == ["marker-disagrees"]
    check_fix(state + marker, state.replace("paused", "active") + marker, unsafe=True)


def test_the_state_file_speaks_for_the_log_beside_it():
    folder = ".workflow/WFS-menu"
    state = f'-- {folder}/workflow-session.json --\n{{"session_id": "WFS-menu", "status": "active"}}\n'
    beside = log().replace(PATH, f"{folder}/session_log.md").replace("SESSION-Slots-2506050301", "WFS-menu")
    beside = beside.replace("🟢 Active", "active")
    assert codes_in(state + beside + "-- .workflow/.active-WFS-other --\n") == ["marker-disagrees"]


def test_a_marker_outweighs_the_last_entry_and_one_on_another_session_does_not():
    entry = "[2025-06-05T04:20:00Z] Session completed."
    assert codes_in(log(entry) + OWN) == []
    assert codes_in(log(entry) + OTHER) == ["finished-but-active"]
