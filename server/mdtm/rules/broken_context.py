from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.context.log import stack_told, switches_in, tells_of_context, written_anew
from mdtm.context.stack import KEY, TYPES
from mdtm.document import Document
from mdtm.field_edit import remove_item
from mdtm.fields import Edit, Field, Value
from mdtm.near import slipped
from mdtm.problem import Fix, Problem, Severity
from mdtm.toml.writing import text_value
from mdtm.workspace import Workspace


@only("session-log", when=tells_of_context)
def broken_context(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A level of the context has no type that there is, or no id.

    The context says what a session works on, from the project down to the subtask.
    A level that cannot be read is passed over, so that what is said and done goes to another one.

    Bad:
        -- .mdtm/sessions/SESSION-001/session_log.md --
        +++
        id = "SESSION-001"
        title = "Slots"
        status = "active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        context = [{type = "sprnt", id = "SPRINT-1", pushed_at = "2025-06-05T03:05:00Z"}]
        +++

        ## Log Entries

        - [2025-06-05T03:01:44Z] `dev-api`: Session started: Slots
        - [2025-06-05T03:05:00Z] `dev-api`: Context: pushed sprint `SPRINT-1`

    Good:
        -- .mdtm/sessions/SESSION-001/session_log.md --
        +++
        id = "SESSION-001"
        title = "Slots"
        status = "active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        context = [{type = "sprint", id = "SPRINT-1", pushed_at = "2025-06-05T03:05:00Z"}]
        +++

        ## Log Entries

        - [2025-06-05T03:01:44Z] `dev-api`: Session started: Slots
        - [2025-06-05T03:05:00Z] `dev-api`: Context: pushed sprint `SPRINT-1`
    """
    field = document.frontmatter.get(KEY)
    for number, item in enumerate(field.value.items if field and field.value.kind == "array" else ()):
        found = _fault(item) if item.kind != "broken" else None
        if field and found:
            message, place, fixes = found
            if document.frontmatter.syntax == "toml":
                fixes = (*_as_told(document, field), *fixes, _without(document, field, number))
            yield Problem("broken-context", Severity.WARNING, place.span, message, fixes)


def _as_told(document: Document, field: Field) -> Iterator[Fix]:
    """The cure that follows the log, where that tells of the context."""
    if any(switches_in(document)):
        edit = written_anew(document, field, stack_told(document))
        yield Fix("Write the context that the entries lead to", (edit,), safe=False)


def _without(document: Document, field: Field, number: int) -> Fix:
    return Fix("Take the level off", (remove_item(document, field.value, number),), safe=False)


def _fault(item: Value) -> tuple[str, Value, tuple[Fix, ...]] | None:
    """What is wrong with a level, where, and how it may be cured."""
    values = {field.key: field.value for field in item.fields}
    if item.kind != "table":
        return 'a level of the context is a table such as {type = "task", id = "…"}', item, ()
    kind, own_id = values.get("type"), values.get("id")
    if kind is None or kind.data not in TYPES:
        meant = slipped(kind.data, frozenset(TYPES)) if kind and isinstance(kind.data, str) else None
        fixes = (Fix(f"Write {meant}", (Edit(kind.span, text_value(meant)),), safe=False),) if kind and meant else ()
        told = f'"{kind.data}" is no type of a level' if kind else "the level has no type"
        return f"{told}; there are {', '.join(TYPES)}", kind or item, fixes
    if own_id is None or not own_id.data or not isinstance(own_id.data, str):
        return f"the {kind.data} has no id", own_id or item, ()
    return None
