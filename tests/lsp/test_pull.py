"""Diagnostics for a client that asks for them: one file, and the whole workspace by a long poll."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcRequestCancelled

from tests.checks import SESSION_FOLDER, SESSION_PATH, with_keys
from tests.lsp.editor import PATIENCE, Editor, capabilities, conversation, fill, meeting

pytestmark = pytest.mark.asyncio(loop_scope="module")

editor = conversation(capabilities(pulls=True))

OTHER = ".ruru/sessions/SESSION-Sell_cake-2506050301/session_log.md"
BROKEN = with_keys('status = "🟢 Actve"')
SOUND = with_keys('status = "🟢 Active"')


def ask(editor: Editor, known: dict[str, str]) -> asyncio.Task[types.WorkspaceDiagnosticReport]:
    """Asks for what the client does not know yet."""
    ids = [types.PreviousResultId(uri, value) for uri, value in known.items()]
    return asyncio.ensure_future(editor.workspace_diagnostic_async(types.WorkspaceDiagnosticParams(ids)))


def learn(known: dict[str, str], report: types.WorkspaceDiagnosticReport) -> dict[str, list[Any]]:
    """The codes of each file in a report, whose ids become known."""
    codes = {}
    for item in report.items:
        assert isinstance(item, types.WorkspaceFullDocumentDiagnosticReport)
        known[item.uri] = item.result_id or ""
        codes[item.uri] = [one.code for one in item.items]
    return codes


async def news(editor: Editor, known: dict[str, str]) -> dict[str, list[Any]]:
    return learn(known, await asyncio.wait_for(ask(editor, known), PATIENCE))


async def test_a_report_is_sent_again_only_when_it_is_another(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, BROKEN)
    first = await editor.pull(uri)
    assert isinstance(first, types.RelatedFullDocumentDiagnosticReport)
    assert [one.code for one in first.items] == ["unknown-status"]
    again = await editor.pull(uri, first.result_id)
    assert isinstance(again, types.RelatedUnchangedDocumentDiagnosticReport)
    assert again.result_id == first.result_id
    editor.edit(uri, "Actve", "Active")
    fixed = await editor.pull(uri, first.result_id)
    assert isinstance(fixed, types.RelatedFullDocumentDiagnosticReport)
    assert not fixed.items and fixed.result_id != first.result_id
    editor.close(uri)


async def test_a_file_that_is_not_open_has_no_report(editor: Editor):
    for uri in ("file:///nowhere/session_log.md", "untitled:x", ""):
        report = await editor.pull(uri)
        assert isinstance(report, types.RelatedFullDocumentDiagnosticReport) and not report.items


async def test_one_who_pulls_is_pushed_nothing(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, BROKEN)
    editor.edit(uri, "Actve", "Actv")
    editor.save(uri)
    editor.close(uri)
    await editor.settled()
    assert editor.published == []


async def test_the_workspace_is_told_once_and_then_its_news(tmp_path: Path):
    fill(tmp_path, f"-- {SESSION_PATH} --\n{BROKEN}-- {OTHER} --\n{SOUND}-- docs/a.md --\n# A\n-- .git/b.md --\n+++\n")
    async with meeting(capabilities(pulls=True), tmp_path) as editor:
        this, other = (tmp_path / SESSION_PATH).as_uri(), (tmp_path / OTHER).as_uri()
        known: dict[str, str] = {}
        assert await news(editor, known) == {this: ["unknown-status"], other: ["id-mismatch"]}

        waiting = ask(editor, known)
        await editor.settled()
        assert not waiting.done()
        editor.open(tmp_path / SESSION_PATH, BROKEN)
        editor.edit(this, "Actve", "Active")
        await editor.settled()
        assert not waiting.done()  # the client asks for open files itself
        (tmp_path / OTHER).unlink()
        editor.changed_on_disk(tmp_path / OTHER)
        assert learn(known, await asyncio.wait_for(waiting, PATIENCE)) == {this: [], other: []}

        editor.close(this)
        assert await news(editor, known) == {this: ["unknown-status"]}


async def test_a_request_that_waits_can_be_cancelled(tmp_path: Path):
    async with meeting(capabilities(pulls=True), tmp_path) as editor:
        waiting = ask(editor, {})
        await editor.settled()
        number = next(iter(editor.protocol._request_futures))
        editor.cancel_request(types.CancelParams(number))
        with pytest.raises(JsonRpcRequestCancelled):
            await asyncio.wait_for(waiting, PATIENCE)
        editor.open(tmp_path / SESSION_PATH, BROKEN)
        assert len(await news(editor, {})) == 1


async def test_a_file_that_is_judged_anew_and_found_as_it_was_is_no_news(tmp_path: Path):
    task = '+++\nid = "TASK-DEV-20250605-101500"\ntitle = "🟢"\nstatus = "🟡 To Do"\ntype = "🌟 Feature"\n+++\n'
    path = tmp_path / ".ruru/tasks/FEATURE_A/TASK-DEV-20250605-101500.md"
    fill(tmp_path, f"-- {SESSION_PATH} --\n{BROKEN}-- {path.relative_to(tmp_path).as_posix()} --\n{task}")
    async with meeting(capabilities(pulls=True), tmp_path) as editor:
        known: dict[str, str] = {}
        assert await news(editor, known) == {(tmp_path / SESSION_PATH).as_uri(): ["unknown-status"]}
        waiting = ask(editor, known)
        path.write_text(task.replace("🟡 To Do", "🟢 Done").replace("DEV", "OPS"))
        editor.changed_on_disk(path)
        assert list(learn(known, await asyncio.wait_for(waiting, PATIENCE))) == [path.as_uri()]


async def test_a_file_of_others_is_found_by_its_watcher(tmp_path: Path):
    fill(tmp_path, f"-- {SESSION_PATH} --\n{SOUND}")
    note = tmp_path / SESSION_FOLDER / "artifacts" / "NOTE-rye.md"
    async with meeting(capabilities(pulls=True), tmp_path) as editor:
        known: dict[str, str] = {}
        waiting = ask(editor, known)
        await editor.settled()
        note.parent.mkdir()
        note.write_text("Rye.\n")
        editor.changed_on_disk(note)
        (codes,) = learn(known, await asyncio.wait_for(waiting, PATIENCE)).values()
        assert codes == ["unlisted-artifact"]
        assert not editor.refreshed  # nothing lies open that could be shown otherwise


async def test_a_folder_inside_another_is_told_once(tmp_path: Path):
    inner = tmp_path / "shop"
    fill(inner, f"-- {SESSION_PATH} --\n{BROKEN}")
    async with meeting(capabilities(pulls=True), tmp_path, inner) as editor:
        known: dict[str, str] = {}
        assert len(await news(editor, known)) == 1
        waiting = ask(editor, known)
        await editor.settled()
        await editor.settled()
        assert not waiting.done()
        waiting.cancel()


async def test_an_open_file_is_told_once_however_its_uri_is_written(tmp_path: Path):
    fill(tmp_path / "it's (new)", f"-- {SESSION_PATH} --\n{BROKEN}")
    path = tmp_path / "it's (new)" / SESSION_PATH
    async with meeting(capabilities(pulls=True), tmp_path) as editor:
        for uri in (f"file://{path}".replace(" ", "%20"), path.as_uri()):
            editor.open(uri, BROKEN)
            assert list(await news(editor, {})) == [uri]
            editor.close(uri)


async def test_a_workspace_folder_that_is_gone_has_no_news(tmp_path: Path):
    async with meeting(capabilities(pulls=True), tmp_path / "gone") as editor:
        waiting = ask(editor, {})
        await editor.settled()
        assert not waiting.done()
        fill(tmp_path / "gone", f"-- {SESSION_PATH} --\n{BROKEN}")
        editor.changed_on_disk(tmp_path / "gone" / SESSION_PATH)
        assert len(learn({}, await asyncio.wait_for(waiting, PATIENCE))) == 1


async def test_files_that_become_excluded_have_their_findings_taken_back(tmp_path: Path):
    async with meeting(capabilities(pulls=True), tmp_path) as editor:
        fill(tmp_path, f"-- {OTHER} --\n{BROKEN}")
        known: dict[str, str] = {}
        uri = (tmp_path / OTHER).as_uri()
        assert set(await news(editor, known)) == {uri}
        waiting = ask(editor, known)
        fill(tmp_path, '-- .mdtm.toml --\nexclude = ["SESSION-Sell*/"]\n')
        editor.changed_on_disk(tmp_path / ".mdtm.toml")
        assert learn(known, await asyncio.wait_for(waiting, PATIENCE)) == {uri: []}
