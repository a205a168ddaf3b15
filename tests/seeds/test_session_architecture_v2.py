"""A walk through the second architecture of sessions, section by section: what it says works."""

from __future__ import annotations

import re

import pytest

from mdtm.document import Document
from tests.doing import Desk

HOME = ".roo/commander/sessions"
ID = "SESSION-Data_Product_PoC_Alpha-20260605-090000"
SCAFFOLD = (
    "notes", "learnings", "questions", "design_outputs", "summaries", "research", "blockers", "context",
    "snippets", "deferred", "docs", "environment", "features", "feedback",
)  # fmt: skip


@pytest.fixture
def desk() -> Desk:
    found = Desk()
    found.do('start "Data Product PoC Alpha" --dialect commander --coordinator roo-commander')
    return found


def log(desk: Desk) -> Document:
    path = f"{HOME}/{ID}/session_log.md"
    return Document.read(path, desk.text(path))


def test_1_a_session_keeps_what_belongs_to_one_goal_together(desk: Desk):
    desk.do('log "the first thought"')
    inside = [path for path in desk.files.texts if path.startswith(f"{HOME}/{ID}/")]
    assert set(desk.files.texts) - set(inside) == {f"{HOME}/.active-{ID}"}


def test_2_1_the_folder_lies_among_the_sessions_and_is_named_for_goal_and_start(desk: Desk):
    assert desk.files.folders_in(HOME) == (ID,)
    assert re.fullmatch(r"SESSION-[\w-]+-\d{8}-\d{6}", ID)


def test_2_2_the_log_has_the_metadata_of_the_session(desk: Desk):
    values = log(desk).frontmatter.values
    assert values == {
        "id": ID,
        "title": "Data Product PoC Alpha",
        "status": "🟢 Active",
        "start_time": "2026-06-05T09:00:00Z",
        "end_time": "",
        "coordinator": "roo-commander",
        "related_tasks": [],
        "related_artifacts": [],
        "tags": ["session", "log"],
    }


def test_2_2_tasks_and_artifacts_are_listed_in_the_log(desk: Desk):
    note = "artifacts/notes/NOTE-InitialIdeas-2607201035.md"
    desk.files.texts[f"{HOME}/{ID}/{note}"] = "# Ideas\n"
    desk.do(f'log "the first ideas" --artifact {note} --task TASK-DP-20260605-090100')
    values = log(desk).frontmatter.values
    assert (values["related_artifacts"], values["related_tasks"]) == ([note], ["TASK-DP-20260605-090100"])
    assert desk.problems() == []


def test_2_2_entries_have_a_time_in_utc_and_who_did_it(desk: Desk):
    desk.do('log "the plan goes to the manager" --actor roo-commander')
    entry = desk.text(f"{HOME}/{ID}/session_log.md").splitlines()[-1]
    assert entry == "- [2026-06-05T09:01:00Z] `roo-commander`: the plan goes to the manager"


@pytest.mark.parametrize("folder", SCAFFOLD)
def test_2_3_the_scaffold_is_made_with_a_readme_in_each_folder(desk: Desk, folder: str):
    text = desk.text(f"{HOME}/{ID}/artifacts/{folder}/README.md")
    assert text.startswith("# ")
    assert "{{" not in text and "[" not in text.splitlines()[0]


def test_2_3_the_scaffold_has_no_other_folder(desk: Desk):
    assert sorted(desk.files.folders_in(f"{HOME}/{ID}/artifacts")) == sorted(SCAFFOLD)


def test_3_1_context_is_there_again_after_a_resume(desk: Desk):
    desk.do('log "the API is fixed" --kind decision')
    desk.do("pause")
    desk.do(f"resume {ID}")
    shown = desk.do("show").text
    assert "Data Product PoC Alpha" in shown and "the API is fixed" in shown


def test_3_2_the_record_is_in_the_order_of_events(desk: Desk):
    for number in range(5):
        desk.do(f'log "step {number}"')
    moments = [placed.entry.stamp for placed in log(desk).entries()]
    assert moments == sorted(moments) and len(moments) == 6


def test_3_3_paths_to_artifacts_count_from_the_sessions_folder(desk: Desk):
    note = "artifacts/notes/NOTE-plan-2606050901.md"
    assert f"there is no file {note}" in desk.refused(f"log x --artifact {note}")
    path = f"{HOME}/{ID}/{note}"
    desk.files.texts[path] = "# Plan\n"
    desk.do(f"log x --artifact {note}")
    assert desk.problems() == []
    del desk.files.texts[path]
    assert desk.problems() == ["dangling-artifact"]


def test_3_4_another_may_take_the_session_over(desk: Desk):
    desk.do('pause "handed to the next shift"')
    desk.do(f"resume {ID} --actor night-shift")
    assert "`night-shift`: Session resumed" in desk.text(f"{HOME}/{ID}/session_log.md")


def test_3_5_every_change_leaves_an_entry(desk: Desk):
    for command in ("pause", f"resume {ID}", "complete", f"reopen {ID}", "fail gone"):
        before = len(list(log(desk).entries()))
        desk.do(command)
        assert len(list(log(desk).entries())) == before + 1


def test_4_the_life_of_a_session_from_start_to_end(desk: Desk):
    steps = (("pause", "⏸️ Paused"), (f"resume {ID}", "🟢 Active"), ("complete", "🏁 Completed"))
    for command, status in steps:
        desk.do(command)
        values = log(desk).frontmatter.values
        assert values["status"] == status
        assert bool(values["end_time"]) == (status != "🟢 Active")
        assert desk.problems() == []
        assert desk.do("doctor").status == 0


def test_4_activation_is_one_marker_and_commands_work_in_the_context_of_the_active_session(desk: Desk):
    desk.do('start "Second goal"')
    other = next(name for name in desk.files.folders_in(HOME) if name != ID)
    assert desk.files.files_in(HOME) == (f".active-{other}",)
    desk.do('log "in the second"')
    assert "in the second" in desk.text(f"{HOME}/{other}/session_log.md")
    assert log(desk).frontmatter.text("status") == "⏸️ Paused"
