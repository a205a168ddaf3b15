"""Signature help over the wire."""

from __future__ import annotations

import pytest
from lsprotocol import types

from tests.checks import SESSION_PATH
from tests.lsp.editor import Editor, capabilities, conversation

pytestmark = pytest.mark.asyncio(loop_scope="module")

CAPABILITIES = capabilities()
CAPABILITIES["textDocument"]["signatureHelp"] = {"signatureInformation": {"documentationFormat": ["markdown"]}}
editor = conversation(CAPABILITIES)


async def test_while_an_entry_is_written_the_part_is_shown_that_comes_now(editor: Editor):
    text = "+++\n+++\n\n## Log Entries\n\n- [2025-06-05T10:00:00Z] `dev-🟢`: Delegated `TASK-1` to `\n"
    uri = editor.open(editor.root / SESSION_PATH, text)
    position = editor.position(uri, len(text) - 1)
    params = types.SignatureHelpParams(types.TextDocumentIdentifier(uri), position)
    shown = await editor.text_document_signature_help_async(params)
    assert shown and shown.active_parameter == 3
    (signature,) = shown.signatures
    assert signature.label == "[stamp] `actor`: Delegated `task` to `mode`: title"
    parts = [(one.label, one.documentation) for one in signature.parameters or ()]
    assert [label for label, _ in parts] == ["stamp", "actor", "task", "mode", "title"]
    assert parts[3][1] == types.MarkupContent(
        types.MarkupKind.Markdown, "The mode, or the person, that the task goes to."
    )
    params.position = types.Position(0, 1)
    assert await editor.text_document_signature_help_async(params) is None
