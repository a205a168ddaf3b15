"""The rules about entries and artifacts on what their examples do not show."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mdtm.problem import Severity
from mdtm.times import read_time, spell_time
from tests.checks import NOW, SESSION_FOLDER, SESSION_PATH, check_fix, check_problems, codes_in, files_in, problems_in

NOTE = "artifacts/notes/NOTE-slots-2506050310.md"


def log(body: str, keys: str = "") -> str:
    """A session log with a body, and with further keys."""
    status = "" if "status" in keys else 'status = "🟢 Active"\n'
    return (
        f'-- {SESSION_PATH} --\n+++\nid = "SESSION-Pick_up_slots-2506050301"\ntitle = "Slots"\n{status}'
        f'start_time = "2025-06-05T03:01:00Z"\ncoordinator = "dev-api"\n{keys}+++\n{body}'
    )


def entries(*lines: str, keys: str = "") -> str:
    return log("\n## Log Entries\n\n" + "".join(f"{line}\n" for line in lines), keys)


def listing(path: str, *files: str) -> str:
    """A log whose list has one path, and the files that there are."""
    others = "".join(f"-- {SESSION_FOLDER}/{name} --\n" for name in files)
    return log("", f"related_artifacts = [{path}]\n") + others


# bad-time


@pytest.mark.parametrize(
    "time",
    [
        "2025-06-05 10:02:15", "2025-06-05T10:02:15Z", "2025-06-05T10:02:15", "2025-06-05 10:02", "2025-06-05 10:02:15Z",
        "2025-06-05T10:02:15+10:00", "250605100215", "2025-06-05 10:02Z", "2025-06-05T10:02", "2025-06-05 03:35:00 AEST",
        "2025-06-05T10:02:15.469Z", "2025-06-05 10:02 UTC", "2025-06-05 10:02:15 UTC",
    ],
)  # fmt: skip
def test_every_spelling_of_a_time_in_real_logs_is_read(time: str):
    assert read_time(time)
    assert codes_in(entries(f"- [{time}] Started")) in ([], ["entry-before-start"])


# out-of-order


def test_as_few_entries_as_possible_are_out_of_order():
    check_problems(entries(
        "- [2025-06-05T09:00:00Z] a slip 🟢",
        "   ^^^^^^^^^^^^^^^^^^^^ out-of-order: 2025-06-05T09:00:00Z is later than 2025-06-05T03:02:00Z, which stands behind",
        "- [2025-06-05T03:02:00Z] one",
        "- [2025-06-05T03:03:00Z] two",
        "- [2025-06-05T03:04:00Z] three",
    ))  # fmt: skip


def test_a_log_that_is_written_from_the_bottom_up_is_named_once():
    found = codes_in(entries(*(f"- [2025-06-05T03:0{9 - n}:00Z] entry" for n in range(6))))
    assert found == ["out-of-order"]


def test_of_a_long_log_that_is_newest_first_no_entry_is_moved():
    for length, titles in ((40, ["Move it to where its time belongs"]), (60, [])):
        lines = (f"- [2025-06-05T04:{59 - number:02}:00Z] step {number}" for number in range(length))
        ((_, problem),) = problems_in(files_in(entries(*lines)))
        assert (problem.code, [fix.title for fix in problem.fixes]) == ("out-of-order", titles)


def test_the_log_of_a_task_may_have_the_newest_entry_first_and_other_sections_dates():
    task = """
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Slots"
        status = "🟢 Done"
        type = "🌟 Feature"
        +++

        ## Log Entries

        - 2025-06-07: three
        - 2025-06-06: two
        - {}: one

        ## Notes

        ### 2025-06-01 - Why
        """
    assert "out-of-order" not in codes_in(task.format("2025-06-05"))
    assert "out-of-order" in codes_in(task.format("2025-06-08"))


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("last", ["", "\n"], ids=["unfinished", "finished"])
def test_an_entry_moves_with_all_its_lines(line_end: str, last: str):
    early, late = "- [2025-06-05T03:02:00Z] one 🟢\n\n  ```sh\n  make\n  ```", "- [2025-06-05T03:04:00Z] two"
    before, after = (entries(*both).rstrip("\n") + last for both in ((late, early), (early, late)))
    changed = [text.replace("\n", line_end).replace(f"--{line_end}", "--\n") for text in (before, after)]
    check_fix(changed[0], changed[0])
    check_fix(changed[0], changed[1], unsafe=True)


@pytest.mark.parametrize(
    "lines",
    [
        ("- [2025-06-05T03:04:00] two", "- [2025-06-05T03:02:00] one"),
        ("- [2025-06-05T03:04:00Z] two", "", "Words of nobody.", "", "- [2025-06-05T03:02:00Z] one"),
        ("## 2025-06-05T03:04:00Z - Two", "## 2025-06-05T03:02:00Z - One"),
    ],
)
def test_an_entry_stays_where_it_is_not_plain_what_it_would_pass(lines: tuple[str, ...]):
    before = entries(*lines)
    assert "out-of-order" in codes_in(before)
    check_fix(before, before, unsafe=True)


# duplicate-entry


def test_entries_are_equal_only_with_all_their_lines():
    entry = "- [2025-06-05T03:02:00Z] one\n  {}\n  end"
    assert codes_in(entries(entry.format("a"), entry.format("b"))) == []
    doubled = entries(entry.format("a"), entry.format("a"))
    assert codes_in(doubled) == ["duplicate-entry"]
    check_fix(doubled, doubled)
    check_fix(doubled, entries(entry.format("a")), unsafe=True)


@pytest.mark.parametrize("kind", ["Context: cleared", "Session paused"])
def test_what_came_and_went_twice_in_a_second_is_no_double(kind: str):
    lines = [f"- [2025-06-05T03:02:00Z] {kind}", "- [2025-06-05T03:02:00Z] one", f"- [2025-06-05T03:02:00Z] {kind}"]
    assert "duplicate-entry" not in codes_in(entries(*lines))
    assert "duplicate-entry" in codes_in(entries(lines[0], lines[2]))


# entry-after-end, entry-before-start, future-entry

ENDED = 'status = "🏁 Completed"\nend_time = "2025-06-05T04:00:00Z"\n'


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("- [2025-06-05T04:00:40Z] Session ended", []),
        ("- [2025-06-05T05:00:00Z] `dev-api`: More work", ["entry-after-end"]),
        ("- [2025-06-05T05:00:00] `dev-api`: More work", []),
        ("- [2025-06-05T05:00:00Z] Session resumed: one thing more", []),
        ("- [2025-06-05T05:00:00Z] Created artifact: `a.md`", []),
    ],
)
def test_only_work_behind_the_end_is_later_than_it(line: str, codes: list[str]):
    assert codes_in(entries(line, keys=ENDED)) == codes


@pytest.mark.parametrize(
    ("line", "levels"),
    [
        ("- [2025-06-05T03:00:30Z] Started", []),
        ("- [2025-06-05T02:10:00Z] Started", [Severity.INFORMATION]),
        ("- [2025-06-04T20:01:20Z] Started", [Severity.HINT]),
        ("- [2025-06-05T02:10:00] Started", []),
        ("- [2025-06-05] Started", []),
    ],
)
def test_an_entry_before_the_start_is_a_hint_where_only_the_zone_differs(line: str, levels: list[Severity]):
    assert [problem.severity for _, problem in problems_in(files_in(entries(line)))] == levels


def test_a_time_to_come_is_no_fault_within_a_day():
    assert codes_in(entries(f"- [{spell_time(NOW + timedelta(hours=20))}] Started")) == []
    assert codes_in(entries(f"- [{spell_time(NOW + timedelta(hours=68))[:-1]}] Started")) == ["future-entry"]


# untimed-entry, placeholder-entry


@pytest.mark.parametrize(
    "lines",
    [
        ("- one", "- two"),
        ("## 2025-06-05T03:02:00Z - Work", "- **Action**: one"),
        ("- [2025-06-05T03:02:00Z] one", "  - two"),
        ("**[2025-06-05T03:02:00Z]** one", "- two"),
    ],
)
def test_points_within_an_entry_and_logs_without_times_need_none(lines: tuple[str, ...]):
    assert "untimed-entry" not in codes_in(entries(*lines))


def test_lines_of_the_template_go_unasked_and_what_was_filled_in_stays():
    one = "- [2025-06-05T03:02:00Z] one"
    gap = "- [YYYY-MM-DD HH:MM:SS] Delegated `[TASK-ID]` to `[mode_slug]`"
    check_fix(entries(one, gap, f"# {gap}", gap), entries(one))
    assert codes_in(entries(one, "", "```", f"# {gap}", "```")) == []  # which tells what a template says
    filled = entries(one, "- [\\{{timestamp}}] `dev-api` made the files")
    assert codes_in(filled) == ["placeholder-entry"]
    check_fix(filled, filled)
    check_fix(filled, filled.replace("\\{{timestamp}}", "2025-06-05T03:02:00Z"), unsafe=True)


# mixed-zones


def test_a_zone_is_written_only_where_all_is_in_order_with_it():
    local = entries("- [2025-06-05T13:02:00] one", "- [2025-06-05T03:05:00Z] two")
    assert codes_in(local) == ["mixed-zones"]
    check_fix(local, local, unsafe=True)


# the section for entries


def test_the_heading_is_added_before_the_first_entry_and_else_at_the_end():
    entry = "- [2025-06-05T03:02:00Z] one\n"
    check_fix(log(f"\n# Slots\n{entry}"), log(f"\n# Slots\n\n## Log Entries\n\n{entry}"))
    check_fix(log("\n# Slots"), log("\n# Slots\n\n## Log Entries\n"))
    assert codes_in(log("\n")) == []
    assert codes_in(log("\n## Session log\n\n- [2025-06-05T03:02:00Z] one\n")) == []


def test_a_doubled_heading_stays_where_other_headings_stand_between():
    text = entries(
        "- [2025-06-05T03:02:00Z] one", "", "## Notes", "", "## Log Entries", "", "- [2025-06-05T03:03:00Z] two"
    )
    assert codes_in(text) == ["doubled-log-section"]
    check_fix(text, text, unsafe=True)


def test_a_date_outside_of_the_log_is_no_entry():
    assert codes_in(log("\n## Plan\n\n- 2025-06-05: open the shop\n\n## Log Entries\n")) == []


@pytest.mark.parametrize("fence", ["```", "~~~~"])
def test_a_fence_that_swallows_nothing_is_closed_unasked(fence: str):
    before = entries("- [2025-06-05T03:02:00Z] one", f"  {fence}sh", "  make")
    check_fix(before, f"{before}  {fence}\n")
    check_fix(before.rstrip("\n"), f"{before}  {fence}\n")


# the paths in related_artifacts


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (r"'.\artifacts\notes\NOTE-slots-2506050310.md'", "backslash-path"),
        (f'"/{NOTE}"', "absolute-path"),
        (f'"file:///srv/{SESSION_FOLDER}/{NOTE}"', "absolute-path"),
        (f"'C:\\{SESSION_FOLDER}\\{NOTE}'".replace("/", "\\"), "absolute-path"),
        (f'"artifacts/../{NOTE}"', "escaping-path"),
        ('"notes/NOTE-slots-2506050310.md"', "wrong-base-path"),
        (f'"{SESSION_FOLDER.removeprefix(".ruru/")}/{NOTE}:12"', "wrong-base-path"),
        (f'"{NOTE}#L10-L12"', "path-with-place"),
        (f'"{NOTE.upper()}"', "case-mismatch"),
    ],
)  # fmt: skip
def test_each_path_has_one_problem_and_gets_the_right_path_unasked(path: str, code: str):
    before = listing(path, NOTE)
    assert codes_in(before) == [code]
    check_fix(before, listing(f'"{NOTE}"'))


def test_a_path_that_is_listed_rightly_too_goes():
    check_fix(listing(f'"{NOTE}", "/{NOTE}"', NOTE), listing(f'"{NOTE}"'))


def test_a_file_of_another_session_is_not_taken_for_one_of_this():
    before = listing(f'".ruru/sessions/SESSION-Cake-2506050302/{NOTE}"', NOTE.replace("slots", "rolls"))
    assert "wrong-base-path" in codes_in(before)
    assert not [
        problem
        for _, problem in problems_in(files_in(before))
        if problem.fix and problem.code != "unlisted-artifact" and problem.fix.safe
    ]


def test_a_name_that_windows_has_for_a_device_is_found_though_the_file_is_there():
    assert codes_in(listing('"artifacts/con.md"', "artifacts/con.md")) == ["device-name"]
    assert codes_in(listing('"artifacts/console.md"', "artifacts/console.md")) == []


def test_only_who_follows_the_custom_of_names_hears_of_others():
    assert codes_in(listing('"artifacts/notes/plan.md"', "artifacts/notes/plan.md")) == []
    both = listing(f'"artifacts/notes/plan.md", "{NOTE}"', "artifacts/notes/plan.md", NOTE)
    assert codes_in(both) == ["artifact-name-form"]


# dangling-mention


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (f"Created `{NOTE}`", ["dangling-mention"]),
        (f"Created [the note](./{NOTE}:1)", ["dangling-mention"]),
        (f"Deleted `{NOTE}`", []),
        ("Created `artifacts/notes/[name].md`", []),
        ("See [it](gone.md#goal) and [this](./sheet.md)", ["dangling-mention"]),
        ("See [this](sheet.md), [all](README.md), [more](src/gone.md) and [here](#gone)", []),
        ("Published artifacts/build/app.zip", []),
        ("Read other/artifacts/notes/NOTE-a-2506050310.md", []),
    ],
)
def test_a_file_that_the_log_names_should_be_there(text: str, codes: list[str]):
    text = entries(f"- [2025-06-05T03:02:00Z] {text}") + f"-- {SESSION_FOLDER}/sheet.md --\n-- README.md --\n"
    assert codes_in(text) == codes


# artifact-session-mismatch


def test_the_session_of_an_artifact_is_written_unasked_only_where_there_is_no_other():
    home, other = SESSION_FOLDER, SESSION_FOLDER.replace("Pick_up_slots", "Cake")
    note = '-- {}/{} --\n+++\nid = "NOTE-slots-2506050310"\nsession_id = "{}"\ntype = "note"\n+++\n'
    before = note.format(home, NOTE, "SESSION-Cake-2506050301")
    after = note.format(home, NOTE, "SESSION-Pick_up_slots-2506050301")
    check_fix(before, after)
    beside = before + f'-- {other}/session_log.md --\n+++\nid = "SESSION-Cake-2506050301"\n+++\n'
    check_fix(beside, before)
    check_fix(beside, after, unsafe=True)


def test_an_item_with_nothing_in_it_is_no_missing_file_as_well():
    assert codes_in(listing('""')) == ["empty-item"]
    assert codes_in(listing('" "')) == ["empty-item"]
