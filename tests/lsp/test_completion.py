"""Completion over the wire, with a client that has all and one that has nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from tests.checks import SESSION_FOLDER, SESSION_PATH, with_keys
from tests.lsp.editor import Editor, capabilities, conversation, fill, meeting

pytestmark = pytest.mark.asyncio(loop_scope="module")

RICH = capabilities()
RICH["textDocument"]["completion"] = {
    "completionItem": {"snippetSupport": True, "labelDetailsSupport": True, "documentationFormat": ["markdown"]}
}
editor = conversation(RICH)
TASK = "TASK-DEV-20250605-101500"
FILES = f"""
-- .ruru/tasks/FEATURE_Slots/{TASK}.md --
+++
id = "{TASK}"
title = "Overlaps"
status = "🟢 Done"
tags = ["slots"]
assigned_to = "dev-shop"
+++
-- .ruru/sprints/SPRINT-1.md --
+++
id = "SPRINT-1"
title = "June"
status = "🔵 In Progress"
+++
-- {SESSION_FOLDER}/artifacts/notes/NOTE-a-2506050310.md --
# Who may overbook
"""


async def offered(editor: Editor, marked: str, path: str = SESSION_PATH) -> tuple[str, types.CompletionList]:
    """What is offered at `<|>` in a text, all of it on the line of the cursor."""
    offset = marked.index("<|>")
    uri = editor.open(editor.root / path, marked.replace("<|>", ""))
    position = editor.position(uri, offset)
    params = types.CompletionParams(types.TextDocumentIdentifier(uri), position)
    answer = await editor.text_document_completion_async(params)
    assert isinstance(answer, types.CompletionList)
    for item in answer.items:
        assert isinstance(item.text_edit, types.TextEdit)
        start, end = item.text_edit.range.start, item.text_edit.range.end
        assert start.line == end.line == position.line and start.character <= position.character <= end.character
    assert [item.sort_text for item in answer.items] == sorted(item.sort_text or "" for item in answer.items)
    return uri, answer


def labels(answer: types.CompletionList) -> list[str]:
    return [item.label for item in answer.items]


async def take(editor: Editor, marked: str, label: str, path: str = SESSION_PATH) -> str:
    """The text when an offer is taken, its snippet as it comes."""
    uri, answer = await offered(editor, marked, path)
    item = next(one for one in answer.items if one.label == label)
    assert isinstance(item.text_edit, types.TextEdit)
    editor.take(types.WorkspaceEdit(changes={uri: [item.text_edit]}))
    return editor.texts[uri]


async def told(editor: Editor, answer: types.CompletionList, label: str) -> str:
    item = next(one for one in answer.items if one.label == label)
    found = await editor.completion_item_resolve_async(item)
    assert isinstance(found.documentation, types.MarkupContent)
    return found.documentation.value


async def test_a_missing_key_is_completed_as_a_snippet_and_told_of(editor: Editor):
    marked = '+++\nid = "🟢"\nsta<|>\n+++\n'
    _, answer = await offered(editor, marked)
    assert labels(answer)[0] == "title" and not answer.is_incomplete
    assert (await take(editor, marked, "status")).startswith('+++\nid = "🟢"\nstatus = ${1|"🟢 Active","⏸️ Paused",')
    assert (await told(editor, answer, "status")).startswith("**status**: Where the session stands.")


async def test_a_client_that_announces_nothing_gets_plain_text(tmp_path: Path):
    async with meeting({}, tmp_path) as plain:
        plain.root = tmp_path
        uri, answer = await offered(plain, "+++\nsta<|>\n+++\n")
        (item,) = (one for one in answer.items if one.label == "status")
        assert isinstance(item.text_edit, types.TextEdit) and item.text_edit.new_text == 'status = ""'
        assert item.insert_text_format is None and item.label_details is None
        assert item.detail == "Where the session stands (required)"
        resolved = await plain.completion_item_resolve_async(item)
        assert isinstance(resolved.documentation, types.MarkupContent)
        assert resolved.documentation.value.startswith("status: Where the session stands.")
        plain.close(uri)
        assert (await plain.completion_item_resolve_async(item)).documentation is None


async def test_a_value_is_completed_in_an_unfinished_text(editor: Editor):
    marked = '+++\nstatus = "🟢 Ac<|>\ntitle = "broken\nrelated_tasks = [\n+++\n'
    _, answer = await offered(editor, marked)
    assert labels(answer) == ["🟢 Active", "⏸️ Paused", "🏁 Completed", "🔴 Error"]
    assert await take(editor, marked, "⏸️ Paused") == marked.replace('"🟢 Ac<|>', '"⏸️ Paused"')
    assert await told(editor, answer, "⏸️ Paused") == (
        "**⏸️ Paused**: the session rests, and can be resumed.\n\nOthers: `🟢 Active`, `🏁 Completed`, `🔴 Error`."
    )


async def test_an_id_is_completed_with_its_title_and_status_and_told_of(editor: Editor):
    fill(editor.root, FILES)
    editor.changed_on_disk(editor.root / f".ruru/tasks/FEATURE_Slots/{TASK}.md")
    marked = with_keys('related_tasks = [ "TASK-<|>')
    _, answer = await offered(editor, marked)
    (item,) = answer.items
    assert item.label == TASK and item.label_details
    assert (item.label_details.detail, item.label_details.description) == (" 🟢 Done", "Overlaps")
    assert (await told(editor, answer, TASK)).startswith(f"**{TASK}**: Overlaps\n\n🟢 Done")
    assert labels((await offered(editor, "+++\n+++\n\n🟢 as in TASK-<|>\n"))[1]) == [TASK]


async def test_artifacts_people_tags_and_links_are_those_of_the_workspace(editor: Editor):
    fill(editor.root, FILES)
    editor.changed_on_disk(editor.root / f".ruru/tasks/FEATURE_Slots/{TASK}.md")
    _, answer = await offered(editor, with_keys('related_artifacts = ["<|>'))
    assert labels(answer) == ["artifacts/notes/NOTE-a-2506050310.md"]
    assert "**Who may overbook**" in await told(editor, answer, "artifacts/notes/NOTE-a-2506050310.md")
    assert labels((await offered(editor, with_keys('tags = ["<|>')))[1]) == ["slots"]
    people = labels((await offered(editor, with_keys("").replace('"dev-api"', '"<|>"')))[1])
    assert people[1:] == ["dev-shop"] and people[0]
    _, answer = await offered(editor, "+++\n+++\n\n[🟢](../../../<|>)\n")
    assert labels(answer) == ["../../../.ruru/"] and answer.is_incomplete


async def test_the_kind_of_an_entry_has_places_to_fill_in(editor: Editor):
    marked = "+++\n+++\n\n## Log Entries\n\n- [2025-06-05T10:00:00Z] `dev-🟢`: Del<|>\n"
    wanted = "Delegated `${1:task}` to `${2:mode}`: ${3:title}"
    assert await take(editor, marked, "Delegated") == marked.replace("Del<|>", wanted)
    _, answer = await offered(editor, marked)
    assert "\n- mode: The mode, or the person" in await told(editor, answer, "Delegated")


async def test_in_a_file_without_a_disk_keys_and_values_are_completed(editor: Editor):
    uri = editor.open("untitled:session_log.md", '+++\nstatus = "')
    position = types.Position(1, 10)
    params = types.CompletionParams(types.TextDocumentIdentifier(uri), position)
    answer = await editor.text_document_completion_async(params)
    assert isinstance(answer, types.CompletionList) and labels(answer)[0] == "🟢 Active"
