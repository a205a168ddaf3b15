"""Help while a log is written: completions, and the time behind a new bullet."""

from __future__ import annotations

from datetime import datetime

from lsprotocol import types

from mdtm.features.entries import stamped_bullet, suggestions
from mdtm.lsp import convert
from mdtm.lsp.desk import OpenFile
from mdtm.lsp.feature import Feature
from mdtm.lsp.overlay import Overlay
from mdtm.lsp.state import Server
from mdtm.text import Position
from mdtm.world import occasion

COMPLETION = types.CompletionOptions(trigger_characters=["-", "["])
ON_TYPE = types.DocumentOnTypeFormattingOptions(" ")


def completions(server: Server, file: OpenFile, params: types.CompletionParams) -> types.CompletionList:
    """The entries that may be written here; the list is made anew while one types, for its times pass."""
    now, actor = _who_and_when(server, file)
    document, encoding = file.document, server.desk.encoding
    position = params.position
    offset = document.text.offset(Position(position.line, position.character), encoding)
    before = document.text.line(document.text.line_at(offset)).rstrip("\r\n")
    items = [
        types.CompletionItem(
            label=found.label,
            kind=types.CompletionItemKind.Snippet,
            detail=found.detail,
            sort_text=f"{number:03}",
            filter_text=before + found.label,
            text_edit=convert.lsp_edits(document, [found.edit], encoding)[0],
        )
        for number, found in enumerate(suggestions(document, offset, now, actor))
    ]
    return types.CompletionList(is_incomplete=bool(items), items=items)


def typed(server: Server, file: OpenFile, params: types.DocumentOnTypeFormattingParams) -> list[types.TextEdit]:
    """The time, where a bullet was just typed in a log."""
    now, actor = _who_and_when(server, file)
    position = params.position
    offset = file.document.text.offset(Position(position.line, position.character), server.desk.encoding)
    edit = stamped_bullet(file.document, offset, now, actor)
    return convert.lsp_edits(file.document, [edit], server.desk.encoding) if edit else []


def _who_and_when(server: Server, file: OpenFile) -> tuple[datetime, str]:
    at = occasion(Overlay(server.desk, file.folder), file.folder.settings)
    return at.now, at.actor


FEATURES = (
    Feature(types.TEXT_DOCUMENT_COMPLETION, completions, COMPLETION),
    Feature(types.TEXT_DOCUMENT_ON_TYPE_FORMATTING, typed, ON_TYPE),
)
