"""Views in no file, for clients that can show them; and the same told by commands for those that cannot."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcMethodNotFound

from tests.lsp.editor import PATIENCE, VSCODE, Editor, fill, meeting

pytestmark = pytest.mark.asyncio(loop_scope="module")

SESSION = "SESSION-Bake_rye-2506050301"
LOG = f".ruru/sessions/{SESSION}/session_log.md"
FILES = f"""\
-- .ruru/sessions/.active-{SESSION} --
-- {LOG} --
+++
id = "{SESSION}"
title = "Bake rye"
status = "🟢 Active"
start_time = "2025-06-05T03:01:00Z"
coordinator = "head-baker"
related_tasks = ["TASK-DOUGH-20250605-030200"]
+++

## Log Entries

- [2025-06-05T03:01:00Z] Session started: Bake rye
-- .ruru/tasks/Bake/TASK-DOUGH-20250605-030200.md --
+++
id = "TASK-DOUGH-20250605-030200"
title = "Mix dough"
status = "🟡 To Do"
type = "🧹 Chore"
session_id = "{SESSION}"
+++
"""
PROPOSAL_PATH = f".ruru/sessions/{SESSION}/artifacts/proposed_edit_menu.md_2506050301.md"
PROPOSAL = """\
+++
type = "proposed_edit"
target = "menu.md"
base = ""
author = "NAME"
state = "proposed"
+++

# Proposed edit of menu.md
"""
VIEWS = {
    "agenda/today": ["[Bake rye](<", "[Mix dough](<", "## Time by session"],
    "agenda/week": ["# Agenda: the week", "## Time by day"],
    "clock": [f"| {SESSION} |", "## Time by task"],
    f"trace/{SESSION}": ["# Trace: Bake rye", "  - [Mix dough](<file:///"],
    f"brief/{SESSION}": ["# Brief: Bake rye", "- goal: Bake rye ([session", "session_log.md#L3>)", "## Open tasks"],
}


async def shown(editor: Editor, uri: str) -> str:
    params = types.TextDocumentContentParams(uri)
    asked = editor.workspace_text_document_content_async(params)
    return (await asyncio.wait_for(asked, PATIENCE)).text


async def test_every_view_is_made_of_what_is_there(tmp_path: Path):
    fill(tmp_path, FILES)
    async with meeting(VSCODE, tmp_path) as editor:
        announced = editor.result.capabilities.workspace
        assert announced and announced.text_document_content
        assert list(announced.text_document_content.schemes) == ["mdtm"]
        for name, parts in VIEWS.items():
            text = await shown(editor, f"mdtm:/{name}.md")
            assert [part for part in parts if part not in text] == [], text


async def test_what_is_no_view_says_so(tmp_path: Path):
    async with meeting(VSCODE, tmp_path) as editor:
        assert "no view agenda/tomorrow" in await shown(editor, "mdtm:/agenda/tomorrow.md")
        assert "no session SESSION-x" in await shown(editor, "mdtm:/brief/SESSION-x.md")
        assert "no view" in await shown(editor, "mdtm:")
    async with meeting(VSCODE) as editor:
        assert "No folder is open" in await shown(editor, "mdtm:/clock.md")


async def test_a_view_is_refreshed_when_its_sources_change(tmp_path: Path):
    fill(tmp_path, FILES)
    async with meeting(VSCODE, tmp_path) as editor:
        uri = f"mdtm:/brief/{SESSION}.md"
        await shown(editor, uri)
        log = editor.open(tmp_path / LOG, (tmp_path / LOG).read_text())
        editor.edit(log, 'title = "Bake rye"', 'title = "Bake wheat"')
        while uri not in editor.refreshed:
            await asyncio.wait_for(editor.settled(), PATIENCE)
        assert "goal: Bake wheat" in await shown(editor, uri)


async def test_a_verb_that_tells_shows_its_view(tmp_path: Path):
    fill(tmp_path, FILES)
    async with meeting(VSCODE, tmp_path) as editor:
        answer = await editor.command("session.brief")
        assert "goal: Bake rye" in answer["text"] and editor.shown == [answer["view"]] and not editor.messages
        assert answer["view"].startswith(f"mdtm:/brief/{SESSION}.md?")
        assert "goal: Bake rye" in await shown(editor, answer["view"])


async def test_a_client_without_views_is_told_by_commands_alone(tmp_path: Path):
    fill(tmp_path, FILES)
    async with meeting({}, tmp_path) as editor:
        announced = editor.result.capabilities.workspace
        assert announced and announced.text_document_content is None
        with pytest.raises(JsonRpcMethodNotFound):
            await shown(editor, "mdtm:/clock.md")
        answer = await editor.command("session.brief")
        assert "goal: Bake rye" in answer["text"] and "view" not in answer and not editor.shown
        assert [one.message for one in editor.messages] == [answer["text"]]  # or nobody would see it
        assert SESSION in (await editor.command("session.report"))["text"]
    async with meeting({}, tmp_path, options={"hasCommands": True}) as editor:
        assert "\n" in (await editor.command("session.brief"))["text"] and not editor.messages


async def test_what_an_agent_proposed_is_marked_where_the_client_shows_that(tmp_path: Path):
    fill(tmp_path, FILES)
    for announced, author, tags in (
        (VSCODE, "dev-api", [types.CodeActionTag.LlmGenerated]),
        (VSCODE, "jane", None),
        ({}, "dev-api", None),
    ):
        async with meeting(announced, tmp_path) as editor:
            uri = editor.open(tmp_path / PROPOSAL_PATH, PROPOSAL.replace("NAME", author))
            found = await editor.verbs(uri, "Proposed edit")
            marked = [action for action in found if action.title.endswith("Proposal")]
            assert marked and all((action.tags and list(action.tags)) == tags for action in marked)
