from __future__ import annotations

from collections.abc import Iterable, Iterator

from mdtm.document import Document
from mdtm.field_edit import remove_item
from mdtm.fields import Edit, Field
from mdtm.paths import plain, plain_paths
from mdtm.problem import Fix, Problem, Severity
from mdtm.schema.sessions import SESSION_LOG
from mdtm.toml.writing import text_value
from mdtm.workspace import Workspace


def dangling_artifact(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A path in `related_artifacts` names a file that is not there, or that lies outside the session's folder.

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
    if field is None or files is None or document.schema is not SESSION_LOG:
        return
    there = plain_paths(files)
    by_name: dict[str, list[str]] | None = None
    for index, item in enumerate(field.value.items):
        path = item.data
        if not isinstance(path, str) or plain(path) in there or "://" in path or _is_folder(plain(path), there):
            continue
        if by_name is None:
            by_name = _by_name(files)
        message = f"there is no file {path}"
        if path.startswith(("/", "\\")) or ".." in plain(path).split("/") or ":" in path[:2]:
            message = f"{path} leads out of the session's folder, where its artifacts are"
        yield Problem(
            "dangling-artifact", Severity.WARNING, item.span, message, _fixes(document, field, index, by_name)
        )


def _fixes(document: Document, field: Field, index: int, by_name: dict[str, list[str]]) -> tuple[Fix, ...]:
    """The files of the same name that are there, and taking the path off the list."""
    item = field.value.items[index]
    fixes = [
        Fix(f"Write {there}", (Edit(item.span, text_value(there)),), safe=False)
        for there in by_name.get(_name(plain(item.data)), ())
    ]
    if field.value.kind == "array" and document.frontmatter.syntax == "toml":
        fixes.append(Fix("Take it off the list", (remove_item(document, field.value, index),), safe=False))
    return tuple(fixes)


def _by_name(files: frozenset[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in sorted(files):
        found.setdefault(_name(plain(path)), []).append(path)
    return found


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _is_folder(path: str, there: Iterable[str]) -> bool:
    return any(name.startswith(f"{path}/") for name in there)
