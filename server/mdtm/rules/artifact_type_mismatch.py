from __future__ import annotations

import re
from collections.abc import Iterator

from mdtm.artifacts import BY_FOLDER, BY_NAME, ArtifactKind, artifact_folder
from mdtm.asking import only
from mdtm.dialect import dialect_of
from mdtm.document import Document
from mdtm.field_edit import set_text
from mdtm.problem import Fix, Problem, Severity
from mdtm.workspace import Workspace

_SESSION = re.compile(r"(.*?)/(?:artifacts|notes|learnings|summaries)/")


@only("artifact")
def artifact_type_mismatch(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """The `type` of an artifact is that of another folder than the one it lies in.

    Lists by type and lists by folder differ then, and one of the two is wrong.
    A type that is none of the usual ones is no fault.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/artifacts/notes/NOTE-slots-2506050310.md --
        +++
        id = "NOTE-slots-2506050310"
        session_id = "SESSION-Slots-2506050301"
        type = "learning"
        created_time = "2025-06-05T03:10:00Z"
        +++

        # Slots

    Good:
        -- .ruru/sessions/SESSION-Slots-2506050301/artifacts/notes/NOTE-slots-2506050310.md --
        +++
        id = "NOTE-slots-2506050310"
        session_id = "SESSION-Slots-2506050301"
        type = "note"
        created_time = "2025-06-05T03:10:00Z"
        +++

        # Slots
    """
    kind = BY_FOLDER.get(document.folder.rpartition("/")[2])
    field = document.frontmatter.get("type")
    if kind is None or field is None or field.value.kind != "string":
        return
    named = BY_NAME.get(field.value.data)
    if named is None or named is kind or document.folder.endswith(f"/{_place(document, named)}"):
        return
    message = f"the type is {named.name}, but files in {kind.folder} are of the type {kind.name}"
    fix = Fix(f"Write {kind.name}", (set_text(field, kind.name),), safe=False)
    yield Problem("artifact-type-mismatch", Severity.HINT, field.value.span, message, (fix,))


def _place(document: Document, kind: ArtifactKind) -> str:
    """The folder for a kind in the system of the session, which may have none of its own for it."""
    match = _SESSION.match(document.path)
    return artifact_folder(dialect_of(f"{match[1]}/session_log.md"), kind) if match else kind.folder
