"""Other names over the wire: asked for at a name, or by renaming and deleting files in the editor."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from mdtm.lsp.client import Client
from mdtm.lsp.desk import Change, Desk
from mdtm.lsp.edits import workspace_edit
from mdtm.lsp.overlay import Overlay
from mdtm.plan import Replace, StalePlan
from mdtm.text import Position, Span
from tests.checks import files_in
from tests.lsp.editor import PATIENCE, Editor, capabilities, fill, meeting

pytestmark = pytest.mark.asyncio(loop_scope="module")

SESSION, NEW = "SESSION-Slots-2506050301", "SESSION-Pick_up-2506050301"
TASK, NEW_TASK = "TASK-API-20250605-101500", "TASK-SLOT-20250605-101500"
HOME = ".ruru/sessions"
LOG, NOTE = f"{HOME}/{SESSION}/session_log.md", f"{HOME}/{SESSION}/artifacts/notes/NOTE-a-2506050310.md"
TASK_FILE = f".ruru/tasks/FEATURE_Slots/{TASK}.md"
WORKSPACE = f"""-- {LOG} --
+++
id = "{SESSION}"
title = "Slots"
status = "🟢 Active"
start_time = "2025-06-05T03:01:00Z"
end_time = ""
coordinator = "dev-api"
related_tasks = ["{TASK}"]
related_artifacts = ["artifacts/notes/NOTE-a-2506050310.md"]
tags = []
+++

## Log Entries

