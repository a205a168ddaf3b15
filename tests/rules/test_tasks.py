"""The rules about tasks, on what their pages do not show."""

from __future__ import annotations

import textwrap

import pytest

from tests.checks import check_fix, check_problems, codes_in, files_in, problems_in

FOLDER = ".ruru/tasks/FEATURE_Slots"
DEV, API, TEST = "TASK-DEV-20250605-101500", "TASK-API-20250605-090000", "TASK-TEST-20250606-080000"


def task(
    own_id: str = DEV, status: str = "🔵 In Progress", keys: str = "", body: str = "", folder: str = FOLDER
) -> str:
    """A task in which nothing is wrong but what is asked for."""
    head = f'id = "{own_id}"\ntitle = "Slots"\nstatus = "{status}"\ntype = "🌟 Feature"\n'
    keys, body = textwrap.dedent(keys).strip("\n"), textwrap.dedent(body)
    return f"-- {folder}/{own_id}.md --\n+++\n{head}{keys}{keys and chr(10)}+++\n{body}"


def boxes(*marks: str) -> str:
    return "\n" + "".join(f"- [{mark}] Something\n" for mark in marks)


@pytest.mark.parametrize(
    ("status", "marks", "found"),
    [
        ("🟢 Done", "x X✅", ["done-with-open-boxes"]),
        ("Completed", " x", ["unknown-status", "done-with-open-boxes"]),
        ("🟢 Done", "-~🚧✅", []),
        ("🧊 Archived", " x", []),
        ("🟢 Done", "", []),
        ("🟣 Review", "xx", []),
        ("🔵 In Progress", "xX✅", ["all-ticked-not-done"]),
        ("⚪️ Planned", "xx", ["all-ticked-not-done"]),
        ("🟡 To Do", "x-", []),
        ("🟡 To Do", "x ", ["todo-with-ticked-box"]),
        ("🔵 In Progress", "x ", []),
        ("⚪ Blocked", "x ", []),
    ],
)
def test_the_boxes_of_a_task_agree_with_its_status(status: str, marks: str, found: list[str]):
    assert sorted(codes_in(task(status=status, body=boxes(*marks)))) == sorted(found)


def test_boxes_in_code_and_in_comments_and_optional_ones_do_not_count():
    body = "\n```\n- [ ] a\n```\n\n<!--\n- [ ] b\n-->\n\n- [x] c\n- [ ] Tooltips (optional)\n- [ ] A trap, if needed\n"
    assert codes_in(task(status="🟢 Done", body=body)) == []


def test_a_task_that_was_ended_with_open_boxes_on_purpose_has_no_problem():
    entry = "\n## Log Entries\n\n- [2025-06-05T10:15:00Z] `a`: Result: done (with 1 open box, because: it rains)\n"
    assert codes_in(task(status="🟢 Done", body=boxes(" ") + entry)) == []


def test_the_problem_stands_at_the_status_and_the_second_fix_ticks_as_the_task_does():
    check_problems(f"""
        -- {FOLDER}/{DEV}.md --
        +++
        id = "{DEV}"
        title = "Slots 🟢"
        status = "🟢 Done"
                 ^^^^^^^^ done-with-open-boxes: the task is done, but 1 of 2 boxes is open
        type = "🌟 Feature"
        +++

        - [✅] A
        - [ ] B
        """)


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("[ x]", "[x]"), ("[x ]", "[x]"), ("[ ✅ ]", "[✅]"), ("[]", "[ ]"), ("[   ]", "[ ]")],
)
def test_a_box_that_no_tool_sees_is_mended(slip: str, meant: str):
    check_fix(task(body=f"\r\n*   - {slip} 🟢 A\r\n"), task(body=f"\r\n*   - {meant} 🟢 A\r\n"))


@pytest.mark.parametrize("line", ["a list [] in words", "- [ x](a.md)", "- []", "- [x y] b", "```\n- [] a\n```"])
def test_what_is_meant_for_no_box_is_no_broken_one(line: str):
    assert "broken-box" not in codes_in(task(body=f"\n{line}\n"))


