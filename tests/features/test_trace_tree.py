"""What came of a session, as a tree of its tasks and artifacts."""

from __future__ import annotations

from mdtm.features.trace_tree import tree
from mdtm.files import Memory
from mdtm.sessions import sessions
from mdtm.trace import Trace
from tests.checks import files_in

SESSION = "SESSION-Bake_rye-2506050301"
LOG = f"""\
-- .ruru/sessions/{SESSION}/session_log.md --
+++
id = "{SESSION}"
title = "Bake rye"
status = "🟢 Active"
related_tasks = ["TASK-DOUGH-20250605-030200", "TASK-GONE-20250605-030200"]
related_artifacts = ["artifacts/notes/NOTE-rye.md", "artifacts/notes/NOTE-gone.md"]
+++
-- .ruru/sessions/{SESSION}/artifacts/notes/NOTE-rye.md --
Rye.
"""


def task(name: str, more: str) -> str:
    return f"""\
-- .ruru/tasks/Bake/TASK-{name}-20250605-030200.md --
+++
id = "TASK-{name}-20250605-030200"
title = "{name.title()}"
status = "🟡 To Do"
type = "🌟 Feature"
{more}
+++
"""


def shown(text: str) -> list[str]:
    files = Memory(files_in(text))
    (session,) = sessions(files)
    found = tree(files, Trace(files), session)
    return [f"{'  ' * one.depth}{one.name}: {one.status}{'' if one.path else '!'}" for one in found]


def test_a_session_leads_to_its_tasks_their_parts_and_the_artifacts_of_all():
    parts = task("DOUGH", 'output_artifacts = ["docs/dough.md"]')
    parts += task("KNEAD", 'parent_task_id = "TASK-DOUGH-20250605-030200"')
    parts += task("OVEN", f'session_id = "{SESSION}"')
    parts += task("CLEAN", 'session_id = "SESSION-Other-2506050301"')
    assert shown(LOG + parts) == [
        "Bake rye: 🟢 Active",
        "  Dough: 🟡 To Do",
        "    Knead: 🟡 To Do",
        "    docs/dough.md: there is no such file!",
        "  TASK-GONE-20250605-030200: there is no such task!",
        "  Oven: 🟡 To Do",
        "  artifacts/notes/NOTE-rye.md: ",
        "  artifacts/notes/NOTE-gone.md: there is no such file!",
    ]


def test_tasks_in_a_circle_are_told_once():
    circle = task("DOUGH", 'parent_task_id = "TASK-OVEN-20250605-030200"')
    circle += task("OVEN", 'parent_task_id = "TASK-DOUGH-20250605-030200"')
    assert shown(LOG + circle)[1:3] == ["  Dough: 🟡 To Do", "    Oven: 🟡 To Do"]
