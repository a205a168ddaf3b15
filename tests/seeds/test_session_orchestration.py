"""Session-based orchestration, phase by phase: what a session itself does there.

The context stack, sprints, the clock, the completion checks and the instructions are not there yet.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.doing import Desk

LOG = ".mdtm/sessions/SESSION-001/session_log.md"


def started() -> Desk:
    desk = Desk()
    desk.do('start "Ship the price lists 🥖" --dialect orchestration --type planning')
    return desk


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
