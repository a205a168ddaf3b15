"""A brief tells who goes on with a session what there is to know, each line with its source, within a budget."""

from __future__ import annotations

import re

import pytest

from mdtm.brief import tokens
from mdtm.files import Memory
from tests.doing import Desk

OWN = "SESSION-Slots-2606050900"
LOG = f".ruru/sessions/{OWN}/session_log.md"


def desk_after(*commands: str) -> Desk:
    desk = Desk()
    desk.do("start Slots --dialect ruru-v7")
    for command in commands:
        desk.do(command)
    return desk


def with_text(desk: Desk, path: str, old: str, new: str) -> Desk:
    assert old in desk.files.texts[path]
    desk.files = Memory({**desk.files.texts, path: desk.files.texts[path].replace(old, new, 1)})
    return desk


def part(text: str, title: str) -> list[str]:
    """The lines below a heading, without their sources."""
    found = re.search(rf"^{title}:\n((?:- .*\n?)+)", text, re.MULTILINE)
    return [re.sub(r"  \(\S+\)$", "", line[2:]) for line in found[1].splitlines()] if found else []


def busy() -> Desk:
    return desk_after(
        "task create 'Make the tables' --type bug",
        "context push project CALENDAR",
        "context push task TASK-BUG-20260605-090100",
        "log 'ten minutes each 🟢' --kind decision",
        "log 'who may book twice?' --kind question",
        "log 'the calendar is gone' --kind error",
        "log 'ask Ann' --kind next",
        "artifact create note Times",
        "pause lunch",
    )


def test_a_brief_tells_goal_state_context_time_and_what_is_open_with_the_sources():
    desk = busy()
    task = ".ruru/tasks/BUG_Slots/TASK-BUG-20260605-090100.md"
    head = desk.do(f"brief {OWN}").text.splitlines()[:7]
    assert [re.sub(r":\d+\)", ":N)", line) for line in head] == [
        "goal: Slots  (./session_log.md:N)",
        "state: ⏸️ Paused since 2026-06-05T09:09:00Z  (./session_log.md:N)",
        "context: task TASK-BUG-20260605-090100, since 2026-06-05T09:03:00Z  (./session_log.md:N)",
        "in: project CALENDAR, since 2026-06-05T09:02:00Z  (./session_log.md:N)",
        f"folder: ./ in this brief  (.ruru/sessions/{OWN})",
        "time: 0:09:00 at work, 0:00:00 at rest, 0:09:00 in all  (./session_log.md:N)",
        "time on TASK-BUG-20260605-090100: 0:06:00  (./session_log.md:N)",
    ]
    text = desk.do(f"brief {OWN}").text
    assert part(text, "unresolved errors") == [
        "2026-06-05T09:06:00Z dev-api: Error: the calendar is gone (`TASK-BUG-20260605-090100`)"
    ]
    assert part(text, "open questions") == [
        "2026-06-05T09:05:00Z dev-api: Question: who may book twice? (`TASK-BUG-20260605-090100`)"
    ]
    assert part(text, "next steps") == ["2026-06-05T09:07:00Z dev-api: Next: ask Ann (`TASK-BUG-20260605-090100`)"]
    assert part(text, "decisions") == [
        "2026-06-05T09:04:00Z dev-api: Decision: ten minutes each 🟢 (`TASK-BUG-20260605-090100`)"
    ]
    assert re.search(
        rf"TASK-BUG-20260605-090100: Make the tables \(🟡 To Do, \d+ of \d+ boxes open\)  \({task}:4\)", text
    )
    assert part(text, "last entries")[0] == "2026-06-05T09:09:00Z dev-api: Session paused: lunch"


def test_every_line_of_a_brief_stands_where_its_source_says():
    desk = busy()
    lines = desk.do(f"brief {OWN} --budget 4000").data["recovered_context"]["lines"]
    assert len(lines) > 20
    for one in lines:
        if one["line"] is None:
            assert any(path.startswith(f"{one['path']}/") for path in desk.files.texts)
            continue
        there = desk.files.texts[one["path"]].splitlines()[one["line"] - 1]
        ids = re.findall(r"TASK-[A-Z]+-[\d-]+\d|CALENDAR", one["text"])
        said = one["text"].rpartition("dev-api: ")[2].removeprefix("goal: ")
        assert said in there or any(own in there for own in ids) or re.match(r"state|time|TASK", one["text"]), one


