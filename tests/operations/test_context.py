"""The context of a session is pushed, popped, shown and cleared."""

from __future__ import annotations

import pytest

from mdtm.dialect import DIALECTS
from mdtm.sessions import sessions
from mdtm.steps.context import leaving
from tests.doing import Desk

LOG = ".mdtm/sessions/SESSION-001/session_log.md"
TASK = "TASK-OVEN-20260605-080000"


def task(own_id: str = TASK, keys: str = "") -> str:
    head = f'id = "{own_id}"\ntitle = "Heat the oven 🔥"\nstatus = "🟡 To Do"\ntype = "🧹 Chore"\n'
    return f"+++\n{head}{keys}+++\n\n# Heat the oven\n\n## Log Entries\n"


def sprint(own_id: str = "SPRINT-1") -> str:
    return f'+++\nid = "{own_id}"\ntitle = "Bread first 🥖"\nstatus = "🟡 To Do"\n+++\n\n# Bread first\n'


def desk_with(newline: str = "\n") -> Desk:
    desk = Desk()
    desk.do("start Bake --dialect orchestration")
    log = desk.text(LOG).replace("\n", newline)
    files = {LOG: log, f".mdtm/tasks/A/{TASK}.md": task(), ".mdtm/sprints/SPRINT-1.md": sprint()}
    desk.files.texts.update(files)
    return desk


def test_each_level_stands_in_the_frontmatter_and_each_change_in_the_log():
    desk = desk_with()
    desk.do("context push project bakery/shop")
    desk.do("context push sprint 1")
    outcome = desk.do(f"context push task {TASK}")
    assert outcome.text == f"Pushed task {TASK}; the context is project bakery/shop > sprint SPRINT-1 > task {TASK}"
    log = desk.text(LOG)
    assert (
        f"""context = [
    {{type = "project", id = "bakery/shop", pushed_at = "2026-06-05T09:01:00Z"}},
    {{type = "sprint", id = "SPRINT-1", pushed_at = "2026-06-05T09:02:00Z"}},
    {{type = "task", id = "{TASK}", pushed_at = "2026-06-05T09:03:00Z"}},
]
+++
"""
        in log
    )
    assert log.endswith(
        "- [2026-06-05T09:01:00Z] `dev-api`: Context: pushed project `bakery/shop`\n"
        "- [2026-06-05T09:02:00Z] `dev-api`: Context: pushed sprint `SPRINT-1`\n"
        f"- [2026-06-05T09:03:00Z] `dev-api`: Context: pushed task `{TASK}`\n"
    )
    assert outcome.data["context"][-1] == {"type": "task", "id": TASK, "pushed_at": "2026-06-05T09:03:00Z"}
    assert desk.problems() == []


def test_a_pop_takes_the_deepest_or_the_last_of_a_type_also_below_the_top():
    desk = desk_with("\r\n")
    for level in ("project bakery", "sprint 1", f"task {TASK}"):
        desk.do(f"context push {level}")
    assert desk.do("context pop sprint 'the ovens are cold'").text == (
        f"Popped sprint SPRINT-1; the context is project bakery > task {TASK}"
    )
    assert "Context: popped sprint `SPRINT-1`: the ovens are cold\r\n" in desk.text(LOG)
    assert desk.do("context pop").data["context"][0]["id"] == "bakery"
    assert desk.do("context pop").text == "Popped project bakery; the context is empty"
    assert "context = []\r\n" in desk.text(LOG)
    assert desk.text(LOG).count("\n") == desk.text(LOG).count("\r\n")
    assert desk.refused("context pop") == "the context of SESSION-001 is empty; `mdtm context show` shows it"
    assert desk.refused("context pop task") == "the context of SESSION-001 has no task; `mdtm context show` shows it"
    assert desk.problems() == []


def test_the_others_keep_their_comments_and_their_spelling():
    desk = desk_with()
    levels = """context = [
  {id = 'bakery', type = "project"}, # ours 🥖
  {type = "sprint", id = "SPRINT-1"},
  {type = "epic", id = "E-1"},
]
"""
    desk.files.texts[LOG] = desk.text(LOG).replace("+++\n\n#", f"{levels}+++\n\n#", 1)
    desk.do(f"context push task {TASK}")
    item = f'  {{type = "task", id = "{TASK}", pushed_at = "2026-06-05T09:01:00Z"}},\n]\n'
    assert levels.replace("]\n", item) in desk.text(LOG)
    desk.do("context pop sprint")
    assert """{id = 'bakery', type = "project"}, # ours 🥖\n  {type = "epic", id = "E-1"},\n""" in desk.text(LOG)
    desk.do("context clear")
    assert "\ncontext = []\n" in desk.text(LOG)


def test_several_levels_leave_once_each_the_deepest_first():
    desk = desk_with()
    for level in ("project bakery", "sprint 1", f"task {TASK}"):
        desk.do(f"context push {level}")
    session = sessions(desk.files)[0]
    assert [switch.id for switch in leaving(session, "SPRINT-1", TASK, "SPRINT-9", note="rests")] == [TASK, "SPRINT-1"]
    assert [switch.note for switch in leaving(session, "bakery", note="rests")] == ["", "", "rests"]
    assert leaving(None, TASK) == leaving(session, "SPRINT-9") == []


def test_what_is_in_the_context_is_not_pushed_again():
    desk = desk_with()
    desk.do(f"context push task {TASK}")
    outcome = desk.do(f"context push task {TASK}")
    assert outcome.plan == () and outcome.text == f"task {TASK} is in the context already: task {TASK}"


