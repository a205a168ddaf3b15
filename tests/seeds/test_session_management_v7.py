"""A walk through the standard "Session Management V7", section by section: what it asks for is what the verbs do."""

from __future__ import annotations

import re

import pytest

from mdtm.artifacts import BY_FOLDER
from mdtm.dialect import ARTIFACT_FOLDERS
from mdtm.document import Document
from mdtm.events import kind_of
from tests.doing import Desk

HOME = ".ruru/sessions"
ID = "SESSION-Add_a_calendar-2606050900"
FOLDER = f"{HOME}/{ID}"
LOG = f"{FOLDER}/session_log.md"


def started() -> Desk:
    """A workspace in which a coordinator has just started a session."""
    desk = Desk()
    desk.do('start "Add a calendar 🗓️" --actor roo-commander --tag ui')
    return desk


def log_of(desk: Desk) -> Document:
    return Document.read(LOG, desk.text(LOG))


def entries(desk: Desk) -> list[str]:
    """The texts of the log's entries."""
    return [placed.entry.line[placed.entry.text_span.start :] for placed in log_of(desk).entries()]


def keys(desk: Desk) -> dict[str, object]:
    return dict(log_of(desk).frontmatter.values)


def test_section_1_the_record_of_a_session_outlives_every_command():
    """Traceability and continuity: a fresh workspace with the same files knows all that the old one knew."""
    desk = started()
    desk.do('log "weeks begin on Monday" --kind decision')
    task = desk.do('task create "Draw the month" --to dev-react').data["task"]
    fresh = Desk(dict(desk.files.texts))
    shown = fresh.do("show").text
    for known in (ID, "Add a calendar", "weeks begin on Monday", str(task)):
        assert known in shown


def test_section_2_a_session_log_is_optional():
    desk = Desk()
    for answer in ("no", '"quick task"'):
        desk.do(f"start 'Rename a file' --answer {answer}")
    assert desk.files.texts == {}


def test_section_2_the_log_is_toml_and_markdown_in_a_folder_of_its_own_and_links_the_rest():
    desk = started()
    desk.do('task create "Draw the month" --to dev-react')
    log = log_of(desk)
    assert log.frontmatter.syntax == "toml" and not log.frontmatter.faults
    assert log.folder == FOLDER and [heading.level for heading in log.headings()][:1] == [1]
    assert len(log.frontmatter.strings("related_tasks")) == 1


def test_section_3_starting_makes_folder_artifacts_readmes_and_log():
    desk = started()
    folders = {
        path.removeprefix(f"{FOLDER}/").rpartition("/")[0] for path in desk.files.texts if path.startswith(FOLDER)
    }
    assert folders == {"", *(f"artifacts/{name}" for name in ARTIFACT_FOLDERS)}
    assert re.fullmatch(r"SESSION-[A-Za-z0-9_-]+-\d{10}", ID)
    assert desk.problems() == []


@pytest.mark.parametrize("name", ARTIFACT_FOLDERS)
def test_section_3_each_readme_names_its_own_folder_and_has_no_placeholder_left(name: str):
    readme = started().text(f"{FOLDER}/artifacts/{name}/README.md")
    assert name.replace("_", " ").capitalize() in readme.partition("\n")[0]
    assert BY_FOLDER[name].prefix in readme
    assert "{{" not in readme and "[This" not in readme


def test_section_3_the_log_comes_from_the_template_with_its_first_keys_filled():
    desk = started()
    assert keys(desk) == {
        "id": ID,
        "title": "Add a calendar 🗓️",
        "status": "🟢 Active",
        "start_time": "2026-06-05T09:00:00Z",
        "end_time": "",
        "coordinator": "roo-commander",
        "related_tasks": [],
        "related_artifacts": [],
        "tags": ["session", "log", "ui"],
    }


def test_section_3_the_id_of_the_active_session_is_retained():
    desk = started()
    assert desk.text(f"{HOME}/.active-{ID}") == ""
    assert ID in desk.do("status").text
    desk.do('log "still here"')
    assert entries(desk)[-1] == "still here"


def test_section_3_a_specialist_logs_into_the_session_that_a_coordinator_started():
    desk = started()
    desk.do('log "the month is drawn" --kind result --actor dev-react')
    assert desk.text(LOG).endswith("`dev-react`: Result: the month is drawn\n")
    assert keys(desk)["coordinator"] == "roo-commander"


def test_section_4_the_status_and_the_end_time_follow_the_life_of_the_session():
    desk = started()
    seen = []
    for command in ("pause lunch", "resume", "complete 'it works'", f"reopen {ID}", "fail 'no calendar'"):
        desk.do(command)
        seen.append((keys(desk)["status"], keys(desk)["end_time"]))
        assert desk.problems() == []
    assert seen == [
        ("⏸️ Paused", "2026-06-05T09:01:00Z"),
        ("🟢 Active", ""),
        ("🏁 Completed", "2026-06-05T09:03:00Z"),
        ("🟢 Active", ""),
        ("🔴 Error", "2026-06-05T09:05:00Z"),
    ]
    assert keys(desk)["start_time"] == "2026-06-05T09:00:00Z"


