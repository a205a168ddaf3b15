"""A task ends when nothing is left to do and somebody says what came of it, or with a reason."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mdtm.completion import wanted_by
from mdtm.plan import Refused
from tests.doing import Desk

ID, PART = "TASK-API-20250605-101500", "TASK-DEV-20250605-111500"
FOLDER = ".mdtm/tasks/A"
LOG = ".mdtm/sessions/SESSION-001/session_log.md"
SUMMARY = "the roof holds, even in the rain 🏠"


def task(own_id: str = ID, keys: str = "", body: str = "") -> str:
    head = f'id = "{own_id}"\ntitle = "The roof"\nstatus = "🔵 In Progress"\ntype = "feature"\n{keys}'
    return f"+++\n{head}+++\n" + (f"\n{body}" if body else "")


def desk_with(*tasks: str, session: bool = True) -> Desk:
    """A workspace with tasks, which a session has."""
    desk = Desk()
    if session:
        desk.do('start "Build a house" --dialect orchestration')
    for text in tasks:
        own_id = text.partition('id = "')[2].partition('"')[0]
        desk.files.texts[f"{FOLDER}/{own_id}.md"] = text
        if session:
            desk.do(f"task link {own_id}")
    return desk


def text_of(desk: Desk, own_id: str = ID) -> str:
    return desk.text(f"{FOLDER}/{own_id}.md")


def errors(desk: Desk, command: str) -> list[str]:
    with pytest.raises(Refused) as caught:
        desk.do(command)
    found: list[str] = caught.value.data["errors"]
    return found


def test_without_a_summary_a_task_is_not_done_and_the_answer_names_what_is_asked_for():
    desk = desk_with(task())
    with pytest.raises(Refused) as caught:
        desk.do(f"task done {ID}")
    assert caught.value.data["errors"] == [f"{ID} has no summary"]
    wanted = wanted_by(caught.value)
    assert wanted and (wanted["name"], wanted["question"]) == ("note", f"What came of {ID}?")
    assert "🔵 In Progress" in text_of(desk)


def test_a_task_keeps_its_summary_and_its_session_has_it_too():
    desk = desk_with(task())
    outcome = desk.do(f"task done {ID} '{SUMMARY}'")
    said = f"- [2026-06-05T09:02:00Z] `dev-api`: Result: `{ID}` is done: {SUMMARY}\n"
    assert text_of(desk).endswith(f"## Log Entries\n\n{said}") and desk.text(LOG).endswith(said)
    assert outcome.text == f"{ID} is 🟢 Done, logged in SESSION-001; but it has no updates and no time data"
    assert outcome.data["completion"]["valid"]
    assert desk.do(f"completion {ID}").data["details"]["summary"] == SUMMARY


@pytest.mark.parametrize(
    ("keys", "body", "summary"),
    [
        ("", "## Summary\n\nIt holds,\neven in the rain.\n\n## Next\n\nA wall.\n", "It holds, even in the rain."),
        ("", "## Completion Notes 🏠\r\n\r\nIt holds.\r\n", "It holds."),
        ("", "# Outcome\n\n### In short\n\nIt holds.\n", "It holds."),
        ("", "## Results\n\n<!-- what came of it -->\n", ""),
        ("", "## Summary\n\nTBD\n", ""),
        ("", "## Summary\n\n[What was done]\n*(to be filled)*\n- [ ] tiles\n", ""),
        ("", "## Expected outcome\n\nIt holds.\n", ""),
        ("", "## Steps\n\nIt holds.\n", ""),
        ('outcome = "It holds."\n', "", "It holds."),
        ("", "## Log Entries\n\n- [2026-06-05T08:00:00Z] Result: it holds\n", "it holds"),
        ("", "## Log Entries\n\n- [2026-06-05T08:00:00Z] Completed the roof\n", "Completed the roof"),
        ("", "## Log Entries\n\n- [2026-06-05T08:00:00Z] begun\n", ""),
        ("", "## Log Entries 🪵\n\n*   (Logs will be appended here)\n", ""),
    ],
)
def test_where_a_summary_may_stand(keys: str, body: str, summary: str):
    desk = desk_with(task(keys=keys, body=body))
    assert desk.do(f"completion {ID}").data["details"]["summary"] == summary


def test_a_result_in_a_log_is_a_summary_too():
    desk = desk_with(task())
    desk.do(f"log '{ID}: it holds' --kind result")
    assert desk.do(f"completion {ID}").data["details"]["summary"] == "it holds"


def test_updates_are_entries_about_the_work_in_any_log():
    desk = desk_with(task(body="## Log Entries\n\n- [2026-06-05T08:00:00Z] beams are up\n"))
    count = lambda: desk.do(f"completion {ID}").data["details"]["updates"]  # noqa: E731
    assert count() == 1
    desk.do(f"task delegate {ID} dev-roof")
    desk.do(f"task status {ID} review")
    desk.do(f"log 'about {ID}-2, which is another'")
    assert count() == 1
    desk.do(f"log '{ID}: tiles are up' --kind update")
    assert count() == 2
    desk.do("start Another")
    desk.do(f"log 'the tiles of {ID} are red'")
    assert count() == 3
    desk.do(f"task done {ID} '{SUMMARY}'")
    assert count() == 3


def test_an_update_that_stands_in_two_logs_counts_once():
    update = f"- [2026-06-05T08:00:00Z] `dev-api`: Update: `{ID}`: beams are up\n"
    desk = desk_with(task(body=f"## Log Entries\n\n{update.replace(f'`{ID}`: ', '')}"))
    desk.files.texts[LOG] += update
    assert desk.do(f"completion {ID}").data["details"]["updates"] == 1


def test_a_task_with_open_parts_is_not_done_unless_they_end_with_it():
    desk = desk_with(task(), task(PART, f'parent_task_id = "{ID}"\n'))
    assert errors(desk, f"task done {ID} '{SUMMARY}'") == [f"{ID} has 1 open subtask: {PART}"]
    desk.do(f"task done {ID} {PART} --note '{SUMMARY}'")
    assert "🟢 Done" in text_of(desk) and "🟢 Done" in text_of(desk, PART)
    assert desk.problems() == []


def test_a_part_that_stays_open_keeps_the_whole_open():
    desk = desk_with(task(), task(PART, f'parent_task_id = "{ID}"\n', "- [ ] Tiles\n"))
    before = dict(desk.files.texts)
    message = desk.refused(f"task done {ID} {PART} --note '{SUMMARY}'")
    assert f"{ID} has 1 open subtask: {PART}" in message and f'{PART} has 1 open box: 1 "Tiles"' in message
    assert desk.files.texts == before


def test_a_reason_ends_a_task_as_it_is_and_is_kept():
    desk = desk_with(task(body="- [ ] Tiles\n"), task(PART, f'parent_task_id = "{ID}"\n'))
    desk.do(f"task done {ID} --force 'rain is coming'")
    said = f"`{ID}` is done (with no summary, 1 open subtask and 1 open box, because: rain is coming)\n"
    assert desk.text(LOG).endswith(said) and text_of(desk).endswith(said)
    assert desk.problems() == []


def test_several_tasks_end_in_one_change_with_one_note():
    desk = desk_with(task(), task(PART))
    outcome = desk.do(f"task done {ID} {PART} --note '{SUMMARY}'")
    assert outcome.status == 0 and [one["task"] for one in outcome.data["tasks"]] == [ID, PART]
    assert outcome.data["failed"] == []
    said = "".join(f"- [2026-06-05T09:03:00Z] `dev-api`: Result: `{one}` is done: {SUMMARY}\n" for one in (ID, PART))
    assert desk.text(LOG).endswith(said) and desk.problems() == []


def test_each_of_several_tasks_may_have_its_own_note():
    desk = desk_with(task(), task(PART))
    desk.do(f"task done '{ID}=the roof = done' {PART}=tested --note both")
    assert text_of(desk).endswith("is done: the roof = done\n") and text_of(desk, PART).endswith("is done: tested\n")


def test_a_task_that_cannot_end_leaves_the_others_done_and_is_named():
    desk = desk_with(task(), task(PART, body="- [ ] Tiles\n"))
    outcome = desk.do(f"task done {ID} {PART} TASK-NONE-1 --note '{SUMMARY}'")
    assert outcome.status == 1
    assert [one["task"] for one in outcome.data["tasks"]] == [ID]
    assert [one["task"] for one in outcome.data["failed"]] == ["TASK-NONE-1", PART]
    assert outcome.data["failed"][1]["requirements"][0]["command"] == f"mdtm task tick {PART} 1"
    assert (
        f'not done: {PART} has 1 open box: 1 "Tiles"' in outcome.text and "there is no task TASK-NONE-1" in outcome.text
    )
    assert "🟢 Done" in text_of(desk) and "🔵 In Progress" in text_of(desk, PART)


def test_a_task_that_is_named_twice_ends_once():
    desk = desk_with(task())
    desk.do(f"task done {ID} {FOLDER}/{ID}.md --note '{SUMMARY}'")
    assert desk.text(LOG).count("is done") == 1


@pytest.mark.parametrize("words", ["it holds", "fixed", "a=b", "see a.md: fixed"])
def test_the_note_of_a_single_task_needs_no_name(words: str):
    desk = desk_with(task())
    desk.do(f"task done {ID} '{words}'")
    assert text_of(desk).endswith(f"is done: {words}\n")


def test_what_looks_like_a_task_is_never_taken_for_a_note():
    desk = desk_with(task())
    outcome = desk.do(f"task done {ID}='it holds' TASK-API-20250605-1")
    assert "there is no task TASK-API-20250605-1; did you mean" in outcome.text


def test_a_session_ends_whatever_is_missing_and_says_so():
    desk = desk_with(session=True)
    outcome = desk.do("complete")
    assert outcome.text == "SESSION-001 is completed; but it has an empty context and only 1 entry"
    assert outcome.data["completion"]["warnings"][1] == "SESSION-001 has only 1 entry"


def test_a_context_that_was_left_is_not_empty():
    desk = desk_with(session=True)
    desk.do(f"log 'pushed task `{ID}`' --kind context")
    desk.do(f"log 'popped task `{ID}`' --kind context")
    assert desk.do("complete").text == "SESSION-001 is completed"


def test_the_checks_are_shown_without_an_end():
    desk = desk_with(task(body="- [ ] Tiles\n- [x] Beams\n"))
    outcome = desk.do(f"completion {ID}")
    assert (outcome.status, outcome.plan) == (1, ())
    assert outcome.text.startswith(f"{ID}: 2 of what is required are missing\n  [ ] A summary")
    assert f"  [ ] All boxes are ticked (1 of 2): `mdtm task tick {ID} 1`\n" in outcome.text
    assert outcome.data["path"] == f"{FOLDER}/{ID}.md" and not outcome.data["valid"]
    shown = desk.do("completion")
    assert (shown.status, shown.data["id"]) == (0, "SESSION-001")
    assert desk.do("completion SESSION-001").text == shown.text
    assert desk.do(f"completion {FOLDER}/{ID}.md").text == outcome.text


def test_checks_of_what_there_is_not_are_refused_with_what_is_near():
    desk = desk_with(task())
    assert desk.refused("completion TASK-API-20250605-101501").endswith(f"; did you mean {ID}?")
    assert "no active session" in desk_with(session=False).refused("completion")


SPRINT = '+++\nid = "SPRINT-1"\ntitle = "Roofs"\nstatus = "🔵 In Progress"\ntasks = []\n+++\n'


def test_a_sprint_ends_with_its_tasks_or_for_a_reason():
    desk = desk_with(task(keys='sprint = "SPRINT-1"\n'))
    desk.files.texts[".mdtm/sprints/SPRINT-1.md"] = SPRINT
    assert errors(desk, "sprint complete 1") == [f"SPRINT-1 has 1 open task: {ID}"]
    shown = desk.do("completion 1")
    assert (shown.status, shown.data["warnings"]) == (1, ["SPRINT-1 has no notes"])
    desk.do("sprint complete 1 --force 'no wood'")
    assert "done-with-open-tasks" not in desk.problems()
    assert "Result: `SPRINT-1` is done (with 1 open task, because: no wood)\n" in desk.text(LOG)


@pytest.mark.parametrize(
    ("status", "ends"), [("🟢 Done", True), ("🧊 Archived", True), ("Cancelled", True), ("Odd", False)]
)
def test_a_task_of_a_sprint_that_is_closed_is_not_in_the_way(status: str, ends: bool):
    desk = desk_with(task(keys='sprint = "SPRINT-1"\n').replace("🔵 In Progress", status))
    desk.files.texts[".mdtm/sprints/SPRINT-1.md"] = SPRINT
    assert desk.do("completion SPRINT-1").data["valid"] == ends


@pytest.mark.parametrize(
    ("body", "notes"),
    [
        ("", 0), ("\n## Notes\n", 0), ("\n## Notes\n\nTBD\n", 0), ("\n## Notes\n\nAll roofs hold 🏠\n", 1),
        ("\n## Notes\n\n- [2026-06-05T08:00:00Z] planned\n- [2026-06-05T09:00:00Z] begun\n", 2),
    ],
)  # fmt: skip
def test_the_notes_of_a_sprint_are_entries_or_sentences(body: str, notes: int):
    desk = desk_with()
    desk.files.texts[".mdtm/sprints/SPRINT-1.md"] = SPRINT + body
    assert desk.do("completion 1").data["details"]["notes"] == notes


def test_a_sprint_that_ends_with_a_note_has_one():
    desk = desk_with()
    desk.files.texts[".mdtm/sprints/SPRINT-1.md"] = SPRINT
    assert desk.do("sprint complete 1 'all roofs hold'").text == "SPRINT-1 is 🟢 Done, logged in SESSION-001"


def test_tasks_that_end_are_worked_on_no_more():
    desk = desk_with(task(), task(PART, f'parent_task_id = "{ID}"\n'))
    desk.do(f"task activate {ID}")
    desk.do(f"task activate {PART}")
    desk.do(f"task done {ID} {PART} --note '{SUMMARY}'")
    assert "context = []" in desk.text(LOG) and desk.problems() == []


def test_updates_of_the_active_task_count():
    desk = desk_with(task(body="## Log Entries\n"))
    desk.do(f"task activate {ID}")
    desk.do("update 'beams are up'")
    desk.do("note 'the tiles are red'")
    assert desk.do(f"completion {ID}").data["details"]["updates"] == 2


def test_who_ends_the_active_task_is_asked_for_what_the_verb_calls_it():
    desk = desk_with(task())
    desk.do(f"task activate {ID}")
    for command, name in (("done", "note"), ("task deactivate --done", "summary"), (f"task status {ID} done", "note")):
        with pytest.raises(Refused) as caught:
            desk.do(command)
        wanted = wanted_by(caught.value)
        assert wanted and wanted["name"] == name


def test_the_clock_tells_how_long_a_task_took_until_now():
    desk = desk_with(task(keys="estimated_hours = 0.5\n"))
    desk.do(f"task activate {ID}")
    desk.now += timedelta(minutes=29)
    details = desk.do(f"completion {ID}").data["details"]
    assert (details["estimated_hours"], details["actual_hours"], details["variance_percent"]) == (0.5, 0.5, 0.0)
    desk.do("pause lunch")
    desk.now += timedelta(hours=1)
    assert desk.do(f"completion {ID}").data["details"]["actual_hours"] == 0.52
    desk.do("resume")
    desk.now += timedelta(minutes=10)
    said = desk.do(f"done '{SUMMARY}'")
    assert "taken 40 % longer than estimated" in said.text
    assert said.data["completion"]["details"]["actual_hours"] == 0.7


@pytest.mark.parametrize(
    ("keys", "warning"),
    [
        ("", "no time data"), ("actual_hours = 2\n", ""), ("estimated_hours = 0\n", "no time data"),
        ("estimated_hours = 2\n", "an estimate but no actual time"),
        ('estimated_effort = "3-4 hours"\nactual_hours = 5\n', ""),
        ('estimated_effort = "3-4 hours"\nactual_hours = 6\n', "taken 50 % longer than estimated"),
        ('estimated_effort = "L"\n', "no time data"),
    ],
)  # fmt: skip
def test_what_a_task_says_of_its_time(keys: str, warning: str):
    desk = desk_with(task(keys=keys))
    found = desk.do(f"completion {ID}").data["warnings"]
    assert [one for one in found if "update" not in one] == ([f"{ID} has {warning}"] if warning else [])
