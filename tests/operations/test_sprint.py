"""Sprints are made, get tasks, are worked on, and completed."""

from __future__ import annotations

import pytest

from mdtm.files import Memory
from mdtm.offers import offers
from tests.doing import Desk

LOG = ".mdtm/sessions/SESSION-001/session_log.md"
PATH = ".mdtm/sprints/SPRINT-1.md"
OVEN, DOUGH = "TASK-OVEN-20260605-080000", "TASK-DOUGH-20260605-080000"


def task(own_id: str, status: str = "🟡 To Do", sprint: str = "") -> str:
    key = f'sprint = "{sprint}"\n' if sprint else ""
    head = f'id = "{own_id}"\ntitle = "About {own_id[5]} 🥖"\nstatus = "{status}"\ntype = "🧹 Chore"\n'
    return f'+++\n{head}updated_date = "2026-06-04"\n{key}+++\n\n# About\n'


def path_of(own_id: str) -> str:
    return f".mdtm/tasks/A/{own_id}.md"


def desk_with(*commands: str, session: bool = True, sprint: bool = True) -> Desk:
    """A sprint and two tasks, in a session or without one."""
    desk = Desk({path_of(own_id): task(own_id) for own_id in (OVEN, DOUGH)})
    if session:
        desk.do("start Bake --dialect orchestration")
    if sprint:
        desk.do("sprint create 'Bread first 🥖' --goal 'Two dozen a day' --start 2026-06-01 --end 2026-06-12")
    for command in commands:
        desk.do(command)
    return desk


def stack(desk: Desk) -> list[str]:
    return [f"{item['type']} {item['id']}" for item in desk.do("context show").data["context"]]


def last(desk: Desk, count: int = 1) -> list[str]:
    """The texts of the last entries."""
    return [entry["text"] for entry in desk.do(f"show --last {count}").data["entries"]]


def test_a_new_sprint_is_made_from_the_template_and_logged():
    desk = desk_with()
    assert desk.text(PATH) == (
        '+++\nid = "SPRINT-1"\ntitle = "Bread first 🥖"\nstatus = "🟡 To Do"\ngoal = "Two dozen a day"\n'
        'start_date = "2026-06-01"\nend_date = "2026-06-12"\ntasks = []\ntags = ["sprint"]\n+++\n\n'
        "# Bread first 🥖\n\n## Notes\n"
    )
    assert last(desk) == ["Sprint `SPRINT-1` created: Bread first 🥖"]
    assert desk.problems() == []


def test_sprints_are_numbered_unless_they_are_named():
    desk = desk_with(session=False)
    made = [
        desk.do(f"sprint create {words}").data["sprint"]
        for words in ("Rolls", "7 Cakes", "SPRINT-SESS-1 Buns", "'Sprint 03' Pies", "Tarts")
    ]
    assert made == ["SPRINT-2", "SPRINT-7", "SPRINT-SESS-1", "SPRINT-3", "SPRINT-8"]
    assert desk.problems() == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("1 Rolls", "there is a sprint SPRINT-1 already; `mdtm sprint show SPRINT-1` shows it"),
        ("../x Rolls", '"../x" is no id of a sprint, which is a number or like SPRINT-7'),
        ("'SPRINT-a/b' Rolls", '"SPRINT-a/b" is no id of a sprint'),
        ("'🥖'", 'the title "🥖" has no letter and no digit'),
        ("Rolls --start tomorrow", "the start of a sprint is a day such as 2026-09-07, which tomorrow is not"),
        ("Rolls --start 2026-06-31", "the start of a sprint is a day"),
        ("Rolls --start 2026-06-12 --end 2026-06-01", "the sprint would end on 2026-06-01, before it starts on 2026-06-12"),
    ],
)  # fmt: skip
def test_a_sprint_that_makes_no_sense_is_refused(words: str, message: str):
    assert desk_with().refused(f"sprint create {words}").startswith(message)


def test_the_template_of_the_workspace_wins_unless_it_is_broken():
    own = '+++\nid = ""  # (String, Required)\ntitle = ""\nstatus = "⚪️ Planned"\nteam = "ours"\n+++\n\n# [Title]\n\n## Notes 📝\n'
    desk = desk_with(sprint=False)
    desk.files.texts[".mdtm/templates/mdtm_sprint.md"] = own
    desk.do("sprint create Rolls --goal Crust")
    assert desk.text(PATH) == (
        '+++\nid = "SPRINT-1"\ntitle = "Rolls"\nstatus = "⚪️ Planned"\ngoal = "Crust"\nteam = "ours"\n+++\n\n'
        "# Rolls\n\n## Notes 📝\n"
    )
    desk.files.texts[".mdtm/templates/mdtm_sprint.md"] = own.replace('"ours"', '"ours')
    assert "mdtm_sprint.md is broken, so that of mdtm was used" in desk.do("sprint create Cakes").text


