from __future__ import annotations

from collections.abc import Iterator
from datetime import timezone

from mdtm.document import Document
from mdtm.field_edit import insert_field, set_text
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Fix, Problem, Severity
from mdtm.schema import Key
from mdtm.session_id import goal_of, start_of
from mdtm.text import Span
from mdtm.times import spell_time
from mdtm.toml.writing import text_value


def missing_field(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """A key that this kind of document needs is missing or empty.

    Tools find sessions and tasks by their id, show their title, and decide by their status what to do.
    A key without which the record is merely poorer, such as the coordinator, is reported as information.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
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
    unreadable = bool(frontmatter.faults) and (frontmatter.syntax == "yaml" or not frontmatter.fields)
    if document.schema is None or frontmatter.syntax == "none" or unreadable:
        return
    if all(map(frontmatter.values.get, document.schema.needed_names)):
        return
    for key in document.schema.needed:
        if _is_given(frontmatter, key.name):
            continue
        if not any(_is_given(frontmatter, name) for name in key.aliases):
            yield _problem(key, frontmatter, document)


def _is_given(frontmatter: Frontmatter, name: str) -> bool:
    """Whether the key has a value; a broken one counts, for it has a problem of its own."""
    field = frontmatter.get(name)
    return field is not None and field.value.data not in ("", [])


def _problem(key: Key, frontmatter: Frontmatter, document: Document) -> Problem:
    assert document.schema
    field = frontmatter.get(key.name)
    severity = Severity.ERROR if key.need == "required" else Severity.INFORMATION
    start = frontmatter.span.start
    first_line = document.text.line_span(document.text.line_at(start))
    place = field.span if field else Span(start, max(start, first_line.end))
    wish = "needs it" if key.need == "required" else "should have it"
    message = f"{key.name} is {'empty' if field else 'missing'}; {document.schema.title} {wish}"
    value, safe = _likely_value(key.name, document)
    if not value or frontmatter.syntax != "toml":
        return Problem("missing-field", severity, place, message)
    if field:
        edit = set_text(field, value)
    else:
        edit = insert_field(document, key.name, text_value(value), document.schema.order)
    return Problem("missing-field", severity, place, message, (Fix(f"Add {key.name} = {value}", (edit,), safe),))


def _likely_value(name: str, document: Document) -> tuple[str, bool]:
    """What the key most likely is, and whether that is certain."""
    own_name = document.folder.rpartition("/")[2] if document.is_session else document.name.removesuffix(".md")
    known = document.dialect.id_pattern.fullmatch(own_name) is not None
    if name == "id" and document.schema and document.schema.strict:
        return own_name, known
    if not document.is_session:
        return "", False
    start = start_of(own_name) if known else None
    if name == "title" and known:
        return goal_of(own_name), False
    if name == "status":
        return document.dialect.statuses[2 if document.frontmatter.text("end_time") else 0], False
    if name == "start_time" and start:
        return spell_time(start.when.replace(tzinfo=timezone.utc)), False
    return "", False
