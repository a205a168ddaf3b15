from __future__ import annotations

import re
from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.field_edit import append_item, insert_field, remove_item
from mdtm.fields import Edit
from mdtm.frontmatter import Frontmatter
from mdtm.paths import plain
from mdtm.problem import Fix, Problem, Severity
from mdtm.schema.sessions import RELATED_ARTIFACTS, SESSION_LOG
from mdtm.toml.writing import text_value

_FILE = re.compile(r"(?:[\w.-]+/)+[^/\s]+\.[A-Za-z]\w{0,4}|[A-Z]+-[^/\s]+\.md")
"""What looks like the path of a file, or like the name of an artifact."""


@only("session-log")
def misplaced_path(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """The path of an artifact stands among the tags.

    Tags are words to find a session by; a path there was meant for `related_artifacts`, where tools look for files.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        related_artifacts = []
        tags = ["session", "artifacts/notes/NOTE-slots-2506050310.md"]
        +++
        -- .ruru/sessions/SESSION-Slots-2506050301/artifacts/notes/NOTE-slots-2506050310.md --
        Slots are ten minutes long.

    Good:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        related_artifacts = ["artifacts/notes/NOTE-slots-2506050310.md"]
        tags = ["session"]
        +++
        -- .ruru/sessions/SESSION-Slots-2506050301/artifacts/notes/NOTE-slots-2506050310.md --
        Slots are ten minutes long.
    """
    tags = frontmatter.get("tags") if any("." in tag for tag in frontmatter.texts("tags") if tag) else None
    if tags is None:
        return
    for index, item in enumerate(tags.value.items):
        tag = item.data
        if isinstance(tag, str) and "." in tag and _FILE.fullmatch(tag):
            message = f"{tag} is a path, which belongs into {RELATED_ARTIFACTS}"
            edits = _edits(tag, document)
            fixes: tuple[Fix, ...] = ()
            if edits is not None and tags.value.kind == "array":
                removal = remove_item(document, tags.value, index)
                fixes = (Fix(f"Move it to {RELATED_ARTIFACTS}", (removal, *edits), safe=False),)
            yield Problem("misplaced-path", Severity.WARNING, item.span, message, fixes)


def _edits(path: str, document: Document) -> tuple[Edit, ...] | None:
    """The edits that put a path into the list of artifacts; None where that cannot be done."""
    frontmatter = document.frontmatter
    field = frontmatter.get(RELATED_ARTIFACTS)
    if frontmatter.syntax != "toml" or (field and field.value.kind != "array"):
        return None
    if field is None:
        return (insert_field(document, RELATED_ARTIFACTS, f"[{text_value(path)}]", SESSION_LOG.order),)
    if plain(path) in {plain(item.data) for item in frontmatter.strings(RELATED_ARTIFACTS)}:
        return ()
    return append_item(document, field.value, path)
