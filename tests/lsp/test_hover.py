"""What the editor shows at the pointer."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from lsprotocol import types

from mdtm.pages import page
from mdtm.rules.deprecated_key import deprecated_key
from mdtm.rules.id_mismatch import id_mismatch
from tests.checks import SESSION_FOLDER, SESSION_PATH, with_keys
from tests.lsp.editor import Editor, capabilities, conversation, fill, meeting

pytestmark = pytest.mark.asyncio(loop_scope="module")

editor = conversation(capabilities())


PLAIN = capabilities()
PLAIN["textDocument"]["hover"]["contentFormat"] = ["plaintext"]
TASK = "TASK-DEV-20250605-101500"
FILES = f"""
-- .ruru/tasks/FEATURE_Slots/{TASK}.md --
+++
id = "{TASK}"
title = "Overlaps 🟢"
status = "🟢 Done"
+++
-- {SESSION_FOLDER}/artifacts/notes/NOTE-a-2506050310.md --
# Who may overbook

Nobody.
"""
LOG = (
    with_keys(f'related_tasks = ["{TASK}"]')
    + """
## Log Entries

- [2025-06-05T03:01:00Z] `dev-api`: Session started
- [2025-06-05T04:01:05Z] `dev-api`: 🟢 Linked artifact: `artifacts/notes/NOTE-a-2506050310.md`
"""
)


async def hover(editor: Editor, uri: str, words: str) -> types.Hover | None:
    position = editor.position(uri, editor.texts[uri].index(words))
    identifier = types.TextDocumentIdentifier(uri)
    return await editor.text_document_hover_async(types.HoverParams(identifier, position))


async def test_the_place_of_a_finding_shows_the_page_of_its_rule(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, with_keys('id = "SESSION-Other-2506050301"'))
    shown = await hover(editor, uri, "Other")
    assert shown and isinstance(shown.contents, types.MarkupContent)
    assert (shown.contents.kind, shown.contents.value) == (
        "markdown",
        "**id-mismatch**: " + page(id_mismatch).removeprefix("# id-mismatch\n\n"),
    )
    assert shown.range and editor.text_at(uri, shown.range) == '"SESSION-Other-2506050301"'


async def text_at(editor: Editor, words: str, into: int = 1) -> tuple[str, str]:
    """What is shown at some words of the log, and the text that it is about."""
    uri = editor.open(editor.root / SESSION_PATH, LOG)
    offset = editor.texts[uri].index(words) + into
    params = types.HoverParams(types.TextDocumentIdentifier(uri), editor.position(uri, offset))
    shown = await editor.text_document_hover_async(params)
    assert shown and isinstance(shown.contents, types.MarkupContent) and shown.range
    return shown.contents.value, editor.text_at(uri, shown.range)


async def test_a_key_shows_its_meaning_and_its_values_with_a_link_to_the_page(editor: Editor):
    shown, about = await text_at(editor, "status")
    assert about == "status" and shown.startswith("**status**: Where the session stands.\n\nA text; ")
    assert re.search(r"\n\[More about it\]\(file:///\S+/unknown-status\.md\)\n$", shown)
    shown, about = await text_at(editor, '"🟢 Active"', 2)
    assert about == '"🟢 Active"' and "**🟢 Active**: work goes on, and the clock runs.\n\nOthers: " in shown


async def test_an_id_shows_a_card(editor: Editor):
    fill(editor.root, FILES)
    editor.changed_on_disk(editor.root / f".ruru/tasks/FEATURE_Slots/{TASK}.md")
    shown, about = await text_at(editor, TASK)
    assert about == TASK and shown.startswith(f"**{TASK}**: Overlaps 🟢\n\n🟢 Done")


OTHER = ".ruru/sessions/SESSION-Other-2506060301"


async def test_a_card_names_who_names_an_id(editor: Editor):
    fill(editor.root, FILES)
    fill(editor.root, f'-- {OTHER}/session_log.md --\n+++\nrelated_tasks = ["{TASK}"]\n+++\n')
    editor.changed_on_disk(editor.root / f".ruru/tasks/FEATURE_Slots/{TASK}.md", editor.root / OTHER)
    shown, _ = await text_at(editor, TASK)
    assert "\n- Named by: `SESSION-Other-2506060301`\n" in shown
    shutil.rmtree(editor.root / OTHER)
    editor.changed_on_disk(editor.root / OTHER)
    shown, _ = await text_at(editor, TASK)
    assert "Named by" not in shown


async def test_the_path_of_an_artifact_shows_its_first_lines(editor: Editor):
    fill(editor.root, FILES)
    shown, about = await text_at(editor, "artifacts/notes")
    assert about == "artifacts/notes/NOTE-a-2506050310.md"
    assert "**Who may overbook**\n\n> Nobody.\n\n" in shown


async def test_the_time_of_an_entry_shows_how_long_after_the_one_before_it_was(editor: Editor):
    shown, about = await text_at(editor, "2025-06-05T04:01:05Z")
    assert about == "2025-06-05T04:01:05Z"
    assert re.match(r"\*\*\w+, \d+ June 2025, \d\d:01:05\*\* \(UTC[+-]\d\d:\d\d\)\n\n1:00:05 after", shown)


async def test_several_things_at_one_place_are_told_one_below_the_other(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, LOG.replace("coordinator", "coordinator_mode"))
    shown = await hover(editor, uri, "coordinator_mode")
    assert shown and isinstance(shown.contents, types.MarkupContent)
    first, second = shown.contents.value.split("\n\n---\n\n")
    assert first.startswith("**coordinator_mode**, the older name of `coordinator`: ")
    assert second.startswith("**deprecated-key**: " + page(deprecated_key).partition("\n\n")[2][:40])


async def test_a_client_without_markdown_is_shown_plain_text(tmp_path: Path):
    async with meeting(PLAIN, tmp_path) as plain:
        uri = plain.open(tmp_path / SESSION_PATH, LOG)
        shown = await hover(plain, uri, "status")
        assert shown and isinstance(shown.contents, types.MarkupContent)
        assert shown.contents.kind == "plaintext"
        assert shown.contents.value.startswith("status: Where the session stands.\n\n")
        told, _, link = shown.contents.value.rpartition("\n\n")
        assert told.endswith(", ⏸️ Paused, 🏁 Completed, 🔴 Error.")
        assert re.fullmatch(r"More about it: file:///\S+/unknown-status\.md\n", link)


async def test_a_sound_place_shows_nothing(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, with_keys('id = "SESSION-Other-2506050301"'))
    assert await hover(editor, uri, "dev-api") is None
