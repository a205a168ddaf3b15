from __future__ import annotations

from collections.abc import Iterator

from mdtm.document import Document
from mdtm.field_edit import remove_item
from mdtm.fields import Edit
from mdtm.problem import Fix, Problem, Severity
from mdtm.toml.strings import text_value
from mdtm.workspace import Workspace


def dangling_artifact(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A path in `related_artifacts` names a file that is not there.

    Whoever follows the trace from the session to what came out of it finds nothing.
    Paths count from the folder of the session; those that lead out of it, and web addresses, are not looked up.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        related_artifacts = ["NOTE-slots-2506050310.md"]
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
        +++
        -- .ruru/sessions/SESSION-Slots-2506050301/artifacts/notes/NOTE-slots-2506050310.md --
        Slots are ten minutes long.
    """
    field = document.frontmatter.get("related_artifacts")
    files = workspace.files_in(document.folder)
    if field is None or files is None or not document.schema or document.schema.name != "session-log":
        return
    for index, item in enumerate(field.value.items):
        path = item.data
        if not isinstance(path, str) or _leads_elsewhere(path) or _is_there(path, files):
            continue
        fixes = [
            Fix(f"Write {there}", (Edit(item.span, text_value(there)),), safe=False)
            for there in sorted(files)
            if there.rpartition("/")[2] == path.rpartition("/")[2]
        ]
        if field.value.kind == "array" and document.frontmatter.syntax == "toml":
            fixes.append(Fix("Take it off the list", (remove_item(document, field.value, index),), safe=False))
        yield Problem("dangling-artifact", Severity.WARNING, item.span, f"there is no file {path}", tuple(fixes))


def _leads_elsewhere(path: str) -> bool:
    """Whether the path leaves the folder of the session, of which alone the files are known."""
    return "://" in path or ".." in path.split("/")


def _is_there(path: str, files: frozenset[str]) -> bool:
    plain = path.removeprefix("./").rstrip("/")
    return plain in files or any(name.startswith(f"{plain}/") for name in files)
