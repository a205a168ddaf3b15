"""A walk through the workflow system's source text, section by section: what it says works."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mdtm.plan import Create, Delete, Move
from tests.doing import Desk

MARKERS = ".workflow/.active-"


def names(desk: Desk, folder: str = ".workflow") -> list[str]:
    """What `ls -A` shows."""
    return sorted((*desk.files.folders_in(folder), *desk.files.files_in(folder)))


def state(desk: Desk, name: str, home: str = ".workflow") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(desk.text(f"{home}/{name}/workflow-session.json"))
    return found


@pytest.fixture
def three() -> Desk:
    """The picture of the first section: one paused, one completed, one active."""
    desk = Desk()
    desk.do('start "OAuth integration" --dialect workflow')
    desk.do('start "Bug fix 123"')
    desk.do("complete")
    desk.do('start "User profile"')
    return desk


def test_marker_system_one_empty_file_shows_the_active_session_of_many(three: Desk):
    assert names(three) == [".active-WFS-user-profile", "WFS-oauth-integration", "WFS-user-profile", "completed"]
    assert three.files.texts[f"{MARKERS}WFS-user-profile"] == ""


def test_pre_execution_a_command_works_where_the_marker_points(three: Desk):
    three.do('log "in the active one"')
    assert "in the active one" in three.text(".workflow/WFS-user-profile/session_log.md")


def test_pre_execution_without_a_marker_a_command_works_in_a_temporary_place(three: Desk):
    three.do("pause")
    outcome = three.do('log "for the time being"')
    assert "no session is active" in outcome.text
    assert "for the time being" in three.text(".workflow/.temporary/session_log.md")


def test_active_session_detection(three: Desk):
    assert three.do("status").data["session"] == "WFS-user-profile"
    three.do("pause")
    assert "no active session" in three.do("status").text


def test_session_activation_by_hand_the_marker_alone_decides(three: Desk):
    del three.files.texts[f"{MARKERS}WFS-user-profile"]
    three.files.texts[f"{MARKERS}WFS-oauth-integration"] = ""
    assert three.do("status").data["session"] == "WFS-oauth-integration"


def test_session_discovery(three: Desk):
    listed = three.do("list")
    assert [one["session"] for one in listed.data["sessions"]] == [
        "WFS-oauth-integration",
        "WFS-user-profile",
        "WFS-bug-fix-123",
    ]
    assert "* WFS-user-profile  active  User profile" in listed.text


def test_session_state_structure(three: Desk):
    found = state(three, "WFS-user-profile")
    assert (found["session_id"], found["project"], found["type"]) == ("WFS-user-profile", "User profile", "medium")
    assert (found["current_phase"], found["status"]) == ("PLAN", "active")
    assert found["progress"] == {"completed_phases": [], "current_tasks": []}


def test_session_state_the_status_is_informational_only(three: Desk):
    path = ".workflow/WFS-user-profile/workflow-session.json"
    three.files.texts[path] = three.text(path).replace('"status": "active"', '"status": "paused"')
    assert three.do("status").data["active"] is True
    three.do("pause")


def test_create_makes_folder_and_state_and_the_marker_last():
    desk = Desk()
    outcome = desk.do('start "New feature" --dialect workflow')
    assert names(desk) == [".active-WFS-new-feature", "WFS-new-feature"]
    assert outcome.plan[-1] == Create(f"{MARKERS}WFS-new-feature", "")


def test_switch_is_one_rename_of_the_marker(three: Desk):
    outcome = three.do("switch WFS-oauth-integration")
    markers = [step for step in outcome.plan if isinstance(step, Move | Delete)]
    assert markers == [Move(f"{MARKERS}WFS-user-profile", f"{MARKERS}WFS-oauth-integration")]
    assert state(three, "WFS-user-profile")["status"] == "paused"


def test_pause_takes_the_marker_away(three: Desk):
    three.do("pause")
    assert not [name for name in names(three) if name.startswith(".active-")]
    assert state(three, "WFS-user-profile")["status"] == "paused"


def test_resume_sets_the_marker_again(three: Desk):
    three.do("pause")
    three.do("resume WFS-oauth-integration")
    assert [name for name in names(three) if name.startswith(".active-")] == [".active-WFS-oauth-integration"]


def test_complete_updates_the_state_takes_the_marker_and_moves_the_folder(three: Desk):
    three.do("complete")
    found = state(three, "WFS-user-profile", ".workflow/completed")
    assert (found["status"], found["completed_at"]) == ("completed", "2026-06-05T09:04:00Z")
    assert names(three) == ["WFS-oauth-integration", "completed"]


def test_phases_are_tracked_as_such_with_the_active_tasks(three: Desk):
    three.do("workflow phase IMPLEMENT")
    three.do("workflow tasks --add impl-1 --add impl-2")
    progress = state(three, "WFS-user-profile")["progress"]
    assert (progress["completed_phases"], progress["current_tasks"]) == (["PLAN"], ["impl-1", "impl-2"])


@pytest.mark.parametrize(
    ("command", "trigger"),
    [
        ("workflow phase IMPLEMENT", "phase_complete"),
        ("workflow checkpoint", "user_request"),
        ("pause", "session_end"),
    ],
)
def test_checkpoints_are_saved_at_transitions_on_request_and_at_the_end(three: Desk, command: str, trigger: str):
    three.do(command)
    progress = state(three, "WFS-user-profile")["progress"]
    assert progress["last_checkpoint"] == "2026-06-05T09:04:00Z"
    assert progress["checkpoint"]["trigger"] == trigger


def test_checkpoint_data_is_phase_status_active_tasks_and_what_the_session_is(three: Desk):
    three.do("workflow checkpoint")
    saved = state(three, "WFS-user-profile")["progress"]["checkpoint"]
    assert set(saved) == {"trigger", "phase_status", "active_tasks", "session_meta"}


def test_resume_logic_goes_on_from_the_last_phase_checkpoint(three: Desk):
    three.do("workflow phase IMPLEMENT")
    three.do("workflow tasks --add impl-1")
    three.do("pause")
    three.do("start Other")
    assert "(phase IMPLEMENT; completed PLAN; tasks impl-1)" in three.do("resume WFS-user-profile").text


def test_context_preservation_hands_the_plan_to_the_implementation(three: Desk):
    three.files.texts[".workflow/WFS-user-profile/IMPL_PLAN.md"] = "# Plan\n"
    three.do("workflow phase IMPLEMENT")
    assert state(three, "WFS-user-profile")["progress"]["transition"] == {
        "phase_completed": "PLAN",
        "next_phase": "IMPLEMENT",
        "completed_at": "2026-06-05T09:04:00Z",
        "artifacts": {"plan_document": "IMPL_PLAN.md"},
    }


def test_consistency_an_orphaned_marker_is_told_and_removed_only_when_that_is_wished_for():
    desk = Desk({f"{MARKERS}WFS-gone": "", ".workflow/README.md": ""})
    assert "there is no such session" in desk.do("doctor").text
    assert f"{MARKERS}WFS-gone" in desk.files.texts
    desk.do("doctor --fix")
    assert f"{MARKERS}WFS-gone" not in desk.files.texts


def test_multi_active_the_newest_marker_stays(three: Desk):
    three.files.texts[f"{MARKERS}WFS-oauth-integration"] = ""
    three.do("doctor --fix")
    assert [name for name in names(three) if name.startswith(".active-")] == [".active-WFS-oauth-integration"]


def test_recovery_a_corrupted_state_is_made_anew_with_the_sessions_name(three: Desk):
    path = ".workflow/WFS-user-profile/workflow-session.json"
    three.files.texts[path] = "\x00\x00\x00"
    three.do("doctor --fix")
    assert state(three, "WFS-user-profile")["session_id"] == "WFS-user-profile"
    assert three.text(f"{path}.broken") == "\x00\x00\x00"
    assert three.problems() == []


def test_scalability_hundreds_of_sessions_are_found_by_their_folders():
    desk = Desk({f".workflow/WFS-{number:03}/workflow-session.json": '{"status": "paused"}' for number in range(300)})
    desk.files.texts[f"{MARKERS}WFS-123"] = ""
    assert desk.do("status").data["session"] == "WFS-123"
    assert len(desk.do("list").data["sessions"]) == 300


def test_self_healing_everything_written_here_has_no_finding(three: Desk):
    for command in ("workflow phase IMPLEMENT", "workflow checkpoint x", "pause", "resume", "complete", "doctor"):
        three.do(command)
        assert three.problems() == []
        assert three.do("doctor").status == 0
