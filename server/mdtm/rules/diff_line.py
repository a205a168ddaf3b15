from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Fix, Problem, Severity
from mdtm.text import Span
from mdtm.usual import odd_shape


@only(when=odd_shape)
def diff_line(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """A key begins with a `-` that a diff has left at the start of its line.

    TOML takes the `-` for a part of the name, so nothing complains, and the key that was meant is not there.
    In a diff such a line is one that is to go, so the fix removes it.
    A line with the `+` of a diff is broken-toml.

    Bad:
        -tags = ["slots"]
        tags = ["slots", "menu"]

    Good:
        tags = ["slots", "menu"]
    """
    for field in frontmatter.fields:
        name = field.path[0]
        if name[:1] == "-" and frontmatter.syntax == "toml" and len(field.path) == 1:
            key = name.lstrip("-")
            if key and (frontmatter.get(key) or (document.schema and document.schema.key(key))):
                yield _problem(document, field.key_span, field.value.span.end, key)


def _problem(document: Document, place: Span, end: int, key: str) -> Problem:
    text = document.text
    lines = Span(text.line_start(text.line_at(place.start)), text.line_start(text.line_at(end) + 1))
    fixes = (
        Fix("Remove the line", (Edit(lines, ""),), safe=False),
        Fix(f"Write {key}", (Edit(place, key),), safe=False),
    )
    message = f"the - before {key} was left by a diff; remove the line, or the - if it is to stay"
    return Problem("diff-line", Severity.WARNING, place, message, fixes)
