"""Inlay hints over the wire."""

from __future__ import annotations

import pytest
from lsprotocol import types

from tests.checks import SESSION_PATH, with_keys
from tests.lsp.editor import Editor, capabilities, conversation

pytestmark = pytest.mark.asyncio(loop_scope="module")

editor = conversation(capabilities())

LOG = with_keys('start_time = "2025-06-05T03:01:00Z"') + (
    "\n## Log Entries\n\n"
    "- [2025-06-05T03:01:00Z] Session started 🚚\n"
    "- [2025-06-05T04:02:00Z] went on\n"
    "- [2025-06-06T04:02:00Z] and on\n"
)


async def told(editor: Editor, uri: str, first: int = 0, last: int = 999) -> list[str]:
    """The hints of some lines, each with what stands before it."""
    place = types.Range(types.Position(first, 0), types.Position(last, 0))
    params = types.InlayHintParams(types.TextDocumentIdentifier(uri), place)
    found = await editor.text_document_inlay_hint_async(params) or ()
    text = editor.texts[uri]
    return [f"{text[: editor.offset(uri, hint.position)][-6:]}‹{hint.label}›" for hint in found]


async def test_a_log_tells_the_time_between_its_lines(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, LOG)
    assert await told(editor, uri) == [
        "1:00Z]‹Thursday›", "2:00Z]‹+1 h 1 min›", "ent on‹Σ 1:01›", "2:00Z]‹Friday›",
        "2:00Z]‹+1 d›", "and on‹Σ 25:01›",
    ]  # fmt: skip


async def test_only_the_lines_that_are_seen_tell_it(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, LOG)
    line = next(number for number, one in enumerate(LOG.splitlines()) if "and on" in one)
    assert await told(editor, uri, line, line) == ["2:00Z]‹Friday›", "2:00Z]‹+1 d›", "and on‹Σ 25:01›"]


async def test_each_kind_of_hint_can_be_switched_off(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, LOG)
    for hidden, left in ((["days", "total"], 2), (["days", "elapsed", "total"], 0), (["elapsed"], 4), ([], 6)):
        settings = {"mdtm": {"inlay_hints_off": hidden}}
        editor.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))
        await editor.settled()
        assert len(await told(editor, uri)) == left
