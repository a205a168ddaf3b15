from __future__ import annotations

import re
from collections.abc import Iterator

from mdtm.dialect import DIALECTS
from mdtm.document import Document
from mdtm.frontmatter import Frontmatter
from mdtm.placeholders import placeholder_in
from mdtm.problem import Problem, Severity
from mdtm.schema.sessions import WORKFLOW_STATE

_TASK_ID = re.compile(
    r"(?:TASK|BUG|FEAT|CHORE|SPIKE)-[\w.-]+|[A-Z][A-Z0-9]*(?:[-_][\w.]+)*[-_]\w*\d[\w.-]*|_overview|\d+[\w.-]*"
)
"""A known prefix, or any in capitals with a number or a time behind it."""
_WORKFLOW_ID = re.compile(r"[A-Za-z0-9_-]+")
_LONG_YEAR = re.compile(r".*-20\d{10}")


def id_shape(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """The id of a session or a task has not the form that its system gives to ids.

    Tools that look for ids in texts, or read the time from them, pass this one over.
    The sessions of each system have a form of their own, such as `SESSION-[Goal]-YYMMDDHHMM`.
    The id of a task is a prefix in capitals and what makes it its own, such as `TASK-DEV-20250605-101500` or `BUG-123`.
    There is no fix, for other files may name the id.

    Bad:
        -- .ruru/sessions/SESSION-Slots-202506050301/session_log.md --
        +++
        id = "SESSION-Slots-202506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        +++
    """
    schema = document.schema
    if schema is None or not schema.strict or schema.name == "sprint":
        return
    key = schema.keys[0]
    if (told := frontmatter.text(key.name)) and _is_usual(told, document):
        return
    field = frontmatter.get(key.name) or next((one for name in key.aliases if (one := frontmatter.get(name))), None)
    own_id = field.value.data.strip() if field and isinstance(field.value.data, str) else ""
    if not own_id or not field or _is_usual(own_id, document) or placeholder_in(own_id):
        return
    message = _session_message(own_id, document) if document.is_session else _task_message(own_id)
    if message:
        yield Problem("id-shape", Severity.HINT, field.value.span, message)


def _is_usual(own_id: str, document: Document) -> bool:
    pattern = document.dialect.id_pattern if document.is_session else _TASK_ID
    return pattern.fullmatch(own_id) is not None


def _session_message(own_id: str, document: Document) -> str:
    dialect, place = document.dialect, document.folder.rpartition("/")[2]
    if place.startswith("."):
        return ""  # the temporary place of commands without a session
    if any(one.id_pattern.fullmatch(own_id) for one in DIALECTS):
        return ""
    if document.schema is WORKFLOW_STATE and _WORKFLOW_ID.fullmatch(own_id):
        return ""  # the tools of that system take any such name
    if _LONG_YEAR.fullmatch(own_id) and dialect.id_form.endswith("YYMMDDHHMM"):
        return f"the id ends with a year of four digits; its form is {dialect.id_form}"
    return f"{own_id} has not the form of an id, which is {dialect.id_form}"


def _task_message(own_id: str) -> str:
    return f"{own_id} has not the form of a task's id, such as TASK-DEV-20250605-101500"
