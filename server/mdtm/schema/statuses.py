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
ACTIVE, PAUSED, COMPLETED, FAILED = range(4)
"""Where a session stands, in the order in which every dialect has its statuses."""
OVER = (COMPLETED, FAILED)
PLACE_WORDS = ("active", "paused", "completed", "in error")
"""What messages say of it."""
SESSION_WORDS = (
    *((word, ACTIVE) for word in ("active", "in progress", "running", "ongoing", "open", "started", "resumed")),
    *((word, PAUSED) for word in ("paused", "pause", "on hold", "suspended")),
    *((word, COMPLETED) for word in ("completed", "complete", "done", "finished", "closed", "ended")),
    *((word, FAILED) for word in ("error", "failed", "failure", "abandoned", "aborted", "cancelled")),
)
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
MEANINGS = {
    "🟡 To Do": "nobody has begun it",
    "🔵 In Progress": "somebody works on it",
    "🟣 Review": "somebody looks at what was done",
    "🟢 Done": "nothing is left to do",
    "⚪ Blocked": "it cannot go on before something else happens",
    "🔴 Error": "it went wrong, and cannot go on as it is",
    "🧊 Archived": "it is put away, done or not",
    "🤖 Generating": "an agent makes it right now",
    "🧪 Testing": "what was done is being tested",
    "⚪️ Planned": "it is planned for later",
    "🟢 Active": "work goes on, and the clock runs",
    "⏸️ Paused": "the session rests, and can be resumed",
    "🏁 Completed": "the session is over, and can be reopened",
    "active": "work goes on, and the clock runs",
    "paused": "the session rests, and can be resumed",
    "completed": "the session is over, and can be reopened",
    "abandoned": "the session was given up, and can be reopened",
    "planning": "the session is being planned",
    "initialized": "the session was made, and nothing has begun",
    "ready": "all is planned, and work may begin",
    "archived": "the session is over and put away",
}
"""What each status says."""
