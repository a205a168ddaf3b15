"""Long work tells how far it is, comes in parts where the client takes them so, and can be ended."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcRequestCancelled

from mdtm.lsp.progress import LONG
from mdtm.lsp.pull import ITEMS_AT_ONCE
from tests.checks import with_keys
from tests.lsp.editor import PATIENCE, Editor, capabilities, fill, meeting

pytestmark = pytest.mark.asyncio(loop_scope="module")

MANY = LONG + 40
BROKEN = with_keys('title = "no end')


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with many broken session logs."""
    root: Path = tmp_path_factory.mktemp("shop")
    names = (f".ruru/sessions/SESSION-Sell_cake_{number}-2506050301/session_log.md" for number in range(MANY))
    fill(root, "".join(f"-- {name} --\n{BROKEN}" for name in names))
    return root


def listening(editor: Editor, *tokens: str) -> dict[str, list[Any]]:
    """Keeps what comes under tokens of the client's own, be they for progress or for parts of an answer."""
    found: dict[str, list[Any]] = {token: [] for token in tokens}

    def keep(params: types.ProgressParams) -> None:
        found.setdefault(str(params.token), []).append(params.value)

    editor.protocol.fm.features.pop(types.PROGRESS, None)
    editor.feature(types.PROGRESS)(keep)
    return found


async def ask(editor: Editor, **more: Any) -> types.WorkspaceDiagnosticReport:
    asked = editor.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([], **more))
    return await asyncio.wait_for(asked, PATIENCE)


async def test_long_work_is_told_of_where_the_client_shows_it(shop: Path):
    async with meeting(capabilities(pulls=True), shop) as editor:
        seen = listening(editor)
        assert len((await ask(editor)).items) == MANY
        (kinds,) = [[one["kind"] for one in values] for values in seen.values()]
        assert (kinds[0], kinds[-1]) == ("begin", "end") and set(kinds[1:-1]) == {"report"}
        seen.clear()
        assert len((await ask(editor)).items) == MANY  # known by now, so it is no long work
        assert not seen


async def test_a_client_that_shows_no_progress_is_told_of_none(shop: Path):
    async with meeting({"textDocument": {"diagnostic": {}}}, shop) as editor:
        seen = listening(editor)
        assert len((await ask(editor)).items) == MANY
        assert not seen


async def test_the_tokens_of_a_client_are_honoured(shop: Path):
    async with meeting({"textDocument": {"diagnostic": {}}}, shop) as editor:
        seen = listening(editor, "work", "parts")
        report = await ask(editor, work_done_token="work", partial_result_token="parts")
        assert [one["kind"] for one in seen["work"]][:: len(seen["work"]) - 1] == ["begin", "end"]
        sizes = [len(part["items"]) for part in seen["parts"]]
        assert sizes == [ITEMS_AT_ONCE] * (MANY // ITEMS_AT_ONCE)
        uris = {item["uri"] for part in seen["parts"] for item in part["items"]} | {item.uri for item in report.items}
        assert len(uris) == MANY == sum(sizes) + len(report.items)


async def test_work_that_somebody_ends_by_hand_stops(shop: Path):
    async with meeting(capabilities(pulls=True), shop) as editor:
        seen = listening(editor, "work")
        asked = asyncio.ensure_future(ask(editor, work_done_token="work"))
        while not seen["work"]:
            await asyncio.sleep(0)
        editor.window_work_done_progress_cancel(types.WorkDoneProgressCancelParams("work"))
        with pytest.raises(JsonRpcException, match="ended by hand") as fault:
            await asked
        assert fault.value.code == types.LSPErrorCodes.ServerCancelled
        assert fault.value.data == {"retriggerRequest": False} and not editor.messages


async def test_a_long_request_that_is_cancelled_stops(shop: Path):
    async with meeting(capabilities(pulls=True), shop) as editor:
        seen = listening(editor, "work")
        asked = asyncio.ensure_future(ask(editor, work_done_token="work"))
        while not seen["work"]:
            await asyncio.sleep(0)
        number = next(iter(editor.protocol._request_futures))
        editor.cancel_request(types.CancelParams(number))
        with pytest.raises(JsonRpcRequestCancelled):
            await asked
        await editor.settled()
        assert len(seen["work"]) < 2 * MANY // 20