- [2025-06-05T03:01:00Z] `dev-api`: 🟢 {TASK}, see [it](../../tasks/FEATURE_Slots/{TASK}.md)
-- {NOTE} --
+++
session_id = "{SESSION}"
+++
-- {HOME}/.active-{SESSION} --
-- {TASK_FILE} --
+++
id = "{TASK}"
title = "Pick up slots"
status = "🔵 In Progress"
type = "🌟 Feature"
session_id = "{SESSION}"
input_artifacts = ["{NOTE}"]
+++
"""
ANNOUNCED = capabilities()
ANNOUNCED["textDocument"] |= {"rename": {"prepareSupport": True}, "documentLink": {"tooltipSupport": True}}


class Met:
    """An editor with files of its own."""

    def __init__(self, editor: Editor) -> None:
        self.editor = editor

    def open(self, path: str) -> str:
        file = self.editor.root / path
        return self.editor.open(file, file.read_text("utf-8"))

    def at(self, uri: str, word: str) -> dict[str, Any]:
        start = self.editor.texts[uri].index(word)
        position = self.editor.position(uri, start + 1)
        return {"text_document": types.TextDocumentIdentifier(uri), "position": position}

    async def prepare(self, uri: str, word: str) -> Any:
        asking: Any = self.editor.text_document_prepare_rename_async(types.PrepareRenameParams(**self.at(uri, word)))
        return await asyncio.wait_for(asking, PATIENCE)

    async def rename(self, uri: str, word: str, new: str) -> types.WorkspaceEdit | None:
        asking = self.editor.text_document_rename_async(types.RenameParams(new_name=new, **self.at(uri, word)))
        return await asyncio.wait_for(asking, PATIENCE)

    async def will_rename(self, *pairs: tuple[str, str]) -> types.WorkspaceEdit | None:
        uris = [[(self.editor.root / path).as_uri() for path in pair] for pair in pairs]
        params = types.RenameFilesParams([types.FileRename(old, new) for old, new in uris])
        return await asyncio.wait_for(self.editor.workspace_will_rename_files_async(params), PATIENCE)

    async def will_delete(self, *paths: str) -> types.WorkspaceEdit | None:
        params = types.DeleteFilesParams([types.FileDelete((self.editor.root / path).as_uri()) for path in paths])
        return await asyncio.wait_for(self.editor.workspace_will_delete_files_async(params), PATIENCE)

    async def links(self, uri: str) -> list[types.DocumentLink]:
        params = types.DocumentLinkParams(types.TextDocumentIdentifier(uri))
        asking: Any = self.editor.text_document_document_link_async(params)
        return list(await asyncio.wait_for(asking, PATIENCE) or ())

    async def followed(self, link: types.DocumentLink) -> types.DocumentLink:
        return await asyncio.wait_for(self.editor.document_link_resolve_async(link), PATIENCE)

    def files(self) -> dict[str, str]:
        """All files, those that are open as the editor has them."""
        editor, root = self.editor, self.editor.root
        found = {p.relative_to(root).as_posix(): p.read_text("utf-8") for p in root.rglob("*") if p.is_file()}
        shown = {editor.path(uri).relative_to(root).as_posix(): text for uri, text in editor.texts.items()}
        return found | {path: text for path, text in shown.items() if path in found}


@pytest_asyncio.fixture(loop_scope="module")
async def met(tmp_path: Path) -> Any:
    fill(tmp_path, WORKSPACE)
    async with meeting(ANNOUNCED, tmp_path) as editor:
        editor.root = tmp_path
        yield Met(editor)


def replaced(*pairs: tuple[str, str]) -> dict[str, str]:
    """The files with some words replaced everywhere, in their paths too."""
    files = files_in(WORKSPACE)
    for old, new in pairs:
        files = {path.replace(old, new): text.replace(old, new) for path, text in files.items()}
    return files


async def test_only_what_has_a_name_is_offered_to_be_renamed(met: Met):
    log = met.open(LOG)
    for word, whole in ((TASK, TASK), ("artifacts/notes", "artifacts/notes/NOTE-a-2506050310.md")):
        offered = await met.prepare(log, word)
        assert (offered.placeholder, met.editor.text_at(log, offered.range)) == (whole, whole)
    assert await met.prepare(log, "coordinator") is None
    assert await met.rename(log, "coordinator", "x") is None


async def test_an_id_is_renamed_in_all_files_with_its_folder_and_marker(met: Met):
    log = met.open(LOG)
    edit = await met.rename(log, SESSION, NEW)
    assert edit and edit.document_changes and edit.change_annotations
    kinds = [type(change).__name__ for change in edit.document_changes]
    assert kinds == ["TextDocumentEdit", "TextDocumentEdit", "TextDocumentEdit", "RenameFile", "RenameFile"]
    marked = {change.annotation_id for change in edit.document_changes if isinstance(change, types.RenameFile)}
    assert [edit.change_annotations[one or ""].label for one in marked] == ["Files and folders"]
    assert not any(one.needs_confirmation for one in edit.change_annotations.values())
    met.editor.take(edit)
    assert met.files() == replaced((SESSION, NEW))


async def test_what_is_not_saved_is_renamed_as_it_is(met: Met):
    task = met.open(TASK_FILE)
    met.editor.edit(task, "Pick up slots", f"🟢 Slots of {TASK}")
    met.editor.take(await met.rename(task, f'{TASK}"\nstatus', NEW_TASK))
    (text,) = met.editor.texts.values()
    assert f'id = "{NEW_TASK}"' in text and f"🟢 Slots of {NEW_TASK}" in text


async def test_a_path_is_renamed_with_its_file(met: Met):
    log = met.open(LOG)
    met.editor.take(await met.rename(log, "artifacts/notes", "artifacts/notes/NOTE-b-2506050310.md"))
    assert met.files() == replaced(("NOTE-a-", "NOTE-b-"))


async def test_a_name_that_cannot_be_had_is_refused_in_one_sentence(met: Met):
    log = met.open(LOG)
    with pytest.raises(JsonRpcException) as refused:
        await met.rename(log, TASK, "a task")
    assert refused.value.code == types.LSPErrorCodes.RequestFailed
    assert refused.value.message == (
        '"a task" cannot be the id of a task: letters, digits, "-", "_" and "." can stand in it'
    )


async def test_an_editor_that_lets_nobody_move_files_is_told_what_is_left_to_do(tmp_path: Path):
    fill(tmp_path, WORKSPACE)
    async with meeting({}, tmp_path) as editor:
        editor.root = tmp_path
        met = Met(editor)
        log = met.open(LOG)
        edit = await met.rename(log, TASK, NEW_TASK)
        assert edit and not edit.document_changes
        editor.take(edit)
        await editor.settled()
        (told,) = editor.messages
        assert told.message == (
            f"mdtm: this editor lets no server move files; now move {TASK_FILE} to {TASK_FILE.replace(TASK, NEW_TASK)}"
        )
        assert f'related_tasks = ["{NEW_TASK}"]' in editor.texts[log]


async def test_files_that_are_renamed_in_the_explorer_are_followed_by_what_names_them(met: Met):
    log = met.open(LOG)
    edit = await met.will_rename((TASK_FILE, TASK_FILE.replace(TASK, NEW_TASK)))
    assert edit and edit.change_annotations
    met.editor.take(edit)
    (met.editor.root / TASK_FILE).rename(met.editor.root / TASK_FILE.replace(TASK, NEW_TASK))
    assert met.files() == replaced((TASK, NEW_TASK))
    params = types.RenameFilesParams([
        types.FileRename((met.editor.root / path).as_uri(), (met.editor.root / new).as_uri())
        for path, new in ((TASK_FILE, TASK_FILE.replace(TASK, NEW_TASK)),)
    ])  # fmt: skip
    met.editor.workspace_did_rename_files(params)
    await met.editor.codes(log)


async def test_a_folder_that_is_renamed_takes_its_session_and_the_marker_with_it(met: Met):
    edit = await met.will_rename((f"{HOME}/{SESSION}", f"{HOME}/{NEW}"))
    met.editor.take(edit)
    (met.editor.root / HOME / SESSION).rename(met.editor.root / HOME / NEW)
    assert met.files() == replaced((SESSION, NEW))
    assert await met.will_rename(("docs/a.md", "docs/b.md"), ("x.md", "../../y.md")) is None


async def test_what_is_deleted_is_taken_off_the_lists(met: Met):
    log = met.open(LOG)
    met.editor.take(await met.will_delete(NOTE, TASK_FILE))
    assert "related_tasks = []\nrelated_artifacts = []\n" in met.editor.texts[log]
    assert f"🟢 {TASK}" in met.editor.texts[log]
    met.editor.take(await met.will_delete(f"{HOME}/{SESSION}"))
    assert not (met.editor.root / HOME / f".active-{SESSION}").exists()
    assert f'session_id = "{SESSION}"' in met.files()[TASK_FILE]


async def test_every_path_and_id_that_leads_somewhere_is_a_link(met: Met):
    log = met.open(LOG)
    met.editor.edit(log, "🟢 Active", "🟢 Active of TASK-GONE-1")
    met.editor.edit(log, f"{TASK}.md)", f"{TASK}.md#L3) `artifacts/gone.md`")
    links = await met.links(log)
    assert [met.editor.text_at(log, link.range) for link in links] == [
        TASK, "artifacts/notes/NOTE-a-2506050310.md", TASK, f"../../tasks/FEATURE_Slots/{TASK}.md",
    ]  # fmt: skip
    assert all(link.target is None for link in links)
    followed = [await met.followed(link) for link in links]
    wanted = [TASK_FILE, NOTE, TASK_FILE, TASK_FILE]
    assert [link.target for link in followed] == [
        (met.editor.root / path).as_uri() + end for path, end in zip(wanted, ("", "", "", "#L3"), strict=True)
    ]
    assert followed[0].tooltip == "Pick up slots · 🔵 In Progress"
    (met.editor.root / TASK_FILE).unlink()
    met.editor.changed_on_disk(met.editor.root / TASK_FILE)
    assert [met.editor.text_at(log, link.range) for link in await met.links(log)] == [
        "artifacts/notes/NOTE-a-2506050310.md"
    ]
    assert (await met.followed(links[0])).target is None


async def test_an_edit_is_not_made_for_a_text_that_has_changed_meanwhile(tmp_path: Path):
    desk = Desk()
    desk.add_folder(tmp_path.as_uri())
    file = desk.open((tmp_path / LOG).as_uri(), 1, files_in(WORKSPACE)[LOG])
    at = str(file.document.text).index(TASK)
    plan = (Replace(LOG, Span(at, at + len(TASK)), TASK, NEW_TASK),)
    assert workspace_edit(desk, Overlay(desk, file.folder), plan, Client()).changes
    desk.change(file.uri, 2, [Change("typed ", Position(0, 0), Position(0, 0))])
    with pytest.raises(StalePlan):
        workspace_edit(desk, Overlay(desk, file.folder), plan, Client())
