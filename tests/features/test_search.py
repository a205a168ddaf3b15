"""What can be searched for by its name, and which name fits best."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdtm.document import Document
from mdtm.features.search import named, rank
from tests.checks import SESSION_PATH, with_keys


def names(path: str, text: str) -> list[str]:
    read = Document.read(path, text)
    return [f"{found.kind} {found.name} | {found.within} | {read.text[span]}" for found, span in named(read)]


def test_a_session_is_named_by_its_id_and_its_title_and_its_headings_by_themselves():
    text = (
        with_keys('title = "Slots 🚚"') + "# Slots\n\n```\n# none\n```\n## 2025-06-05T10:00 - an entry\n### Log ###\n"
    )
    assert names(SESSION_PATH, text) == [
        "session SESSION-Pick_up_slots-2506050301 Slots 🚚 | .ruru/sessions/SESSION-Pick_up_slots-2506050301 | "
        '"SESSION-Pick_up_slots-2506050301"',
        "heading Slots | SESSION-Pick_up_slots-2506050301 Slots 🚚 | Slots",
        "heading Log | SESSION-Pick_up_slots-2506050301 Slots 🚚 | Log",
    ]


def test_a_heading_that_is_the_title_is_no_second_name():
    for heading in ("Slots 🚚", "Session log: Slots 🚚"):
        assert len(names(SESSION_PATH, with_keys('title = "Slots 🚚"') + f"# {heading}\n")) == 1
    assert names(
        ".ruru/sessions/S/artifacts/notes/NOTE-a-2506050301.md", '+++\nsession_id = "S"\n+++\n# Rye\n# Oat\n'
    ) == [
        "artifact NOTE-a-2506050301 Rye | .ruru/sessions/S/artifacts/notes | ",
        "heading Oat | NOTE-a-2506050301 Rye | Oat",
    ]


def test_what_has_no_id_is_named_by_its_file():
    assert names(SESSION_PATH, "# Log\n")[0].startswith("session SESSION-Pick_up_slots-2506050301 | ")
    assert names(".ruru/sessions/S/artifacts/notes/NOTE-a-2506050301.md", '+++\nsession_id = "S"\n+++\n') == [
        "artifact NOTE-a-2506050301 | .ruru/sessions/S/artifacts/notes | "
    ]


def test_every_kind_of_document_has_a_name():
    sprint = '+++\nid = "SPRINT-1"\ntitle = "One"\nstatus = "🟡 To Do"\n+++\n'
    assert names(".ruru/sprints/SPRINT-1.md", sprint) == ['sprint SPRINT-1 One | .ruru/sprints | "SPRINT-1"']
    task = sprint.replace("SPRINT-1", "TASK-API-20250605-101500")
    assert names(".ruru/tasks/A/TASK-API-20250605-101500.md", task)[0].startswith("task TASK-API-20250605-101500 One")
    state = '{"session_id": "WFS-a", "project": "A house"}'
    assert names(".workflow/WFS-a/workflow-session.json", state) == [
        'session WFS-a A house | .workflow/WFS-a | "WFS-a"'
    ]
    assert names("docs/plan.md", '+++\nid = "plan"\n+++\n# A\n')[0].startswith("document plan | docs")


@pytest.mark.parametrize("path", ["README.md", ".mdtm.toml", "notes.txt"])
def test_other_files_have_none(path: str):
    assert names(path, "# A\n") == []


def best(query: str, *names: str) -> list[str]:
    """Those of some names that fit, the best first."""
    ranks = [(found, name) for name in names if (found := rank(query, name)) is not None]
    return [name for _, name in sorted(ranks)]


def test_the_best_name_begins_with_what_is_searched_for():
    there = ("a pick up", "pickup", "spick", "piano clock", "kcip")
    assert best("pick", *there) == ["pickup", "a pick up", "spick", "piano clock"]


def test_the_less_scattered_and_the_shorter_name_is_better():
    assert best("tsk", "taskkkk", "to sick", "task") == ["task", "taskkkk", "to sick"]


def test_every_word_must_fit_whatever_its_case_and_place():
    assert best("SLOTS task", "Task-1 Slots", "task-2 houses") == ["Task-1 Slots"]
    assert best("", "b", "a") == ["a", "b"]
    assert best("ß", "STRASSE") == ["STRASSE"]


@given(st.text(), st.text(), st.text())
def test_what_is_part_of_a_name_fits_it(before: str, part: str, behind: str):
    assert rank(part, before + part + behind) is not None or part.casefold() not in (before + part + behind).casefold()