@pytest.mark.parametrize("budget", [100, 101, 150, 300, 1000, 4000])
def test_a_brief_is_never_over_its_budget_and_counts_what_it_leaves_out(budget: int):
    desk = desk_after(*(f"log 'step {number}: {'🟢 words ' * number}'" for number in range(60)))
    outcome = desk.do(f"brief --budget {budget}")
    about = outcome.data["recovered_context"]
    assert tokens(outcome.text) == about["tokens"] <= budget
    assert len(outcome.text.encode()) <= budget * 4
    told = sum(one["section"] == "last entries" for one in about["lines"])
    assert told + about["left_out"].get("last entries", 0) == 61
    assert outcome.text.startswith("goal: Slots")
    if about["left_out"]:
        assert outcome.text.splitlines()[-1].endswith(f"last entries {about['left_out']['last entries']}")


def test_goal_state_and_context_come_first_and_a_greater_budget_tells_more_of_the_same():
    desk = busy()
    small, middle, great = (desk.do(f"brief {OWN} --budget {budget}").text for budget in (120, 300, 4000))
    assert [line.partition(":")[0] for line in small.splitlines()[:3]] == ["goal", "state", "context"]
    kept = [line for line in middle.splitlines() if not line.startswith("…")]
    assert set(kept) <= set(great.splitlines()) and len(kept) > 12
    assert "left out" not in great


def test_a_brief_says_the_same_whenever_it_is_asked_for_a_session_that_rests():
    desk = busy()
    assert desk.do(f"brief {OWN}") == desk.do(f"brief {OWN}")


def test_a_budget_that_is_too_small_for_a_brief_is_refused():
    assert desk_after().refused("brief --budget 99") == "a brief needs a budget of 100 tokens or more, and 99 is less"


@pytest.mark.parametrize(("after", "title", "left"), [
    ("log 'the calendar is back, the error is fixed'", "unresolved errors", 0),
    ("log 'it works' --kind result", "unresolved errors", 0),
    ("log 'the second one' --kind error", "unresolved errors", 2),
    ("log 'Answer: nobody'", "open questions", 0),
    ("log 'may the old calendar go?' --kind asked", "open questions", 2),
    ("log 'Confirmation given: it may go'", "open questions", 1),
])  # fmt: skip
def test_what_is_settled_or_answered_later_is_open_no_more(after: str, title: str, left: int):
    desk = desk_after("log 'who?' --kind question", "log 'gone' --kind error", after)
    assert len(part(desk.do("brief").text, title)) == left


def test_what_a_session_lists_and_does_not_have_and_the_other_way_round_is_told():
    desk = busy()
    note = next(path for path in desk.files.texts if "NOTE-" in path)
    texts = {path: text for path, text in desk.files.texts.items() if path != note}
    desk.files = Memory({**texts, f".ruru/sessions/{OWN}/artifacts/notes/NOTE-other-2606050900.md": "# Other\n"})
    inner = note.removeprefix(f".ruru/sessions/{OWN}/")
    outcome = desk.do(f"brief {OWN}")
    assert part(outcome.text, "missing artifacts") == [f"{inner} is listed, but gone", "this file is not listed"]
    assert "./artifacts/notes/NOTE-other-2606050900.md:1" in outcome.text


def test_questions_and_blockers_that_are_kept_as_artifacts_are_open_until_they_are_answered():
    desk = desk_after("artifact create qna 'Who pays?'", "artifact create blocker 'No key'")
    question = next(path for path in desk.files.texts if "QUESTION-" in path)
    text = desk.do("brief").text
    assert part(text, "open questions") == ["Who pays?"]
    assert part(text, "unresolved errors") == ["blocker: No key"]
    with_text(desk, question, 'answer = ""', 'answer = "Ann"')
    assert part(desk.do("brief").text, "open questions") == []


def test_a_proposal_that_nobody_has_decided_on_is_told():
    desk = desk_after()
    desk.files = Memory({**desk.files.texts, "a.py": "one\n"})
    desk.do("proposal create a.py --text two")
    assert [line.partition(" for ")[2] for line in part(desk.do("brief").text, "proposals to decide on")] == ["a.py"]
    desk.do("proposal reject --reason 'not now'")
    assert part(desk.do("brief").text, "proposals to decide on") == []


def test_the_brief_of_a_workflow_session_has_its_checkpoint():
    desk = Desk()
    for command in ("start 'New menu' --dialect workflow", "workflow phase IMPLEMENT", "workflow tasks --add IMPL-1"):
        desk.do(command)
    desk.do("workflow checkpoint 'half of it'")
    text = desk.do("brief").text
    assert part(text, "last checkpoint") == [
        "the checkpoint of 2026-06-05T09:03:00Z (phase IMPLEMENT; completed PLAN; tasks IMPL-1; half of it)"
    ]
    assert "(./workflow-session.json:" in text


def test_a_session_without_a_single_entry_or_key_has_a_brief_too():
    desk = Desk({LOG: "", f".ruru/sessions/.active-{OWN}": ""})
    assert desk.do("brief").text.splitlines()[0] == f"goal: Slots  (.ruru/sessions/{OWN})"
