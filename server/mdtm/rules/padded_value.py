from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.fields import Edit, Value
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Fix, Problem, Severity
from mdtm.text import Span
from mdtm.toml.writing import text_value
from mdtm.usual import odd_text


@only(when=odd_text)
def padded_value(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """A value has space around it, inside its quotes.

    Nobody sees it, but to a tool `"🟢 Done "` is another status than `"🟢 Done"`, and an id with a space before it
    is the name of no file.
    Text over several lines is not judged.

    Bad:
        title = " Pick up slots"
        related_tasks = ["TASK-DEV-20250605-101500 "]

    Good:
        title = "Pick up slots"
        related_tasks = ["TASK-DEV-20250605-101500"]
    """
    schema = document.schema
    if schema is None or not schema.strict or not frontmatter.padded:
        return
    for field in frontmatter.fields:
        value = field.value
        for one in (value,) if value.kind == "string" else value.items:
            text = one.data
            padded = text and isinstance(text, str) and (text[0].isspace() or text[-1].isspace())
            known = padded and len(field.path) == 1 and schema.key(field.path[0])
            if known and text.strip() and "\n" not in text and not _is_at_fault(one, frontmatter):
                yield _problem(field.key, one, document)


def _is_at_fault(value: Value, frontmatter: Frontmatter) -> bool:
    """Whether the value may end only because of a quote that was to be a part of it."""
    return any(
        fault.span.start <= value.span.end and value.span.start <= fault.span.end for fault in frontmatter.faults
    )


def _problem(key: str, value: Value, document: Document) -> Problem:
    fix = Fix("Remove the space", _edits(value, document))
    severity = Severity.HINT if key in ("title", "goal", "project") else Severity.WARNING
    return Problem("padded-value", severity, value.span, f"there is space around the value of {key}", (fix,))


def _edits(value: Value, document: Document) -> tuple[Edit, ...]:
    """The edits that take out the space, and nothing else where it stands there as it is."""
    start, end = value.span.start + 1, value.span.end - 1
    inner = document.text[Span(start, end)]
    if inner != value.data:
        return (Edit(value.span, text_value(value.data.strip())),)
    head = len(inner) - len(inner.lstrip())
    tail = len(inner) - len(inner.rstrip())
    edits = (Edit(Span(start, start + head), ""), Edit(Span(end - tail, end), ""))
    return tuple(edit for edit in edits if edit.span.start < edit.span.end)
