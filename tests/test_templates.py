"""What is made from our own templates has nothing wrong in it."""

from __future__ import annotations

import pytest

from mdtm.dialect import DIALECTS, Dialect
from mdtm.disk import read_template
from mdtm.document import Document
from mdtm.judge import judge
from mdtm.schema.documents import SPRINT
from mdtm.schema.tasks import TASK_TYPES
from mdtm.templates import filled
from mdtm.workspace import NO_FILES

SESSION_IDS = {
    "ruru-v5": "SESS-20260518-083000",
    "ruru-v7": "SESSION-Pick_up_slots-2605180830",
    "commander": "SESSION-Pick_up_slots-20260518-083000",
    "mdtm": "SESSION-Pick_up_slots-20260518-083000",
    "workflow": "WFS-pick-up-slots",
    "orchestration": "SESSION-001",
}
VALUES = {
    "title": 'Pick "up" slots \\ ⏸️',
    "goal": 'Let customers pick "up" at ten',
    "start_time": "2026-05-18T08:30:00Z",
    "created_date": "2026-05-18",
    "coordinator": "dev-api",
    "assigned_to": "dev-web",
    "session_id": "SESSION-001",
}


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_session_log_made_from_the_template_has_no_finding(dialect: Dialect):
    session_id = SESSION_IDS[dialect.name]
    path = f"{dialect.roots[0]}{session_id}/session_log.md"
    text = filled(read_template("session_log.md"), {**VALUES, "id": session_id, "status": dialect.active})

    document = Document.read(path, text)

    workspace = NO_FILES.with_files(document.folder, frozenset({"session_log.md", dialect.state_file}))
    assert judge(document, workspace) == []
    assert document.dialect is dialect
    assert document.frontmatter.text("title") == VALUES["title"]
    assert len(list(document.entries())) == 1


@pytest.mark.parametrize("name", TASK_TYPES)
def test_a_task_made_from_the_template_has_no_finding(name: str):
    task_id = "TASK-DEV-20260518-084500"
    text = filled(read_template(f"{name}.md"), {**VALUES, "id": task_id})

    document = Document.read(f".ruru/tasks/FEATURE_Slots/{task_id}.md", text)

    assert judge(document, NO_FILES) == []
    assert document.schema is not None
    assert document.schema.name == f"task-{name}"
    assert document.frontmatter.text("type") == TASK_TYPES[name]


def test_a_sprint_made_from_the_template_has_no_finding():
    text = filled(read_template("sprint.md"), {**VALUES, "id": "SPRINT-7", "start_date": "2026-05-18", "end_date": ""})
    document = Document.read(".ruru/sprints/SPRINT-7.md", text)
    assert judge(document, NO_FILES) == [] and document.schema is SPRINT


def test_a_placeholder_without_a_value_is_refused():
    with pytest.raises(KeyError, match="goal"):
        filled("{{goal}}", {})


def test_a_template_that_does_not_come_with_mdtm_is_not_found():
    with pytest.raises(FileNotFoundError, match=r"templates/recipe\.md does not come with mdtm"):
        read_template("recipe.md")
