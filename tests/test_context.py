"""The stack of what is being worked on, and the entries that tell of it."""

from __future__ import annotations

import pytest

from mdtm.context.stack import (
    Item,
    Switch,
    branch,
    current,
    current_task,
    follow,
    followed,
    pops,
    stack_in,
    switch_of,
    switched,
)

SPRINT, TASK, SUBTASK = Item("sprint", "SPRINT-1"), Item("task", "TASK-A-1"), Item("subtask", "TASK-A-2")


@pytest.mark.parametrize(
    "switch",
    [
        Switch("pushed", "task", "TASK-API-20250605-100000"),
        Switch("popped", "sprint", "SPRINT-1", "all is done: we ship"),
        Switch("cleared"),
        Switch("cleared", note="a new day"),
    ],
)
def test_what_is_written_of_a_change_is_read_again(switch: Switch):
    assert switch_of(switched(switch)) == switch


@pytest.mark.parametrize("text", ["Context: the token store", "Contexts pushed task A", "pushed task `A`", ""])
def test_an_entry_on_something_else_is_no_change_of_the_context(text: str):
    assert switch_of(text) is None


def test_people_write_it_by_hand_too():
    assert switch_of("**Context** push task TASK-1.") is None
    assert switch_of("context push task TASK-1.") == Switch("pushed", "task", "TASK-1")
    assert switch_of("Context pushed: sprint `SPRINT-1`") == Switch("pushed", "sprint", "SPRINT-1")
    assert switch_of("Context: popped task TASK-1, it rests") == Switch("popped", "task", "TASK-1", "it rests")


def test_what_is_no_level_is_left_out():
    values = [{"type": "sprint", "id": "SPRINT-1"}, "task", {"type": "task"}, {"type": "epic", "id": "E-1"}]
    assert stack_in(values) == (SPRINT,)
    assert stack_in("sprint") == stack_in(None) == ()


def test_the_last_of_a_type_is_found_and_popped_below_the_top_too():
    stack = (SPRINT, TASK, SUBTASK)
    assert current(stack) == SUBTASK
    assert current(stack, "task") == TASK
    assert current(stack, "project") is None
    assert followed(stack, pops([TASK])) == (SPRINT, SUBTASK)
    assert followed(stack, pops([SUBTASK])) == (SPRINT, TASK)


def test_the_log_alone_gives_the_stack():
    stack: tuple[Item, ...] = ()
    for text in ("Context: pushed sprint `SPRINT-1`", "Context: pushed task `TASK-A-1`", "Context: popped task `X`"):
        change = switch_of(text)
        assert change
        stack = follow(stack, change)
    assert stack == (SPRINT, TASK)
    assert follow(stack, Switch("popped", "sprint", "SPRINT-1")) == (TASK,)
    assert follow(stack, Switch("cleared")) == ()


def test_a_level_leaves_with_the_narrower_ones_right_below_it():
    project, deeper, other = Item("project", "bakery"), Item("subtask", "TASK-A-3"), Item("task", "TASK-B-1")
    stack = (project, SPRINT, TASK, SUBTASK, deeper, other)
    assert branch(stack, TASK) == (deeper, SUBTASK, TASK)
    assert branch(stack, SUBTASK) == (deeper, SUBTASK)
    assert branch(stack, SPRINT) == (other, deeper, SUBTASK, TASK, SPRINT)
    assert [switch.note for switch in pops(branch(stack, SUBTASK), "rests")] == ["", "rests"]


def test_the_deepest_task_is_the_one_that_is_worked_on():
    assert current_task((SPRINT, TASK, SUBTASK)) == SUBTASK
    assert current_task((TASK, SPRINT)) == TASK
    assert current_task((SPRINT,)) is None
