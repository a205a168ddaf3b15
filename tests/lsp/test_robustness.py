"""Floods of changes, requests that nobody waits for any more, and files with a byte that was damaged."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from lsprotocol import types
from pygls.exceptions import JsonRpcRequestCancelled

from tests.checks import SESSION_PATH, with_keys
from tests.lsp.editor import PATIENCE, Editor, capabilities, conversation, meeting
from tests.lsp.everything import Everything, uri_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

editor = conversation(capabilities())

CHANGES, PAUSE = 1_000, 0.005
"""How many changes a flood has, and how many seconds lie between two of them."""
ENTRIES = 120
DAMAGES = 60
"""How many times a byte is damaged, each time another one of a sound log."""
KEPT = 0.95
"""Which part of what the sound log had is there all the same."""
LOG = (
    with_keys(
        'status = "⏸️ Paused"\nend_time = "2025-06-08T03:01:00Z"\ntags = ["🍞", "rye"]\n'
        + "".join(f'key_{number} = "value {number} 🥖"\n' for number in range(40))
    )
    + "\n# Bake rye\n\n## Log Entries\n\n- [2025-06-05T03:01:00Z] Session started: Pick up slots\n"
    + "".join(
        f"- [2025-06-0{5 + number // 96}T{3 + number // 12 % 8:02}:{number * 5 % 60:02}:30Z] `dev-api`: Kneaded loaf {number} 🥐\n"
        for number in range(ENTRIES)
    )
)


async def test_of_a_flood_only_the_newest_version_is_told_in_the_end(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, with_keys('status = "🟢 Actve 0"'))
    await editor.codes(uri, "unknown-status")
    told = len(editor.published)
    for number in range(CHANGES):
        editor.edit(uri, f"Actve {number}", f"Actve {number + 1}")
        await asyncio.sleep(PAUSE)
    await editor.codes(uri, "unknown-status")
    versions = [one.version or 0 for one in editor.published[told:]]
    assert versions == sorted(set(versions)) and versions[-1] == editor.versions[uri]
    assert f"Actve {CHANGES}" in editor.published[-1].diagnostics[0].message


async def test_changes_that_come_at_once_are_judged_once(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, with_keys('status = "🟢 Actve 0"'))
    await editor.codes(uri, "unknown-status")
    told = len(editor.published)
    for number in range(CHANGES):
        editor.edit(uri, f"Actve {number}", f"Actve {number + 1}")
    await editor.codes(uri, "unknown-status")
    assert len(editor.published) - told < CHANGES / 10


async def test_of_requests_in_a_flood_those_that_nobody_waits_for_are_not_answered(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, LOG)
    asked = []
    for number in range(200):
        editor.change(uri, editor.range_of(uri, len(LOG), len(editor.texts[uri])), f"- {number}")
        params = types.DocumentSymbolParams(types.TextDocumentIdentifier(uri))
        asked.append(asyncio.ensure_future(editor.text_document_document_symbol_async(params)))
        await asyncio.sleep(0)
        if number < 199:
            for pending in list(editor.protocol._request_futures):
                editor.cancel_request(types.CancelParams(pending))
    found = await asyncio.wait_for(asyncio.gather(*asked, return_exceptions=True), PATIENCE)
    cancelled = [one for one in found if isinstance(one, JsonRpcRequestCancelled)]
    assert len(cancelled) > 100 and not isinstance(found[-1], BaseException) and found[-1]


async def test_a_server_is_well_after_messages_that_make_no_sense(tmp_path: Path):
    async with meeting(capabilities(), tmp_path) as editor:
        uri = (tmp_path / SESSION_PATH).as_uri()
        identifier = types.VersionedTextDocumentIdentifier(3, uri)
        change = types.TextDocumentContentChangeWholeDocument("nothing")
        editor.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))
        editor.close(uri)
        editor.save(uri)
        editor.cancel_request(types.CancelParams("no such request"))
        editor.window_work_done_progress_cancel(types.WorkDoneProgressCancelParams("no such work"))
        gone = types.WorkspaceFolder("file:///nowhere", "nowhere")
        event = types.WorkspaceFoldersChangeEvent(added=[gone], removed=[gone])
        editor.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
        editor.open(tmp_path / SESSION_PATH, with_keys('status = "🟢 Actve"'))
        end = types.Position(2**31 - 1, 2**31 - 1)
        backwards = types.DidChangeTextDocumentParams(
            types.VersionedTextDocumentIdentifier(2, uri),
            [types.TextDocumentContentChangePartial(types.Range(end, types.Position(0, 0)), with_keys("n = x"))],
        )
        editor.versions[uri] = 2
        editor.text_document_did_change(backwards)
        await editor.codes(uri, "broken-toml")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def everything(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Everything]:
    yield await Everything.begun(tmp_path_factory.mktemp("bakery"))


def damaged(number: int) -> str:
    """The log with one byte of it made another, as a disk or a transfer may do."""
    chosen = random.Random(number)
    data = bytearray(LOG.encode())
    most = LOG.encode().index(b"\n# Bake") if number % 2 else len(data)  # every other time in the frontmatter
    data[chosen.randrange(most)] = chosen.choice(b'"[]#=+-\n\r\x00 \xff')
    return data.decode("utf-8", "replace")


def names(symbols: Any) -> set[str]:
    """The names of all symbols, whichever they lie in."""
    return {one["name"] for one in symbols or ()} | {
        name for one in symbols or () for name in names(one.get("children"))
    }


async def asked(everything: Everything, uri: str, text: str) -> dict[str, set[str]]:
    """What the log has in the eyes of each feature: its symbols, and the lines where hover and completion answer."""
    everything.open(uri, text)
    found = {"symbols": names(await everything.ask("textDocument/documentSymbol", uri))}
    for method in ("textDocument/hover", "textDocument/completion"):
        found[method] = set()
        for number, line in enumerate(text.split("\n")):
            column = line.find("=") + 3 if "=" in line else 5  # in a value, or in the time of an entry
            if await everything.ask(method, uri, (number, column), (number, column)):
                found[method].add(line)
    everything.close(uri)
    return found


async def test_a_damaged_byte_leaves_the_rest_with_its_features(everything: Everything, tmp_path: Path):
    uri = uri_of(tmp_path / SESSION_PATH)
    sound = await asked(everything, uri, LOG)
    assert all(len(found) > ENTRIES for found in sound.values())
    for number in range(DAMAGES):
        text = damaged(number)
        left = await asked(everything, uri, text)
        for feature, had in sound.items():
            lost = had - left[feature]
            assert len(lost) <= (1 - KEPT) * len(had), f"damage {number}: {feature} lost {sorted(lost)[:5]}"
