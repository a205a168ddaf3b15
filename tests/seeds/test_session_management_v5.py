"""Session management V5, section by section: what its paper says can be done, with the commands that do it."""

from __future__ import annotations

import shlex

import pytest

from mdtm.document import Document
from mdtm.events import kind_of
from tests.doing import Desk

SESSION = ".ruru/sessions/SESS-20260605-090000"
LOG = f"{SESSION}/session_log.md"
TARGET = ".ruru/rules/01-standards.md"
OLD = "# Standards\n\nTabs.\n"
NEW = "# Standards 🟢\n\nSpaces.\n"
NAME = "proposed_edit_01-standards.md_20260605-090100"
PROPOSAL = f"artifacts/{NAME}.md"


@pytest.fixture
def desk() -> Desk:
    """A workspace with a rule in it and a session that has just begun."""
    started = Desk({TARGET: OLD})
    started.do('start "Refactor user authentication" --coordinator prime-coordinator --tag auth --dialect ruru-v5')
    return started


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """The same, with an edit proposed."""
    desk.do(f"proposal create {TARGET} --text {shlex.quote(NEW)} --actor prime-coordinator")
    return desk


def log_of(desk: Desk) -> Document:
    return Document.read(LOG, desk.text(LOG))


def last_entry(desk: Desk) -> str:
    return desk.text(LOG).splitlines()[-1]


def test_section_2_a_session_log_is_optional():
    desk = Desk({TARGET: OLD})
    assert desk.refused('log "anything"').startswith("there is no active session")
    assert desk.do("status").text.startswith("There is no active session")


def test_section_3_an_interaction_is_found_to_belong_to_the_session_that_goes_on(desk: Desk):
    assert "SESS-20260605-090000  🟢 Active  Refactor user authentication" in desk.do("status").text


def test_section_3_the_answer_yes_makes_a_session_with_an_id_of_its_time():
    desk = Desk()
    outcome = desk.do('start "Refactor user authentication" --answer yes --dialect ruru-v5')
    assert outcome.data["session"] == "SESS-20260605-090000"
    assert desk.problems() == []


@pytest.mark.parametrize("answer", ["no", "quick task"])
def test_section_3_the_answers_no_and_quick_task_leave_nothing_behind(answer: str):
    desk = Desk()
    outcome = desk.do(f'start "Fix a typo" --answer "{answer}" --dialect ruru-v5')
    assert outcome.data == {"session": None, "answer": answer}
    assert desk.files.texts == {}


def test_section_3_the_folder_of_a_session_holds_the_log_and_a_folder_for_artifacts(desk: Desk):
    below = {path.removeprefix(f"{SESSION}/") for path in desk.files.texts if path.startswith(f"{SESSION}/")}
    assert below == {"session_log.md", "artifacts/README.md"}


def test_section_4_the_log_begins_with_toml_that_has_all_nine_keys(desk: Desk):
    frontmatter = log_of(desk).frontmatter
    assert frontmatter.syntax == "toml" and not frontmatter.faults
    assert {name: frontmatter.text(name) for name in ("id", "title", "status", "start_time", "end_time")} == {
        "id": "SESS-20260605-090000",
        "title": "Refactor user authentication",
        "status": "🟢 Active",
        "start_time": "2026-06-05T09:00:00Z",
        "end_time": "",
    }
    assert frontmatter.text("coordinator") == "prime-coordinator"
    lists = {name: [item.data for item in frontmatter.strings(name)] for name in ("related_tasks", "related_artifacts")}
    assert lists == {"related_tasks": [], "related_artifacts": []}
    assert "auth" in [item.data for item in frontmatter.strings("tags")]


def test_section_4_the_body_has_the_goal_and_the_entries_in_the_order_of_their_times(desk: Desk):
    desk.do('log "first"')
    desk.do('log "second"')
    document = log_of(desk)
    assert "\n## Goal\n\nRefactor user authentication\n\n## Log Entries\n\n- [" in desk.text(LOG)
    stamps = [placed.entry.stamp for placed in document.entries()]
    assert stamps == sorted(stamps) and len(stamps) == 3


@pytest.mark.parametrize(
    ("command", "status", "end_time"),
    [
        ("pause", "⏸️ Paused", "2026-06-05T09:01:00Z"),
        ("complete", "🏁 Completed", "2026-06-05T09:01:00Z"),
        ('fail "the service is gone"', "🔴 Error", "2026-06-05T09:01:00Z"),
    ],
)
def test_section_4_status_and_end_time_tell_where_the_session_stands(
    desk: Desk, command: str, status: str, end_time: str
):
    desk.do(command)
    frontmatter = log_of(desk).frontmatter
    assert (frontmatter.text("status"), frontmatter.text("end_time")) == (status, end_time)
    assert desk.problems() == []


def test_section_5_files_among_the_artifacts_are_linked_from_the_log(desk: Desk):
    path = "artifacts/research_notes_api_xyz.txt"
    desk.files.texts[f"{SESSION}/{path}"] = "What the API says.\n"
    assert desk.problems() == ["unlisted-artifact"]
    desk.do(f"link {path}")
    assert [item.data for item in log_of(desk).frontmatter.strings("related_artifacts")] == [path]
    assert desk.problems() == []


def test_section_6_steps_1_and_2_the_whole_text_is_written_to_an_artifact(asked: Desk):
    text = asked.text(f"{SESSION}/{PROPOSAL}")
    assert f"## Proposed text\n\n```md\n{NEW}```\n" in text
    assert 'author = "prime-coordinator"\n' in text
    assert asked.text(TARGET) == OLD


