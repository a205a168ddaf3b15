"""The kinds of documents and the fields that each has, as data."""

from mdtm.schema.base import Key, Schema, Values
from mdtm.schema.documents import ARTIFACTS, DOCUMENTS, OTHER, SPRINT
from mdtm.schema.find import is_named_as_ours, schema_of
from mdtm.schema.sessions import SESSION_LOG, WORKFLOW_STATE
from mdtm.schema.settings import PYPROJECT, SETTINGS, SETTINGS_FILE, SETTINGS_FILES
from mdtm.schema.tasks import TASK, TASKS

SCHEMAS = (SESSION_LOG, WORKFLOW_STATE, *TASKS, TASK, SPRINT, *ARTIFACTS, *DOCUMENTS, OTHER, SETTINGS)

__all__ = [
    "PYPROJECT", "SCHEMAS", "SETTINGS_FILE", "SETTINGS_FILES", "Key", "Schema", "Values", "is_named_as_ours",
    "schema_of",
]  # fmt: skip
