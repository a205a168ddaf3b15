"""Entries where somebody writes, and the verbs as code actions."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from tests.lsp.editor import VSCODE, Editor, capabilities, conversation, fill, meeting

pytestmark = pytest.mark.asyncio(loop_scope="module")

editor = conversation(capabilities())


async def a_session(editor: Editor, goal: str) -> str:
    """Starts a session and opens its log; gives the URI."""
    started = await editor.command("session.start", goal=goal, answer="yes")
    log = editor.root / started["folder"] / "session_log.md"
    return editor.open(log, log.read_text("utf-8"))


async def take_action(editor: Editor, uri: str, word: str, title: str) -> dict[str, object] | None:
    action = next(one for one in await editor.verbs(uri, word) if one.title == title)
    if action.edit:
        editor.take(action.edit)
        return None
    assert action.command and action.command.arguments
    name = action.command.command.removeprefix("mdtm.")
    given: Any = action.command.arguments[0]
    return await editor.command(name, **given)


async def test_in_the_log_an_entry_can_be_begun_at_the_cursor(editor: Editor):
    uri = await a_session(editor, "Slots 🟢")
    titles = [action.title for action in await editor.verbs(uri, "\n- [")]
    assert titles == [
        "Insert a log entry here", "Insert a log entry at the end", "Extract the selection into a note",
    ]  # fmt: skip
    await take_action(editor, uri, "Session started", "Insert a log entry here")
    assert re.search(r"Session started: Slots 🟢\n- \[\S+Z\] `\S+`: \n$", editor.texts[uri])
    await take_action(editor, uri, "Session started", "Insert a log entry at the end")
    assert editor.texts[uri].endswith("`: \n") and editor.texts[uri].count("`: \n") == 2
    await take_action(editor, uri, "## Log Entries\n\n- [", "Insert a log entry here")
    assert await editor.codes(uri) == []


async def test_a_verb_that_needs_a_text_is_offered_where_the_client_can_ask_for_it(tmp_path: Path):
    path = tmp_path / ".ruru/sessions/SESSION-Slots-2506050301/session_log.md"
    fill(tmp_path, f'-- {path.relative_to(tmp_path)} --\n+++\nid = "a"\n+++\n\n## Log Entries\n')
    for asks in (True, False):
        async with meeting(VSCODE, tmp_path, options={"asks": asks}) as editor:
            uri = editor.open(path, path.read_text("utf-8"))
            found = {one.title: one for one in await editor.verbs(uri, "## Log")}
            assert ("Start a session" in found) is asks
            assert (found["Insert a log entry at the end"].command is not None) is asks


async def test_in_the_frontmatter_the_verbs_of_the_session_are_offered(editor: Editor):
    uri = await a_session(editor, "Second slots")
    assert [one.title for one in await editor.verbs(uri, "coordinator")] == [
        "Pause this session", "Complete this session", "Extract the selection into a note",
    ]  # fmt: skip
    answer = await take_action(editor, uri, "coordinator", "Pause this session")
    assert answer and answer["done"] and 'status = "⏸️ Paused"' in editor.texts[uri]
    titles = [one.title for one in await editor.verbs(uri, "\ntitle")]
    assert titles == ["Resume this session", "Complete this session"]
    await take_action(editor, uri, "id = ", "Complete this session")
    assert [one.title for one in await editor.verbs(uri, "\ntitle")] == ["Reopen this session"]
    await take_action(editor, uri, "id = ", "Reopen this session")
    assert 'status = "🟢 Active"' in editor.texts[uri]


async def test_a_task_offers_its_verbs_and_each_of_its_boxes_to_be_ticked(editor: Editor):
    await a_session(editor, "Tasks of slots")
    made = await editor.command("task.create", title="Draw slots", kind="chore")
    path = next(editor.root.glob(f".ruru/tasks/**/{made['task']}.md"))
    uri = editor.open(path, path.read_text("utf-8"))
    titles = [one.title for one in await editor.verbs(uri, "title")]
    assert titles[:2] == ["Work on this task", "Complete this task"]
    await take_action(editor, uri, "title", "Work on this task")
    assert 'status = "🔵 In Progress"' in editor.texts[uri]
    assert (await editor.verbs(uri, "title"))[0].title == "Stop working on this task"
    await take_action(editor, uri, "- [ ] Check", "Tick this box")
    assert "- [x] Check" in editor.texts[uri] and "- [ ] Do" in editor.texts[uri]
    await take_action(editor, uri, "- [x] Check", "Open this box again")
    assert "- [x]" not in editor.texts[uri]
    assert "Tick this box" not in [one.title for one in await editor.verbs(uri, "# Draw")]


async def test_unlisted_artifacts_are_linked_and_logged_in_one_action(editor: Editor):
    uri = await a_session(editor, "Third slots")
    note = Path(editor.path(uri).parent / "artifacts/notes/NOTE-flour-2606050900.md")
    note.write_text("# Flour\n")
    editor.changed_on_disk(note)
    await editor.codes(uri, "unlisted-artifact")
    await take_action(editor, uri, "coordinator", "Link all unlisted artifacts, and log it")
    await editor.codes(uri)
    assert '"artifacts/notes/NOTE-flour-2606050900.md"' in editor.texts[uri]
    assert "Linked artifact: `artifacts/notes/NOTE-flour-2606050900.md`" in editor.texts[uri]


async def test_a_selection_becomes_an_artifact(editor: Editor):
    uri = await a_session(editor, "Fourth slots")
    editor.edit(uri, "Session started", "Session started 🟢")
    action = next(one for one in await editor.verbs(uri, "Fourth slots\n\n## Log") if "Extract" in one.title)
    assert action.command and action.command.arguments
    given: Any = action.command.arguments[0]
    answer = await editor.command("artifact.extract", **{**given, "title": "Slots"})
    assert answer["done"], answer
    assert "Session started 🟢" in editor.texts[uri]


async def completions(editor: Editor, uri: str, line: int, column: int) -> list[types.CompletionItem]:
    params = types.CompletionParams(types.TextDocumentIdentifier(uri), types.Position(line, column))
    answer = await editor.text_document_completion_async(params)
    assert isinstance(answer, types.CompletionList)
    return list(answer.items)


async def test_a_line_that_is_begun_in_the_log_is_completed_to_an_entry(editor: Editor):
    uri = await a_session(editor, "Fifth slots")
    line = editor.texts[uri].count("\n")
    for begun in ("", "-", "- ", "- ["):
        editor.change(uri, None, editor.texts[uri].rstrip("-[ ") + begun)
        items = await completions(editor, uri, line, len(begun))
        assert [item.label for item in items][:2] == ["log entry", "log entry: decision"]
        edit = items[0].text_edit
        assert isinstance(edit, types.TextEdit)
        assert (edit.range.start.character, edit.range.end.character) == (0, len(begun))
        assert re.fullmatch(r"- \[\S+Z\] `\S+`: ", edit.new_text)
    assert await completions(editor, uri, 3, 0) == []
    assert await completions(editor, uri, 14, 0) == []


async def test_a_bullet_that_is_typed_in_the_log_gets_the_time(editor: Editor):
    uri = await a_session(editor, "Sixth slots")
    line = editor.texts[uri].count("\n")
    editor.change(uri, None, editor.texts[uri] + "- ")
    position = types.Position(line, 2)
    options = types.FormattingOptions(4, True)
    params = types.DocumentOnTypeFormattingParams(types.TextDocumentIdentifier(uri), position, " ", options)
    (edit,) = await editor.text_document_on_type_formatting_async(params) or ()
    assert re.fullmatch(r"\[\S+Z\] `\S+`: ", edit.new_text)
    params.position = types.Position(12, 2)
    assert not await editor.text_document_on_type_formatting_async(params)
