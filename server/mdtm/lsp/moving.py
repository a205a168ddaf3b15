"""Files and folders that somebody renames, moves or deletes in the editor: what names them follows."""

from __future__ import annotations

from lsprotocol import types

from mdtm.features.deleting import Gone, may_name, taken_off
from mdtm.features.renaming import held, moving
from mdtm.lsp.edits import annotated, joined
from mdtm.lsp.feature import Request
from mdtm.lsp.folder import NOWHERE, Folder
from mdtm.lsp.places import Around
from mdtm.lsp.renaming import as_edit, edit_for
from mdtm.lsp.state import Server
from mdtm.plan import Delete, Move, Step
from mdtm.sessions import marker_path

EVERY_FILE = types.FileOperationRegistrationOptions(
    [types.FileOperationFilter(types.FileOperationPattern("**/*"), scheme="file")]
)


async def will_rename(server: Server, params: types.RenameFilesParams) -> types.WorkspaceEdit | None:
    """Every mention of what is renamed or moved, in all files; with a task or a session its id, and the marker."""
    moves: dict[int, tuple[Folder, list[Move]]] = {}
    for one in params.files:
        (folder, old), (other, new) = server.desk.place(one.old_uri), server.desk.place(one.new_uri)
        if folder is other and folder.root != NOWHERE and old != new:
            moves.setdefault(id(folder), (folder, []))[1].append(Move(old, new))
    edits = []
    for folder, wanted in moves.values():
        around = Around(server.desk, folder)
        renaming = moving(wanted, around.files, around.trace)
        edits.append(await edit_for(server, around, renaming, renaming.carried))
    return _told(server, joined(edits))


async def will_delete(server: Server, params: types.DeleteFilesParams) -> types.WorkspaceEdit | None:
    """The lists without what is deleted; and the marker of a session goes with its folder."""
    gone: dict[int, tuple[Folder, list[Gone]]] = {}
    for one in params.files:
        folder, path = server.desk.place(one.uri)
        if folder.root != NOWHERE:
            around = Around(server.desk, folder)
            gone.setdefault(id(folder), (folder, []))[1].append(Gone(path, held(path, around.files, around.trace)))
    edits = [await _deleted(server, Around(server.desk, folder), those) for folder, those in gone.values()]
    return _told(server, joined(edits))


async def _deleted(server: Server, around: Around, gone: list[Gone]) -> types.WorkspaceEdit | None:
    steps = list[Step]()
    async for document in around.documents(lambda _, text: may_name(text, gone)):
        steps += taken_off(document, gone, around.files)
    markers = [marker_path(one.path) for one in gone if one.thing.folder == one.path]
    if "delete" in server.client.file_operations and server.client.versions_edits:
        steps += [Delete(path, text) for path in markers if (text := around.text(path)) is not None]
    return as_edit(server, around, tuple(steps))


def _told(server: Server, edit: types.WorkspaceEdit | None) -> types.WorkspaceEdit | None:
    """The edit with its labels; nobody is asked again who has just asked for the files to be moved."""
    return annotated(edit) if edit and server.client.annotates else edit


FEATURES = (
    Request(types.WORKSPACE_WILL_RENAME_FILES, will_rename, EVERY_FILE),
    Request(types.WORKSPACE_WILL_DELETE_FILES, will_delete, EVERY_FILE),
)
