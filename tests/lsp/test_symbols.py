"""The search for names in the workspace, over the wire."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.lsp.editor import PATIENCE, Editor, capabilities, conversation, fill, meeting

pytestmark = pytest.mark.asyncio(loop_scope="module")

editor = conversation(capabilities())

LOG = ".ruru/sessions/SESSION-Slots-2506050301/session_log.md"
TASK = ".ruru/tasks/A/TASK-API-20250605-101500.md"
FILES = f"""\
-- {LOG} --
+++
id = "SESSION-Slots-2506050301"
title = "🚚 Slots"
status = "🟢 Active"
+++

# The yard
## Log Entries
-- {TASK} --
+++
id = "TASK-API-20250605-101500"
title = "🚚 Draw slots"
status = "🟡 To Do"
type = "bug"
+++
# The yard
-- .ruru/sprints/SPRINT-1.md --
+++
id = "SPRINT-1"
title = "Yards"
status = "🟡 To Do"
+++
-- README.md --
# The yard
"""


async def search(editor: Editor, query: str) -> list[Any]:
    found = editor.workspace_symbol_async(types.WorkspaceSymbolParams(query))
    return list(await asyncio.wait_for(found, PATIENCE) or ())


async def resolved(editor: Editor, symbol: Any) -> types.Location:
    answer = await editor.workspace_symbol_resolve_async(symbol)
    assert isinstance(answer.location, types.Location)
    return answer.location


async def test_names_of_all_kinds_are_found_the_best_first(editor: Editor):
    fill(editor.root, FILES)
    assert [(one.name, one.kind) for one in await search(editor, "slots")] == [
        ("SESSION-Slots-2506050301 🚚 Slots", types.SymbolKind.Class),
        ("TASK-API-20250605-101500 🚚 Draw slots", types.SymbolKind.Method),
    ]
    found = await search(editor, "yard")
    assert [one.name for one in found] == ["The yard", "The yard", "SPRINT-1 Yards"]
    assert {one.container_name for one in found[:2]} == {
        "SESSION-Slots-2506050301 🚚 Slots", "TASK-API-20250605-101500 🚚 Draw slots",
    }  # fmt: skip
    assert [one.name for one in await search(editor, "tsk15")] == ["TASK-API-20250605-101500 🚚 Draw slots"]
    assert len(await search(editor, "")) == 6 and await search(editor, "zebra") == []


async def test_the_place_of_a_name_is_looked_up_when_somebody_goes_there(editor: Editor):
    fill(editor.root, FILES)
    heading = next(one for one in await search(editor, "yard") if one.container_name.startswith("TASK"))
    assert isinstance(heading.location, types.LocationUriOnly)
    uri = editor.open(editor.root / TASK, "🟢\n\n" + (editor.root / TASK).read_text("utf-8"))
    assert editor.text_at(uri, (await resolved(editor, heading)).range) == "The yard"
    editor.edit(uri, "# The yard", "# The house")
    assert (await resolved(editor, heading)).range.start == types.Position(0, 0)
    editor.close(uri)


async def test_what_is_typed_is_found_before_it_is_saved(editor: Editor):
    fill(editor.root, FILES)
    uri = editor.open(editor.root / TASK, (editor.root / TASK).read_text("utf-8"))
    editor.edit(uri, "# The yard", "# Zebra crossing")
    assert [one.name for one in await search(editor, "zebra")] == ["Zebra crossing"]
    editor.close(uri)
    assert await search(editor, "zebra") == []


async def test_all_folders_are_searched_and_an_older_client_gets_the_places_at_once(tmp_path: Path):
    older = capabilities()
    del older["workspace"]["symbol"]
    roots = tmp_path / "one", tmp_path / "two"
    for root in roots:
        fill(root, FILES)
    async with meeting(older, *roots) as editor:
        found = await search(editor, "draw")
        assert [one.location.uri for one in found] == [(root / TASK).as_uri() for root in roots]
        uri = editor.open(roots[0] / TASK, (roots[0] / TASK).read_text("utf-8"))
        assert editor.text_at(uri, found[0].location.range) == '"TASK-API-20250605-101500"'
        provider: Any = editor.result.capabilities.workspace_symbol_provider
        assert not provider.resolve_provider


async def test_a_search_that_nobody_waits_for_any_more_is_ended(editor: Editor):
    for number in range(300):
        fill(
            editor.root,
            f'-- .ruru/tasks/B/TASK-X-{number}.md --\n+++\nid = "TASK-X-{number}"\nstatus = "🟢 Done"\n+++\n',
        )
    asked = asyncio.ensure_future(editor.workspace_symbol_async(types.WorkspaceSymbolParams("task")))
    await asyncio.sleep(0)  # so that it is sent
    number = next(reversed(editor.protocol._request_futures))
    editor.cancel_request(types.CancelParams(number))
    with pytest.raises(JsonRpcException, match="cancel"):
        await asyncio.wait_for(asked, PATIENCE)
    assert len(await search(editor, "task-x")) == 300
