from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.field_edit import set_text
from mdtm.frontmatter import Frontmatter
from mdtm.garbled import mended
from mdtm.labels import bare, selector_message, sign_of
from mdtm.problem import Fix, Problem, Severity
from mdtm.schema.tasks import KNOWN_TYPES, has_bare_words


@only("task")
def unknown_type(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """The type of a task has a known word, but not the sign that belongs to it.

    Boards group tasks by the exact text of the type, so that one type with two signs becomes two groups.
    Types with other words are not judged: a workspace may have as many of its own as it likes.
    Tasks in `.roo/commander`, `.mdtm` and `.tasks` may have bare words.

    The known types are 🌟 Feature, 🐞 Bug, 🧹 Chore, 📖 Documentation, 🧪 Test, 💡 Spike/Research, 🎨 UI/UX and
    🗺️ Epic/Overview.

    Bad:
        -- .ruru/tasks/BUG_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Slots overlap"
        status = "🟡 To Do"
        type = "🐛 Bug"
        +++

    Good:
        -- .ruru/tasks/BUG_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Slots overlap"
        status = "🟡 To Do"
        type = "🐞 Bug"
        +++
    """
    for field in frontmatter.every("type"):
        kind = field.value.data
        if not isinstance(kind, str) or mended(kind).strip() in KNOWN_TYPES.canonical:
            continue  # what is garbled, mojibake tells of
        kind = kind.strip()
        right, sign = _BY_WORDS.get(_words(kind)), sign_of(kind)
        if right is None or (not sign and has_bare_words(document.path)):
            continue
        same = bare(kind) == bare(right)
        message = selector_message(right, kind) if same else f'"{kind}" is written "{right}"'
        severity = Severity.INFORMATION if sign and sign != sign_of(right) else Severity.HINT
        fix = Fix(f'Write "{right}"', (set_text(field, right),), safe=bool(sign))
        yield Problem("unknown-type", severity, field.value.span, message, (fix,))


def _words(kind: str) -> str:
    """A type without its sign, in small letters."""
    return bare(kind).removeprefix(sign_of(kind)).strip().lower()


_BY_WORDS = {_words(value): value for value in KNOWN_TYPES.canonical}
