"""Inlay hints: what a log tells between its lines, for the lines that are seen."""

from __future__ import annotations

from json.encoder import encode_basestring_ascii as quoted

from lsprotocol import types

from mdtm.features.hints import Hint, hints
from mdtm.lsp import convert
from mdtm.lsp.desk import OpenFile
from mdtm.lsp.feature import Feature
from mdtm.lsp.protocol import Ready
from mdtm.lsp.state import Server
from mdtm.text import Ruler


def inlay_hints(server: Server, file: OpenFile, params: types.InlayHintParams) -> Ready:
    """The hints of a range, less those that the settings hide; some editors ask for the whole file after each edit."""
    document, encoding = file.document, server.desk.encoding
    ruler = Ruler(document.text, encoding)
    found = hints(document, convert.our_span(document, params.range, encoding), file.folder.settings.inlay_hints_off)
    return Ready.list([_written(hint, ruler) for hint in found])


def _written(hint: Hint, ruler: Ruler) -> str:
    line, column = ruler.position(hint.at)
    return (
        f'{{"position":{{"line":{line},"character":{column}}},"label":{quoted(hint.label)},'
        f'"tooltip":{quoted(hint.tooltip)},"paddingLeft":true}}'
    )


FEATURES = (Feature(types.TEXT_DOCUMENT_INLAY_HINT, inlay_hints),)
