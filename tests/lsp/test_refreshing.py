"""Clients are asked to ask again when they have to, and not otherwise; the disk is looked at where nobody tells of it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from mdtm.lsp.client import REFRESHES, Client
from mdtm.lsp.refreshing import ALL, FOLLOWS_FROM, News, needed
from tests.checks import SESSION_FOLDER, SESSION_PATH, with_keys
from tests.lsp.editor import PATIENCE, Editor, capabilities, fill, meeting

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOTE = f"{SESSION_FOLDER}/artifacts/notes/NOTE-rye.md"
LISTED = with_keys('related_artifacts = ["artifacts/notes/NOTE-rye.md"]')
REFRESHING = {"workspace": {name: {"refreshSupport": True} for name in ("diagnostics", "codeLens")}}
UNWATCHED: dict[str, Any] = {"textDocument": {"diagnostic": {}}, **REFRESHING}
"""A client that asks for diagnostics and tells nothing of the disk."""
ASKED = [types.WORKSPACE_DIAGNOSTIC_REFRESH, types.WORKSPACE_CODE_LENS_REFRESH]
"""What is asked for again after news of files."""


def codes(report: types.DocumentDiagnosticReport) -> list[Any]:
    assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
    return [one.code for one in report.items]


async def pulled(editor: Editor, uri: str, *wanted: str) -> None:
    """Asks again and again, as editors do while somebody types, until just these codes are found."""
    end = asyncio.get_running_loop().time() + PATIENCE
    while (found := codes(await editor.pull(uri))) != list(wanted):
        assert asyncio.get_running_loop().time() < end, f"wanted {wanted}, found {found}"
        await asyncio.sleep(0.05)


async def test_every_request_to_ask_again_has_a_row():
    assert FOLLOWS_FROM.keys() == REFRESHES.keys()
    offered = {method for method, _ in FOLLOWS_FROM.values()}
    every = Client(refreshes=frozenset(REFRESHES))
    assert set(needed(ALL, every, offered)) == set(REFRESHES)
    assert not list(needed(ALL, Client(), offered)) and not list(needed(ALL, every, ()))
    assert types.WORKSPACE_SEMANTIC_TOKENS_REFRESH not in set(needed(News.FILES, every, offered))


async def test_a_client_is_asked_to_ask_again_when_what_it_shows_may_be_another(tmp_path: Path):
    async with meeting(capabilities(pulls=True), tmp_path) as editor:
        fill(tmp_path, f"-- {SESSION_PATH} --\n{LISTED}")
        uri = editor.open(tmp_path / SESSION_PATH, LISTED)
        assert codes(await editor.pull(uri)) == ["dangling-artifact"]
        for _ in range(2):  # the second time nothing is new
            fill(tmp_path, f"-- {NOTE} --\nRye.\n")
            editor.changed_on_disk(tmp_path / NOTE)
            assert codes(await editor.pull(uri)) == []
        editor.changed_on_disk(tmp_path / "src" / "main.py")
        editor.edit(uri, "Pick up slots", "Pick up more slots")
        await editor.settled()
        assert editor.refreshed == ASKED
        fill(tmp_path, '-- .mdtm.toml --\n[rules]\nunknown-status = "off"\n')
        editor.changed_on_disk(tmp_path / ".mdtm.toml")
        await editor.settled()
        assert editor.refreshed == [*ASKED, *ASKED, types.WORKSPACE_INLAY_HINT_REFRESH]


async def test_what_others_change_is_seen_though_the_client_does_not_tell(tmp_path: Path):
    async with meeting(UNWATCHED, tmp_path) as editor:
        uri = editor.open(tmp_path / SESSION_PATH, LISTED)
        await pulled(editor, uri, "dangling-artifact")
        fill(tmp_path, f"-- {NOTE} --\nRye.\n")
        await pulled(editor, uri)
        fill(tmp_path, '-- .mdtm.toml --\n[rules]\nunknown-status = "hint"\n')
        editor.edit(uri, "🟢 Active", "🟢 Actve")
        await pulled(editor, uri, "unknown-status")
        (tmp_path / ".mdtm.toml").write_text('[rules]\nunknown-status = "off"\n')
        await pulled(editor, uri)
        assert not editor.registered and set(editor.refreshed) == set(ASKED)


async def test_what_others_change_is_published_at_the_next_edit(tmp_path: Path):
    async with meeting({}, tmp_path) as editor:
        uri = editor.open(tmp_path / SESSION_PATH, LISTED)
        await editor.codes(uri, "dangling-artifact")
        fill(tmp_path, f"-- {NOTE} --\nRye.\n")
        end = asyncio.get_running_loop().time() + PATIENCE
        while editor.published[-1].diagnostics and asyncio.get_running_loop().time() < end:
            editor.edit(uri, "Pick up", "Pick  up")
            editor.edit(uri, "Pick  up", "Pick up")
            await asyncio.sleep(0.05)
        await editor.codes(uri)


async def test_a_closed_file_that_others_change_is_in_the_workspace_report(tmp_path: Path):
    other = ".ruru/sessions/SESSION-Sell_cake-2506050301/session_log.md"
    fill(tmp_path, f"-- {other} --\n" + with_keys("").replace("Pick_up_slots", "Sell_cake"))
    async with meeting(UNWATCHED, tmp_path) as editor:
        uri = editor.open(tmp_path / SESSION_PATH, with_keys(""))
        report = asyncio.ensure_future(editor.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([])))
        await pulled(editor, uri)
        await editor.settled()
        assert not report.done()
        (tmp_path / other).write_text(with_keys('title = "no end').replace("Pick_up_slots", "Sell_cake"))
        end = asyncio.get_running_loop().time() + PATIENCE
        while not report.done() and asyncio.get_running_loop().time() < end:
            await editor.pull(uri)
            await asyncio.sleep(0.05)
        assert [item.uri for item in (await report).items] == [(tmp_path / other).as_uri()]
