from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches

from mdtm.allowed import statuses_of
from mdtm.document import Document
from mdtm.field_edit import set_text
from mdtm.fields import Field
from mdtm.frontmatter import Frontmatter
from mdtm.garbled import mended
from mdtm.labels import WORDS, bare, selector_message, sign_of, word_of
from mdtm.problem import Fix, Problem, Severity
from mdtm.schema import Values
from mdtm.schema.sessions import WORKFLOW_STATE


def unknown_status(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """The status is none of those that this kind of document has.

    Tools find the active session and the open tasks by the exact text of the status; a typo hides them.
    The word decides which status is meant, and the fix puts the sign before it right.
    A sign that differs only in its invisible variation selector (U+FE0F) is a hint.

    A session log has 🟢 Active, ⏸️ Paused, 🏁 Completed or 🔴 Error.
    In the workflow and orchestration systems it has a bare word: active, paused, completed or abandoned.
    A task or a sprint has 🟡 To Do, 🔵 In Progress, 🟣 Review, 🟢 Done, ⚪ Blocked, 🔴 Error, 🧊 Archived,
    🤖 Generating, 🧪 Testing or ⚪️ Planned.

    Bad:
        status = "🟢 Actve"

    Good:
        status = "🟢 Active"
    """
    values = statuses_of(document)
    usual = values is None or (frontmatter.is_plain and frontmatter.values.get("status") in values.canonical)
    for field in () if usual else frontmatter.every("status"):
        if values and field.value.data not in values.canonical:
            yield from _problems(field, values, document)


def _problems(field: Field, values: Values, document: Document) -> Iterator[Problem]:
    status = field.value.data
    if not status or not isinstance(status, str):
        return
    assert document.schema
    normal = unicodedata.normalize("NFC", status).strip()
    if normal in values.canonical:
        return  # the space around it is a padded-value
    if document.body and mended(normal) in values.canonical:
        return  # which mojibake tells of
    same = next((value for value in values.canonical if bare(value) == bare(normal)), None)
    if same:
        message = selector_message(same, normal)
        yield Problem("unknown-status", Severity.HINT, field.value.span, message, (_fix(field, same, True),))
        return
    meant, safe = _meant(normal, values)
    allowed = ", ".join(f'"{value}"' for value in values.canonical)
    if meant is None:
        severity = Severity.INFORMATION if document.schema is WORKFLOW_STATE else Severity.ERROR
        message = f'"{status}" is no status of {document.schema.title}, which has {allowed}'
        yield Problem("unknown-status", severity, field.value.span, message)
        return
    severity = Severity.WARNING if safe else Severity.ERROR
    message = f'"{status}" is no status of {document.schema.title}; write "{meant}"'
    yield Problem("unknown-status", severity, field.value.span, message, (_fix(field, meant, safe),))


@functools.lru_cache(maxsize=256)
def _meant(status: str, values: Values) -> tuple[str | None, bool]:
    """The canonical status that is meant, and whether that is certain."""
    words = [word.lower() for word in WORDS.findall(status)]
    by_word = {word_of(value): value for value in values.canonical}
    for meanings, certain in ((by_word, len(words) == 1), (dict(values.also), False)):
        known = next((word for word in words if word in meanings), None)
        if known:
            return meanings[known], certain
    by_sign = [value for value in values.canonical if sign_of(value) and sign_of(value) == sign_of(status)]
    if not words:
        return (by_sign[0], True) if by_sign else (None, False)
    near = get_close_matches(words[0], by_word, n=1, cutoff=0.75)
    return (by_word[near[0]], by_word[near[0]] in by_sign) if near else (None, False)


def _fix(field: Field, status: str, safe: bool) -> Fix:
    return Fix(f'Write "{status}"', (set_text(field, status),), safe)
