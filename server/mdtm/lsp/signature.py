"""Signature help: the parts of the log entry that is being written."""

from __future__ import annotations

from lsprotocol import types

from mdtm.features.signature import Signature, help_at
from mdtm.lsp import convert
from mdtm.lsp.desk import OpenFile
from mdtm.lsp.feature import Feature
from mdtm.lsp.markup import markup
from mdtm.lsp.state import Server

OPTIONS = types.SignatureHelpOptions(["[", "`", ":"], ["]", " "])


def signature_help(server: Server, file: OpenFile, params: types.SignatureHelpParams) -> types.SignatureHelp | None:
    """The forms that the entry at a position may have; None where no entry is written."""
    offset = convert.our_offset(file.document, params.position, server.desk.encoding)
    found = help_at(file.document, offset)
    if found is None:
        return None
    signatures = [_information(one, server.client.signs_markdown) for one in found.signatures]
    return types.SignatureHelp(signatures, 0, found.part)


def _information(signature: Signature, is_markdown: bool) -> types.SignatureInformation:
    parts = [types.ParameterInformation(part.name, markup(part.meaning, is_markdown)) for part in signature.parts]
    return types.SignatureInformation(signature.label, markup(f"{signature.meaning}.", is_markdown), parts)


FEATURES = (Feature(types.TEXT_DOCUMENT_SIGNATURE_HELP, signature_help, OPTIONS),)
