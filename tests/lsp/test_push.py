"""What is published to a client that waits for diagnostics: their parts, and their order."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lsprotocol import types

from mdtm.pages import page
from mdtm.rules import rule_named
from tests.checks import SESSION_PATH, with_keys
from tests.lsp.editor import Editor, capabilities, conversation, fill

pytestmark = pytest.mark.asyncio(loop_scope="module")

editor = conversation(capabilities())


async def test_a_diagnostic_has_all_its_parts(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, with_keys('status = "🟢 Actve"'))
    (found,) = await editor.codes(uri, "unknown-status")
    assert (found.source, found.severity) == ("mdtm", types.DiagnosticSeverity.Warning)
    assert found.message == '"🟢 Actve" is no status of a session log; write "🟢 Active"'
    assert (found.tags, found.related_information) == (None, None)
    assert editor.published[-1].version == editor.versions[uri]


async def test_a_diagnostic_links_to_the_page_of_its_rule(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, with_keys('status = "🟢 Actve"'))
    (found,) = await editor.codes(uri, "unknown-status")
    assert found.code_description
    address = urlsplit(found.code_description.href)
    assert address.scheme == "file"
    rule = rule_named("unknown-status")
    assert rule and Path(unquote(address.path)).read_text(encoding="utf-8") == page(rule)


async def test_a_duplicate_key_names_the_first(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, with_keys('# 🟢\ntags = ["a"]\ntags = ["b"]'))
    (found,) = await editor.codes(uri, "duplicate-key")
    assert found.related_information
    place = found.related_information[0].location
    assert (place.uri, place.range.start.line) == (uri, found.range.start.line - 1)
    assert editor.text_at(uri, place.range) == "tags"
    assert found.tags is None


async def test_an_equal_duplicate_is_shown_as_unnecessary(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, with_keys('tags = ["a"]\ntags = ["a"]'))
    (found,) = await editor.codes(uri, "duplicate-key")
    assert list(found.tags or ()) == [types.DiagnosticTag.Unnecessary]


async def test_every_severity_arrives(editor: Editor):
    keys = with_keys('status = "⏸ Paused"\nend_time = "2025-06-05T04:01:00Z"\ntags = "a"')
    uri = editor.open(editor.root / SESSION_PATH, keys.replace('coordinator = "dev-api"\n', ""))
    found = await editor.codes(uri, "missing-field", "unknown-status", "wrong-type")
    assert [one.severity for one in found] == [3, 4, 1]


async def test_a_burst_of_edits_is_judged_as_it_ends(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, with_keys('status = "🟢 Active"'))
    await editor.codes(uri)
    before, first = len(editor.published), editor.versions[uri]
    for number in range(100):
        editor.edit(uri, "🟢 Active", f"🟢 {number}th")
        editor.edit(uri, f"🟢 {number}th", "🟢 Active")
    editor.edit(uri, "🟢 Active", "🟢 Actve")
    await editor.codes(uri, "unknown-status")
    await editor.settled()
    versions = [publish.version or 0 for publish in editor.published[before:]]
    assert versions == sorted(set(versions)) and versions[-1] == first + 201
    for publish in editor.published[before:]:
        assert publish.version and bool(publish.diagnostics) == bool((publish.version - first) % 2)


async def test_a_closed_file_is_emptied_and_an_open_one_judged_anew(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, with_keys('status = "🟢 Actve"'))
    await editor.codes(uri, "unknown-status")
    editor.close(uri)
    await editor.settled()
    assert editor.published[-1].uri == uri and not editor.published[-1].diagnostics
    editor.save(uri)
    await editor.settled()
    assert not editor.published[-1].diagnostics
    editor.open(uri, with_keys('tags = "a"'))
    await editor.codes(uri, "wrong-type")


async def test_the_buffer_is_judged_and_never_the_disk(editor: Editor):
    fill(editor.root, f"-- {SESSION_PATH} --\n{with_keys('tags = 1')}")
    uri = editor.open(editor.root / SESSION_PATH, with_keys('status = "🟢 Actve"'))
    await editor.codes(uri, "unknown-status")
    editor.changed_on_disk(editor.root / SESSION_PATH)
    editor.save(uri)
    await editor.settled()
    assert [one.code for one in editor.published[-1].diagnostics] == ["unknown-status"]
    (editor.root / SESSION_PATH).unlink()
    editor.changed_on_disk(editor.root / SESSION_PATH)
    await editor.settled()
    assert [one.code for one in editor.published[-1].diagnostics] == ["unknown-status"]


@pytest.mark.parametrize("text", ["", "# Bread\n\n- [2025-99-99] rye\n", "---\ntitle: Bread\n---\n"])
async def test_markdown_of_others_is_left_alone(editor: Editor, text: str):
    await editor.codes(editor.open(editor.root / "docs" / "bread.md", text))


async def test_a_new_file_is_judged_without_a_disk(editor: Editor):
    uri = editor.open("untitled:session_log.md", with_keys('status = "🟢 Actve"\nrelated_artifacts = ["a.md"]'))
    await editor.codes(uri, "unknown-status")
    (action, *_) = await editor.actions(uri, "Actve")
    editor.take(action.edit)
    await editor.codes(uri)


async def test_what_is_not_open_is_answered_with_nothing(editor: Editor):
    for uri in ("file:///nowhere/session_log.md", "untitled:two", "git:/x.md?%7B%7D", "http://host/a.md", "", "::"):
        assert await editor.actions_at(uri, 0, 0) == []
        before = len(editor.published)
        editor.close(uri)
        identifier = types.VersionedTextDocumentIdentifier(3, uri)
        change = types.TextDocumentContentChangeWholeDocument("+++")
        editor.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))
        await editor.settled()
        assert all(not publish.diagnostics for publish in editor.published[before:])


async def test_a_file_that_is_on_no_disk_is_judged_by_its_path(editor: Editor):
    uri = editor.open("vscode-vfs://github/bakery/.ruru/session_log.md", with_keys('status = "🟢 Actve"'))
    await editor.codes(uri, "unknown-status")
