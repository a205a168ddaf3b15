"""Files that come and go, workspace folders, and settings from every side."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from tests.checks import SESSION_FOLDER, SESSION_PATH, with_keys
from tests.lsp.editor import Editor, capabilities, conversation, fill, meeting

pytestmark = pytest.mark.asyncio(loop_scope="module")

editor = conversation(capabilities())

NOTE = "artifacts/notes/NOTE-rye.md"
LISTED = with_keys(f'related_artifacts = ["{NOTE}"]')
BROKEN = with_keys('status = "🟢 Actve"')
OFF = '[rules]\nunknown-status = "off"\n'


def wanted(level: str) -> dict[str, Any]:
    return {"rules": {"unknown-status": level}}


async def test_artifacts_come_and_go(editor: Editor):
    note = editor.root / SESSION_FOLDER / NOTE
    uri = editor.open(editor.root / SESSION_PATH, LISTED)
    await editor.codes(uri, "dangling-artifact")
    fill(editor.root, f"-- {SESSION_FOLDER}/{NOTE} --\nRye.\n")
    editor.changed_on_disk(note)
    await editor.codes(uri)
    editor.edit(uri, f'"{NOTE}"', "")
    await editor.codes(uri, "unlisted-artifact")
    note.unlink()
    editor.changed_on_disk(note)
    await editor.codes(uri)


async def test_renamed_and_deleted_files_are_noticed(editor: Editor):
    folder = editor.root / SESSION_FOLDER
    fill(editor.root, f"-- {SESSION_FOLDER}/{NOTE} --\nRye.\n")
    uri = editor.open(editor.root / SESSION_PATH, LISTED)
    await editor.codes(uri)
    other = folder / "artifacts" / "other"
    os.rename(folder / "artifacts" / "notes", other)
    renamed = types.FileRename((folder / "artifacts" / "notes").as_uri(), other.as_uri())
    editor.workspace_did_rename_files(types.RenameFilesParams([renamed]))
    (found,) = await editor.codes(uri, "dangling-artifact")
    assert found.message == f"there is no file {NOTE}"
    (other / "NOTE-rye.md").unlink()
    other.rmdir()
    editor.workspace_did_delete_files(types.DeleteFilesParams([types.FileDelete((folder / "artifacts").as_uri())]))
    await editor.settled()
    fill(editor.root, f"-- {SESSION_FOLDER}/{NOTE} --\nRye.\n")
    created = types.FileCreate((folder / NOTE).as_uri())
    editor.workspace_did_create_files(types.CreateFilesParams([created]))
    await editor.codes(uri)
    os.rename(editor.root / ".ruru", editor.root / ".old")
    editor.workspace_did_delete_files(types.DeleteFilesParams([types.FileDelete((editor.root / ".ruru").as_uri())]))
    await editor.codes(uri, "dangling-artifact")


async def test_a_broken_settings_file_keeps_what_can_be_read(editor: Editor):
    text = '[rules]\nunknown-status = "off"\nwrong-type = \nbad-time = "loud"\n'
    fill(editor.root, f"-- .mdtm.toml --\n{text}")
    editor.changed_on_disk(editor.root / ".mdtm.toml")
    log = editor.open(editor.root / SESSION_PATH, with_keys('status = "🟢 Actve"\ntags = "a"'))
    await editor.codes(log, "wrong-type")
    uri = editor.open(editor.root / ".mdtm.toml", text)
    await editor.codes(uri, "broken-toml", "bad-setting")
    editor.edit(uri, 'bad-time = "loud"', 'wrong-type = "off"')
    editor.edit(uri, "wrong-type = \n", "")
    await editor.codes(uri)
    await editor.codes(log, "wrong-type")
    (editor.root / ".mdtm.toml").write_text(editor.texts[uri])
    editor.save(uri)
    await editor.codes(log)
    (editor.root / ".mdtm.toml").unlink()
    editor.changed_on_disk(editor.root / ".mdtm.toml")
    await editor.codes(log, "unknown-status", "wrong-type")


async def test_settings_in_pyproject_hold_and_are_judged(editor: Editor):
    log = editor.open(editor.root / SESSION_PATH, with_keys('status = "🟢 Actve"'))
    await editor.codes(log, "unknown-status")
    text = '[project]\nname = x\n[tool.mdtm.rules]\nstate = "off"\nsate = "off"\n'
    fill(editor.root, f"-- pyproject.toml --\n{text}")
    editor.changed_on_disk(editor.root / "pyproject.toml")
    await editor.codes(log)
    uri = editor.open(editor.root / "pyproject.toml", text)
    await editor.codes(uri, "unknown-setting")
    (editor.root / "pyproject.toml").unlink()
    editor.changed_on_disk(editor.root / "pyproject.toml")
    await editor.codes(log, "unknown-status")


async def test_what_is_excluded_has_no_findings(editor: Editor):
    log = editor.open(editor.root / SESSION_PATH, with_keys('status = "🟢 Actve"'))
    await editor.codes(log, "unknown-status")
    fill(editor.root, '-- .mdtm.toml --\nexclude = [".ruru/"]\n')
    editor.changed_on_disk(editor.root / ".mdtm.toml")
    await editor.codes(log)
    assert await editor.actions(log, "Actve") == []
    (editor.root / ".mdtm.toml").unlink()
    editor.changed_on_disk(editor.root / ".mdtm.toml")
    await editor.codes(log, "unknown-status")


async def test_settings_that_cannot_be_read_are_told_once(editor: Editor):
    (editor.root / ".mdtm.toml").mkdir()
    for _ in range(2):
        editor.changed_on_disk(editor.root / "a.md")
    editor.changed_on_disk(editor.root / ".mdtm.toml")
    editor.changed_on_disk(editor.root / "a.md")
    await editor.settled()
    assert [shown.message for shown in editor.messages] == ["mdtm: .mdtm.toml cannot be read: Is a directory"]
    (editor.root / ".mdtm.toml").rmdir()
    editor.changed_on_disk(editor.root / ".mdtm.toml")


async def test_what_a_client_tells_by_itself_is_taken(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, BROKEN)
    await editor.codes(uri, "unknown-status")
    for settings in ({"mdtm": wanted("off")}, wanted("off")):
        editor.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))
        await editor.codes(uri)
        for nonsense in ({"mdtm": wanted("loud")}, {"mdtm": [1]}, None, 3):
            editor.workspace_did_change_configuration(types.DidChangeConfigurationParams(nonsense))
            await editor.codes(uri, "unknown-status")
    assert {"workspace/didChangeWatchedFiles", "workspace/didChangeConfiguration"} == set(editor.registered)


async def test_each_folder_has_its_own_settings(tmp_path: Path):
    one, two = tmp_path / "one", tmp_path / "two"
    fill(one, f"-- .mdtm.toml --\n{OFF}")
    fill(two, '-- .mdtm.toml --\n[rules]\nunknown-status = "hint"\n')
    async with meeting(capabilities(), one, two) as editor:
        in_one, in_two = (editor.open(root / SESSION_PATH, BROKEN) for root in (one, two))
        await editor.codes(in_one)
        (found,) = await editor.codes(in_two, "unknown-status")
        assert found.severity == types.DiagnosticSeverity.Hint

        inner = one / ".ruru"
        self_and_inner = [types.WorkspaceFolder(root.as_uri(), root.name) for root in (one, inner)]
        event = types.WorkspaceFoldersChangeEvent(self_and_inner[1:], self_and_inner[:1])
        editor.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
        await editor.codes(in_one)  # the workspace is still the folder around it
        event = types.WorkspaceFoldersChangeEvent(self_and_inner[:1], self_and_inner[1:])
        editor.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
        await editor.codes(in_one)

        outside = tmp_path / "three"
        fill(outside, f"-- .mdtm.toml --\n{OFF}")
        await editor.codes(editor.open(outside / SESSION_PATH, BROKEN))


async def test_a_client_is_asked_for_the_settings_of_each_folder(tmp_path: Path):
    one, two = tmp_path / "one", tmp_path / "two"
    fill(one, f"-- .mdtm.toml --\n{OFF}")
    fill(two, f"-- .mdtm.toml --\n{OFF}")
    options = {"rules": {"wrong-type": "off"}}
    text = with_keys('status = "🟢 Actve"\ntags = "a"')
    async with meeting(capabilities(asks=True), one, two, options=options) as editor:
        in_one, in_two = (editor.open(root / SESSION_PATH, text) for root in (one, two))
        await editor.codes(in_one)
        editor.set_configuration(
            {"rules": wanted("hint")["rules"] | options["rules"]}, section="mdtm", scope_uri=one.as_uri()
        )
        editor.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
        await editor.codes(in_one, "unknown-status")
        await editor.codes(in_two)
        editor.set_configuration(wanted("error"), section="mdtm")
        editor.set_configuration(None, section="mdtm", scope_uri=one.as_uri())
        editor.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
        await editor.codes(in_two, "unknown-status", "wrong-type")
