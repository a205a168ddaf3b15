"""Session logs and the state files of workflow sessions."""

from __future__ import annotations

from mdtm.schema.base import Key, Schema, Values

SESSION_TYPES = Values(("work", "planning", "review"), (("plan", "planning"), ("reviewing", "review")))
SESSION_SOURCES = Values(("cli", "editor", "mcp"), (("gui", "editor"), ("ide", "editor"), ("terminal", "cli")))
WORKFLOW_PHASES = Values(
    ("PLAN", "IMPLEMENT", "REVIEW"),
    (("planning", "PLAN"), ("implementation", "IMPLEMENT"), ("implementing", "IMPLEMENT"), ("reviewing", "REVIEW")),
)
RELATED_TASKS, RELATED_ARTIFACTS = "related_tasks", "related_artifacts"
"""The keys of a log that list what came out of its session."""
CONTEXT_KEYS = (
    Key("type", meaning="What kind of thing is worked on"),
    Key("id", meaning="What is worked on"),
    Key("pushed_at", "time", meaning="When that began"),
)
"""The keys of each level of a session's context."""

SESSION_LOG = Schema(
    "session-log",
    "a session log",
    (
        Key(
            "id",
            need="required",
            meaning="The session's id, the name of its folder",
            aliases=("session_id",),
            names="session",
        ),
        Key("title", need="required", meaning="The goal of the session", aliases=("goal",)),
        Key("status", need="required", meaning="Where the session stands"),
        Key("start_time", "time", "required", "When the session was started", aliases=("created_date",)),
        Key("end_time", "time", meaning="When the session was paused, completed or given up; empty while it is active"),
        Key("coordinator", need="expected", meaning="Who leads the session", aliases=("coordinator_mode", "mode")),
        Key(RELATED_TASKS, "texts", meaning="The ids of the tasks that came out of the session", names="task"),
        Key(RELATED_ARTIFACTS, "texts", meaning="The session's artifacts, as paths from its folder", names="artifact"),
        Key("tags", "texts", meaning="Words to find the session by"),
        Key(
            "source_summaries",
            "texts",
            meaning="Summaries of earlier sessions that this one goes on from",
            names="file",
        ),
        Key("session_type", meaning="What the session is for", values=SESSION_TYPES),
        Key("source", meaning="Where the session was started", values=SESSION_SOURCES),
        Key("context", "any", meaning="The stack of project, sprint, task and subtask"),
    ),
    logs=True,
    strict=True,
)

WORKFLOW_STATE = Schema(
    "workflow-state",
    "a workflow session",
    (
        Key(
            "session_id",
            need="required",
            meaning="The session's id, the name of its folder",
            aliases=("workflow_id",),
            names="session",
        ),
        Key("project", meaning="What the session is about"),
        Key("status", need="required", meaning="Where the session stands; the marker file decides which one is active"),
        Key("type", meaning="What kind of work it is"),
        Key("current_phase", meaning="The phase that the work is in", values=WORKFLOW_PHASES),
        Key("progress", "any", meaning="Completed phases, current tasks and the last checkpoint"),
        Key("meta", "any", meaning="When the file was made and changed"),
        Key("created_at", "time", meaning="When the session was made"),
        Key("updated_at", "time", meaning="When it was last changed"),
        Key("completed_at", "time", meaning="When it was completed"),
        Key("archived_at", "time", meaning="When it was put away"),
        Key("execution_started_at", "time", meaning="When the work itself began"),
    ),
    strict=True,
)
