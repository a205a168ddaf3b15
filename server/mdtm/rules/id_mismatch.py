from __future__ import annotations

import re
from collections.abc import Iterator

from mdtm.document import Document
from mdtm.field_edit import set_text
from mdtm.fields import Field
from mdtm.frontmatter import Frontmatter
from mdtm.paths import plain
from mdtm.placeholders import placeholder_in
from mdtm.problem import Fix, Problem, Severity


def id_mismatch(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
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
    if document.schema is None or not document.schema.strict:
        return
    key = document.schema.keys[0]
    named = document.folder.rpartition("/")[2] if document.is_session else document.name.removesuffix(".md")
    names = (key.name, *key.aliases)
    if frontmatter.is_plain and all(frontmatter.values.get(name) in (named, None) for name in names):
        return
    for name in names:
        for field in frontmatter.every(name):
            if field.value.data and isinstance(field.value.data, str) and field.value.data != named:
                yield from _problems(field, document)


def _problems(field: Field, document: Document) -> Iterator[Problem]:
    own_id = field.value.data.strip()
    if placeholder_in(own_id):
        return  # which has a problem of its own
    if document.is_session:
        name, place, severity = document.folder.rpartition("/")[2], "folder", Severity.ERROR
        wrong = _is_session_folder(name, document) and plain(name) != plain(own_id)
    else:
        name, place, severity = document.name.removesuffix(".md"), "file", Severity.INFORMATION
        wrong = _is_of_another_task(plain(name), plain(own_id))
    if wrong:
        message = f"the id is {own_id}, but the {place} is named {name}"
        fix = Fix(f"Write {name}", (set_text(field, name),), safe=False)
        yield Problem("id-mismatch", severity, field.value.span, message, (fix,))


def _is_session_folder(name: str, document: Document) -> bool:
    known = document.dialect.id_pattern.fullmatch(name) is not None
    return bool(name) and (known or "/sessions/" in f"/{document.path}")


def _is_of_another_task(name: str, own_id: str) -> bool:
    """Whether a file is named by an id, and not by this one, behind which other words may stand."""
    is_id = name.startswith(own_id.partition("-")[0] + "-")
    return is_id and re.match(rf"{re.escape(own_id)}(?![A-Za-z0-9])", name) is None
