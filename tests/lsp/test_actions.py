"""Cures in the editor: one at a place, and all safe ones of a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from tests.checks import SESSION_PATH, with_keys
from tests.lsp.editor import Editor, capabilities, conversation, meeting

pytestmark = pytest.mark.asyncio(loop_scope="module")

editor = conversation(capabilities())

TWO_FAULTS = 'tags = ["🟢" "a"]\nstatus = "🟢 Actve"\nid = "SESSION-Other-2506050301"'
"""Two faults with safe cures, one with a cure to look at."""


async def test_a_quick_fix_cures_its_finding(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, with_keys(TWO_FAULTS))
    found = await editor.codes(uri, "broken-toml", "unknown-status", "id-mismatch")
    action, fix_all = await editor.actions(uri, "🟢 Actve")
    assert (action.title, action.kind, action.is_preferred) == ('Write "🟢 Active"', "quickfix", True)
    assert action.diagnostics and list(action.diagnostics) == [found[1]]
    assert (fix_all.title, fix_all.kind) == ("Apply all 2 safe fixes in this file", "quickfix")
    editor.take(action.edit)
    await editor.codes(uri, "broken-toml", "id-mismatch")


async def test_an_unsafe_cure_is_not_preferred(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, with_keys(TWO_FAULTS))
    (action,) = await editor.actions(uri, "SESSION-Other", only=["quickfix"])
    assert (action.title, action.is_preferred) == ("Write SESSION-Pick_up_slots-2506050301", False)
    editor.take(action.edit)
    await editor.codes(uri, "broken-toml", "unknown-status")


@pytest.mark.parametrize("kind", ["source", "source.fixAll", "source.fixAll.mdtm"])
async def test_fix_all_is_resolved_into_all_safe_cures(editor: Editor, kind: str):
    uri = editor.open(editor.root / SESSION_PATH, with_keys(TWO_FAULTS))
    (action,) = await editor.actions(uri, "coordinator", only=[kind])
    assert (action.kind, action.edit) == ("source.fixAll.mdtm", None)
    editor.edit(uri, '"dev-api"', '"🟢🟢"')
    resolved = await editor.code_action_resolve_async(action)
    editor.take(resolved.edit)
    await editor.codes(uri, "id-mismatch")
    assert '["🟢", "a"]' in editor.texts[uri] and '"🟢 Active"' in editor.texts[uri]
    assert await editor.actions(uri, "coordinator", only=[kind]) == []


@pytest.mark.parametrize("kind", ["refactor", "source.organizeImports", "source.fixAll.mdt", "quick"])
async def test_kinds_that_are_not_ours_get_nothing(editor: Editor, kind: str):
    uri = editor.open(editor.root / SESSION_PATH, with_keys(TWO_FAULTS))
    assert await editor.actions(uri, "🟢 Actve", only=[kind]) == []


async def test_where_nothing_is_wrong_nothing_is_offered(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, with_keys(TWO_FAULTS))
    assert await editor.actions(uri, "coordinator") == []


async def test_a_cure_of_a_closed_file_stays_empty(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, with_keys(TWO_FAULTS))
    (action,) = await editor.actions(uri, "coordinator", only=["source"])
    editor.close(uri)
    assert (await editor.code_action_resolve_async(action)).edit is None
    stranger = types.CodeAction("of another server", data={"a": 1})
    assert (await editor.code_action_resolve_async(stranger)).edit is None


async def test_a_cure_keeps_the_line_ends_of_the_file(editor: Editor):
    text = with_keys("status = 'Actve'").replace("\n", "\r\n").replace("+++\r\n", "", 1)
    uri = editor.open(editor.root / SESSION_PATH, text)
    (action,) = await editor.actions(uri, "coordinator", only=["source"])
    editor.take((await editor.code_action_resolve_async(action)).edit)
    assert editor.texts[uri].startswith("+++\r\nid") and "\n" not in editor.texts[uri].replace("\r\n", "")


async def test_a_fault_is_allowed_by_a_comment_whose_reason_is_selected(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, with_keys(TWO_FAULTS))
    await editor.codes(uri, "broken-toml", "unknown-status", "id-mismatch")
    (action,) = await editor.allowances(uri, "🟢 Actve")
    assert (action.title, action.kind, action.is_preferred) == ("Allow unknown-status here", "quickfix", None)
    assert action.edit and action.edit.document_changes
    (change,) = action.edit.document_changes
    assert isinstance(change, types.TextDocumentEdit) and isinstance(change.edits[0], types.SnippetTextEdit)
    assert change.edits[0].snippet.value == "# mdtm: allow unknown-status: ${1:why}\n"
    editor.take(action.edit)
    await editor.codes(uri, "broken-toml", "suppression-without-reason", "id-mismatch")
    editor.edit(uri, "unknown-status: why", "unknown-status: an old tool")
    await editor.codes(uri, "broken-toml", "id-mismatch")


async def test_what_no_comment_can_allow_is_not_offered(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, with_keys(TWO_FAULTS))
    assert await editor.allowances(uri, "tags") == []
    assert await editor.allowances(uri, "coordinator") == []


async def test_a_client_without_snippets_gets_a_reason_to_write_over(tmp_path: Path):
    plain = capabilities()
    del plain["workspace"]["workspaceEdit"]["snippetEditSupport"]
    async with meeting(plain, tmp_path) as editor:
        uri = editor.open(tmp_path / SESSION_PATH, with_keys(TWO_FAULTS))
        (action,) = await editor.allowances(uri, "🟢 Actve")
        editor.take(action.edit)
        assert "\n# mdtm: allow unknown-status: why\nstatus" in editor.texts[uri]
