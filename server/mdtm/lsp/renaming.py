"""Renaming at a name: in all files, with the file or the folder that has it, and the marker."""

from __future__ import annotations

from lsprotocol import types

from mdtm.features.changes import changes_in
from mdtm.features.names.meant import leads_to
from mdtm.features.names.renaming import Renaming
from mdtm.features.renaming import path_renamed, renamed
from mdtm.lsp.desk import OpenFile
from mdtm.lsp.edits import annotated, workspace_edit
from mdtm.lsp.feature import Feature
from mdtm.lsp.places import Around
from mdtm.lsp.state import Server
from mdtm.plan import Move, Plan, Step

MOVE = "rename"
"""The operation that a client must know, for its files to be renamed by us."""


def prepare(server: Server, file: OpenFile, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    """The text that would be replaced; null where nothing is named that has another name to get."""
    around = server.around(file)
    found = around.thing_at(file.document, params.position)
    if found is None:
        return None
    span = found[0].span
    return types.PrepareRenamePlaceholder(around.range(file.document, span), file.document.text[span])


async def rename(server: Server, file: OpenFile, params: types.RenameParams) -> types.WorkspaceEdit | None:
    """All that changes with a name.

    Raises:
        Refused: the name cannot be had.
        StalePlan: somebody has typed meanwhile.
    """
    around = server.around(file)
    found = around.thing_at(file.document, params.position)
    if found is None:
        return None
    named, thing = found
    if named.kind == "file":
        target = leads_to(named, around.files)
        renaming = path_renamed(named, thing, target, params.new_name, around.files, around.trace)
    else:
        renaming = renamed(thing, params.new_name, around.files, around.trace)
    edit = await edit_for(server, around, renaming, renaming.carried + renaming.moves)
    return annotated(edit) if edit and server.client.annotates else edit


async def plan_for(around: Around, renaming: Renaming) -> Plan:
    """The texts that change with some names; other messages have their turn while all files are looked through."""
    steps = list[Step]()
    async for document in around.documents(renaming.wanting()):
        steps += changes_in(document, renaming, around.files)
    return tuple(steps)


async def edit_for(
    server: Server, around: Around, renaming: Renaming, moves: tuple[Move, ...]
) -> types.WorkspaceEdit | None:
    """What the editor does for some other names; where it moves no files for us, a message says what is left to do."""
    plan: Plan = await plan_for(around, renaming)
    if moves and not (MOVE in server.client.file_operations and server.client.versions_edits):
        left = ", ".join(f"{move.path} to {move.to}" for move in moves)
        message = f"mdtm: this editor lets no server move files; now move {left}"
        server.window_show_message(types.ShowMessageParams(types.MessageType.Warning, message))
        moves = ()
    return as_edit(server, around, plan + moves)


def as_edit(server: Server, around: Around, plan: Plan) -> types.WorkspaceEdit | None:
    """A plan as the editor carries it out; null where nothing changes.

    Raises:
        StalePlan: somebody has typed meanwhile.
    """
    return workspace_edit(server.desk, around.overlay, plan, server.client) if plan else None


FEATURES = (
    Feature(types.TEXT_DOCUMENT_RENAME, rename),
    Feature(types.TEXT_DOCUMENT_PREPARE_RENAME, prepare, wanted=lambda client: client.prepares_renames),
)
