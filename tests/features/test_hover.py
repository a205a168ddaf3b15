"""What is told of a place: keys and values, tasks, sessions, sprints and files, and times."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from mdtm.document import Document
from mdtm.features.cards import card
from mdtm.features.meanings import PAGES, event_meaning, key_meaning, told_at
from mdtm.features.moments import moment_at
from mdtm.features.names.uses import Uses
from mdtm.features.shape.entry_forms import FORMS
from mdtm.files import Memory
from mdtm.rules import NAMES
from mdtm.schema import SCHEMAS
from mdtm.trace import Trace
from tests.checks import NOW, SESSION_FOLDER, SESSION_PATH, files_in, with_keys
from tests.test_layout import TASK

PART = ".ruru/tasks/FEATURE_Slots/TASK-DEV-20250606-101500.md"
WORKSPACE = f"""
-- {TASK} --
+++
id = "TASK-DEV-20250605-101500"
title = "Overlaps 🟢"
status = "🔵 In Progress"
session_id = "SESSION-Pick_up_slots-2506050301"
estimated_hours = 4
assigned_to = "dev-api"
+++

- [x] Settle it
- [ ] Build it
-- {PART} --
+++
id = "TASK-DEV-20250606-101500"
title = "Days off"
status = "🟢 Done"
parent_task_id = "TASK-DEV-20250605-101500"
depends_on = ["TASK-DEV-20250605-101500"]
sprint = "1"
+++
-- .ruru/sprints/SPRINT-1.md --
+++
id = "SPRINT-1"
title = "June"
status = "🔵 In Progress"
goal = "Slots for all."
start_date = "2025-06-02"
end_date = "2025-06-13"
tasks = ["TASK-DEV-20250605-101500"]
+++
-- {SESSION_PATH} --
+++
id = "SESSION-Pick_up_slots-2506050301"
title = "Pick up slots"
status = "⏸️ Paused"
start_time = "2025-06-05T03:00:00Z"
end_time = "2025-06-05T04:05:00Z"
related_tasks = ["TASK-DEV-20250605-101500", "TASK-DEV-20250606-101500"]
related_artifacts = ["artifacts/a.md"]
+++

## Log Entries

- [2025-06-05T03:00:00Z] Session started: Pick up slots
- [2025-06-05T03:30:00Z] Context: pushed task `TASK-DEV-20250605-101500`
- [2025-06-05T04:05:00Z] Session paused: lunch
-- {SESSION_FOLDER}/artifacts/a.md --
+++
type = "note"
+++

# Who may overbook

Nobody, said the shop.

```python
-- {SESSION_FOLDER}/artifacts/a.py --
print("```")
-- {SESSION_FOLDER}/artifacts/a.bin --
\0\0
"""
FILES = files_in(WORKSPACE)


def told(path: str) -> str:
    return card(path, Memory(FILES), Trace(Memory(FILES)), NOW)


def test_a_task_has_a_card_with_its_progress_its_time_and_who_names_it():
    assert told(TASK) == (
        "**TASK-DEV-20250605-101500**: Overlaps 🟢\n\n"
        "🔵 In Progress · 1 of 2 boxes ticked · at work for 0:35 · 4 hours estimated · dev-api\n\n"
        "- From: `SESSION-Pick_up_slots-2506050301`\n"
        "- In: `SPRINT-1`\n"
        "- Its parts: `TASK-DEV-20250606-101500`\n"
        "- Waiting for it: `TASK-DEV-20250606-101500`\n\n"
        f"`{TASK}`"
    )
    assert "- Part of: `TASK-DEV-20250605-101500`\n- In: `SPRINT-1`\n- Waits for: `TASK-DEV" in told(PART)


def test_a_session_has_a_card_with_its_clock_and_what_came_of_it():
    assert told(SESSION_PATH) == (
        "**SESSION-Pick_up_slots-2506050301**: Pick up slots\n\n"
        "⏸️ Paused · at work for 1:05 · 1 of 2 tasks closed · 1 artifact\n\n"
        "- Named by: `TASK-DEV-20250605-101500`\n\n"
        f"`{SESSION_PATH}`"
    )


def test_the_marker_says_on_a_card_whether_a_session_is_active_and_its_clock_runs():
    started = FILES | {
        SESSION_PATH: FILES[SESSION_PATH].replace("⏸️ Paused", "🟢 Active").replace("Session paused: lunch", "Lunch")
    }
    marked = started | {f".ruru/sessions/.active-{SESSION_FOLDER.rpartition('/')[2]}": ""}
    first, second = (card(SESSION_PATH, Memory(files), Trace(Memory(files)), NOW) for files in (started, marked))
    assert "⏸️ Paused · at work for 1:05 ·" in first
    assert "🟢 Active · at work for" in second and "at work for 1:05" not in second


def test_a_sprint_has_a_card_with_its_tasks_and_its_days():
    assert told(".ruru/sprints/SPRINT-1.md") == (
        "**SPRINT-1**: June\n\n🔵 In Progress · 1 of 2 tasks closed · 2025-06-02 to 2025-06-13\n\n"
        "Slots for all.\n\n- Its tasks: `TASK-DEV-20250605-101500`, `TASK-DEV-20250606-101500`\n\n"
        "`.ruru/sprints/SPRINT-1.md`"
    )


def test_of_a_file_its_title_and_its_first_lines_are_shown():
    assert told(f"{SESSION_FOLDER}/artifacts/a.md") == (
        f"**Who may overbook**\n\n> Nobody, said the shop.\n> ```python\n\n`{SESSION_FOLDER}/artifacts/a.md`"
    )
    assert told(f"{SESSION_FOLDER}/artifacts/a.py").startswith('````\nprint("```")\n````\n\n')
    assert told(f"{SESSION_FOLDER}/artifacts/a.bin") == f"`{SESSION_FOLDER}/artifacts/a.bin`"
    assert told("gone.md") == ""


OTHERS = {
    f"{SESSION_FOLDER[:-4]}0401/session_log.md": """+++
