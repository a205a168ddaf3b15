"""Phases, checkpoints and tasks of workflow sessions, and the places where they lie."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mdtm.cli import main
from mdtm.document import Document
from mdtm.workflow import last_checkpoint
from tests.doing import Desk

STATE = ".workflow/…/workflow-session.json"
DOCUMENTED = """\
{
  "session_id": "WFS-menu", "project": "The menu 🍜", "type": "simple",
  "current_phase": "PLAN", "status": "active",
  "progress": { "completed_phases": [], "current_tasks": ["impl-1"], "last_checkpoint": "2025-09-07T10:00:00Z" },
  "meta": { "created": "2025-09-05T10:00:00Z", "updated": "2025-09-07T10:00:00Z" }
}
"""


def started(*others: str) -> Desk:
    desk = Desk()
    desk.do('start "New menu" --dialect workflow')
    for command in others:
        desk.do(command)
    return desk


def documented(text: str = DOCUMENTED) -> Desk:
    """A workspace with a session whose state has the keys of the documentation."""
    return Desk({".workflow/WFS-menu/workflow-session.json": text, ".workflow/.active-WFS-menu": ""})


def state(desk: Desk, path: str = STATE) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(desk.text(path))
    return found


def test_without_a_phase_the_present_one_is_told():
    outcome = started().do("workflow phase")
    assert (outcome.text, outcome.plan) == ("WFS-new-menu: phase PLAN", ())
    assert outcome.data["phase"] == "PLAN"


def test_moving_on_completes_the_phase_before_and_saves_a_checkpoint():
    desk = started("workflow tasks --add IMPL-1")
    outcome = desk.do("workflow phase IMPLEMENT")
    assert outcome.text == "WFS-new-menu: PLAN is completed, phase IMPLEMENT begins"
    found = state(desk)
    assert found["current_phase"] == "IMPLEMENT"
    assert found["updated_at"] == "2026-06-05T09:02:00Z"
    progress = found["progress"]
    assert progress["completed_phases"] == ["PLAN"]
    assert progress["last_checkpoint"] == "2026-06-05T09:02:00Z"
    assert progress["checkpoint"] == {
        "trigger": "phase_complete",
        "phase_status": {"PLAN": "completed", "IMPLEMENT": "active", "REVIEW": "pending"},
        "active_tasks": ["IMPL-1"],
        "session_meta": {
            "session_id": "WFS-new-menu",
            "project": "New menu",
            "type": "medium",
            "status": "active",
        },
    }
    assert desk.text(".workflow/…/session_log.md").endswith("Status: PLAN is completed, phase IMPLEMENT begins\n")
    assert desk.problems() == []


def test_going_back_opens_the_phases_ahead_again():
    desk = started("workflow phase IMPLEMENT", "workflow phase REVIEW", "workflow phase IMPLEMENT")
    assert state(desk)["progress"]["completed_phases"] == ["PLAN"]
    assert state(desk)["progress"]["checkpoint"]["trigger"] == "phase_reopened"


def test_a_phase_that_is_skipped_is_not_completed():
    desk = started("workflow phase REVIEW")
    assert state(desk)["progress"]["completed_phases"] == ["PLAN"]


def test_what_makes_no_sense_as_a_phase_is_refused():
    desk = started()
    assert "is in phase PLAN already" in desk.refused("workflow phase PLAN")
    assert "paths are from the session's folder" in desk.refused("workflow phase IMPLEMENT --artifact plan.md")
    desk.do("workflow phase REVIEW")
    assert "leave --artifact out" in desk.refused("workflow phase PLAN --artifact plan.md")


def test_a_session_of_another_system_has_no_phases():
    desk = Desk()
    desk.do("start Menu")
    for command in ("phase", "checkpoint", "tasks"):
        assert "is no workflow session" in desk.refused(f"workflow {command}")


def test_the_next_phase_is_told_what_the_one_before_leaves():
    desk = started()
    desk.files.texts[".workflow/WFS-new-menu/IMPL_PLAN.md"] = "# Plan\n"
    for name in ("IMPL-1", "IMPL-2"):
        desk.files.texts[f".workflow/WFS-new-menu/.summaries/{name}.md"] = "done\n"
    desk.do("workflow phase IMPLEMENT")
    assert state(desk)["progress"]["transition"] == {
        "phase_completed": "PLAN",
        "next_phase": "IMPLEMENT",
        "completed_at": "2026-06-05T09:01:00Z",
        "artifacts": {"plan_document": "IMPL_PLAN.md"},
    }
    desk.do("workflow phase REVIEW")
    left = state(desk)["progress"]["transition"]["artifacts"]
    assert left == {"results": [".summaries/IMPL-1.md", ".summaries/IMPL-2.md"]}


def test_a_checkpoint_on_request_keeps_a_note():
    desk = started()
    outcome = desk.do('workflow checkpoint "before the\n schema 🎉 changes"')
    assert outcome.text == "Saved a checkpoint of WFS-new-menu in phase PLAN"
    saved = state(desk)["progress"]["checkpoint"]
    assert (saved["trigger"], saved["note"]) == ("user_request", "before the schema 🎉 changes")


@pytest.mark.parametrize(("verb", "status"), [("pause", "paused"), ("complete", "completed"), ("fail no", "abandoned")])
def test_the_end_of_a_session_saves_a_checkpoint(verb: str, status: str):
    desk = started("workflow phase REVIEW", verb)
    path = next(path for path in desk.files.texts if path.endswith(".json"))
    progress = state(desk, path)["progress"]
    assert progress["checkpoint"]["trigger"] == "session_end"
    assert progress["checkpoint"]["session_meta"]["status"] == status
    assert progress["completed_phases"] == (["PLAN", "REVIEW"] if verb == "complete" else ["PLAN"])


def test_a_resume_tells_which_checkpoint_it_goes_on_from():
    desk = started("workflow phase IMPLEMENT", "workflow tasks --add IMPL-1 --add IMPL-2", "pause")
    outcome = desk.do("resume")
    assert outcome.text.partition("\n")[0] == (
        "WFS-new-menu is active; it goes on from the checkpoint of 2026-06-05T09:03:00Z "
        "(phase IMPLEMENT; completed PLAN; tasks IMPL-1, IMPL-2)"
    )
    assert outcome.data["checkpoint"] == {
        "when": "2026-06-05T09:03:00Z",
        "phase": "IMPLEMENT",
        "completed_phases": ["PLAN"],
        "tasks": ["IMPL-1", "IMPL-2"],
        "note": "",
    }


def test_a_checkpoint_of_another_tool_that_only_has_its_time_is_one_too():
    found = last_checkpoint(Document.read("a/workflow-session.json", DOCUMENTED))
    assert found and (found.when, found.progress.phase, found.progress.tasks) == (
        "2025-09-07T10:00:00Z",
        "PLAN",
        ("impl-1",),
    )


def test_a_state_with_the_documented_keys_keeps_to_them():
    desk = documented(DOCUMENTED.replace("\n", "\r\n"))
    desk.do("workflow phase IMPLEMENT")
    text = desk.text(STATE)
    assert "updated_at" not in text
    assert '"meta": { "created": "2025-09-05T10:00:00Z", "updated": "2026-06-05T09:00:00Z" }' in text
    assert '"completed_phases": ["PLAN"], "current_tasks": ["impl-1"]' in text
    assert text.count("\n") == text.count("\r\n") == DOCUMENTED.count("\n")
    assert desk.problems() == []


def test_a_state_without_phase_and_progress_gets_them():
    desk = documented('{"session_id": "WFS-menu", "status": "planning"}')
    assert desk.do("workflow phase").text == "WFS-menu: no phase yet"
    desk.do("workflow phase PLAN")
    assert state(desk)["current_phase"] == "PLAN"
    assert state(desk)["progress"]["checkpoint"]["phase_status"]["PLAN"] == "active"
    assert desk.problems() == []


def test_a_progress_that_is_no_object_stands_in_nobodys_way_but_the_checkpoints():
    desk = documented('{"session_id": "WFS-menu", "status": "active", "progress": "50 %"}')
    assert "is no object" in desk.refused("workflow checkpoint")
    desk.do("pause")
    assert state(desk)["progress"] == "50 %"


def test_a_broken_state_is_refused_with_the_cure():
    desk = documented('{"session_id": "WFS-menu", ')
    assert "mdtm doctor --fix" in desk.refused("workflow checkpoint")


def test_tasks_are_added_taken_off_and_listed():
    desk = started()
    assert desk.do("workflow tasks").text == "WFS-new-menu works on no task"
    assert desk.do("workflow tasks --add IMPL-1 --add IMPL-2").text == "WFS-new-menu works on IMPL-1, IMPL-2"
    assert desk.do("workflow tasks --add IMPL-3 --remove IMPL-1").text == "WFS-new-menu works on IMPL-2, IMPL-3"
    assert "IMPL-9 is none of the tasks: IMPL-2, IMPL-3" in desk.refused("workflow tasks --remove IMPL-9")
    assert desk.do("workflow tasks --add IMPL-2").plan == ()
    assert state(desk)["progress"]["current_tasks"] == ["IMPL-2", "IMPL-3"]


def test_with_folders_a_session_starts_among_the_open_ones_and_ends_in_the_archives():
    desk = Desk({".workflow/active/.gitkeep": ""})
    assert desk.do('start "New menu"').data["folder"] == ".workflow/active/WFS-new-menu"
    assert ".workflow/.active-WFS-new-menu" in desk.files.texts
    desk.do("complete")
    assert state(desk, ".workflow/archives/…/workflow-session.json")["status"] == "completed"
    desk.do("reopen WFS-new-menu")
    again = state(desk, ".workflow/active/…/workflow-session.json")
    assert (again["status"], again["completed_at"]) == ("active", "")
    assert desk.problems() == []


def test_with_markers_only_a_completed_session_has_a_folder_of_its_own():
    desk = started("complete")
    assert desk.path(".workflow/completed/…/workflow-session.json")


def test_a_session_that_was_given_up_can_be_archived():
    desk = started("fail no", "workflow archive WFS-new-menu")
    found = state(desk, ".workflow/completed/…/workflow-session.json")
    assert (found["status"], found["archived_at"]) == ("abandoned", "2026-06-05T09:02:00Z")
    assert "is where it belongs" in desk.refused("workflow archive WFS-new-menu")
    assert desk.problems() == [] and desk.do("doctor").status == 0


def test_a_session_that_is_not_over_is_not_archived():
    desk = documented('{"session_id": "WFS-menu", "status": "planning"}')
    desk.files.texts.pop(".workflow/.active-WFS-menu")
    assert '"planning", so it is not over' in desk.refused("workflow archive WFS-menu")


def test_without_an_active_session_a_command_works_in_a_temporary_place_and_says_so():
    desk = Desk({".workflow/README.md": "Sessions lie here\n"})
    for command in ('log "a thought 🎉"', "workflow phase IMPLEMENT", "workflow tasks --add T", "workflow checkpoint"):
        assert "no session is active, so this is in .workflow/.temporary" in desk.do(command).text
        assert desk.problems() == []
    assert state(desk, ".workflow/.temporary/workflow-session.json")["progress"]["completed_phases"] == ["PLAN"]
    assert desk.text(".workflow/.temporary/session_log.md").count("\n- [") == 4
    assert desk.do("doctor").status == 0


def test_artifacts_are_made_in_the_temporary_place_too():
    desk = Desk({".workflow/README.md": "Sessions lie here\n"})
    outcome = desk.do('artifact create note "A thought"')
    assert outcome.text.startswith("Created .workflow/.temporary/NOTE-A_thought-2606050900.md (no session is active")
    assert 'related_artifacts = ["NOTE-A_thought-2606050900.md"]' in desk.text(".workflow/.temporary/session_log.md")
    desk.files.texts[".workflow/.temporary/plan.md"] = "# Plan\n"
    assert "no session is active" in desk.do("link plan.md").text
    assert desk.problems() == []


def test_changes_are_proposed_and_decided_in_the_temporary_place_too():
    desk = Desk({".workflow/README.md": "Sessions lie here\n", "menu.md": "Rye\n"})
    for command in (
        "proposal create menu.md --text Oat", "proposal approve", "proposal create menu.md --text Spelt",
        "proposal reject menu --reason 'no spelt'", "proposal skip menu.md --reason 'a typo'",
        "artifact unlink proposed_edit_menu.md_20260605-090000.md",
    ):  # fmt: skip
        assert "(no session is active, so this is in .workflow/.temporary;" in desk.do(command).text
        assert desk.problems() == []
    assert desk.text("menu.md") == "Oat"
    desk.do("proposal create menu.md --text Wheat")
    desk.do("start Menu")
    assert "no session" not in desk.do("proposal approve menu").text
    rows = desk.do("proposal list --all").data["proposals"]
    assert [(row["session"], row["state"]) for row in rows] == [
        (".temporary", "approved"),
        (".temporary", "rejected"),
        (".temporary", "approved"),
    ]


def test_every_file_in_the_folder_of_a_session_is_an_artifact_but_its_own():
    desk = started("log x")
    for name in ("IMPL_PLAN.md", ".task/IMPL-1.json", "workflow-session.json.broken", "drawings/a.svg", "README.md"):
        desk.files.texts[f".workflow/WFS-new-menu/{name}"] = ""
    assert desk.do("artifact list").text == "IMPL_PLAN.md  (not listed)\ndrawings/a.svg  (not listed)"
    assert desk.do("artifact link-all").text == "Linked IMPL_PLAN.md, drawings/a.svg"
    assert desk.problems() == []


def test_temporary_work_is_no_session():
    desk = Desk({".workflow/README.md": ""})
    desk.do("log x")
    assert desk.do("list").data["sessions"] == []
    assert "there is no active session" in desk.refused("pause")
    desk.do("start Menu")
    assert "temporary" not in desk.do("log y").text


def test_other_systems_have_no_temporary_place():
    desk = Desk()
    desk.do("start Menu")
    desk.do("pause")
    assert "there is no active session" in desk.refused("log x")


def test_what_a_start_is_told_besides_is_in_the_state_and_then_in_the_log():
    desk = Desk({"old.md": "# Old\n"})
    desk.do("start Menu --dialect workflow --coordinator lead --tag 'the 🍜' --tag auth --from old.md --type complex")
    found = state(desk)
    assert (found["coordinator"], found["tags"], found["type"]) == ("lead", ["the 🍜", "auth"], "complex")
    desk.do("log x")
    text = desk.text(".workflow/…/session_log.md")
    assert 'coordinator = "lead"\n' in text
    assert 'source_summaries = ["old.md"]\n' in text
    assert 'tags = ["session", "log", "the 🍜", "auth"]\n' in text
    assert desk.problems() == []


def test_a_goal_with_quotes_makes_a_state_that_is_json():
    desk = Desk()
    desk.do("""start 'Say "hi" \\ now' --dialect workflow""")
    assert state(desk)["project"] == 'Say "hi" \\ now'


def test_on_the_disk_a_completed_session_takes_nothing_along_that_was_only_needed_in_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(tmp_path)
    for command in (["start", "Menu", "--dialect", "workflow"], ["log", "x"], ["complete"]):
        assert main(command) == 0
    names = sorted(path.name for path in (tmp_path / ".workflow").rglob("*") if path.is_file())
    assert names == ["session_log.md", "workflow-session.json"]
    capsys.readouterr()
