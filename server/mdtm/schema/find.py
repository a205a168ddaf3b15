"""Which schema a file follows: by its name and folder, else by its keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mdtm.dialect import ARTIFACT_FOLDERS, DIALECTS, TASK_ROOTS
from mdtm.schema.base import Schema
from mdtm.schema.documents import ARTIFACTS, DOCUMENTS, OTHER, SPRINT
from mdtm.schema.sessions import SESSION_LOG, WORKFLOW_STATE
from mdtm.schema.settings import SETTINGS, SETTINGS_FILE
from mdtm.schema.tasks import TASK, TASK_TYPES, TASKS

SESSION_LOG_NAME = "session_log.md"
_IN_TASKS = re.compile(r"(?:^|/)(?:{})/tasks/.+".format("|".join(map(re.escape, TASK_ROOTS))))
_IN_SPRINTS = re.compile(r"(?:^|/)sprints/SPRINT-[^/]+\.md$")
_IN_ARTIFACTS = re.compile(r"(?:^|/)artifacts/|(?:^|/)sessions/[^/]+/(?:notes|learnings|summaries)/")
_IN_ROOT = re.compile(r"(?:^|/)(?:{})/".format("|".join(map(re.escape, TASK_ROOTS))))
_TASK_ID = re.compile(r"(?:TASK|BUG|FEAT|CHORE|SPIKE)-[\w.-]+")
_FOLDER_KINDS = dict(zip(ARTIFACT_FOLDERS, ARTIFACTS, strict=False))
_STATE_FILES = frozenset(dialect.state_file for dialect in DIALECTS if dialect.state_file)
_WORD = re.compile(r"[a-z]+")


def schema_of(path: str, values: Mapping[str, Any]) -> Schema | None:
    """The kind of document; None when a file has neither a name nor keys that we know."""
    name = path.rpartition("/")[2]
    if name == SESSION_LOG_NAME:
        return SESSION_LOG
    if name in _STATE_FILES:
        return WORKFLOW_STATE
    if name == SETTINGS_FILE:
        return SETTINGS
    if not values:
        return TASK if _TASK_ID.match(name) else None
    if _IN_SPRINTS.search(path):
        return SPRINT
    if _IN_ARTIFACTS.search(path):
        return _artifact(path, values)
    if _is_task(path, name, values):
        return _task(values)
    return _document(values)


def is_named_as_ours(path: str) -> bool:
    """Whether the path alone shows a session log, a task, a sprint or an artifact, whatever the file holds."""
    name = path.rpartition("/")[2]
    if not name.endswith(".md") or name.upper().startswith("README"):
        return False
    if name == SESSION_LOG_NAME or _TASK_ID.match(name) or _IN_SPRINTS.search(path):
        return True
    return bool(_IN_TASKS.search(path) or (_IN_ARTIFACTS.search(path) and _IN_ROOT.search(path)))


def _is_task(path: str, name: str, values: Mapping[str, Any]) -> bool:
    in_tasks = "/tasks/" in path and bool(_IN_TASKS.search(path))
    if name.upper().startswith("README") or ("context_type" in values and not in_tasks):
        return False
    has_id = bool(_TASK_ID.fullmatch(str(values.get("id", ""))) or _TASK_ID.match(name))
    has_keys = "status" in values and ("type" in values or "assigned_to" in values)
    return (has_id and ("status" in values or "title" in values)) or (has_keys and in_tasks)


def _task(values: Mapping[str, Any]) -> Schema:
    """The task's schema by the first of the types that its type names."""
    words = _WORD.findall(str(values.get("type", "")).lower())
    for number, name in enumerate(TASK_TYPES):
        if name in words or (name == "documentation" and "docs" in words) or (name == "spike" and "research" in words):
            return TASKS[number]
    return TASK


def _artifact(path: str, values: Mapping[str, Any]) -> Schema:
    kind = values.get("type")
    named = next((schema for schema in ARTIFACTS if schema.name == f"artifact-{kind}"), None)
    folder = next((part for part in reversed(path.split("/")) if part in _FOLDER_KINDS), "notes")
    return named or (ARTIFACTS[-1] if "original_session_id" in values else _FOLDER_KINDS[folder])


def _document(values: Mapping[str, Any]) -> Schema:
    common = {key.name for key in OTHER.keys}
    for schema in DOCUMENTS:
        if any(key.name in values for key in schema.keys if key.name not in common):
            return schema
    return OTHER