title = "Later"
related_tasks = ["TASK-DEV-20250605-101500"]
context = [{type = "sprint", id = "1"}]
+++
""",
    ".ruru/tasks/FEATURE_Slots/TASK-DEV-20250607-101500.md": """+++
id = "TASK-DEV-20250607-101500"
status = "🟡 To Do"
related_tasks = ["TASK-DEV-20250605-101500"]
+++
""",
}


def told_among_others(path: str) -> str:
    files, uses = Memory(FILES | OTHERS), Uses()
    list(uses.renewing(files, frozenset()))
    return card(path, files, Trace(files), NOW, uses)


def test_a_card_tells_of_those_who_are_not_named_back_and_of_nobody_twice():
    log = f"{SESSION_FOLDER[:-4]}0401".rpartition("/")[2]
    assert told_among_others(TASK) == told(TASK).replace(
        f"\n\n`{TASK}`", f"\n- Named by: `{log}`, `TASK-DEV-20250607-101500`\n\n`{TASK}`"
    )
    tasks = "- Its tasks: `TASK-DEV-20250605-101500`, `TASK-DEV-20250606-101500`\n"
    assert f"\n\n{tasks}- Named by: `{log}`\n\n" in told_among_others(".ruru/sprints/SPRINT-1.md")
    assert "\n\n- Named by: `TASK-DEV-20250605-101500`\n\n" in told_among_others(SESSION_PATH)


def test_without_a_workspace_a_card_has_what_its_file_says():
    alone = card(TASK, Memory(FILES), None, NOW)
    assert alone.startswith("**TASK-DEV-20250605-101500**: Overlaps 🟢\n\n🔵 In Progress · 1 of 2 boxes ticked")


def of_place(text: str, word: str, path: str = SESSION_PATH) -> str:
    found = told_at(Document.read(path, text), text.index(word) + 1)
    return found.text if found else ""


def test_a_key_tells_what_it_is_for_what_it_holds_and_whether_it_is_needed():
    log = with_keys("tags = []\nodd = 1")
    assert of_place(log, "status") == (
        "**status**: Where the session stands.\n\nA text; tools cannot do without it.\n\n"
        "Usual values: `🟢 Active`, `⏸️ Paused`, `🏁 Completed`, `🔴 Error`."
    )
    assert of_place(log, "tags").startswith("**tags**: Words to find the session by.\n\nA list of texts.")
    assert of_place(log, "odd") == ""


def test_an_older_name_of_a_key_tells_the_newer_one():
    assert of_place(with_keys('session_id = "a"'), "session_id").startswith(
        "**session_id**, the older name of `id`: The session's id"
    )


def test_a_settled_value_tells_what_it_means_and_which_others_there_are():
    log = with_keys('context = [{type = "task", id = "T"}]')
    assert of_place(log, '"🟢 Active').startswith(
        "**🟢 Active**: work goes on, and the clock runs.\n\nOthers: `⏸️ Paused`"
    )
    assert of_place(log, '"task"') == "**task**, a value of `type`.\n\nOthers: `project`, `sprint`, `subtask`."
    assert of_place(log, "type = ") == (
        "**type**: What kind of thing is worked on.\n\nA text.\n\nUsual values: `project`, `sprint`, `task`, `subtask`."
    )
    assert of_place(log, '"Pick up') == ""


def test_a_rule_in_the_settings_tells_what_it_finds():
    settings = '[rules]\nbad-time = "off"\nsyntax = "off"\n'
    assert of_place(settings, "bad-time", ".mdtm.toml").startswith("**bad-time**: A time cannot be read")
    assert "rules of this family" in of_place(settings, "syntax", ".mdtm.toml")


def test_values_and_keys_in_yaml_and_json_tell_the_same():
    assert of_place('---\nid: a\nstatus: "🟢 Done"\n---\n', '"🟢', TASK).startswith(
        "**🟢 Done**: nothing is left to do"
    )
    state = '{"session_id": "WFS-a", "current_phase": "PLAN"}'
    path = ".workflow/WFS-a/workflow-session.json"
    assert of_place(state, "PLAN", path).startswith(
        "**PLAN**, a value of `current_phase`.\n\nOthers: `IMPLEMENT`, `REVIEW`"
    )
    assert of_place(state, '"current', path).startswith("**current_phase**: The phase that the work is in.")


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_every_key_has_something_to_tell(schema):
    document = Document.read("a.md", "")
    document.schema = schema
    assert all(key_meaning(document, (key.name,)).count("\n\n") for key in schema.keys)


def test_the_pages_that_tell_more_of_a_key_are_those_of_rules():
    keys = {key.name for schema in SCHEMAS for key in schema.keys}
    assert set(PAGES) <= keys and set(PAGES.values()) <= NAMES


@pytest.mark.parametrize("kind", ["", *FORMS])
def test_every_kind_of_entry_tells_its_parts(kind: str):
    assert "\n- stamp: " in event_meaning(kind)


LOG = "+++\n+++\n\n## Log Entries\n\n"


def when(text: str, word: str, hours: int = 2) -> str:
    def local(moment: datetime) -> datetime:
        return moment.astimezone(timezone(timedelta(hours=hours)))

    found = moment_at(Document.read(SESSION_PATH, text), text.index(word), local)
    return found.text if found else ""


def test_the_time_of_an_entry_is_told_in_the_zone_of_its_reader_and_from_the_one_before():
    log = (
        f"{LOG}- [2025-06-05T03:00:00Z] 🟢 One\n- [2025-06-06T04:05:09Z] `dev-api`: Two\n- [2025-06-06T04:05Z] Three\n"
    )
    assert when(log, "2025-06-05") == "**Thursday, 5 June 2025, 05:00:00** (UTC+02:00)"
    assert when(log, "dev-api") == (
        "**Friday, 6 June 2025, 06:05:09** (UTC+02:00)\n\n1 day and 1:05:09 after the entry above"
    )
    assert when(log, "2025-06-06T04:05Z", -5).startswith("**Thursday, 5 June 2025, 23:05** (UTC-05:00)")
    assert when(log, "2025-06-06T04:05Z").endswith("0:00:09 before the entry above")
    assert when(log, "Two") == when(log, "## Log") == ""


def test_of_times_that_cannot_be_compared_no_length_is_told():
    log = (
        f"{LOG}- [2025-06-05T03:00:00Z] One\n- [2025-06-06 04:05] Two\n- [soon] Three\n- [2025-06-31T03:00:00Z] Four\n"
    )
    assert when(log, "2025-06-06") == "**Friday, 6 June 2025, 04:05**, in a zone that is not named"
    assert when(log, "soon") == when(log, "2025-06-31") == ""
    assert moment_at(Document.read("a.txt", log.removeprefix(LOG)), 4, lambda moment: moment) is None


def test_the_place_that_is_told_of_holds_the_pointer():
    log = f"{LOG}- [2025-06-05T03:00:00Z] `dev-api`: One\n"
    document = Document.read(SESSION_PATH, log)
    for word in ("2025", "05T03", "dev-api"):
        found = moment_at(document, log.index(word), lambda moment: moment)
        assert found and found.span.start <= log.index(word) <= found.span.end
    assert moment_at(document, log.index("- [2025"), lambda moment: moment) is None


def test_the_time_that_a_key_holds_is_told_in_the_zone_of_its_reader():
    log = with_keys('start_time = "2025-06-05T03:01:00Z"\nend_time = ""\ncreated = "2025-06-05"')
    assert when(log, "05T03:01") == "**Thursday, 5 June 2025, 05:01:00** (UTC+02:00)"
    pushed = with_keys('context = [{type = "task", id = "🟢", pushed_at = "2025-06-05T03:30:00Z"}]')
    assert when(pushed, "05T03:30") == "**Thursday, 5 June 2025, 05:30:00** (UTC+02:00)"
    assert when(log, '""') == when(log, '2025-06-05"\n+++') == when(log, "start_time") == ""


def test_the_entry_before_may_stand_far_above():
    others = "".join(f"line {n}\n" for n in range(400))
    log = f"{LOG}- [2025-06-05T03:00:00Z] One\n{others}\n- [2025-06-05T03:00:01Z] Two\n"
    assert when(log, "2025-06-05T03:00:01Z").endswith("0:00:01 after the entry above")
