"""What stands above a text."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from mdtm.document import Document
from mdtm.features.lenses import progress, shows, standing, verbs
from mdtm.files import Memory
from mdtm.trace import Trace

NOW = datetime(2025, 6, 5, 12, tzinfo=timezone.utc)
HOME = ".ruru/sessions"
LOG = f"{HOME}/SESSION-Slots-2506050301/session_log.md"
TASK = ".ruru/tasks/A/TASK-API-20250605-101500.md"
SPRINT = ".ruru/sprints/SPRINT-1.md"
FILES = {
    LOG: '+++\nid = "SESSION-Slots-2506050301"\ntitle = "Slots"\nstatus = "🟢 Active"\n'
    'start_time = "2025-06-05T10:00:00Z"\ncoordinator = "dev-api"\n'
    'related_tasks = ["TASK-API-20250605-101500", "TASK-API-20250605-101600"]\n'
    'related_artifacts = ["artifacts/notes/a.md"]\n+++\n\n# Log\n\n'
    "- [2025-06-05T10:00:00Z] Session started\n- [2025-06-05T11:00:00Z] Session paused\n"
    "- [2025-06-05T11:30:00Z] Session resumed\n",
    f"{HOME}/.active-SESSION-Slots-2506050301": "",
    TASK: '+++\nid = "TASK-API-20250605-101500"\ntitle = "Slots"\nstatus = "🔵 In Progress"\ntype = "bug"\n'
    'estimated_hours = 4\nactual_hours = 1.5\nsprint = "1"\n+++\n\n# Slots\n\n- [x] a\n- [ ] b\n\n## More\n\n'
    "Text.\n\n### Inner\n\n- [✅] c 🚚\n\n```\n- [ ] none\n```\n",
    ".ruru/tasks/A/TASK-API-20250605-101600.md": '+++\nid = "TASK-API-20250605-101600"\ntitle = "b"\n'
    'status = "🟢 Done"\ntype = "bug"\nparent_task_id = "TASK-API-20250605-101500"\n+++\n',
    SPRINT: '+++\nid = "SPRINT-1"\ntitle = "One"\nstatus = "🔵 In Progress"\ntasks = ["TASK-API-20250605-101600"]\n+++\n',
}


def told(path: str, files: dict[str, str] = FILES) -> str:
    memory = Memory(files)
    return standing(memory, Document.read(path, files[path]), Trace(memory), NOW)


def possible(path: str, files: dict[str, str] = FILES) -> list[str]:
    return [name for name, _ in verbs(Memory(files), Document.read(path, files[path]))]


def test_a_session_tells_its_state_its_tasks_its_artifacts_and_its_time():
    assert told(LOG) == "🟢 Active · 1 of 2 tasks open · 1 artifact · 1:30 active"


def test_the_marker_decides_whether_a_session_is_active():
    unmarked = {path: text for path, text in FILES.items() if ".active" not in path}
    assert told(LOG, unmarked) == "⏸️ Paused · 1 of 2 tasks open · 1 artifact · 1:00 active"
    assert possible(LOG) == ["session.pause", "session.complete"]
    assert possible(LOG, unmarked) == ["session.resume", "session.complete"]


def test_a_task_tells_its_status_its_boxes_its_subtasks_and_its_hours():
    assert told(TASK) == "🔵 In Progress · 2 of 3 boxes ticked · 0 of 1 subtask open · 1.5 h of 4 h at work"


def test_the_time_of_a_task_that_somebody_works_on_goes_on_until_now():
    entry = "- [2025-06-05T11:30:00Z] Session resumed\n"
    pushed = f"{entry}- [2025-06-05T11:40:00Z] Context: pushed task `TASK-API-20250605-101500`\n"
    files = FILES | {LOG: FILES[LOG].replace(entry, pushed), TASK: FILES[TASK].replace("actual_hours = 1.5\n", "")}
    assert told(TASK, files).endswith(" · 0:20 of 4 h at work")


@pytest.mark.parametrize("path", [TASK, SPRINT, LOG])
def test_what_has_no_status_says_so(path: str):
    lines = [line for line in FILES[path].splitlines(keepends=True) if not line.startswith("status =")]
    unmarked = {other: text for other, text in FILES.items() if ".active" not in other}
    assert told(path, unmarked | {path: "".join(lines)}).startswith("no status · ")


def test_a_sprint_tells_how_many_of_its_tasks_are_open():
    assert told(SPRINT) == "🔵 In Progress · 1 of 2 tasks open"


def test_a_workflow_session_tells_the_same_by_its_state_file():
    path = ".workflow/WFS-slots/workflow-session.json"
    files = {path: '{"session_id": "WFS-slots", "status": "completed", "created_at": "2025-06-05T10:00:00Z"}'}
    assert told(path, files) == "completed" and possible(path, files) == ["session.reopen"]


@pytest.mark.parametrize(
    ("status", "names"),
    [
        ("🟡 To Do", ["task.activate", "task.done"]),
        ("🔵 In Progress", ["task.deactivate", "task.done"]),
        ("in progress", ["task.deactivate", "task.done"]),
        ("🟢 Done", []),
        ("of no kind", ["task.activate", "task.done"]),
    ],
)
def test_what_can_be_done_with_a_task_is_decided_by_its_status(status: str, names: list[str]):
    assert possible(TASK, {TASK: FILES[TASK].replace("🔵 In Progress", status)}) == names


def test_headings_tell_how_many_of_their_own_boxes_are_ticked():
    task = Document.read(TASK, FILES[TASK])
    assert [(task.text.line(task.text.line_at(one.start)), one.title) for one in progress(task)] == [
        ("# Slots\n", "1 of 2 done"), ("### Inner\n", "1 of 1 done"),
    ]  # fmt: skip


def test_other_documents_tell_nothing():
    path = ".ruru/notes.md"
    files = {path: '+++\nid = "a"\n+++\n\n# A\n\n- [ ] box\n'}
    assert told(path, files) == "" and possible(path, files) == []
    assert shows(Memory(files), Document.read(path, files[path])) is None
