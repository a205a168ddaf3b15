"""The six types of MDTM tasks."""

from __future__ import annotations

import re

from mdtm.schema.base import Key, Schema, Values
from mdtm.schema.statuses import TASK_STATUSES

PRIORITIES = ("🔥 Highest", "🔼 High", "▶️ Medium", "🔽 Low", "🧊 Lowest")
_OTHER_WORDS = (
    ("critical", "🔥 Highest"), ("urgent", "🔥 Highest"), ("very high", "🔥 Highest"), ("blocker", "🔥 Highest"),
    ("normal", "▶️ Medium"), ("moderate", "▶️ Medium"), ("minor", "🔽 Low"), ("trivial", "🧊 Lowest"),
    ("very low", "🧊 Lowest"),
)  # fmt: skip
SIGNED_PRIORITIES = Values(PRIORITIES, _OTHER_WORDS)
BARE_PRIORITIES = Values(
    ("low", "medium", "high", "critical", *PRIORITIES),
    tuple((word, {"🔥 Highest": "critical", "▶️ Medium": "medium"}.get(right, "low")) for word, right in _OTHER_WORDS),
)
"""Those of the commander and mdtm conventions, which understand the signs of the others too."""
PARENT_KEYS = ("parent_task_id", "parent_task")
"""The keys that name the task that one is a part of."""
SESSION_KEYS = ("session_id", "RooComSessionID")
"""The keys that name the session that a task came from."""
_BARE_ROOTS = re.compile(r"(?:^|/)(?:\.roo/commander|\.mdtm|\.tasks)/")


def has_bare_words(path: str) -> bool:
    """Whether a task belongs to a convention that writes its priority and its type as bare words."""
    return _BARE_ROOTS.search(path) is not None


_BEFORE = (
    Key("id", need="required", meaning="The task's id, which its file is named by"),
    Key("title", need="required", meaning="What is to be done, in one line"),
    Key("status", need="required", meaning="Where the task stands", values=TASK_STATUSES),
    Key("type", need="expected", meaning="What kind of work it is"),
    Key("priority", meaning="How urgent it is", values=BARE_PRIORITIES),
    Key("created_date", "time", meaning="When the task was made"),
    Key("updated_date", "time", meaning="When the task was last changed"),
    Key("due_date", "time", meaning="When it should be done"),
    Key("estimated_effort", "any", meaning="S, M, L, XL or points"),
    Key("estimated_hours", "number", meaning="Hours the task should take"),
    Key("actual_hours", "number", meaning="Hours the task took"),
)
"""The keys that stand before those which only one type of task has."""
_BEHIND = (
    Key("assigned_to", meaning="Who does it"),
    Key("coordinator", meaning="Who gave it: a mode, or the id of the task that did"),
    Key("session_id", meaning="The session that made the task"),
    Key("parent_task_id", meaning="The task that this one is a part of"),
    Key("parent_task", meaning="The task that this one is a part of"),
    Key("depends_on", "texts", meaning="The tasks that must be done before"),
    Key("input_artifacts", "texts", meaning="What the task begins with, from the workspace root"),
    Key("output_artifacts", "texts", meaning="What the task made, from the workspace root"),
    Key("related_docs", "texts", meaning="Documents that belong to it, from the workspace root"),
    Key("related_tasks", "texts", meaning="Other tasks that have to do with it"),
    Key("sprint", meaning="The sprint that the task belongs to"),
    Key("tags", "texts", meaning="Words to find the task by"),
    Key("template_schema_doc", meaning="The page that describes the task's template"),
)


TASK_TYPES = {
    "feature": "🌟 Feature",
    "bug": "🐞 Bug",
    "chore": "🧹 Chore",
    "documentation": "📖 Documentation",
    "test": "🧪 Test",
    "spike": "💡 Spike/Research",
}
"""Each type with the text that its `type` field has."""
KNOWN_TYPES = Values((*TASK_TYPES.values(), "🎨 UI/UX", "🗺️ Epic/Overview"))
"""Types whose sign is settled; there may be any others."""

OWN_KEYS: dict[str, tuple[Key, ...]] = {
    "feature": (),
    "bug": (
        Key("reporter", meaning="Who found the bug"),
        Key("environment", "any", meaning="Where it happens"),
        Key("commit_hash", meaning="The commit that has the bug"),
    ),
    "chore": (),
    "documentation": (Key("target_audience", "texts", meaning="Who the text is for"),),
    "test": (Key("test_type", meaning="unit, integration, end to end"), Key("test_framework", meaning="What runs it")),
    "spike": (
        Key("timebox", "any", meaning="How long to look at most"),
        Key("evaluated_options", "texts", meaning="What was compared"),
        Key("outcome", meaning="What was found"),
        Key("recommendation", meaning="What to do now"),
    ),
}
TASKS = tuple(
    Schema(f"task-{name}", f"a {name} task", (*_BEFORE, *own, *_BEHIND), logs=True, strict=True)
    for name, own in OWN_KEYS.items()
)
TASK = Schema("task", "a task", (*_BEFORE, *_BEHIND), logs=True, strict=True)
"""A task whose type is none of the six."""
