"""Plans as one edit of the workspace, which the editor carries out, and undoes, as a whole."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types

from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.lsp import convert
from mdtm.lsp.client import Client
from mdtm.lsp.desk import Desk
from mdtm.lsp.overlay import Overlay
from mdtm.plan import Create, Delete, Move, Plan, Refused, Replace, StalePlan, Step, in_turn

Change = types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile
TEXTS, FILES = "mdtm.names", "mdtm.files"
"""The annotations of edits that change names."""


def workspace_edit(desk: Desk, files: Overlay, plan: Plan, client: Client) -> types.WorkspaceEdit:
    """The edit that carries a plan out.

    Raises:
        Refused: the editor cannot do what the plan needs.
        StalePlan: a file is not what it was when the plan was made.
    """
    _check(plan, client)
    changes = [change for path, steps in in_turn(plan) for change in _changes(desk, files, path, steps)]
    if client.versions_edits:
        return types.WorkspaceEdit(document_changes=changes)
    edits = [change for change in changes if isinstance(change, types.TextDocumentEdit)]
    return types.WorkspaceEdit(changes={change.text_document.uri: _plain(change.edits) for change in edits})


def annotated(edit: types.WorkspaceEdit) -> types.WorkspaceEdit:
    """The edit with labels for its parts, for editors that show an edit before it is made.

    None of them needs to be confirmed: VS Code leaves out what does unless it is ticked, and half a name is worse than
    either; its preview is one key away.
    """
    for change in edit.document_changes or ():
        if isinstance(change, types.TextDocumentEdit):
            change.edits = [types.AnnotatedTextEdit(TEXTS, one.range, one.new_text) for one in _plain(change.edits)]
        else:
            change.annotation_id = FILES
    texts = types.ChangeAnnotation("Names in texts", description="Each place that names it")
    files = types.ChangeAnnotation("Files and folders", description="What has the name, and a session's marker")
    edit.change_annotations = {TEXTS: texts, FILES: files}
    return edit


def joined(edits: Iterable[types.WorkspaceEdit | None]) -> types.WorkspaceEdit | None:
    """Edits of several workspaces, which share no file, as one; None when there are none."""
    found = [edit for edit in edits if edit]
    if len(found) < 2:
        return found[0] if found else None
    changes = {uri: texts for edit in found for uri, texts in (edit.changes or {}).items()}
    steps = [change for edit in found for change in edit.document_changes or ()]
    return types.WorkspaceEdit(changes or None, steps or None)


def changed_uris(edit: types.WorkspaceEdit) -> list[str]:
    """The files whose text an edit changes or makes."""
    found = [
        change.text_document.uri for change in edit.document_changes or () if isinstance(change, types.TextDocumentEdit)
    ]
    return list(dict.fromkeys([*found, *(edit.changes or {})]))


def _check(plan: Plan, client: Client) -> None:
    for kind, operation, what in (
        (Create, "create", "make"),
        (Move, "rename", "move"),
        (Delete, "delete", "remove"),
    ):
        if operation not in client.file_operations and any(isinstance(step, kind) for step in plan):
            raise Refused(f"this editor lets no server {what} files; the same verb of `mdtm` on the command line can")


def _changes(desk: Desk, files: Overlay, path: str, steps: list[Step]) -> Iterable[Change]:
    first, uri = steps[0], files.uri(desk, path)
    if isinstance(first, Create):
        yield types.CreateFile(uri)
        if first.text:
            yield types.TextDocumentEdit(_identifier(uri, None), [types.TextEdit(convert.START, first.text)])
    elif isinstance(first, Move):
        yield types.RenameFile(uri, files.uri(desk, first.to))
    elif isinstance(first, Delete):
        yield types.DeleteFile(uri)
    else:
        yield _text_edit(desk, files, path, uri, steps)


def _text_edit(desk: Desk, files: Overlay, path: str, uri: str, steps: list[Step]) -> types.TextDocumentEdit:
    file = files.open_file(path)
    text = files.text(path)
    if text is None:
        raise StalePlan(f"{path} is not there any more")
    document = file.document if file else Document.read(path, text)
    replaces = [step for step in steps if isinstance(step, Replace)]
    if any(document.text[step.span] != step.old for step in replaces):
        raise StalePlan(f"{path} has changed since the plan was made")
    edits = (Edit(step.span, step.new) for step in replaces)
    version = file.version if file else None
    return types.TextDocumentEdit(_identifier(uri, version), convert.lsp_edits(document, edits, desk.encoding))


def _identifier(uri: str, version: int | None) -> types.OptionalVersionedTextDocumentIdentifier:
    return types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=version)


def _plain(edits: Iterable[object]) -> list[types.TextEdit]:
    return [edit for edit in edits if isinstance(edit, types.TextEdit)]
