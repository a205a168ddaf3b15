"""Files in disorder, made of sound and broken lines, for what must hold of every one of them."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from mdtm.files import Memory
from mdtm.trace import Trace
from mdtm.workspace import Workspace
from tests.checks import NOW, SESSION_FOLDER, SESSION_PATH

TASK_PATH = ".ruru/tasks/FEATURE_Slots/TASK-API-20250605-030200.md"
STATE_PATH = ".workflow/active/WFS-slots/workflow-session.json"
OTHER_TASK = """+++
id = "TASK-API-20250605-040000"
title = "Offer slots"
status = "🟡 To Do"
type = "🌟 Feature"
depends_on = ["TASK-API-20250605-030200"]
session_id = "SESSION-Pick_up_slots-2506050301"
+++
"""
SESSION_FILES = frozenset({"session_log.md", "artifacts/notes/NOTE-slots-2506050310.md", "artifacts/docs/b.md"})
TASK_FILES = {".ruru/tasks/FEATURE_Slots/TASK-API-20250605-040000.md": OTHER_TASK}
AROUND = Workspace(
    {SESSION_FOLDER: SESSION_FILES, STATE_PATH.rpartition("/")[0]: frozenset({"workflow-session.json"})},
    Trace(Memory({**TASK_FILES, f"{SESSION_FOLDER}/.keep": "", ".ruru/sessions/.active-SESSION-Other-1": ""})),
    NOW,
)
"""What lies around the files in disorder."""

LOG_KEYS = """
id = "SESSION-Pick_up_slots-2506050301"
id = SESSION-Pick_up_slots-2506050301
title = "Pick up slots"
title = "no end
title: Pick up slots # soon
title = "the "new" slots"
title = “Slots”
title = 'it's'
status = "🟢 Active"
status = "🟡 Active"
status = "⏸ Paused"
status = "Done"
status = ðŸŸ¢ Active
+status = "🟢 Active"
start_time = "2025-06-05T03:01:00Z"
start_time = 2025-06-05T03:01:00Z
start_time = "2025-06-05T03-01-00Z"
end_time = ""
end_time = null
end_time =
end_time = "2025-02-30T04:20:00Z"
coordinator = "dev-api" // who leads
coordinator = ["dev-api"]
coordinator = "dev-api" tags = ["a"], n = 5,
tags = ["a" "b"]
tags = ["a", "b"
tags = "a, b"
tags = ["a", b, "c]
tags = [1, true,, 2]
tags: [a, "b"]
related_tasks = [
  "TASK-1" # first
  "TASK-2",
]
related_artifacts = []
related_artifacts = ["artifacts/docs/b.md"]
related_artifacts = ["artifacts/docs/gone.md", "b.md"
related_artifacts = "artifacts/docs/b.md"
# a comment \x07
> **In progress:** prose between
prose = with words
[context]
[context
[[steps]] x = 1
note = \"\"\"
two lines
\"\"\"
path = "C:\\slots"
{
t = {a = 1, b = 2
t = {a = 1 b = 2,}
}
x = .5
x = 012;
x == True
é = 1
+++
---
""".splitlines()
TASK_KEYS = """
id = "TASK-API-20250605-030200"
id = "TASK-API-20250605-030201"
title = "Sign cookies"
title = " Sign cookies "
status = "🟡 In Progress"
status = "✅ Done"
status = "🟢 Done"
type = "🐛 Bug"
type = "feature"
priority = "🔴 High"
priority = "high"
priority = "▶ Medium"
created_date = "2025-06-05"
created_date = "YYYY-MM-DD"
updated_date = "2025-06-04"
due_date = 2025-06-03
assigned_to = "dev-api"
coordinator = "TASK-CMD-..."
parent_task = "TASK-API-20250605-040000"
parent_task_id = "TASK-API-20250605-040001"
depends_on = ["TASK-API-20250605-040000", "TASK-API-20250605-040000"]
depends_on = ["TASK-API-20250605-030200", ""]
related_tasks = ["TASK-NONE-20250605-040000"]
session_id = "SESSION-Pick_up_slots-2506050301"
session_id = "SESSION-Pick_up_slot-2506050301"
RooComSessionID = "SESSION-Gone-2506050301"
tags = ["a", "a", "artifacts/notes/NOTE-slots-2506050310.md"]
tags = ["a" "b"] # (Array of Strings, Optional) << words >>
""".splitlines()
STATE_KEYS = """
"session_id": "WFS-slots",
"session_id": "WFS-Slots"
"project": "Slots",
"status": "Completed",
"status": "active"
"current_phase": "implement",
"created_at": "2025-06-05T03:01:00Z",
"completed_at": "2025-06-05T02:01:00Z",
"total": 9,166,
"path": "C:\\slots\\here",
"type": "workflow"
"meta": {"created": "2025-06-05"},
""".splitlines()
PLAIN_BODY = """
# Pick up slots
## Log Entries
**Log Entries:**
- [2025-06-05T03:01:00Z] `dev-api`: Started 🟢
- [2025-06-05T03:30:00Z] `dev-api`: Delegated task `TASK-API-20250605-040000` to `dev-db`: offer
- [2025-06-05T03:10:00Z] `dev-api`: Created artifact: `artifacts/notes/NOTE-slots-2506050310.md`
- [2025-13-05T03:01:00Z] bad month
- [2025-06-05 03:05:00] no zone
- no time at all
  further line
**[2025-06-05 03:35:00]** `dev-api`: See artifacts/docs/b.md
## 2025-06-05T03:40 - Title
2025-06-05T03:41:00Z - dev-api: bare
- [2099-06-05T03:01:00Z] later
- [ ] a box
- [x] a ticked one
```
x = 1
+++
| a | b |
---
""".splitlines()
ODD_BODY = """
- [YYYY-MM-DD HH:MM:SS] Session initiated by `[coordinator_id]` with goal: "[Goal Text]"
- [2025-06-05T03:02:00Z] salt &amp; pepper
- [2025-06-05T03:03:00Z] üü¢ Active and ðŸŸ¢ too
- [2025-06-05T03:04:00Z] zero\u200bwidth and \x1b[31mred\x1b[0m
<!-- mdtm: allow bad-time: the clock was wrong -->
<!-- mdtm: allow nothing-such -->
<<<<<<< HEAD
=======
>>>>>>> theirs
""".splitlines()


@st.composite
def broken_logs(draw: st.DrawFn, bodies: Sequence[str] = (*PLAIN_BODY, *ODD_BODY)) -> tuple[str, str]:
    """The path and the text of a session log with its frontmatter in some disorder."""
    return SESSION_PATH, draw(_markdown(LOG_KEYS, bodies))


@st.composite
def broken_tasks(draw: st.DrawFn, bodies: Sequence[str] = (*PLAIN_BODY, *ODD_BODY)) -> tuple[str, str]:
    """The same for a task."""
    return TASK_PATH, draw(_markdown(TASK_KEYS, bodies))


@st.composite
def broken_states(draw: st.DrawFn) -> tuple[str, str]:
    """The same for the state file of a workflow session."""
    lines = draw(st.lists(st.sampled_from(STATE_KEYS), max_size=6))
    return STATE_PATH, "\n".join(["{", *lines, draw(st.sampled_from(["}", "}", ""]))])


@st.composite
def _markdown(draw: st.DrawFn, some_keys: Sequence[str], bodies: Sequence[str]) -> str:
    opening = draw(st.sampled_from(["+++", "+++", "+++", "", "+++ ", "+++ # log", "+++id = 1"]))
    closing = draw(st.sampled_from(["+++", "+++", "+++", "", "+++ "]))
    keys = draw(st.lists(st.sampled_from(some_keys), max_size=8))
    body = draw(st.lists(st.sampled_from(bodies), max_size=7))
    lines = [line for line in (opening, *keys, closing) if line or line in keys] + body
    line_end = draw(st.sampled_from(["\n", "\r\n"]))
    return draw(st.sampled_from(["", "", "\ufeff"])) + line_end.join(lines) + draw(st.sampled_from(["", line_end]))


def broken_files() -> st.SearchStrategy[tuple[str, str]]:
    return st.one_of(broken_logs(), broken_logs(), broken_tasks(), broken_states())
