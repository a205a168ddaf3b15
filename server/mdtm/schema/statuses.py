"""The statuses of tasks and sessions, and the words that people write for them."""

from __future__ import annotations

import functools

from mdtm.schema.base import Values

TASK_STATUSES = Values(
    (
        "🟡 To Do", "🔵 In Progress", "🟣 Review", "🟢 Done", "⚪ Blocked", "🔴 Error", "🧊 Archived",
        "🤖 Generating", "🧪 Testing", "⚪️ Planned",
    ),
    (
        ("to do", "🟡 To Do"), ("todo", "🟡 To Do"), ("pending", "🟡 To Do"), ("not started", "🟡 To Do"),
        ("open", "🟡 To Do"), ("new", "🟡 To Do"), ("in progress", "🔵 In Progress"), ("active", "🔵 In Progress"),
        ("doing", "🔵 In Progress"), ("started", "🔵 In Progress"), ("ongoing", "🔵 In Progress"),
        ("review", "🟣 Review"), ("in review", "🟣 Review"), ("needs review", "🟣 Review"),
        ("done", "🟢 Done"), ("complete", "🟢 Done"), ("completed", "🟢 Done"), ("finished", "🟢 Done"),
        ("blocked", "⚪ Blocked"), ("on hold", "⚪ Blocked"), ("error", "🔴 Error"), ("failed", "🔴 Error"),
        ("archived", "🧊 Archived"), ("cancelled", "🧊 Archived"), ("canceled", "🧊 Archived"),
        ("generating", "🤖 Generating"), ("testing", "🧪 Testing"), ("planned", "⚪️ Planned"),
    ),
)  # fmt: skip
PLANNED = "⚪️ Planned"
SESSION_WORDS = (
    ("active", 0), ("in progress", 0), ("running", 0), ("ongoing", 0), ("open", 0), ("started", 0), ("resumed", 0),
    ("paused", 1), ("pause", 1), ("on hold", 1), ("suspended", 1),
    ("completed", 2), ("complete", 2), ("done", 2), ("finished", 2), ("closed", 2), ("ended", 2),
    ("error", 3), ("failed", 3), ("failure", 3), ("abandoned", 3), ("aborted", 3), ("cancelled", 3),
)  # fmt: skip
"""Words for a session's status and its place in the order active, paused, completed, error."""


@functools.cache
def session_statuses(statuses: tuple[str, ...]) -> Values:
    """The statuses of a dialect, with the words that mean them."""
    return Values(statuses, tuple((word, statuses[place]) for word, place in SESSION_WORDS))


@functools.lru_cache(maxsize=256)
def session_place(status: str) -> int | None:
    """The place of a status in the order active, paused, completed, error; None when its word is none of ours."""
    lower = status.lower()
    return next((place for word, place in SESSION_WORDS if lower == word or lower.endswith(f" {word}")), None)


WORKFLOW_WORDS = ("planning", "initialized", "ready", "archived")
"""Statuses that workflow tools write beside those of the dialect."""
