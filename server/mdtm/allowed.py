"""Which values a key may have in a document, where that is settled."""

from __future__ import annotations

from mdtm.artifacts import BY_NAME
from mdtm.context.stack import TYPES
from mdtm.document import Document
from mdtm.schema import Values
from mdtm.schema.sessions import SESSION_LOG, WORKFLOW_STATE
from mdtm.schema.statuses import WORKFLOW_WORDS, session_statuses
from mdtm.schema.tasks import BARE_PRIORITIES, KNOWN_TYPES, SIGNED_PRIORITIES, TASK_TYPES, has_bare_words

PROPOSAL = "proposed_edit"
PROPOSAL_STATES = ("proposed", "approved", "rejected")


def statuses_of(document: Document) -> Values | None:
    """The statuses that a kind of document has; None where there may be any."""
    if document.schema is None:
        return None
    if document.schema is SESSION_LOG:
        return session_statuses(document.dialect.statuses)
    if document.schema is WORKFLOW_STATE:
        values = session_statuses(document.dialect.statuses)
        return Values((*values.canonical, *WORKFLOW_WORDS), values.also)
    key = document.schema.key("status")
    return key.values if key else None


def priorities_of(document: Document) -> Values:
    """The priorities of a task, by the convention of its folder."""
    return BARE_PRIORITIES if has_bare_words(document.path) else SIGNED_PRIORITIES


def usual_values(document: Document, path: tuple[str, ...]) -> tuple[str, ...]:
    """The values that a key is known to have, whether it may have others or not; none where nothing is known."""
    schema = document.schema
    if schema is None:
        return ()
    if path == ("context", "type"):
        return TYPES
    if schema is WORKFLOW_STATE and path == ("progress", "completed_phases"):
        path = ("current_phase",)
    name = path[0] if len(path) == 1 else ""
    is_task = schema.name.startswith("task")
    if name == "status":
        values = statuses_of(document)
        return values.canonical if values else ()
    if name == "priority" and is_task:
        return priorities_of(document).canonical
    if name == "type" and is_task:
        return tuple(TASK_TYPES) if has_bare_words(document.path) else KNOWN_TYPES.canonical
    if name == "type" and schema.name.startswith("artifact"):
        return (*BY_NAME, PROPOSAL)
    if name == "state" and schema.name == f"artifact-{PROPOSAL}":
        return PROPOSAL_STATES
    key = schema.key(name)
    return key.values.canonical if key and key.values else ()
