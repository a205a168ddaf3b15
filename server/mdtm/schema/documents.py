"""Sprints, session artifacts, and the other documents that have TOML before their Markdown.

Artifacts and other documents are known by their keys and are not closed: real ones have hundreds of keys
and values of their own, and none of that does harm.
"""

from __future__ import annotations

from mdtm.schema.base import Key, Names, Schema, Type
from mdtm.schema.statuses import TASK_STATUSES

SPRINT = Schema(
    "sprint",
    "a sprint",
    (
        Key("id", need="required", meaning="The sprint's id, SPRINT-<number>", names="sprint"),
        Key("title", need="required", meaning="What the sprint is called"),
        Key("status", need="required", meaning="Where the sprint stands", values=TASK_STATUSES),
        Key("goal", meaning="What the sprint is for"),
        Key("start_date", "time", meaning="Its first day"),
        Key("end_date", "time", meaning="Its last day"),
        Key("tasks", "texts", meaning="The ids of its tasks", names="task"),
        Key("tags", "texts", meaning="Words to find the sprint by"),
    ),
    strict=True,
)

_ARTIFACT = (
    Key("id", meaning="The artifact's id"),
    Key("session_id", meaning="The session that it was made in", names="session"),
    Key("type", meaning="What kind of artifact it is"),
    Key("created_time", "time", meaning="When it was made"),
    Key("related_task_id", meaning="The task that it belongs to", names="task"),
    Key("tags", "texts", meaning="Words to find it by"),
)
ARTIFACT_KEYS: dict[str, tuple[str, ...]] = {
    "note": (),
    "learning": ("problem", "solution", "recommendation"),
    "environment": ("component", "version", "source"),
    "doc_snippet": ("feature_area", "target_audience"),
    "research": ("query", "sources_checked", "key_finding"),
    "blocker": ("issue", "attempts", "resolution_status"),
    "qna": ("question", "answer", "source"),
    "snippet": ("language", "description"),
    "feedback": ("feedback_topic", "sentiment"),
    "feature_note": ("feature_id", "aspect"),
    "context_item": ("source_type", "source_path_or_url", "summary"),
    "deferred": ("item_type", "priority"),
    "proposed_edit": ("target", "base", "proposed", "author", "state", "decided_by", "decided_time", "reason"),
    "summary": (
        "original_session_id", "original_session_title", "summary_creation_date", "summarized_by_mode",
        "status_at_summary", "key_outcomes_achieved", "key_decisions_made", "key_assumptions_made",
        "critical_learnings_or_insights", "outstanding_blockers_or_issues", "identified_next_steps_from_session",
        "related_summaries", "tags",
    ),
}  # fmt: skip
"""The keys that each type of artifact has of its own, in the order in which its template writes them."""
_TYPES: dict[str, Type] = {
    "version": "any", "target_audience": "any", "sources_checked": "texts", "attempts": "texts",
    "summary_creation_date": "any", "key_outcomes_achieved": "any", "key_decisions_made": "any",
    "key_assumptions_made": "any", "critical_learnings_or_insights": "any", "outstanding_blockers_or_issues": "any",
    "identified_next_steps_from_session": "any", "related_summaries": "texts", "tags": "texts",
}  # fmt: skip
"""The types of those keys that are no texts."""
_NAMES: dict[str, Names] = {
    "target": "file", "source_path_or_url": "file", "related_summaries": "file", "original_session_id": "session",
}  # fmt: skip
"""What those keys name that name something."""


def _artifact(kind: str, names: tuple[str, ...]) -> Schema:
    common = tuple(key for key in _ARTIFACT if key.name not in names)
    own = tuple(Key(name, _TYPES.get(name, "text"), names=_NAMES.get(name, "")) for name in names)
    return Schema(f"artifact-{kind}", "a session artifact", (*common, *own))


ARTIFACTS = tuple(_artifact(kind, names) for kind, names in ARTIFACT_KEYS.items())
PROPOSED_EDIT = next(schema for schema in ARTIFACTS if schema.name == "artifact-proposed_edit")

_DOCUMENT = (
    Key("id", meaning="The document's id"),
    Key("title", meaning="What the document is called"),
    Key("status", meaning="Where the document stands"),
    Key("tags", "texts", meaning="Words to find it by"),
)
DOCUMENTS = (
    Schema("decision", "a decision", (*_DOCUMENT, Key("decision_date", "any"), Key("authors", "texts"))),
    Schema("context", "a context document", (*_DOCUMENT, Key("context_type"), Key("granularity"), Key("scope", "any"))),
    Schema("guide", "a guide", (*_DOCUMENT, Key("difficulty"), Key("learning_objectives", "texts"))),
    Schema("workflow-step", "a workflow step", (*_DOCUMENT, Key("step_id"), Key("workflow_id"))),
)
"""Other documents, each known by the keys that only it has."""

OTHER = Schema("other", "a document", _DOCUMENT)
