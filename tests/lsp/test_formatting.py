"""Formatting over the wire."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lsprotocol import types

from tests.checks import SESSION_PATH
from tests.lsp.editor import Editor, capabilities, conversation, meeting

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAIN = capabilities()
PLAIN["textDocument"]["rangeFormatting"] = {"dynamicRegistration": False}
RANGES = capabilities()
RANGES["textDocument"]["rangeFormatting"] = {"rangesSupport": True}
editor = conversation(RANGES)

UNTIDY = """\
+++
status  =  "🟢 Active"
id = "SESSION-Pick_up_slots-2506050301"
+++

## Log Entries

* [2025-06-05 03:01:00] 🟢 One \t
* [2025-06-05 03:02:00] Two"""
OPTIONS = types.FormattingOptions(4, True, True, True, True)


def take(editor: Editor, uri: str, edits: Any) -> str:
    editor.take(types.WorkspaceEdit(changes={uri: list(edits or ())}))
    return editor.texts[uri]


def opened(editor: Editor, text: str = UNTIDY) -> tuple[str, types.TextDocumentIdentifier]:
    uri = editor.open(editor.root / SESSION_PATH, text)
    return uri, types.TextDocumentIdentifier(uri)


async def test_a_file_is_brought_into_form_with_the_wishes_of_the_editor(editor: Editor):
    uri, identifier = opened(editor)
    params = types.DocumentFormattingParams(identifier, OPTIONS)
    assert take(editor, uri, await editor.text_document_formatting_async(params)) == (
        '+++\nid = "SESSION-Pick_up_slots-2506050301"\nstatus = "🟢 Active"\n+++\n\n## Log Entries\n\n'
        "- [2025-06-05 03:01:00] 🟢 One\n- [2025-06-05 03:02:00] Two\n"
    )
    assert not await editor.text_document_formatting_async(params)


async def test_selected_lines_are_brought_into_form_and_no_others(editor: Editor):
    uri, identifier = opened(editor)
    place = editor.range_of(uri, UNTIDY.index("* ["), UNTIDY.index("One"))
    params = types.DocumentRangeFormattingParams(identifier, place, OPTIONS)
    after = take(editor, uri, await editor.text_document_range_formatting_async(params))
    assert after == UNTIDY.replace("* [", "- [", 1).replace(" \t", "")


async def test_several_ranges_are_formatted_at_once_where_the_client_can(editor: Editor):
    uri, identifier = opened(editor)
    places = [editor.range_of(uri, UNTIDY.index(word), UNTIDY.index(word)) for word in ("Two", "status")]
    params = types.DocumentRangesFormattingParams(identifier, places, OPTIONS)
    after = take(editor, uri, await editor.text_document_ranges_formatting_async(params))
    assert after == UNTIDY.replace("  =  ", " = ").replace("* [2025-06-05 03:02", "- [2025-06-05 03:02") + "\n"
    assert editor.result.capabilities.document_range_formatting_provider == types.DocumentRangeFormattingOptions(
        ranges_support=True
    )


async def test_a_client_of_lsp_3_17_is_offered_single_ranges_only():
    async with meeting(PLAIN) as old:
        assert old.result.capabilities.document_range_formatting_provider is True


async def test_enter_goes_on_with_the_list_above(editor: Editor):
    text = (
        "+++\n+++\n\n## Steps\n\n- [x] 🟢 Settle it\n\n  1. 🟢 Rye\n\n## Log Entries\n\n- [2025-06-05T03:01:00Z] One\n"
    )
    for begun, wanted in (("Settle it", r"- \[ \] "), ("Rye", r"  2\. "), ("] One", r"- \[\S+Z\] `\S+`: ")):
        uri, identifier = opened(editor, text)
        editor.edit(uri, begun, f"{begun}\n")
        position = editor.position(uri, editor.texts[uri].index(begun) + len(begun) + 1)
        params = types.DocumentOnTypeFormattingParams(identifier, position, "\n", OPTIONS)
        (edit,) = await editor.text_document_on_type_formatting_async(params) or ()
        assert re.fullmatch(wanted, edit.new_text)
        take(editor, uri, [edit])
        params.position = types.Position(position.line + 1, 0)
        editor.change(uri, types.Range(params.position, params.position), "\n")
        params.position = types.Position(position.line + 1, 0)
        assert take(editor, uri, await editor.text_document_on_type_formatting_async(params)).count("\n") == (
            text.count("\n") + 1
        )
