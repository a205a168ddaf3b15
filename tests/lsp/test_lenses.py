"""Code lenses over the wire."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from tests.lsp.editor import Editor, capabilities, conversation, fill

pytestmark = pytest.mark.asyncio(loop_scope="module")

editor = conversation(capabilities())

ID = "TASK-API-20250605-101500"
PATH = f".ruru/tasks/A/{ID}.md"
TASK = f"""\
+++
id = "{ID}"
title = "Slots"
status = "🟡 To Do"
type = "bug"
+++

# Slots

- [x] 🚚
- [ ] b
"""


async def lenses(editor: Editor, uri: str) -> list[types.CodeLens]:
    found = await editor.text_document_code_lens_async(types.CodeLensParams(types.TextDocumentIdentifier(uri)))
    return [lens if lens.command else await editor.code_lens_resolve_async(lens) for lens in found or ()]


def titles(found: list[types.CodeLens]) -> list[tuple[int, str]]:
    return [(lens.range.start.line, lens.command.title if lens.command else "") for lens in found]


async def test_a_session_shows_how_it_stands_and_what_can_be_done_now(editor: Editor):
    started = await editor.command("session.start", goal="Build a house", answer="yes")
    log: Path = editor.root / started["folder"] / "session_log.md"
    uri = editor.open(log, log.read_text("utf-8"))
    status, pause, complete, checks = await lenses(editor, uri)
    assert status.command and status.command.title == "🟢 Active · 0:00 active"
    assert titles([pause, complete]) == [(0, "Pause"), (0, "Complete")]
    assert checks.command and checks.command.title.startswith("0 of 2 completion checks met")
    assert pause.command and pause.command.arguments
    given: Any = pause.command.arguments[0]
    assert (await editor.command(pause.command.command.removeprefix("mdtm."), **given))["done"]
    status, resume, *_ = await lenses(editor, uri)
    assert titles([status, resume]) == [(0, "⏸️ Paused · 0:00 active"), (0, "Resume")]


async def test_a_task_shows_its_progress_at_the_top_and_at_its_headings(editor: Editor):
    fill(editor.root, f"-- {PATH} --\n{TASK}")
    uri = editor.open(editor.root / PATH, TASK)
    assert titles(await lenses(editor, uri)) == [
        (0, "🟡 To Do · 1 of 2 boxes ticked"), (0, "Activate Task"), (0, "Complete Task"),
        (0, "0 of 4 completion checks met: no summary and 1 open box"), (7, "1 of 2 done"),
    ]  # fmt: skip
    editor.edit(uri, "- [ ] b", "- [x] b")
    assert titles(await lenses(editor, uri))[-1] == (7, "2 of 2 done")


async def test_what_looks_into_other_files_is_resolved_only_when_it_is_seen(editor: Editor):
    uri = editor.open(editor.root / PATH, TASK)
    found = await editor.text_document_code_lens_async(types.CodeLensParams(types.TextDocumentIdentifier(uri)))
    status, *_ = found or ()
    assert status.command is None
    editor.edit(uri, "🟡 To Do", "🟢 Done")
    resolved = await editor.code_lens_resolve_async(status)
    assert resolved.command and resolved.command.title == "🟢 Done · 1 of 2 boxes ticked"
    editor.close(uri)
    gone = await editor.code_lens_resolve_async(status)
    assert gone.command and gone.command.title == ""


async def test_a_file_on_no_disk_shows_nothing(editor: Editor):
    uri = editor.open("untitled:TASK-API-20250605-101500.md", TASK)
    assert await lenses(editor, uri) == []
