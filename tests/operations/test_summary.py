"""A summary says what the log says, and nothing else."""

from __future__ import annotations

import pytest

from mdtm.dialect import DIALECTS
from mdtm.document import Document
from tests.doing import START, Desk

HOME = ".ruru/sessions/SESSION-Slots-2606050700"
LOG = f"{HOME}/session_log.md"
TEXT = """\
+++
id = "SESSION-Slots-2606050700"
title = "Slots 🎟️"
status = "⏸️ Paused"
start_time = "2026-06-05T07:00:00Z"
end_time = "2026-06-05T08:30:00Z"
coordinator = "dev-api"
related_tasks = ["TASK-DEV-1", "TASK-DEV-2", "TASK-DEV-9"]
related_artifacts = ["artifacts/learnings/LEARNING-locks-2606050710.md", "artifacts/gone.md", "artifacts/data.json"]
+++

## Log Entries

- [2026-06-05T07:00:00Z] `dev-api`: Session started: Slots
- [2026-06-05T07:05:00Z] `dev-api`: Decision: ten minutes "each" 🎟️
  because bakers said so:

  ```
  slot = 10
  ```
- [2026-06-05T07:10:30Z] `dev-api`: Session paused: lunch
* 2026-06-05 07:40:30Z - `dev-web` - Resumed work
- [2026-06-05T08:00:00Z] `test-e2e`: Result: all green
- [2026-06-05T08:01:00Z] Error: the staging host is gone
- [2026-06-05T08:02:00Z] Open question: who owns the host?
- [2026-06-05T08:03:00Z] Next steps: ask the owner
- [2026-06-05T08:30:00Z] `dev-api`: Session paused
"""
TASKS = {
    ".ruru/tasks/FEATURE_Slots/TASK-DEV-1.md": '+++\nid = "TASK-DEV-1"\ntitle = "Locks"\nstatus = "🟢 Done"\n+++\n',
    ".ruru/tasks/FEATURE_Slots/TASK-DEV-2-slots.md": '+++\nid = "TASK-DEV-2"\ntitle = "Rows"\nstatus = "🔵 In Progress"\n+++\n',
    ".ruru/tasks/FEATURE_Slots/TASK-DEV-21.md": '+++\nid = "TASK-DEV-21"\ntitle = "Other"\nstatus = "🟡 To Do"\n+++\n',
}  # fmt: skip
ARTIFACTS = {
    f"{HOME}/artifacts/learnings/LEARNING-locks-2606050710.md": "+++\n# a comment\n+++\n\n# Locks are per row\n",
    f"{HOME}/artifacts/data.json": "{}",
}
WANTED = """\
+++
id = "SESSUM-SESSION-Slots-2606050700-260605090000"
original_session_id = "SESSION-Slots-2606050700"
original_session_title = "Slots 🎟️"
summary_creation_date = "2026-06-05T09:00:00Z"
summarized_by_mode = "dev-api"
status_at_summary = "Paused"
key_outcomes_achieved = ["all green"]
key_decisions_made = ["ten minutes \\"each\\" 🎟️"]
key_assumptions_made = []
critical_learnings_or_insights = ["Locks are per row"]
outstanding_blockers_or_issues = ["the staging host is gone", "who owns the host?"]
identified_next_steps_from_session = ["ask the owner", "TASK-DEV-2 Rows", "TASK-DEV-9"]
related_summaries = []
tags = ["session", "summary"]

[[primary_context_artifacts]]
path = "artifacts/learnings/LEARNING-locks-2606050710.md"
description = "Locks are per row"
artifact_type = "learning"

[[primary_context_artifacts]]
path = "artifacts/gone.md"
description = ""
artifact_type = ""

[[primary_context_artifacts]]
path = "artifacts/data.json"
description = ""
artifact_type = "file"
+++

# Summary of SESSION-Slots-2606050700

## Goal

Slots 🎟️

## Times

- Started: 2026-06-05T07:00:00Z
- Ended: 2026-06-05T08:30:00Z
- Wall time: 1:30:00
- Active: 1:00:00
- Paused: 0:30:00

## Decisions

- 2026-06-05T07:05:00Z `dev-api`: ten minutes "each" 🎟️
  because bakers said so:

  ```
  slot = 10
  ```

## Results

- 2026-06-05T08:00:00Z `test-e2e`: all green

## Errors

- 2026-06-05T08:01:00Z the staging host is gone

## Questions

- 2026-06-05T08:02:00Z who owns the host?

## Open tasks

- `TASK-DEV-2`: Rows (🔵 In Progress)
- `TASK-DEV-9` (there is no such file)

## Artifacts

- `artifacts/learnings/LEARNING-locks-2606050710.md`: Locks are per row (learning)
- `artifacts/gone.md` (there is no such file)
- `artifacts/data.json` (file)

## Next steps

- 2026-06-05T08:03:00Z ask the owner
"""


def log_with(start: str, entries: str, status: str = "🟢 Active", end: str = "") -> Desk:
    text = (
        f'+++\nid = "SESSION-Slots-2606050700"\ntitle = "Slots"\nstatus = "{status}"\nstart_time = "{start}"\n'
        f'end_time = "{end}"\n+++\n\n## Log Entries\n\n{entries}'
    )
    marker = {".ruru/sessions/.active-SESSION-Slots-2606050700": ""} if "Active" in status else {}
    return Desk({LOG: text, **marker})


def times_of(desk: Desk) -> list[str]:
    text = desk.do("summary SESSION-Slots-2606050700 --print").text
    return text.partition("## Times\n\n")[2].partition("\n\n##")[0].replace("- ", "").split("\n")


