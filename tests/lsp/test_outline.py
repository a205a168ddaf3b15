"""The outline, folding, growing selections and colours over the wire."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from mdtm.features.tokens import TYPES
from tests.checks import SESSION_FOLDER, SESSION_PATH, with_keys
from tests.lsp.editor import Editor, capabilities, conversation, meeting

pytestmark = pytest.mark.asyncio(loop_scope="module")

editor = conversation(capabilities())

LOG = with_keys('goal = "🚚 Slots"') + (
    "\n# Slots 🚚\n\n## Log Entries\n\n"
    "- [2025-06-05T03:01:00Z] `dev-api`: Decision: 🚚 first\n"
    "- [2025-06-06T03:01:00Z] `dev-api`: went on\n  for long\n"
)


def outline(found: Any) -> list[Any]:
    """The names of symbols, each with those that lie in it."""
    return [[one.name, *outline(one.children)] if one.children else one.name for one in found]


async def symbols(editor: Editor, uri: str) -> Any:
    return await editor.text_document_document_symbol_async(
        types.DocumentSymbolParams(types.TextDocumentIdentifier(uri))
    )


async def test_the_outline_shows_keys_sections_and_entries_by_day(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, LOG)
    frontmatter, section = await symbols(editor, uri)
    assert "status" in outline(frontmatter.children)
    (old,) = (one for one in frontmatter.children if one.tags)
    assert (old.name, list(old.tags)) == ("goal", [types.SymbolTag.Deprecated])
    assert outline([section]) == [
        ["Slots 🚚", ["Log Entries", ["2025-06-05", "03:01 Decision: 🚚 first"], ["2025-06-06", "03:01 went on"]]]
    ]
    entry = section.children[0].children[0].children[0]
    assert (entry.kind, entry.detail) == (types.SymbolKind.Constant, "dev-api")
    assert editor.text_at(uri, entry.range) == "- [2025-06-05T03:01:00Z] `dev-api`: Decision: 🚚 first"
    assert editor.text_at(uri, section.selection_range) == "Slots 🚚"


async def test_the_outline_follows_what_is_typed(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, LOG)
    before = await symbols(editor, uri)
    editor.edit(uri, "\n# Slots", "\n\n\n# Slots")
    editor.edit(uri, "went on\n", "went on 100% \\ \n")
    _, section = await symbols(editor, uri)
    entry = section.children[0].children[1].children[0]
    assert entry.name == "03:01 went on 100% \\"
    assert entry.range.start.line == before[1].children[0].children[1].children[0].range.start.line + 2


async def test_the_outline_of_an_edited_log_is_that_of_one_that_is_opened_anew(editor: Editor):
    lines = [
        '- [2025-06-05T03:01:00Z] 🚚 100% of "line":3',
        "  - [ ] tell",
        "- [2025-06-06 03:01] é",
        "## Next log",
        "- no time",
        "  more",
        "- [x] box",
        "",
    ]
    choice = random.Random(7)
    uri = editor.open(editor.root / SESSION_PATH, LOG + "\n".join(choice.choices(lines, k=700)))
    for _ in range(12):
        start = choice.randrange(len(LOG), len(editor.texts[uri]))
        place = editor.range_of(uri, start, min(start + choice.choice([0, 0, 1, 90]), len(editor.texts[uri])))
        editor.change(uri, place, choice.choice(["x", "\n", *lines]))
        other = editor.open(editor.root / SESSION_FOLDER / "artifacts/session_log.md", editor.texts[uri])
        assert (await symbols(editor, uri))[1:] == (await symbols(editor, other))[1:]


async def test_a_client_that_nests_no_symbols_gets_a_list(tmp_path: Path):
    plain = capabilities()
    del plain["textDocument"]["documentSymbol"]
    async with meeting(plain, tmp_path) as editor:
        uri = editor.open(tmp_path / SESSION_PATH, LOG)
        found = await symbols(editor, uri)
        assert all(isinstance(one, types.SymbolInformation) for one in found)
        assert {one.location.uri for one in found} == {uri} and not any(one.tags for one in found)
        assert [(one.name, one.container_name) for one in found][-4:] == [
            ("2025-06-05", "Log Entries"), ("03:01 Decision: 🚚 first", "2025-06-05"),
            ("2025-06-06", "Log Entries"), ("03:01 went on", "2025-06-06"),
        ]  # fmt: skip


async def folding(editor: Editor, uri: str) -> list[types.FoldingRange]:
    params = types.FoldingRangeParams(types.TextDocumentIdentifier(uri))
    return list(await editor.text_document_folding_range_async(params) or ())


async def test_frontmatter_sections_days_and_long_entries_fold(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, LOG)
    lines = LOG.splitlines()
    found = [
        (lines[one.start_line][:14], one.end_line - one.start_line, one.kind) for one in await folding(editor, uri)
    ]
    assert found == [
        ("+++", 7, "region"), ("# Slots 🚚", 6, None), ("## Log Entries", 4, None), ("- [2025-06-06T", 1, "region"),
    ]  # fmt: skip


async def test_no_more_is_folded_than_the_client_takes(tmp_path: Path):
    few = capabilities()
    few["textDocument"]["foldingRange"]["rangeLimit"] = 2
    async with meeting(few, tmp_path) as editor:
        text = LOG.replace("# Slots 🚚", "<!-- not\nyet -->\n# Slots 🚚")
        uri = editor.open(tmp_path / SESSION_PATH, text)
        assert [text.splitlines()[one.start_line] for one in await folding(editor, uri)] == ["+++", "# Slots 🚚"]


async def test_a_selection_grows_from_the_word_to_the_file(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, LOG)
    places = [editor.position(uri, LOG.index('Slots"')), types.Position(999, 0)]
    params = types.SelectionRangeParams(types.TextDocumentIdentifier(uri), places)
    found: Any = await editor.text_document_selection_range_async(params)
    first, past = found
    shown = []
    while first:
        shown.append(editor.text_at(uri, first.range))
        first = first.parent
    assert shown[:4] == ["Slots", "🚚 Slots", '"🚚 Slots"', 'goal = "🚚 Slots"'] and shown[-1] == LOG
    while past.parent:
        past = past.parent
    assert editor.text_at(uri, past.range) == LOG


def coloured(editor: Editor, uri: str, data: Any) -> list[str]:
    """The parts of the text that tokens mark, with their types."""
    found, line, column = [], 0, 0
    for at in range(0, len(data), 5):
        line, column = line + data[at], data[at + 1] if data[at] else column + data[at + 1]
        start, end = types.Position(line, column), types.Position(line, column + data[at + 2])
        found.append(f"{TYPES[data[at + 3]]} {editor.text_at(uri, types.Range(start, end))}")
    return found


async def test_the_parts_of_a_file_are_coloured(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, LOG)
    legend: Any = editor.result.capabilities.semantic_tokens_provider
    assert list(legend.legend.token_types) == list(TYPES)
    params = types.SemanticTokensParams(types.TextDocumentIdentifier(uri))
    found: Any = await editor.text_document_semantic_tokens_full_async(params)
    shown = coloured(editor, uri, found.data)
    assert 'string "🚚 Slots"' in shown and "keyword Decision" in shown and 'enumMember "🟢 Active"' in shown


async def test_only_what_changed_in_the_colours_is_told(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, LOG)
    whole = types.SemanticTokensParams(types.TextDocumentIdentifier(uri))
    first: Any = await editor.text_document_semantic_tokens_full_async(whole)
    editor.edit(uri, "went on", "Result: 🚚 it went on")
    params = types.SemanticTokensDeltaParams(types.TextDocumentIdentifier(uri), first.result_id)
    changes: Any = await editor.text_document_semantic_tokens_full_delta_async(params)
    (edit,) = changes.edits
    data = list(first.data)
    data[edit.start : edit.start + edit.delete_count] = edit.data
    now: Any = await editor.text_document_semantic_tokens_full_async(whole)
    assert data == list(now.data) and "keyword Result" in coloured(editor, uri, data) and len(edit.data) < 10
    again = types.SemanticTokensDeltaParams(types.TextDocumentIdentifier(uri), now.result_id)
    nothing: Any = await editor.text_document_semantic_tokens_full_delta_async(again)
    assert nothing.edits == ()
    stale: Any = await editor.text_document_semantic_tokens_full_delta_async(params)
    assert list(stale.data) == data


async def test_the_colours_of_some_lines_are_told_alone(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, LOG)
    line = next(number for number, one in enumerate(LOG.splitlines()) if "first" in one)
    place = types.Range(types.Position(line, 0), types.Position(line, 5))
    params = types.SemanticTokensRangeParams(types.TextDocumentIdentifier(uri), place)
    found: Any = await editor.text_document_semantic_tokens_range_async(params)
    assert coloured(editor, uri, found.data) == ["number 2025-06-05T03:01:00Z", "function dev-api", "keyword Decision"]
