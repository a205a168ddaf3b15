"""What the editor shows at the pointer."""

from __future__ import annotations

import pytest
from lsprotocol import types

from mdtm.pages import page
from mdtm.rules.id_mismatch import id_mismatch
from tests.checks import SESSION_PATH, with_keys
from tests.lsp.editor import Editor, capabilities, conversation

pytestmark = pytest.mark.asyncio(loop_scope="module")

editor = conversation(capabilities())


async def hover(editor: Editor, uri: str, words: str) -> types.Hover | None:
    position = editor.position(uri, editor.texts[uri].index(words))
    identifier = types.TextDocumentIdentifier(uri)
    return await editor.text_document_hover_async(types.HoverParams(identifier, position))


async def test_the_place_of_a_finding_shows_the_page_of_its_rule(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, with_keys('id = "SESSION-Other-2506050301"'))
    shown = await hover(editor, uri, "Other")
    assert shown and isinstance(shown.contents, types.MarkupContent)
    assert (shown.contents.kind, shown.contents.value) == (
        "markdown",
        page(id_mismatch).removeprefix("# id-mismatch\n\n"),
    )
    assert shown.range and editor.text_at(uri, shown.range) == '"SESSION-Other-2506050301"'


async def test_a_sound_place_shows_nothing(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, with_keys('id = "SESSION-Other-2506050301"'))
    assert await hover(editor, uri, "dev-api") is None