def test_the_summary_tells_what_the_log_tells():
    desk = Desk({LOG: TEXT, **TASKS, **ARTIFACTS})
    desk.do("summary SESSION-Slots-2606050700")
    inner = "artifacts/summaries/SESSUM-SESSION-Slots-2606050700-260605090000.md"
    assert desk.text(f"{HOME}/{inner}") == WANTED
    assert desk.text(f"{HOME}/artifacts/summaries/README.md").startswith("# Summaries\n")
    log = desk.text(LOG)
    assert f'    "artifacts/data.json",\n    "{inner}",\n]\n' in log
    assert log.endswith(f"- [2026-06-05T09:00:00Z] `dev-api`: Created artifact: `{inner}` (summary)\n")


def test_the_same_files_at_the_same_time_give_the_same_bytes_and_printing_writes_nothing():
    desk = Desk({LOG: TEXT, **TASKS, **ARTIFACTS})
    files = dict(desk.files.texts)
    first = desk.do("summary SESSION-Slots-2606050700 --print")
    assert desk.files.texts == files
    desk.now = START
    assert desk.do("summary SESSION-Slots-2606050700 --print").text == first.text == WANTED.rstrip("\n")


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_every_system_can_sum_up_and_nothing_is_wrong_with_it(dialect):
    desk = Desk()
    desk.do(f'start "Move the store" --dialect {dialect.name}')
    desk.do('log "use rows" --kind decision')
    desk.do("complete")
    first = desk.do(f"summary {desk.do('list').data['sessions'][0]['session']}").data
    places = {"ruru-v5": "artifacts/", "mdtm": "summaries/", "workflow": ""}
    assert str(first["artifact"]).startswith(places.get(dialect.name, "artifacts/summaries/") + "SESSUM-")
    assert 'status_at_summary = "Completed"' in desk.text(str(first["path"]))
    assert desk.problems() == []
    second = desk.do(f"summary {first['session']}").data
    frontmatter = Document.read(str(second["path"]), desk.text(str(second["path"]))).frontmatter
    assert [item.data for item in frontmatter.strings("related_summaries")] == [first["artifact"]]
    assert desk.problems() == []


def test_an_active_session_lasts_until_now():
    entries = "- [2026-06-05T08:00:00Z] Session paused\n- [2026-06-05T08:30:00Z] Session resumed\n"
    assert times_of(log_with("2026-06-05T07:00:00Z", entries)) == [
        "Started: 2026-06-05T07:00:00Z", "Ended: not yet", "Wall time: 2:00:00", "Active: 1:30:00", "Paused: 0:30:00",
    ]  # fmt: skip


def test_times_in_an_unknown_zone_are_not_measured_against_now():
    assert times_of(log_with("2026-06-05 07:00:00", "")) == [
        "Started: 2026-06-05 07:00:00, in an unknown zone", "Ended: not yet", "Wall time: not known",
        "Active: not known", "Paused: not known",
    ]  # fmt: skip


def test_times_that_all_lack_a_zone_are_measured_against_each_other():
    entries = "- [2026-06-05 07:20:00] Session paused\n- [2026-06-05 07:40:00] Session resumed\n"
    desk = log_with("2026-06-05 07:00:00", entries, "🏁 Completed", "2026-06-05 08:00:00")
    assert times_of(desk)[2:] == [
        "Wall time: 1:00:00", "Active: 0:40:00", "Paused: 0:20:00",
        "Remark: its times name no zone, and are taken for UTC",
    ]  # fmt: skip


def test_entries_out_of_order_do_not_count_twice():
    entries = (
        "- [2026-06-05T07:30:00Z] Session paused\n- [2026-06-05T07:10:00Z] Session resumed\n"
        "- [2026-06-05T07:40:00Z] Session resumed\n- [2026-06-05T09:30:00Z] Session paused\n"
    )
    desk = log_with("2026-06-05T07:00:00Z", entries, "🏁 Completed", "2026-06-05T08:00:00Z")
    assert times_of(desk)[2:5] == ["Wall time: 1:00:00", "Active: 0:50:00", "Paused: 0:10:00"]
    assert "Remark: 2026-06-05T07:10:00Z is earlier than the change before it, and counts as that" in times_of(desk)


def test_an_end_before_the_start_is_not_measured():
    desk = log_with("2026-06-05T07:00:00Z", "", "🏁 Completed", "2026-06-05T06:00:00Z")
    assert times_of(desk)[2:] == ["Wall time: not known", "Active: not known", "Paused: not known"]


def test_without_a_start_time_the_first_entry_counts_and_with_nothing_nothing_is_known():
    entry = "- [2026-06-05T07:30:00+02:00] Note: hello\n"
    assert times_of(log_with("", entry))[0] == "Started: 2026-06-05T05:30:00Z"
    assert times_of(log_with("", ""))[0] == "Started: not known"


def test_a_log_that_tells_nothing_is_summed_up_too_with_windows_line_ends():
    text = '+++\r\nid = "SESSION-Slots-2606050700"\r\nstatus = "🟢 Active"\r\n+++\r\n'
    desk = Desk({LOG: text})
    desk.do("summary SESSION-Slots-2606050700")
    summary = desk.text(f"{HOME}/artifacts/summaries/SESSUM-SESSION-Slots-2606050700-260605090000.md")
    assert "## Goal\n\nSlots\n" in summary
    assert summary.count("\nNone.\n") == 7
    assert "\r" not in summary
    assert "\n" not in desk.text(LOG).replace("\r\n", "")


def test_a_log_without_frontmatter_is_printed_but_not_written_to():
    desk = Desk({LOG: "## Log Entries\n\n- [2026-06-05T07:00:00Z] Decided to use rows\n"})
    assert "Decided to use rows" in desk.do("summary SESSION-Slots-2606050700 --print").text
    assert "there is no +++ frontmatter" in desk.refused("summary SESSION-Slots-2606050700")
