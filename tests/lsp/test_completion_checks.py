"""In the editor an end is checked, asked for and forced as on the command line."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from tests.lsp.editor import Editor, capabilities, fill, meeting

pytestmark = pytest.mark.asyncio

ID = "TASK-API-20250605-101500"
PATH = f".mdtm/tasks/A/{ID}.md"
TASK = f"""\
+++
id = "{ID}"
title = "The roof"
status = "🔵 In Progress"
type = "feature"
+++

- [ ] Tiles
"""


@asynccontextmanager
async def at_work(root: Path, task: str = TASK, asks: bool = True) -> AsyncIterator[Editor]:
    """An editor, whose client may ask for texts, over a workspace with a task."""
    fill(root, f"-- {PATH} --\n{task}")
    async with meeting(capabilities(), root, options={"asks": asks}) as editor:
        editor.root = root
        yield editor


async def lens_of(editor: Editor, uri: str) -> types.CodeLens:
    """The lens that shows how far something is from its end."""
    params = types.CodeLensParams(types.TextDocumentIdentifier(uri))
    found = await editor.text_document_code_lens_async(params) or ()
    resolved = [await editor.code_lens_resolve_async(lens) for lens in found if lens.command is None]
    (checks,) = (one for one in resolved if one.command and one.command.command == "mdtm.completion.check")
    return checks


async def test_a_task_shows_how_far_it_is_and_the_checklist(tmp_path: Path):
    async with at_work(tmp_path) as editor:
        uri = editor.open(tmp_path / PATH, TASK)
        lens = await lens_of(editor, uri)
        assert lens.command and lens.command.title == "0 of 4 completion checks met: no summary and 1 open box"
        editor.edit(uri, "- [ ] Tiles", "- [x] Tiles\n\n## Summary\n\nThe roof holds, even in the rain 🏠")
        lens = await lens_of(editor, uri)
        assert lens.command and lens.command.title == "3 of 5 completion checks met: no updates and no time data"
        given: Any = lens.command.arguments
        shown = await editor.command(lens.command.command.removeprefix("mdtm."), **given[0])
        assert shown["done"] and "\n  [x] All boxes are ticked (1 of 1)\n" in shown["text"] and shown["valid"]


async def test_a_session_shows_how_far_it_is(tmp_path: Path):
    async with at_work(tmp_path) as editor:
        started = await editor.command("session.start", goal="Build a house", answer="yes")
        log = tmp_path / started["folder"] / "session_log.md"
        lens = await lens_of(editor, editor.open(log, log.read_text("utf-8")))
        assert lens.command and lens.command.title.startswith(
            "0 of 2 completion checks met: an empty context and only 1"
        )


async def test_a_summary_that_is_missing_is_asked_for(tmp_path: Path):
    async with at_work(tmp_path, TASK.replace("[ ]", "[x]")) as editor:
        answer = await editor.command("task.done", task=ID)
        assert answer == {
            "done": False,
            "ask": {"name": "note", "question": f"What came of {ID}?", "title": "Complete Task", "choices": []},
        }
        assert (await editor.command("task.done", task=ID, note="the roof holds"))["done"]
        assert "is done: the roof holds\n" in (tmp_path / PATH).read_text("utf-8")


async def test_what_stands_in_the_way_is_told_and_may_be_passed_over_for_a_reason(tmp_path: Path):
    async with at_work(tmp_path) as editor:
        refused = await editor.command("task.done", task=ID, note="the roof holds")
        assert not refused["done"] and refused["errors"] == [f'{ID} has 1 open box: 1 "Tiles"']
        assert "\n  [ ] All boxes are ticked (0 of 1)" in refused["text"]
        (force,) = editor.asked[-1].actions or ()
        assert "\n" not in editor.asked[-1].message
        editor.answers = [force.title]
        answer = await editor.command("task.done", task=ID, note="the roof holds")
        assert answer["ask"]["name"] == "force"
        assert (await editor.command("task.done", task=ID, note="the roof holds", force="rain is coming"))["done"]
        assert "(with 1 open box, because: rain is coming)\n" in (tmp_path / PATH).read_text("utf-8")


async def test_a_client_that_cannot_ask_is_told_what_is_required(tmp_path: Path):
    async with at_work(tmp_path, TASK.replace("[ ]", "[x]"), asks=False) as editor:
        refused = await editor.command("task.done", task=ID)
        assert [one["name"] for one in refused["requirements"]] == ["note"]
        assert editor.messages[-1].message == f"mdtm: {refused['text'].splitlines()[0]}"
        assert editor.asked == []
