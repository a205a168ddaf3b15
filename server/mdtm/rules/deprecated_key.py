from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.field_edit import remove_field
from mdtm.fields import Edit, Field
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Fix, Problem, Related, Severity
from mdtm.usual import odd_shape

_NEW_NAMES = (("session_id", "id"), ("coordinator_mode", "coordinator"))


@only("session-log", when=odd_shape)
def deprecated_key(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """A key of a session log has the name that it had in the first version of the format.

    Tools of today look for `id` and `coordinator`, and do not find `session_id` and `coordinator_mode`.
    The fix gives the key its new name; where the new one stands there too and says the same, the old one can go.
    The state files of workflow sessions have `session_id`, and so have tasks.

    Bad:
        -- .ruru/sessions/SESS-20250505-231645/session_log.md --
        +++
        session_id = "SESS-20250505-231645"
        title = "Pick up slots"
        status = "🟢 Active"
        start_time = "2025-05-05T23:16:45Z"
        coordinator_mode = "dev-api"
        +++

    Good:
        -- .ruru/sessions/SESS-20250505-231645/session_log.md --
        +++
        id = "SESS-20250505-231645"
        title = "Pick up slots"
        status = "🟢 Active"
        start_time = "2025-05-05T23:16:45Z"
        coordinator = "dev-api"
        +++
    """
    for old, new in _NEW_NAMES:
        if field := frontmatter.get(old):
            yield _problem(field, new, frontmatter, document)


def _problem(field: Field, new: str, frontmatter: Frontmatter, document: Document) -> Problem:
    code, message = "deprecated-key", f"{field.key} is the old name of {new}"
    twin = frontmatter.get(new)
    writable = frontmatter.syntax == "toml"
    if twin is None:
        fixes = (Fix(f"Call it {new}", (Edit(field.key_span, new),)),) if writable else ()
        return Problem(code, Severity.WARNING, field.key_span, message, fixes)
    related = (Related(twin.key_span, "the new one"),)
    same = twin.value.data == field.value.data
    removal = remove_field(document, field) if writable and same else None
    fixes = (Fix(f"Remove {field.key}", (removal,), safe=False),) if removal else ()
    message += ", which stands here too" + ("" if same else " and says something else")
    return Problem(code, Severity.WARNING, field.key_span, message, fixes, related, unnecessary=same)
