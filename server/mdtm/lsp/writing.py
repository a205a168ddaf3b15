"""Completion: what may be written where somebody writes."""

from __future__ import annotations

from lsprotocol import types

from mdtm.features.entries import suggestions
from mdtm.lsp import convert
from mdtm.lsp.desk import OpenFile
from mdtm.lsp.feature import Feature
from mdtm.lsp.state import Server

COMPLETION = types.CompletionOptions(trigger_characters=["-", "["])


def completions(server: Server, file: OpenFile, params: types.CompletionParams) -> types.CompletionList:
    """The entries that may be written here; the list is made anew while one types, for its times pass."""
    at = server.occasion(file)
    document, encoding = file.document, server.desk.encoding
    offset = convert.our_offset(document, params.position, encoding)
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
        for number, found in enumerate(suggestions(document, offset, at.now, at.actor))
    ]
    return types.CompletionList(is_incomplete=bool(items), items=items)


FEATURES = (Feature(types.TEXT_DOCUMENT_COMPLETION, completions, COMPLETION),)
