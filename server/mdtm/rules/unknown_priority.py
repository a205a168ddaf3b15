from __future__ import annotations

from collections.abc import Iterator

from mdtm.allowed import priorities_of
from mdtm.asking import only
from mdtm.document import Document
from mdtm.field_edit import set_text
from mdtm.fields import Field
from mdtm.frontmatter import Frontmatter
from mdtm.garbled import mended
from mdtm.labels import bare, selector_message, sign_of, word_of
from mdtm.problem import Fix, Problem, Severity
from mdtm.schema import Values
from mdtm.schema.tasks import SIGNED_PRIORITIES


@only("task")
def unknown_priority(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """The priority of a task is not spelled as its system spells it.

    Boards sort and filter tasks by the exact text; a task with a spelling of its own is in none of their columns.
    The word decides which priority is meant; a sign that belongs to another one misleads readers.

    The priorities are 🔥 Highest, 🔼 High, ▶️ Medium, 🔽 Low and 🧊 Lowest.
    Tasks in `.roo/commander`, `.mdtm` and `.tasks` may have the bare words low, medium, high and critical as well.

    Bad:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🟡 To Do"
        type = "🌟 Feature"
        priority = "🔴 High"
        +++

    Good:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🟡 To Do"
        type = "🌟 Feature"
        priority = "🔼 High"
        +++
    """
    for field in frontmatter.every("priority"):
        priority = field.value.data
        if priority and isinstance(priority, str) and priority not in SIGNED_PRIORITIES.canonical:
            values = priorities_of(document)
            if mended(priority).strip() not in values.canonical:  # else mojibake tells of it
                yield _problem(field, priority.strip(), values)


def _problem(field: Field, priority: str, values: Values) -> Problem:
    code, span = "unknown-priority", field.value.span
    if same := next((value for value in values.canonical if bare(value) == bare(priority)), None):
        return Problem(code, Severity.HINT, span, selector_message(same, priority), _fix(field, same))
    by_word = {word_of(value): value for value in reversed(values.canonical)}
    word, sign = word_of(priority), sign_of(priority)
    meant = by_word.get(word) or dict(values.also).get(word)
    if meant is None:
        message = f'"{priority}" is no priority of a task; there are {", ".join(values.canonical)}'
        return Problem(code, Severity.HINT, span, message)
    message = f'"{priority}" is no priority of a task; write "{meant}"'
    misleads = bool(sign) and sign != sign_of(meant)
    certain = word in by_word or (bool(sign) and not misleads)
    severity = Severity.WARNING if misleads else Severity.HINT
    return Problem(code, severity, span, message, _fix(field, meant, certain))


def _fix(field: Field, priority: str, safe: bool = True) -> tuple[Fix, ...]:
    return (Fix(f'Write "{priority}"', (set_text(field, priority),), safe),)
