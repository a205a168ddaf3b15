"""Inlay hints: what a log tells between its lines, for the lines that are seen."""

from __future__ import annotations

from lsprotocol import types

from mdtm.features.hints import hints
from mdtm.lsp import convert
from mdtm.lsp.desk import OpenFile
from mdtm.lsp.feature import Feature
from mdtm.lsp.state import Server


def inlay_hints(server: Server, file: OpenFile, params: types.InlayHintParams) -> list[types.InlayHint]:
    """The hints of a range, less those that the settings hide."""
    document, encoding = file.document, server.desk.encoding
    span = convert.our_span(document, params.range, encoding)
    return [
        types.InlayHint(
            types.Position(*document.text.position(hint.at, encoding)), hint.label, tooltip=hint.tooltip,
            padding_left=True,
        )
        for hint in hints(document, span, file.folder.settings.inlay_hints_off)
    ]  # fmt: skip


FEATURES = (Feature(types.TEXT_DOCUMENT_INLAY_HINT, inlay_hints),)
