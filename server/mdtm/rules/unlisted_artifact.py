from __future__ import annotations

from collections.abc import Iterator

from mdtm.artifacts import unlisted
from mdtm.asking import only
from mdtm.document import Document
from mdtm.field_edit import append_item, insert_field
from mdtm.paths import plain, plain_paths
from mdtm.problem import Fix, Problem, Severity
from mdtm.schema.sessions import RELATED_ARTIFACTS, SESSION_LOG
from mdtm.text import Span
from mdtm.toml.writing import text_value
from mdtm.workspace import Workspace


@only("session-log")
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
    files, paths = workspace.files_in(document.folder), document.frontmatter.texts(RELATED_ARTIFACTS)
    if not files or not any(map(_may_be_artifact, files.difference(paths))):
        return
    by_plain = plain_paths(files)
    listed = {plain(path) for path in paths if path is not None}
    missing = unlisted(by_plain, listed, document.dialect.artifact_roots)
    if missing:
        named = _mentions(document, missing)
        at_list = _place_of_list(document)
        for path in missing:
            place, fixes = named.get(path, at_list), _fixes(by_plain[path], document)
            message = f"{by_plain[path]} is not in {RELATED_ARTIFACTS}"
            yield Problem("unlisted-artifact", Severity.WARNING, place, message, fixes)


def _may_be_artifact(path: str) -> bool:
    """Whether a file does not lie directly in the session's folder, and is no README.md."""
    return ("/" in path or "\\" in path) and not path.endswith("/README.md")


def _mentions(document: Document, paths: list[str]) -> dict[str, Span]:
    """The first place that names each path."""
    places = document.first_mentions({*paths, *(f"./{path}" for path in paths)})
    return {plain(target): span for target, span in sorted(places.items(), key=lambda place: place[1], reverse=True)}


def _place_of_list(document: Document) -> Span:
    field = document.frontmatter.get(RELATED_ARTIFACTS)
    start = document.frontmatter.span.start
    return field.key_span if field else Span(start, document.text.line_span(document.text.line_at(start)).end)


def _fixes(path: str, document: Document) -> tuple[Fix, ...]:
    field = document.frontmatter.get(RELATED_ARTIFACTS)
    if document.frontmatter.syntax != "toml" or (field and field.value.kind != "array"):
        return ()
    if field:
        edits = append_item(document, field.value, path)
    else:
        edits = (insert_field(document, RELATED_ARTIFACTS, f"[{text_value(path)}]", SESSION_LOG.order),)
    return (Fix(f"Add it to {RELATED_ARTIFACTS}", edits),)
