from __future__ import annotations

from collections.abc import Iterator

from mdtm.document import Document
from mdtm.field_edit import set_text
from mdtm.fields import Field
from mdtm.problem import Fix, Problem, Severity


def id_mismatch(field: Field, document: Document) -> Iterator[Problem]:
    """The id is not the name of the session's folder, or of the task's file.

    Other files name a session by its id and find it by its folder; when the two differ, the link is lost.
    The name of a task's file may go on behind the id, as in `TASK-DEV-20250605-101500-slots.md`.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050300"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        +++

    Good:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        +++
    """
    schema, own_id = document.schema, field.value.data
    if schema is None or not schema.strict or not isinstance(own_id, str) or not own_id:
        return
    if document.is_session:
        name, place, severity = document.folder.rpartition("/")[2], "folder", Severity.ERROR
        if field.path[0] not in (schema.keys[0].name, *schema.keys[0].aliases) or len(field.path) > 1:
            return
        known = bool(document.dialect.id_pattern.fullmatch(name)) or "/sessions/" in f"/{document.path}"
        agrees = name == own_id or not known or not name
    else:
        name, place, severity = document.name.removesuffix(".md"), "file", Severity.INFORMATION
        goes_on = name.startswith(own_id) and not name[len(own_id)].isalnum() if len(name) > len(own_id) else False
        agrees = field.path != ("id",) or name == own_id or goes_on or not name.startswith(own_id.split("-")[0] + "-")
    if not agrees:
        message = f"the id is {own_id}, but the {place} is named {name}"
        fix = Fix(f"Write {name}", (set_text(field, name),), safe=False)
        yield Problem("id-mismatch", severity, field.value.span, message, (fix,))