def test_a_sprint_is_active_by_its_number_and_in_progress_then():
    desk = desk_with(f"sprint add {OVEN} {DOUGH} --sprint 1", f"task status {OVEN} archived")
    outcome = desk.do("sprint activate 1")
    assert outcome.text == "SPRINT-1 is active: Bread first 🥖 (1 of 2 tasks done)"
    assert (outcome.data["tasks"], outcome.data["closed"]) == (2, 1)
    assert 'status = "🔵 In Progress"' in desk.text(PATH)
    assert stack(desk) == ["sprint SPRINT-1"]
    assert last(desk) == ["Context: pushed sprint `SPRINT-1`: Bread first 🥖"]
    assert desk.do("sprint activate SPRINT-1").plan == ()
    assert desk.problems() == []


def test_another_sprint_takes_the_place_of_the_active_one_and_of_its_tasks():
    desk = desk_with("context push project bakery", "sprint create Rolls", "sprint activate 1")
    desk.do(f"task activate {OVEN}")
    desk.do("sprint activate 2")
    assert stack(desk) == ["project bakery", "sprint SPRINT-2"]
    assert last(desk, 3) == [
        f"Context: popped task `{OVEN}`", "Context: popped sprint `SPRINT-1`", "Context: pushed sprint `SPRINT-2`: Rolls",
    ]  # fmt: skip


@pytest.mark.parametrize("wish", ["2", "SPRINT-2"])
def test_a_sprint_that_is_not_there_is_not_made_by_activating_it(wish: str):
    desk = desk_with()
    before = dict(desk.files.texts)
    message = "there is no sprint SPRINT-2; did you mean SPRINT-1? `mdtm sprint create SPRINT-2 TITLE` makes it"
    assert desk.refused(f"sprint activate {wish}") == message
    assert desk.files.texts == before


def test_to_activate_a_sprint_needs_an_active_session():
    assert desk_with(session=False).refused("sprint activate 1").startswith("there is no active session; `mdtm start")


def test_a_note_goes_to_the_active_sprint_here_and_there():
    desk = desk_with("sprint activate 1", f"task activate {OVEN}")
    desk.files.texts[PATH] = desk.text(PATH).replace("## Notes\n", "## Notes 📝\n\nWhat we saw.\n\n## More\n\n- x\n")
    assert desk.do("sprint note 'a second oven'").text == "Note of SPRINT-1: a second oven"
    assert last(desk) == ["Note: `SPRINT-1`: a second oven"]
    assert desk.text(PATH).endswith(
        "## Notes 📝\n\nWhat we saw.\n\n- [2026-06-05T09:04:00Z] `dev-api`: a second oven\n\n## More\n\n- x\n"
    )
    desk.do("sprint note 'a third'")
    assert "second oven\n- [2026-06-05T09:06:00Z] `dev-api`: a third\n\n## More" in desk.text(PATH)
    assert desk.problems() == []


def test_a_sprint_without_a_place_for_notes_gets_one():
    desk = desk_with("sprint activate 1")
    desk.files.texts[PATH] = desk.text(PATH).replace("\n## Notes\n", "").replace("\n", "\r\n")
    desk.do("sprint note 'a second oven'")
    assert desk.text(PATH).endswith(
        "# Bread first 🥖\r\n\r\n## Notes\r\n\r\n- [2026-06-05T09:03:00Z] `dev-api`: a second oven\r\n"
    )


@pytest.mark.parametrize("command", ["sprint note x", "sprint complete", "sprint show", f"sprint add {OVEN}"])
def test_without_an_active_sprint_nothing_inherits(command: str):
    message = "no sprint of SESSION-001 is active; `mdtm sprint activate ID` makes one so"
    assert desk_with().refused(command) == message


def test_tasks_are_given_to_a_sprint_on_both_sides_and_taken_from_another():
    desk = desk_with("sprint create Rolls", "sprint activate 1")
    assert desk.do(f"sprint add {OVEN} {DOUGH}").text == f"SPRINT-1 has {OVEN}, {DOUGH}"
    assert f'tasks = ["{OVEN}", "{DOUGH}"]' in desk.text(PATH)
    assert 'sprint = "SPRINT-1"' in desk.text(path_of(OVEN))
    assert desk.do(f"sprint add {OVEN}").text == f"SPRINT-1 has {OVEN} already"
    desk.do(f"sprint add {path_of(OVEN)} --sprint 2")
    assert f'tasks = ["{DOUGH}"]' in desk.text(PATH)
    assert 'sprint = "SPRINT-2"' in desk.text(path_of(OVEN))
    assert f'tasks = ["{OVEN}"]' in desk.text(".mdtm/sprints/SPRINT-2.md")
    assert desk.problems() == []