@pytest.mark.parametrize(
    ("level", "message"),
    [
        ("task TASK-OVEN-20260605-08000", f"there is no task TASK-OVEN-20260605-08000; did you mean {TASK}?"),
        ("sprint 11", "there is no sprint SPRINT-11; did you mean SPRINT-1? `mdtm sprint create SPRINT-11 TITLE`"),
        ("project 'two words'", '"two words" cannot name a project: that is one word'),
        ("project '`a`'", '"`a`" cannot name a project'),
    ],
)
def test_nothing_is_pushed_that_is_not_there(level: str, message: str):
    assert desk_with().refused(f"context push {level}").startswith(message)


def test_the_context_is_shown_with_titles_whole_or_the_last_of_a_type():
    desk = desk_with()
    assert desk.do("context show").text == "The context of SESSION-001 is empty."
    for level in ("project bakery", "sprint 1", f"task {TASK}"):
        desk.do(f"context push {level}")
    outcome = desk.do("context show")
    assert outcome.text.splitlines() == [
        "project bakery  since 2026-06-05T09:02:00Z",
        "sprint SPRINT-1  since 2026-06-05T09:03:00Z  Bread first 🥖",
        f"task {TASK}  since 2026-06-05T09:04:00Z  Heat the oven 🔥",
    ]
    assert outcome.data["current"]["id"] == TASK
    assert desk.do("context show --type sprint").data["current"]["id"] == "SPRINT-1"
    assert desk.do("context show --type subtask").text == "The context of SESSION-001 has no subtask."
    assert desk.do("context show --type subtask").data["current"] is None


def test_clearing_is_one_entry():
    desk = desk_with()
    assert desk.do("context clear").text == "The context of SESSION-001 is empty already."
    desk.do("context push sprint 1")
    assert desk.do("context clear 'a new day'").text == "Cleared the context, which was sprint SPRINT-1"
    assert desk.text(LOG).endswith("`dev-api`: Context: cleared: a new day\n")
    assert desk.problems() == []


@pytest.mark.parametrize("end", ["complete 'all is baked'", "fail 'no flour'", "log 'all is baked' --kind end"])
def test_the_end_of_a_session_clears_its_context_before_it_says_so(end: str):
    desk = desk_with()
    desk.do("context push sprint 1")
    desk.do("pause")
    assert '{type = "sprint", id = "SPRINT-1"' in desk.text(LOG)
    desk.do("resume")
    desk.do(end)
    assert "\ncontext = []\n" in desk.text(LOG)
    cleared, over = desk.text(LOG).splitlines()[-2:]
    assert cleared.endswith("Context: cleared") and "Session " in over
    assert desk.problems() == []


def test_the_end_of_a_session_without_a_context_says_nothing_of_it():
    desk = desk_with()
    desk.do("complete")
    assert "ontext" not in desk.text(LOG)


def test_a_session_that_rests_or_is_over_takes_nothing_on():
    desk = desk_with()
    assert desk.refused("context push project a --session SESSION-002").startswith("there is no session SESSION-002")
    desk.do("pause")
    assert "there is no active session" in desk.refused("context push project a")
    assert desk.refused("context push project a --session SESSION-001") == (
        "SESSION-001 is paused; `mdtm resume SESSION-001` goes on with it"
    )
    desk.do("complete --session SESSION-001")
    assert "`mdtm reopen SESSION-001`" in desk.refused("context push project a --session SESSION-001")


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_every_system_has_a_context_and_a_workflow_session_gets_a_log_for_it(dialect):
    desk = Desk()
    started = desk.do(f"start 'Bake 🍞' --dialect {dialect.name}")
    desk.do("context push project bakery")
    log = f"{started.data['folder']}/session_log.md"
    assert 'context = [{type = "project", id = "bakery", pushed_at = "2026-06-05T09:01:00Z"}]' in desk.text(log)
    assert desk.text(log).endswith("Context: pushed project `bakery`\n")
    assert desk.problems() == []
    desk.do("complete")
    assert desk.problems() == []


def test_a_context_that_cannot_be_read_is_left_as_it_is():
    desk = desk_with()
    desk.files.texts[LOG] = desk.text(LOG).replace("+++\n\n#", 'context = [{type = "task"\n+++\n\n#', 1)
    assert desk.refused("context push sprint 1") == (
        f"context cannot be read in {LOG}; `mdtm check {LOG}` shows what to mend"
    )
    desk.files.texts[LOG] = desk.text(LOG).replace(
        'context = [{type = "task"\n', '[[context]]\ntype = "task"\nid = "A-1"\n'
    )
    assert "is no list in one piece; write context = [{type" in desk.refused("context push sprint 1")
    desk.files.texts[LOG] = desk.text(LOG).replace('[[context]]\ntype = "task"\nid = "A-1"\n', 'context = "the oven"\n')
    assert "is no list in one piece" in desk.refused("context push sprint 1")


@pytest.mark.parametrize(
    "command",
    ["update x", "done x", "sprint note x", "context show", "context pop", "context clear", "task deactivate"],
)
@pytest.mark.parametrize("value", ['"bread"', '[{type = "task"'])
def test_a_context_that_cannot_be_read_is_not_taken_for_an_empty_one(command: str, value: str):
    desk = desk_with()
    desk.files.texts[LOG] = desk.text(LOG).replace("related_tasks", f"context = {value}\nrelated_tasks")
    assert desk.refused(command).startswith(f"context {'in' if value[0] == chr(34) else 'cannot be read in'} {LOG}")