def test_section_6_steps_1_and_2_a_diff_does_as_well(desk: Desk):
    diff = f"--- a/{TARGET}\n+++ b/{TARGET}\n@@ -3 +3 @@\n-Tabs.\n+Spaces.\n"
    desk.do(f"proposal create {TARGET} --diff {shlex.quote(diff)}")
    desk.do("proposal approve")
    assert desk.text(TARGET) == OLD.replace("Tabs", "Spaces")


def test_section_6_step_3_the_artifact_is_logged_and_listed(asked: Desk):
    assert [item.data for item in log_of(asked).frontmatter.strings("related_artifacts")] == [PROPOSAL]
    assert f"Proposal: `{PROPOSAL}` changes `{TARGET}`\n" in asked.text(LOG)


def test_section_6_step_4_the_user_is_asked_and_sees_the_change(asked: Desk):
    assert last_entry(asked).endswith(
        f"`prime-coordinator`: Confirmation asked: shall `{TARGET}` be changed as in `{PROPOSAL}`?"
    )
    assert "-Tabs.\n+Spaces." in asked.do("proposal diff").text


def test_section_6_steps_5_to_7_yes_applies_just_what_was_confirmed_and_is_logged(asked: Desk):
    asked.do("proposal approve --actor jane")
    assert asked.text(TARGET) == NEW
    assert f"`jane`: Confirmation given: `{PROPOSAL}` for `{TARGET}`\n" in asked.text(LOG)
    assert last_entry(asked).endswith(f"Proposal: approved, `{TARGET}` is changed as proposed")
    assert asked.problems() == []


def test_section_6_steps_5_to_7_no_leaves_the_file_and_is_logged_with_the_reason(asked: Desk):
    asked.do('proposal reject --reason "tabs are the rule" --actor jane')
    assert asked.text(TARGET) == OLD
    assert last_entry(asked).endswith(f"Proposal: rejected, `{PROPOSAL}` for `{TARGET}`: tabs are the rule")
    assert asked.problems() == []


def test_section_6_nothing_is_applied_to_a_file_that_changed_after_the_question(asked: Desk):
    asked.files.texts[TARGET] = OLD.replace("Tabs", "Both")
    assert "`mdtm proposal rebase" in asked.refused("proposal approve")
    assert asked.text(TARGET) == OLD.replace("Tabs", "Both")


def test_section_6_step_8_a_skipped_confirmation_is_logged_with_its_reason(desk: Desk):
    desk.do('proposal skip docs/notes.md --reason "a comment in a file that is no rule"')
    assert last_entry(desk).endswith("Confirmation skipped: `docs/notes.md`: a comment in a file that is no rule")
    assert desk.problems() == []


def test_section_7_start_pause_and_end_are_logged(desk: Desk):
    for command in ("pause", "resume", "complete"):
        desk.do(command)
    log = log_of(desk)
    kinds = [kind_of(placed.entry.line[placed.entry.text_span.start :]) for placed in log.entries()]
    assert kinds == ["start", "pause", "resume", "end"]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("prompt", "make it use tokens"),
        ("delegation", "to dev-py: move the token store"),
        ("artifact", "artifacts/notes.md"),
        ("asked", "may the rule be changed?"),
        ("given", "yes, by jane"),
        ("skipped", "it is only a comment"),
        ("result", "the store is moved"),
        ("error", "dev-py: no such table 🔴"),
        ("decision", "tokens live for an hour"),
    ],
)
def test_section_7_every_kind_of_event_can_be_logged_and_is_known_again(desk: Desk, kind: str, text: str):
    desk.do(f"log {shlex.quote(text)} --kind {kind}")
    (*_, last) = log_of(desk).entries()
    written = last.entry.line[last.entry.text_span.start :]
    assert kind_of(written) == kind and text in written
    assert desk.problems() == []


def test_section_7_a_delegation_names_its_task_which_is_listed(desk: Desk):
    desk.do('log "to dev-py" --kind delegation --task TASK-DEV-PY-20260605-154500')
    assert [item.data for item in log_of(desk).frontmatter.strings("related_tasks")] == ["TASK-DEV-PY-20260605-154500"]


def test_section_8_whoever_leads_the_session_is_its_coordinator():
    for coordinator in ("prime-coordinator", "roo-commander"):
        desk = Desk()
        desk.do(f'start "Anything" --coordinator {coordinator} --dialect ruru-v5')
        assert log_of(desk).frontmatter.text("coordinator") == coordinator


def test_section_9_a_session_goes_on_after_a_pause_from_what_its_log_says(desk: Desk):
    desk.do('log "tokens live for an hour" --kind decision')
    desk.do("pause")
    desk.do("resume")
    shown = desk.do("show").text
    assert "Refactor user authentication" in shown and "Decision: tokens live for an hour" in shown
    assert log_of(desk).frontmatter.text("end_time") == ""
    assert desk.problems() == []


def test_section_10_one_session_may_have_several_tasks_and_has_each_once(desk: Desk):
    tasks = ["TASK-DEV-PY-20260605-154500", "TASK-DEV-JS-20260605-154600"]
    for task in (*tasks, tasks[0]):
        desk.do(f'log "to somebody" --kind delegation --task {task}')
    assert [item.data for item in log_of(desk).frontmatter.strings("related_tasks")] == tasks