@pytest.mark.parametrize("key", ["parent_task_id", "parent_task", "depends_on", "related_tasks"])
@pytest.mark.parametrize("name", ["slots", "FEATURE_Slots", "SESSION-Slots-2506050301", API])
def test_only_ids_of_tasks_are_looked_up(key: str, name: str):
    value = f'"{name}"' if key.startswith("parent") else f'["{name}"]'
    assert codes_in(task(keys=f"{key} = {value}") + task(API)) == []


def test_a_task_may_be_named_by_its_file():
    assert (
        codes_in(task(keys=f'depends_on = ["{API}-slots"]') + task(API).replace(f"{API}.md", f"{API}-slots.md")) == []
    )


def test_tasks_elsewhere_and_a_workspace_without_others_are_not_looked_at():
    assert codes_in(task(keys=f'depends_on = ["{API}"]', folder="docs/plans/tasks")) == []


@pytest.mark.parametrize(
    "wrong",
    ["TASK-API-20250605-09000", "TASK-AIP-20250605-090000", "TASK-API-20250605-0900000", "TASK-api-20250605090000"],
)
def test_an_id_with_a_slip_becomes_the_one_that_was_meant(wrong: str):
    others = task(API) + task(TEST)
    after = task(keys=f'related_tasks = ["{API}", "{TEST}"]')
    check_fix(task(keys=f'related_tasks = ["{wrong}", "{TEST}"]') + others, after, unsafe=True)


def test_an_id_that_no_task_has_is_taken_off_the_list():
    before = task(keys=f'related_tasks = ["TASK-UI-20240101-000000", "{TEST}"] # why')
    check_fix(before + task(TEST), task(keys=f'related_tasks = ["{TEST}"] # why'), unsafe=True)


def test_a_circle_names_the_way_and_is_broken_in_one_task_only():
    check_problems(f"""
        -- {FOLDER}/{API}.md --
        +++
        id = "{API}"
        title = "A"
        status = "🟡 To Do"
        type = "🌟 Feature"
        depends_on = ["{DEV}"]
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^ dependency-cycle: this leads back to the task: {API} → {DEV} → {TEST} → {API}
        +++
        -- {FOLDER}/{DEV}.md --
        +++
        id = "{DEV}"
        title = "B"
        status = "🟡 To Do"
        type = "🌟 Feature"
        depends_on = ["{TEST}"]
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ dependency-cycle: this leads back to the task: {DEV} → {TEST} → {API} → {DEV}
        +++
        -- {FOLDER}/{TEST}.md --
        +++
        id = "{TEST}"
        title = "C"
        status = "🟡 To Do"
        type = "🌟 Feature"
        depends_on = ["{API}"]
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^ dependency-cycle: this leads back to the task: {TEST} → {API} → {DEV} → {TEST}
        +++
        """)
    two = task(DEV, keys=f'parent_task_id = "{API}"'), task(API, keys=f'parent_task_id = "{DEV}"')
    check_fix(two[1] + two[0], two[1], unsafe=True)
    check_fix("".join(two), task(DEV, keys='parent_task_id = ""'), unsafe=True)


def test_a_task_that_leads_into_a_circle_is_in_none():
    others = task(API, keys=f'depends_on = ["{TEST}"]') + task(TEST, keys=f'depends_on = ["{API}"]')
    assert codes_in(task(keys=f'depends_on = ["{API}"]') + others) == ["dependency-cycle"] * 2


def ring(size: int) -> str:
    """Tasks of which each depends on the next one, and the last on the first."""
    ids = [f"TASK-RING-20250605-{number:06}" for number in range(size)]
    return "".join(task(one, keys=f'depends_on = ["{ids[number - 1]}"]') for number, one in enumerate(ids))


def test_of_a_large_circle_the_beginning_and_the_end_are_named_and_of_a_huge_one_none():
    first, last = "TASK-RING-20250605-000000", "TASK-RING-20250605-000019"
    found = [problem for _, problem in problems_in(files_in(ring(20)))]
    assert len(found) == 20
    assert found[0].message.startswith(f"this leads back to the task: {first} → {last} → ")
    assert found[0].message.endswith(f" → … → {first}")
    assert [bool(problem.fixes) for problem in found] == [False] * 19 + [True]
    huge = {problem.message for _, problem in problems_in(files_in(ring(130)))}
    assert huge == {"this leads back to the task, over very many others"}


