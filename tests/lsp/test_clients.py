"""What each client is offered: an old one just what LSP 3.17 has, one that announces nothing a server that works."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pytest_lsp import client_capabilities

from mdtm.lsp.client import Client
from tests.checks import SESSION_FOLDER, SESSION_PATH, with_keys
from tests.lsp.editor import VSCODE, Editor, fill, meeting

pytestmark = pytest.mark.asyncio(loop_scope="module")

OLD = ("visual-studio-code@1.65.2", "neovim@0.6.1", "neovim@0.9.1", "neovim@0.11.0", "emacs@29.1")
"""Clients of LSP 3.17 and before, as pytest-lsp has recorded their announcements."""
SINCE_3_18 = ("textDocumentContent", "inlineCompletionProvider", "rangesSupport", "documentation")
"""What in the announcement of a server came with LSP 3.18."""
BROKEN = with_keys('status = "🟢 Actve"') + "\n## Log Entries\n\n- [2025-06-05T03:01:00Z] Session started\n"


def announced(editor: Editor) -> dict[str, Any]:
    """What the server announced, as it came over the wire."""
    found: dict[str, Any] = editor.protocol._converter.unstructure(editor.result.capabilities)
    return found


async def mended(editor: Editor, uri: str) -> None:
    """Has the broken status cured, as a person would."""
    found = await editor.actions(uri, "Actve")
    editor.take(next(action for action in found if action.title == 'Write "🟢 Active"').edit)


@pytest.mark.parametrize("client", OLD)
async def test_an_old_client_is_offered_just_what_it_knows(client: str, tmp_path: Path):
    known: Any = json.loads(json.dumps(Editor().protocol._converter.unstructure(client_capabilities(client))))
    async with meeting(known, tmp_path) as editor, meeting(VSCODE, tmp_path) as new:
        text = json.dumps(announced(editor))
        own = json.dumps(known)  # Neovim 0.11 knows of several ranges
        assert [word for word in SINCE_3_18 if f'"{word}"' in text and f'"{word}"' not in own] == []
        assert '"textDocumentContent"' in json.dumps(announced(new))
        missing = announced(new).keys() - announced(editor).keys()
        pulls = "diagnostic" in known["textDocument"]
        assert missing == (set() if pulls else {"diagnosticProvider"})
        uri = editor.open(tmp_path / SESSION_PATH, BROKEN)
        if not pulls:
            await editor.codes(uri, "unknown-status")
        await mended(editor, uri)
        assert '"🟢 Active"' in editor.texts[uri]


async def test_a_client_that_announces_nothing_has_a_server_that_works(tmp_path: Path):
    async with meeting({}, tmp_path) as editor:
        encoding = editor.result.capabilities.position_encoding
        assert encoding in (None, types.PositionEncodingKind.Utf16)
        fill(tmp_path, f"-- {SESSION_PATH} --\n{BROKEN}")
        uri = editor.open(tmp_path / SESSION_PATH, BROKEN)
        await editor.codes(uri, "unknown-status")
        await mended(editor, uri)
        await editor.codes(uri, "stale-session")
        session = SESSION_FOLDER.rpartition("/")[2]
        answer = await editor.command("log.insert", text="kneaded", session=session, uri=uri)
        assert answer["done"] and "kneaded" in editor.texts[uri]
        assert editor.applied[-1].changes and not editor.applied[-1].document_changes
        refused = await editor.command("artifact.create", kind="note", title="Rye", session=session, uri=uri)
        assert not refused["done"] and "lets no server make files" in refused["text"]
        assert (editor.registered, editor.refreshed, editor.asked, editor.shown) == ([], [], [], [])


@pytest.mark.parametrize("client", ["neovim@0.7.0", "neovim@0.11.0", "emacs@29.1"])
async def test_a_client_that_lets_files_be_moved_gets_edits_in_steps(client: str):
    assert Client.of(client_capabilities(client)).versions_edits
    assert not Client.of(types.ClientCapabilities()).versions_edits


async def test_a_client_without_folders_has_a_server_for_single_files(tmp_path: Path):
    async with meeting({}) as editor:
        for where in (tmp_path / "session_log.md", "untitled:session_log.md"):
            uri = editor.open(where, BROKEN)
            while not editor.published or editor.published[-1].uri != uri:
                await editor.settled()
            assert "unknown-status" in [one.code for one in editor.published[-1].diagnostics]
            await mended(editor, uri)
