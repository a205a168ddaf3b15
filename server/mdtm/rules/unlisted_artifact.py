from __future__ import annotations

from collections.abc import Iterator

from mdtm.document import Document
from mdtm.field_edit import append_item, insert_field
from mdtm.problem import Fix, Problem, Severity
from mdtm.text import Span
from mdtm.toml.strings import text_value
from mdtm.workspace import Workspace

NAME = "related_artifacts"


def unlisted_artifact(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A file among the session's artifacts is not in `related_artifacts`.

    The list is how tools and readers find what came out of a session; a file that it lacks is forgotten.
    A file that the list has under a wrong path is a dangling-artifact instead.
    The problem stands where the log names the file, else at the list.
    README.md files and hidden files are no artifacts.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        related_artifacts = []
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
    files = workspace.files_in(document.folder)
    if not files or not document.schema or document.schema.name != "session-log":
        return
    listed = {_plain(item.data) for item in document.frontmatter.strings(NAME)}
    meant = {path.rpartition("/")[2] for path in listed - files}
    for path in sorted(files - listed):
        if path.rpartition("/")[2] not in meant and _is_artifact(path, document.dialect.artifact_roots):
            place, fixes = _place(path, document), _fixes(path, document)
            yield Problem("unlisted-artifact", Severity.WARNING, place, f"{path} is not in {NAME}", fixes)


def _is_artifact(path: str, roots: tuple[str, ...]) -> bool:
    parts = path.split("/")
    hidden = any(part.startswith(".") for part in parts)
    return parts[0] in roots and len(parts) > 1 and not hidden and parts[-1].upper() != "README.MD"


def _plain(path: str) -> str:
    return path.replace("\\", "/").removeprefix("./")


def _place(path: str, document: Document) -> Span:
    for target in document.targets:
        if _plain(target) == path:
            return next(iter(document.mentions_of(target))).span
    field = document.frontmatter.get(NAME)
    start = document.frontmatter.span.start
    return field.key_span if field else Span(start, document.text.line_span(document.text.line_at(start)).end)


def _fixes(path: str, document: Document) -> tuple[Fix, ...]:
    field = document.frontmatter.get(NAME)
    if document.frontmatter.syntax != "toml" or (field and field.value.kind != "array"):
        return ()
    assert document.schema
    if field:
        edits = append_item(document, field.value, path)
    else:
        edits = (insert_field(document, NAME, f"[{text_value(path)}]", document.schema.order),)
    return (Fix(f"Add it to {NAME}", edits),)
