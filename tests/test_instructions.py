"""Every verb that changes something says what comes next, in commands that can be given as they stand."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from mdtm.cli import main
from mdtm.document import Document
from mdtm.facts import completion_of
from mdtm.files import Memory
from mdtm.instructions import KINDS, MOST, as_markdown, as_text, instructions
from mdtm.instructions.situation import Situation
from mdtm.operations import VERBS
from mdtm.plan import Refused
from tests.broken import broken_files, broken_tasks
from tests.checks import SESSION_FOLDER
from tests.doing import Desk

PAGE = Path(__file__).parent.parent / "docs" / "completion.md"
LOG = ".mdtm/sessions/SESSION-001/session_log.md"
GOAL = 'Ship "price lists" for $5 `now` 🥖'
FIRST, SECOND = "TASK-CHORE-20260605-090100", "TASK-CHORE-20260605-090200"
KEYS = ("situation", "next_actions", "suggested_commands", "context_reminder")
PARTS = (
    "progress", "validation_requirements", "required_actions", "session_summary", "recovered_context",
)  # fmt: skip


def told(desk: Desk, command: str) -> dict[str, Any]:
    """The instructions after a command, whose hints have been tried one by one."""
    try:
        found = desk.do(command).instructions
    except Refused as refused:
        found = refused.data["instructions"]
    for hint in found["suggested_commands"]:
        other = copy.copy(desk)
        other.files = Memory(desk.files.texts)
        assert other.do(hint.removeprefix("mdtm ")).text, hint
    assert len(found["next_actions"]) == len(found["suggested_commands"]) <= MOST
    assert [key for key in found if key not in PARTS] == [*KEYS]
    return dict(found)


def day() -> Desk:
    """A session with two tasks, in a sprint."""
    desk = Desk()
    desk.do(f"start '{GOAL}' --dialect orchestration")
    for title in ("Print", "Send"):
        desk.do(f"task create {title} --type chore")
    return desk


def test_a_day_with_all_ten_situations():
    desk, seen = Desk(), list[str]()
    for command in (
        f"start '{GOAL}' --dialect orchestration", "task create Print --type chore", "task create Send --type chore",
        "sprint create 'Price lists'", f"sprint add {FIRST} {SECOND} --sprint 1", "sprint activate 1",
        f"task activate {FIRST}", "update 'the printer runs'", f"task done {FIRST} printed", f"context push subtask {SECOND}",
        "pause lunch", "resume", "context clear", f"task done {FIRST} printed --force 'it is printed'",
        f"task activate {SECOND}", f"task deactivate {SECOND} 'tomorrow'",
        f"task done {SECOND} sent --force 'it is sent'", "sprint complete 1 'all is out'", "log 'all is out'", "complete",
    ):  # fmt: skip
        seen.append(told(desk, command)["situation"])
    assert seen[0] == "session_start" and seen[-1] == "session_end"
    assert {*KINDS} - {*seen} == {"recovery"}


def test_at_the_start_the_goal_is_to_become_a_task():
    found = told(Desk(), f"start '{GOAL}' --dialect orchestration")
    assert found["suggested_commands"][0] == 'mdtm task create "Ship \\"price lists\\" for \\$5 \\`now\\` 🥖"'
    assert found["context_reminder"] == f"SESSION-001: {GOAL}"


def test_while_tasks_wait_one_is_to_be_chosen():
    assert told(day(), "log 'what is next?'")["suggested_commands"][0] == f"mdtm task activate {FIRST}"


def test_a_task_that_is_activated_says_what_its_end_requires():
    found = told(day(), f"task activate {FIRST}")
    assert found["suggested_commands"] == ['mdtm update "how it goes"', f"mdtm task tick {FIRST} 1"]
    assert [one["check"] for one in found["validation_requirements"]] == ["summary", "boxes"]
    assert found["progress"] == {"boxes": {"ticked": 0, "total": 3}, "tasks": {"closed": 0, "total": 2}}
    assert found["context_reminder"] == f"SESSION-001: {GOAL}; {FIRST} Print"


def test_a_task_of_which_nothing_is_open_can_be_ended():
    desk = day()
    desk.do(f"task activate {FIRST}")
    for box in (1, 2, 3):
        found = told(desk, f"task tick {FIRST} {box}")
    assert found["suggested_commands"][0] == f'mdtm task done {FIRST} "what came of it"'
    assert told(desk, f"task done {FIRST} printed")["suggested_commands"][0] == f"mdtm task activate {SECOND}"


def test_when_all_is_done_the_session_can_be_completed_and_summed_up():
    desk = day()
    desk.do(f"task done {FIRST} {SECOND} --note 'all is out' --force 'it is'")
    assert "mdtm complete --session SESSION-001" in told(desk, "log 'all is out' --kind result")["suggested_commands"]
    found = told(desk, "complete")
    assert found["suggested_commands"] == ["mdtm summary SESSION-001", "mdtm list"]
    assert found["session_summary"] == {
        "session": "SESSION-001", "goal": GOAL, "status": "completed", "start_time": "2026-06-05T09:00:00Z",
        "end_time": "2026-06-05T09:05:00Z", "active_seconds": 300,
        "paused_seconds": 0, "entries": 7, "tasks": {"closed": 2, "total": 2}, "artifacts": 0,
    }  # fmt: skip


def test_who_ends_a_session_is_told_how_long_it_was_and_what_there_is_of_it():
    desk = day()
    desk.do("pause")
    desk.do("resume")
    found = told(desk, "complete")
    summary = "0:04:00 at work, 0:01:00 at rest, 0 of 2 tasks closed, 6 entries, 0 artifacts"
    assert as_text(found).splitlines()[1] == f"summary: {summary}"
    assert f"\n\n**Summary:** {summary}\n\n" in as_markdown(found)


def test_a_session_that_is_resumed_tells_what_was_going_on():
    desk = day()
    desk.do(f"task activate {FIRST}")
    assert told(desk, "pause lunch")["suggested_commands"] == ["mdtm resume SESSION-001", "mdtm list"]
    found = told(desk, "resume")
    assert found["recovered_context"]["goal"] == GOAL
    assert [one["id"] for one in found["recovered_context"]["context"]] == [FIRST]
    assert found["recovered_context"]["last_entries"][-1]["text"] == "Session resumed"
    assert found["recovered_context"]["open_tasks"] == [FIRST, SECOND]


def test_a_refusal_says_what_has_to_be_done_first():
    found = told(day(), f"task done {FIRST}")
    assert found["situation"] == "validation_failure"
    assert found["required_actions"][0] == f"{FIRST} has no summary"
    assert found["required_actions"][1].startswith(f"{FIRST} has 3 open boxes: ")
    assert found["suggested_commands"] == [f"mdtm task tick {FIRST} 1"]
    assert [one["check"] for one in found["validation_requirements"]] == ["summary", "boxes"]


def test_a_summary_is_to_be_given_when_nothing_else_is_missing():
    desk = day()
    for box in (1, 2, 3):
        desk.do(f"task tick {FIRST} {box}")
    assert told(desk, f"task done {FIRST}")["suggested_commands"] == [f'mdtm task done {FIRST} "what came of it"']


@pytest.mark.parametrize("command", ["status", "list", "show", "task list", "completion", "context show"])
def test_what_changes_nothing_says_nothing_of_what_comes_next(command: str):
    assert day().do(command).instructions == {}


def test_instructions_are_few_lines_for_people():
    found = told(day(), f"task activate {FIRST}")
    assert as_text(found) == (
        f"now: SESSION-001: {GOAL}; {FIRST} Print\n"
        "progress: 0 of 3 boxes ticked, 0 of 2 tasks closed\n"
        '  Tell how it goes: mdtm update "how it goes"\n'
        f"  Tick what is done: mdtm task tick {FIRST} 1"
    )
    assert as_markdown(found) == (
        f"**Now:** SESSION-001: {GOAL}; {FIRST} Print\n\n"
        "**Progress:** 0 of 3 boxes ticked, 0 of 2 tasks closed\n\n"
        "**Next:**\n\n"
        '- Tell how it goes: `mdtm update "how it goes"`\n'
        f"- Tick what is done: `mdtm task tick {FIRST} 1`"
    )


@pytest.mark.parametrize(
    "context", ["3", '"task"', '[1, {id = "x"}]', '[{type = "task", id = "TASK-NONE-1"}]', "[{type = 1, id = 2}]", "["]
)
def test_a_context_that_makes_no_sense_is_no_failure(context: str):
    desk = day()
    desk.files.texts[LOG] = desk.files.texts[LOG].replace("tags = ", f"context = {context}\ntags = ")
    assert desk.do(f"task tick {FIRST} 1").instructions["situation"] == "task_update"


def test_the_command_line_keeps_instructions_apart_from_what_came_of_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".mdtm").mkdir()
    assert main(["start", "Bread", "--dialect", "orchestration"]) == 0
    output = capsys.readouterr()
    assert output.out == "Started SESSION-001 in .mdtm/sessions/SESSION-001\n"
    assert output.err.startswith(
        "now: SESSION-001: Bread\n  Make a task of what is to be done: mdtm task create Bread\n"
    )
    assert main(["log", "rye", "--quiet"]) == 0
    assert capsys.readouterr().err == ""
    assert main(["log", "oat", "--json"]) == 0
    output = capsys.readouterr()
    assert json.loads(output.out)["instructions"]["situation"] == "task_update" and output.err == ""
    assert main(["log", "spelt", "--markdown"]) == 0
    assert "\n\n**Now:** SESSION-001: Bread\n\n**Next:**\n\n- " in capsys.readouterr().out


def test_a_refusal_is_told_as_markdown_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".mdtm").mkdir()
    for command in ("start Bread --dialect orchestration", "task create Print --type chore"):
        assert main(command.split()) == 0
    own_id = next(tmp_path.glob(".mdtm/tasks/*/*.md")).stem
    capsys.readouterr()
    assert main(["task", "done", own_id, "--markdown"]) == 1
    output = capsys.readouterr()
    assert output.err.startswith(f"mdtm: {own_id} has no summary and 3 open boxes")
    assert f"\n\n**Required:** {own_id} has no summary; {own_id} has 3 open boxes: " in output.out
    assert output.out.endswith(f": `mdtm task tick {own_id} 1`\n")


def test_the_page_tells_of_every_situation_and_every_key():
    page = PAGE.read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| ?(.*?) ?\|$", page.partition("<!-- situations")[2], re.MULTILINE)
    assert [name for name, _, _ in rows] == [*KINDS]
    for name, verbs, parts in rows:
        wanted = {f"`{verb.words[-1] if len(verb.words) == 1 else ' '.join(verb.words)}`" for verb in VERBS
                  if verb.situation == name and name != "task_update"}  # fmt: skip
        assert wanted <= {*re.findall(r"`[^`]+`", verbs)}, name
        assert [*re.findall(r"\w+", parts)] == [*KINDS[name].parts], name
    assert all(f"| `{key}` |" in page for key in (*KEYS, *PARTS))


@settings(max_examples=200)
@given(broken_files(), broken_tasks())
def test_files_in_disorder_are_no_failure(one: tuple[str, str], task: tuple[str, str]):
    files = Memory(dict([task, one]))
    situation = Situation(files, SESSION_FOLDER)
    for kind in KINDS:
        assert as_text(instructions(kind, situation))
    for path, text in files.texts.items():
        found = completion_of(files, Document.read(path, text))
        assert found is None or found.data["valid"] == (not found.data["errors"])
