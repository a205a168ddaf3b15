from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from mdtm.document import Document
from mdtm.field_edit import set_text
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Fix, Problem, Severity
from mdtm.schema import Values

_JUDGED_ELSEWHERE = ("status", "priority", "dialect")


def unknown_value(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """A key that has one of a few words has another one.

    Sessions are found and counted by these words, so that one with a word of its own is left out.
    The `session_type` of a session is work, planning or review, its `source` cli, editor or mcp; the `current_phase`
    of a workflow session is PLAN, IMPLEMENT or REVIEW.
    For statuses and priorities there are rules of their own.

    Bad:
        session_type = "reviewing"

    Good:
        session_type = "review"
    """
    for key in document.schema.closed if document.schema else ():
        field = frontmatter.get(key.name) if key.name not in _JUDGED_ELSEWHERE else None
        value = field.value.data if field else None
        if field and value and key.values and isinstance(value, str) and value.strip() not in key.values.canonical:
            meant, safe = _meant(value.strip(), key.values)
            message = f'"{value}" is no {key.name}; there are {", ".join(key.values.canonical)}'
            fixes = (Fix(f'Write "{meant}"', (set_text(field, meant),), safe),) if meant else ()
            yield Problem("unknown-value", Severity.HINT, field.value.span, message, fixes)


def _meant(value: str, values: Values) -> tuple[str, bool]:
    """The value that is meant, and whether that is certain; empty when nothing comes near."""
    by_word = {one.lower(): one for one in values.canonical}
    word = value.lower()
    known = by_word.get(word) or dict(values.also).get(word)
    if known:
        return known, True
    near = get_close_matches(word, by_word, n=1, cutoff=0.75)
    return (by_word[near[0]], False) if near else ("", False)
