from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.field_edit import remove_item, set_text
from mdtm.fields import Edit, Field
from mdtm.frontmatter import Frontmatter
from mdtm.placeholders import may_have_placeholder, placeholder_in
from mdtm.problem import Fix, Problem, Severity
from mdtm.schema import Key
from mdtm.session_id import goal_of
from mdtm.text import Span
from mdtm.usual import odd_text

_JUDGED_ELSEWHERE = ("status", "priority", "type")
_SIGNS = ("<", "{{", "YY", "...", '"[', "'[")
"""Where none of them stands, there is no placeholder."""
_SENTENCES = ("title", "goal")
"""Keys whose text may speak of a placeholder."""


@only(when=odd_text)
def placeholder_value(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """A value is still the placeholder that the template has there.

    Whoever made the file meant to fill it in; tools take `TASK-CMD-...` for the id of a task, and look for it.
    In a template itself a placeholder is right.
    A placeholder where a time belongs is a bad-time.

    Bad:
        related_tasks = ["TASK-DEV-20250605-101500", "TASK-CMD-..."]
        source_summaries = ["{{summary}}"]

    Good:
        related_tasks = ["TASK-DEV-20250605-101500"]
        source_summaries = []
    """
    schema = document.schema
    if schema is None or not schema.strict or not may_have_placeholder("\n".join(frontmatter.words)):
        return
    if not any(sign in frontmatter.source for sign in _SIGNS) or "/templates/" in f"/{document.path}":
        return
    for field in frontmatter.fields:
        key = schema.key(field.path[0]) if len(field.path) == 1 else None
        if key is None or key.type == "time" or key.name in _JUDGED_ELSEWHERE:
            continue
        text = field.value.data
        found = placeholder_in(text) if isinstance(text, str) else ""
        if found and (found == text.strip() or key.name not in _SENTENCES):
            yield _problem(key, found, field.value.span, _fixes(key, field, document))
        for index, item in enumerate(field.value.items):
            if isinstance(item.data, str) and (found := placeholder_in(item.data)):
                writable = frontmatter.syntax == "toml" and field.value.kind == "array"
                removal = (remove_item(document, field.value, index),) if writable else ()
                yield _problem(key, found, item.span, (Fix("Remove it", removal, safe=False),) if removal else ())


def _problem(key: Key, found: str, span: Span, fixes: tuple[Fix, ...]) -> Problem:
    severity = Severity.ERROR if key.need == "required" else Severity.WARNING
    message = f"the placeholder {found} still stands in {key.name}"
    return Problem("placeholder-value", severity, span, message, fixes)


def _fixes(key: Key, field: Field, document: Document) -> tuple[Fix, ...]:
    """What the name of the folder or the file tells; else nothing, where nothing may stand."""
    name = document.folder.rpartition("/")[2] if document.is_session else document.name.removesuffix(".md")
    known = document.is_session and document.dialect.id_pattern.fullmatch(name) is not None
    if key.name == "id" and document.schema and document.schema.strict:
        return (Fix(f"Write {name}", (set_text(field, name),), safe=known),)
    if key.name == "title" and known and goal_of(name):
        return (Fix(f"Write {goal_of(name)}", (set_text(field, goal_of(name)),), safe=False),)
    if key.need == "required":
        return ()
    return (Fix("Clear it", (Edit(field.value.span, '""'),), safe=False),)
