"""The trace as hierarchies of calls and of types, over the wire."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from tests.lsp.editor import Editor, capabilities, conversation, fill, meeting

pytestmark = pytest.mark.asyncio(loop_scope="module")

editor = conversation(capabilities())

HOME = ".ruru/sessions/SESSION-Slots-2506050301"
LOG = f"{HOME}/session_log.md"
FILES = f"""\
-- {LOG} --
+++
id = "SESSION-Slots-2506050301"
title = "🚚 Slots"
status = "🟢 Active"
related_tasks = ["TASK-API-20250605-101501"]
related_artifacts = ["artifacts/notes/NOTE-a.md"]
+++

- [2025-06-05T10:00:00Z] 🚚 Delegated `TASK-API-20250605-101501` to dev-ui
-- {HOME}/artifacts/notes/NOTE-a.md --
# A
-- .ruru/tasks/A/TASK-API-20250605-101501.md --
+++
id = "TASK-API-20250605-101501"
title = "Draw them"
status = "🔵 In Progress"
type = "bug"
sprint = "SPRINT-1"
+++
-- .ruru/tasks/A/TASK-API-20250605-101502.md --
+++
id = "TASK-API-20250605-101502"
title = "Sharpen pencils"
status = "🟢 Done"
type = "bug"
parent_task_id = "TASK-API-20250605-101501"
output_artifacts = ["{HOME}/artifacts/notes/NOTE-a.md"]
+++
-- .ruru/sprints/SPRINT-1.md --
+++
id = "SPRINT-1"
title = "One"
status = "🔵 In Progress"
+++
"""


def show(editor: Editor, path: str) -> str:
    fill(editor.root, FILES)
    where = editor.root / path
    editor.changed_on_disk(where)
    return editor.open(where, where.read_text("utf-8"))


async def prepared(editor: Editor, uri: str, word: str) -> Any:
    place = editor.position(uri, editor.texts[uri].index(word) + 2)
    params = types.CallHierarchyPrepareParams(types.TextDocumentIdentifier(uri), place)
    return await editor.text_document_prepare_call_hierarchy_async(params)


async def outgoing(editor: Editor, item: Any) -> Any:
    return await editor.call_hierarchy_outgoing_calls_async(types.CallHierarchyOutgoingCallsParams(item))


async def incoming(editor: Editor, item: Any) -> Any:
    return await editor.call_hierarchy_incoming_calls_async(types.CallHierarchyIncomingCallsParams(item))


async def test_a_session_leads_over_its_tasks_to_the_artifacts_that_came_of_them(editor: Editor):
    uri = show(editor, LOG)
    (session,) = await prepared(editor, uri, "SESSION-Slots")
    assert (session.name, session.kind, session.detail) == (
        "🚚 Slots", types.SymbolKind.Class, "SESSION-Slots-2506050301 · 🟢 Active",
    )  # fmt: skip
    assert editor.text_at(uri, session.selection_range) == "SESSION-Slots-2506050301"
    task, note = await outgoing(editor, session)
    assert [one.to.name for one in (task, note)] == ["Draw them", "NOTE-a.md"]
    assert [editor.text_at(uri, place) for place in task.from_ranges] == ["TASK-API-20250605-101501"] * 2
    (part,) = await outgoing(editor, task.to)
    assert part.to.name == "Sharpen pencils" and list(part.from_ranges) == []
    (made,) = await outgoing(editor, part.to)
    assert made.to.uri == note.to.uri and list(await outgoing(editor, made.to)) == []


async def test_an_artifact_leads_back_to_who_made_it(editor: Editor):
    uri = show(editor, LOG)
    (note,) = await prepared(editor, uri, "artifacts/notes")
    callers = await incoming(editor, note)
    assert [one.from_.name for one in callers] == ["🚚 Slots", "Sharpen pencils"]
    assert [editor.text_at(uri, place) for place in callers[0].from_ranges] == ["artifacts/notes/NOTE-a.md"]
    (parent,) = await incoming(editor, callers[1].from_)
    assert parent.from_.name == "Draw them"
    session, sprint = await incoming(editor, parent.from_)
    assert (session.from_.name, sprint.from_.name) == ("🚚 Slots", "One")
    assert list(await incoming(editor, session.from_)) == []


async def test_a_place_that_names_nothing_is_the_root_of_no_trace(editor: Editor):
    uri = show(editor, LOG)
    assert await prepared(editor, uri, "to dev-ui") is None


async def types_at(editor: Editor, uri: str, word: str) -> Any:
    place = editor.position(uri, editor.texts[uri].index(word))
    params = types.TypeHierarchyPrepareParams(types.TextDocumentIdentifier(uri), place)
    return await editor.text_document_prepare_type_hierarchy_async(params)


async def test_tasks_are_parts_of_tasks_and_these_of_sprints(editor: Editor):
    uri = show(editor, ".ruru/tasks/A/TASK-API-20250605-101502.md")
    (part,) = await types_at(editor, uri, "title")
    (whole,) = await editor.type_hierarchy_supertypes_async(types.TypeHierarchySupertypesParams(part)) or ()
    (sprint,) = await editor.type_hierarchy_supertypes_async(types.TypeHierarchySupertypesParams(whole)) or ()
    assert [(one.name, one.kind) for one in (part, whole, sprint)] == [
        ("Sharpen pencils", types.SymbolKind.Method), ("Draw them", types.SymbolKind.Method),
        ("One", types.SymbolKind.Package),
    ]  # fmt: skip
    (back,) = await editor.type_hierarchy_subtypes_async(types.TypeHierarchySubtypesParams(sprint)) or ()
    assert back == whole
    assert await editor.type_hierarchy_subtypes_async(types.TypeHierarchySubtypesParams(back)) == (part,)
    assert await types_at(editor, uri, "NOTE-a") is None


async def test_a_file_that_is_gone_has_no_trace_any_more(tmp_path: Path):
    async with meeting(capabilities(), tmp_path) as editor:
        editor.root = tmp_path
        uri = show(editor, LOG)
        (session,) = await prepared(editor, uri, "SESSION-Slots")
        task, _ = await outgoing(editor, session)
        path = editor.path(task.to.uri)
        path.unlink()
        editor.changed_on_disk(path)
        assert await outgoing(editor, task.to) is None and list(await incoming(editor, task.to)) == []
        assert [one.to.name for one in await outgoing(editor, session)] == ["NOTE-a.md"]