def test_section_4_the_body_tells_the_goal_and_keeps_the_log_in_order():
    desk = started()
    for text in ("first", "second", "third\nover two lines"):
        desk.do(f"log '{text}'")
    titles = [heading.title for heading in log_of(desk).headings()]
    assert titles.index("Goal") < titles.index("Log Entries")
    assert entries(desk)[1:] == ["first", "second", "third"]
    times = [placed.entry.moment.utc for placed in log_of(desk).entries() if placed.entry.moment]
    assert times == sorted(times) and len(times) == 4


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("prompt", "show holidays too"), ("decision", "weeks begin on Monday, see ADR-007"),
        ("asked", "overwrite month.css?"), ("given", "overwrite month.css"),
        ("skipped", "month.css is new, nothing can be lost"), ("result", "`dev-react` has drawn the month"),
        ("error", "npm: no space left on device"),
    ],
)  # fmt: skip
def test_section_5_every_event_is_logged_at_the_end_and_known_again(kind: str, text: str):
    desk = started()
    desk.do(f"log '{text}' --kind {kind} --actor dev-react")
    assert desk.text(LOG).endswith(f"{text}\n")
    assert desk.text(LOG).splitlines()[-1].startswith("- [2026-06-05T09:01:00Z] `dev-react`: ")
    assert kind_of(entries(desk)[-1]) == kind
    assert desk.problems() == []


def test_section_5_start_pause_and_end_are_logged_by_the_verbs_themselves():
    desk = started()
    for command in ("pause", "resume", "complete"):
        desk.do(command)
    assert [kind_of(entry) for entry in entries(desk)] == ["start", "pause", "resume", "end"]


def test_section_5_a_delegation_names_the_mode_and_the_task():
    desk = started()
    task = desk.do('task create "Draw the month" --to dev-react').data["task"]
    assert entries(desk)[-1] == f"Delegated `{task}` to `dev-react`: Draw the month"
    assert kind_of(entries(desk)[-1]) == "delegation"


def test_section_5_what_a_delegate_gives_back_is_logged():
    desk = started()
    task = desk.do('task create "Draw the month" --type chore --to dev-react').data["task"]
    for number in (1, 2, 3):
        desk.do(f"task tick {task} {number}")
    desk.do(f"task done {task} 'five weeks fit' --actor dev-react")
    assert entries(desk)[-1] == f"Result: `{task}` is done: five weeks fit"
    assert kind_of(entries(desk)[-1]) == "result"


def test_section_5_without_an_active_session_nothing_is_logged_and_the_way_to_one_is_named():
    assert "`mdtm start" in Desk().refused('log "hello"')


def test_section_6_an_artifact_that_is_logged_is_listed_by_its_path_from_the_session():
    """Here the file is there already; making one from a template is a verb of its own."""
    desk = started()
    path = "artifacts/notes/NOTE-weeks-2606050901.md"
    desk.files.texts[f"{FOLDER}/{path}"] = "# Weeks\n"
    desk.do(f"log 'weeks begin on Monday' --kind artifact --artifact {path}")
    assert keys(desk)["related_artifacts"] == [path]
    assert desk.problems() == []


def test_section_6_an_artifact_that_nobody_listed_is_found():
    desk = started()
    desk.files.texts[f"{FOLDER}/artifacts/learnings/LEARNING-leap_years-2606050902.md"] = "# Leap years\n"
    assert desk.problems() == ["unlisted-artifact"]


def test_section_7_a_session_goes_on_in_the_same_log():
    desk = started()
    desk.do("pause")
    desk.do('start "Something else"')
    desk.do(f"resume {ID} 'back to the calendar'")
    desk.do('log "still the same log"')
    assert [kind_of(entry) for entry in entries(desk)] == ["start", "pause", "resume", ""]
    assert [name for name in desk.files.files_in(HOME) if name.startswith(".active-")] == [f".active-{ID}"]
    assert desk.problems() == []


def test_section_7_an_id_that_does_not_exist_is_refused_with_the_nearest():
    assert f"did you mean {ID}?" in started().refused(f"resume {ID[:-1]}1")


def test_section_8_a_session_may_have_several_tasks_each_of_which_names_it():
    desk = started()
    made = [desk.do(f"task create 'Part {number}' --to dev-react") for number in (1, 2, 3)]
    assert keys(desk)["related_tasks"] == [outcome.data["task"] for outcome in made]
    for outcome in made:
        assert f'session_id = "{ID}"\n' in desk.text(str(outcome.data["path"]))
    assert desk.problems() == []


def test_section_8_a_task_goes_its_own_way_after_the_session():
    desk = started()
    made = desk.do("task create 'Draw the month' --to dev-react").data
    desk.do("complete")
    log = desk.text(LOG)
    desk.do(f"task status {made['task']} 'in progress'")
    assert 'status = "🔵 In Progress"' in desk.text(str(made["path"]))
    assert desk.text(LOG) == log
