"""What is required before an end stands in the way of it; what is recommended is only told."""

from __future__ import annotations

from pathlib import Path

import pytest

from mdtm.completion import completion
from mdtm.completion.checks import CHECKS, SessionFacts, SprintFacts, TaskFacts

DONE = TaskFacts("TASK-1", "The roof holds, even in the rain", 2, estimated_hours=4, actual_hours=5)
"""A task of which nothing is left to do."""


def found(facts: TaskFacts) -> tuple[list[str], list[str]]:
    """What is in the way of a task's end, and what is told."""
    data = completion("task", facts).data
    return data["errors"], data["warnings"]


def test_nothing_is_said_of_a_task_of_which_nothing_is_left_to_do():
    result = completion("task", DONE)
    assert result.data == {
        "valid": True,
        "errors": [],
        "warnings": [],
        "requirements": [],
        "details": {
            "id": "TASK-1", "summary": "The roof holds, even in the rain", "updates": 2, "subtasks": 0,
            "open_subtasks": [], "boxes": 0, "open_boxes": [], "estimated_hours": 4, "actual_hours": 5,
            "variance_percent": 25.0,
        },
        "checklist": [
            {"type": "required", "label": "A summary says what came of it", "completed": True},
            {"type": "recommended", "label": "The summary has 20 characters or more", "completed": True},
            {"type": "recommended", "label": "2 updates or more tell how it went (2)", "completed": True},
            {"type": "recommended", "label": "Its time is known, estimated or actual", "completed": True},
            {"type": "recommended", "label": "The actual time stands beside the estimate", "completed": True},
            {"type": "recommended", "label": "It took at most 25 % longer than estimated", "completed": True},
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "error", "warning"),
    [
        ({"summary": ""}, "no summary", ""),
        ({"summary": "x" * 19}, "", "a summary of 19 characters only"),
        ({"summary": "x" * 20}, "", ""),
        ({"summary": "🏠" * 20}, "", ""),
        ({"updates": 0}, "", "no updates"),
        ({"updates": 1}, "", "only 1 update"),
        ({"subtasks": 2, "open_subtasks": ("TASK-2",)}, "1 open subtask: TASK-2", ""),
        ({"subtasks": 2}, "", ""),
        ({"boxes": 3, "open_boxes": ('1 "Beams"', '3 "Tiles"')}, '2 open boxes: 1 "Beams", 3 "Tiles"', ""),
        ({"boxes": 3}, "", ""),
        ({"estimated_hours": None, "actual_hours": None}, "", "no time data"),
        ({"estimated_hours": None}, "", ""),
        ({"actual_hours": None}, "", "an estimate but no actual time"),
        ({"actual_hours": 5.01}, "", "taken 25.2 % longer than estimated"),
        ({"actual_hours": 1}, "", ""),
        ({"estimated_hours": 0.0, "actual_hours": 1}, "", ""),
    ],
)
def test_the_thresholds_of_a_task(changes: dict[str, object], error: str, warning: str):
    errors, warnings = found(DONE._replace(**changes))  # type: ignore[arg-type]
    assert errors == ([f"TASK-1 has {error}"] if error else [])
    assert warnings == ([f"TASK-1 has {warning}"] if warning else [])


def test_a_sprint_ends_with_its_tasks():
    result = completion("sprint", SprintFacts("SPRINT-1", 3, ("TASK-1", "TASK-2"), 0)).data
    assert result["errors"] == ["SPRINT-1 has 2 open tasks: TASK-1, TASK-2"]
    assert result["warnings"] == ["SPRINT-1 has no notes"]
    assert [item["label"] for item in result["checklist"]] == [
        "All tasks are closed (1 of 3)",
        "Notes tell how it went",
    ]
    assert completion("sprint", SprintFacts("SPRINT-1", 0, (), 1)).data["valid"]


@pytest.mark.parametrize(
    ("contexts", "entries", "warnings"),
    [
        (0, 0, ["an empty context", "no entries"]), (0, 2, ["an empty context"]), (1, 1, ["only 1 entry"]),
        (1, 2, []),
    ],
)  # fmt: skip
def test_a_session_can_end_whatever_is_missing(contexts: int, entries: int, warnings: list[str]):
    result = completion("session", SessionFacts("SESSION-001", contexts, entries)).data
    assert result["warnings"] == [f"SESSION-001 has {one}" for one in warnings]
    assert (result["valid"], result["errors"]) == (True, [])


def test_what_is_required_says_what_makes_it_so_and_which_answer_would_do():
    result = completion("task", TaskFacts("TASK-1", boxes=2, open_boxes=('2 "Tiles"',)))
    assert [(one["check"], one["name"], one["command"], one["question"]) for one in result.data["requirements"]] == [
        ("summary", "note", 'mdtm task done TASK-1 "what came of it"', "What came of TASK-1?"),
        ("boxes", "", "mdtm task tick TASK-1 2", ""),
    ]


def test_many_things_that_are_open_are_not_all_named():
    left = tuple(f"TASK-{number}" for number in range(1, 31))
    (error,) = found(DONE._replace(subtasks=30, open_subtasks=left))[0]
    assert error.startswith("TASK-1 has 30 open subtasks: TASK-1, TASK-2") and error.endswith("TASK-10 and 20 more")


def test_a_refusal_shows_the_checklist():
    refused = completion("task", DONE._replace(summary="", boxes=1, open_boxes=('1 "Tiles"',))).refusal("mdtm done")
    assert str(refused) == (
        'TASK-1 has no summary and 1 open box: 1 "Tiles"; `mdtm done --force REASON` ends it as it is\n'
        '  [ ] A summary says what came of it: `mdtm task done TASK-1 "what came of it"`\n'
        "  [x] 2 updates or more tell how it went (2), recommended\n"
        "  [ ] All boxes are ticked (0 of 1): `mdtm task tick TASK-1 1`\n"
        "  [x] Its time is known, estimated or actual, recommended\n"
        "  [x] The actual time stands beside the estimate, recommended\n"
        "  [x] It took at most 25 % longer than estimated, recommended"
    )
    assert refused.data["errors"] == ["TASK-1 has no summary", 'TASK-1 has 1 open box: 1 "Tiles"']


def test_no_two_checks_of_one_thing_have_one_name():
    for checks in CHECKS.values():
        assert len({check.name for check in checks}) == len({check.label for check in checks}) == len(checks)


def test_the_page_has_every_check():
    page = Path(__file__).parent.parent / "docs" / "completion.md"
    table = page.read_text("utf-8").partition("<!-- checks")[2].partition("\n\n**")[0].partition("|\n\n")[0] + "|"
    rows = [f"| {about} | `{one.name}` | {one.weight} | {one.label} |" for about in CHECKS for one in CHECKS[about]]
    assert [row for row in table.splitlines() if row.startswith("| ")][1:] == rows