def test_a_task_is_never_told_to_name_itself():
    for key in ("depends_on", "related_tasks"):
        ((_, problem),) = problems_in(files_in(task(keys=f'{key} = ["{DEV}1"]')))
        assert [fix.title for fix in problem.fixes] == ["Take it off the list"]


def test_a_task_with_open_parts_or_dependencies_is_not_taken_for_done():
    body = boxes("x")
    assert codes_in(task(body=body) + task(API, keys=f'parent_task_id = "{DEV}"')) == []
    assert codes_in(task(keys=f'depends_on = ["{API}"]', body=body) + task(API)) == []
    assert codes_in(task(body=body) + task(API, "🟢 Done", f'parent_task_id = "{DEV}"')) == ["all-ticked-not-done"]


def test_parts_and_dependencies_that_are_over_or_unknown_are_no_problem():
    keys = f'depends_on = ["{API}"]'
    for status in ("🟢 Done", "🧊 Archived", "somehow"):
        assert "open-dependency" not in codes_in(task(status="🟢 Done", keys=keys) + task(API, status))
    assert codes_in(task(status="🟢 Done", keys=keys) + task(API)) == ["open-dependency"]


def test_two_tasks_with_one_id_name_each_other():
    other = task(folder=".ruru/tasks/AREA_Core")
    assert codes_in(task() + other) == ["duplicate-id"] * 2
    assert codes_in(task(folder=".ruru/tasks/A") + task(folder=".ruru/tasks/B") + other) == ["duplicate-id"] * 3


@pytest.mark.parametrize(
    ("item", "found"),
    [
        ('".ruru/docs/slots.md#how"', []),
        ('".ruru/docs/slots.md:12"', []),
        ('".ruru/docs/gone.md"', ["dangling-document"]),
        ('".ruru/docs/[name].md"', []),
        ('".ruru/../gone.md"', []),
        ('"src/gone.py"', []),
        ('"DOC-SLOTS-001"', []),
        ('"https://x.org/.ruru/a.md"', []),
    ],
)
def test_only_what_is_surely_a_path_of_ours_is_looked_up(item: str, found: list[str]):
    docs = "-- .ruru/docs/slots.md --\nTen minutes.\n"
    assert codes_in(task(keys=f"related_docs = [{item}]") + docs) == found
    assert codes_in(task(keys=f"input_artifacts = [{item}]") + docs) == found
    assert codes_in(task(keys=f"output_artifacts = [{item}]") + docs) == []
    assert codes_in(task(status="🟢 Done", keys=f"output_artifacts = [{item}]") + docs) == found


@pytest.mark.parametrize(
    ("status", "keys", "body", "found"),
    [
        ("🟢 Done", "", "\n## Log Entries\n", True),
        ("Completed", "", "\n## Log Entries\n\n- [2025-06-05T10:00:00Z] begun 🟢\n", True),
        ("🟢 Done", "", "\n## Results\n\nTBD\n\n## Notes\n\nTen minutes.\n", True),
        ("🟢 Done", "", "\n## Log Entries\n\n- [2025-06-05T10:00:00Z] Result: slots take ten minutes\n", False),
        ("🟢 Done", "", "\n## Results\r\n\r\nSlots take ten minutes.\r\n", False),
        ("🟢 Done", 'outcome = "slots take ten minutes"', "\n## Log Entries\n", False),
        ("🟢 Done", "", "\n## Steps\n", False),
        ("🔵 In Progress", "", "\n## Log Entries\n", False),
        (
            "🟢 Done",
            "",
            "\n## Log Entries\n\n- [2025-06-05T10:00:00Z] Result: `TASK` is done (with no summary, because: rain)\n",
            False,
        ),
    ],
)
def test_a_task_that_is_done_says_what_came_of_it_where_it_has_a_place_for_that(
    status: str, keys: str, body: str, found: bool
):
    assert ("done-without-summary" in codes_in(task(status=status, keys=keys, body=body))) == found