def test_a_task_belongs_by_its_own_key_or_by_the_list_of_the_sprint():
    desk = desk_with()
    desk.files.texts[path_of(DOUGH)] = task(DOUGH, sprint="1")
    desk.files.texts[PATH] = desk.text(PATH).replace("tasks = []", f'tasks = ["{OVEN}"]')
    outcome = desk.do("sprint show 1")
    assert [one["task"] for one in outcome.data["tasks"]] == [OVEN, DOUGH]
    assert outcome.text.splitlines() == [
        "SPRINT-1  🟡 To Do  0 of 2 done  Bread first 🥖",
        f"file: {PATH}",
        "goal: Two dozen a day",
        "start_date: 2026-06-01",
        "end_date: 2026-06-12",
        "tasks:",
        f"  {OVEN}  🟡 To Do  About O 🥖",
        f"  {DOUGH}  🟡 To Do  About D 🥖",
    ]


def test_sprints_are_listed_with_what_is_done():
    assert (
        desk_with(sprint=False).do("sprint list").text
        == "There is no sprint here; `mdtm sprint create TITLE` makes one."
    )
    desk = desk_with(f"sprint add {OVEN} --sprint 1", f"task done {OVEN} 'it is hot'", "sprint create Rolls")
    assert desk.do("sprint list").text.splitlines() == [
        "SPRINT-1  🟡 To Do  1 of 1 done  Bread first 🥖", "SPRINT-2  🟡 To Do  0 of 0 done  Rolls",
    ]  # fmt: skip


def test_a_sprint_is_completed_when_its_tasks_are_closed():
    desk = desk_with(
        "sprint activate 1", f"sprint add {OVEN} {DOUGH}", f"task activate {OVEN}", f"task status {DOUGH} cancelled"
    )
    assert desk.refused("sprint complete") == (
        f"SPRINT-1 has 1 open task: {OVEN}; `mdtm sprint complete SPRINT-1 --force REASON` ends it as it is\n"
        f'  [ ] All tasks are closed (1 of 2): `mdtm task done {OVEN} "what came of it"`\n'
        '  [ ] Notes tell how it went, recommended: `mdtm sprint complete SPRINT-1 "how it went"`'
    )
    desk.do("done 'it is hot'")
    outcome = desk.do("sprint complete 'two dozen a day 🥖'")
    assert outcome.text == "SPRINT-1 is 🟢 Done, logged in SESSION-001"
    assert last(desk, 2) == ["Result: `SPRINT-1` is done: two dozen a day 🥖", "Context: popped sprint `SPRINT-1`"]
    assert 'status = "🟢 Done"' in desk.text(PATH)
    assert desk.text(PATH).endswith("`dev-api`: Done: two dozen a day 🥖\n")
    assert stack(desk) == []
    assert desk.refused("sprint complete 1") == "SPRINT-1 is done already"
    assert desk.refused("sprint activate 1").startswith("SPRINT-1 is 🟢 Done; give it another status")
    assert desk.problems() == []


def test_a_sprint_is_completed_with_open_tasks_for_a_reason_that_is_logged():
    desk = desk_with("sprint activate 1", f"sprint add {OVEN}", f"task activate {OVEN}")
    outcome = desk.do("sprint complete 1 --force 'the oven is sold'")
    assert outcome.data["open"] == [OVEN]
    told = "is done (with 1 open task, because: the oven is sold)"
    assert last(desk, 3) == [
        f"Result: `SPRINT-1` {told}", f"Context: popped task `{OVEN}`", "Context: popped sprint `SPRINT-1`",
    ]  # fmt: skip
    assert "Done (with 1 open task, because: the oven is sold)\n" in desk.text(PATH)


def test_a_sprint_is_completed_without_a_session_too():
    desk = desk_with(session=False)
    assert desk.do("sprint complete 1").text == "SPRINT-1 is 🟢 Done; but it has no notes"
    assert desk.text(PATH).endswith("`dev-api`: Done\n")


def test_a_sprint_is_found_by_its_path_and_told_apart_from_one_of_another_system():
    desk = desk_with()
    assert desk.do(f"sprint show {PATH}").data["sprint"] == "SPRINT-1"
    desk.files.texts[".ruru/sprints/SPRINT-1.md"] = desk.text(PATH)
    assert desk.refused("sprint show 1") == (
        f"there are several sprints SPRINT-1; give the path: .ruru/sprints/SPRINT-1.md, {PATH}"
    )


def test_what_there_is_to_choose_from_is_offered_with_what_is_open_first():
    files = Memory({path_of(OVEN): task(OVEN, "🟢 Done"), path_of(DOUGH): task(DOUGH)})
    found = [(one.value, one.label, one.description) for one in offers(files, "task", {})]
    assert found == [(DOUGH, "About D 🥖", f"{DOUGH}  🟡 To Do"), (OVEN, "About O 🥖", f"{OVEN}  🟢 Done")]
    desk = desk_with("sprint complete 1", "sprint create Rolls")
    assert [one.value for one in offers(desk.files, "sprint", {})] == ["SPRINT-2", "SPRINT-1"]
    for what, type in (("context", "sprint"), ("context", "subtask")):
        assert len(offers(desk.files, what, {"type": type})) == 2
    assert offers(desk.files, "context", {"type": "project"}) == offers(desk.files, "", {}) == []
