"""Places and edits behind emoji, in the units that each client counts in."""

from __future__ import annotations

import pytest

from tests.checks import SESSION_PATH, with_keys
from tests.lsp.editor import Editor, capabilities, conversation

pytestmark = pytest.mark.asyncio(loop_scope="module")

editor = conversation(
    {},
    params=[capabilities(), capabilities(encodings=("utf-8", "utf-32", "utf-16"))],
    ids=["utf-16", "utf-8"],
)


async def test_the_first_encoding_of_the_client_is_taken(editor: Editor, request: pytest.FixtureRequest):
    assert editor.encoding in request.node.callspec.id


async def test_a_finding_behind_emoji_stands_at_its_text(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, with_keys('tags = ["🟢🟢", "👩‍🌾", x]'))
    (found,) = await editor.codes(uri, "broken-toml")
    assert editor.text_at(uri, found.range) == "x"
    line = editor.texts[uri].split("\n")[found.range.start.line]
    units = {"utf-8": line[: line.index("x")].encode(), "utf-16": line[: line.index("x")].encode("utf-16-le")[::2]}
    assert found.range.start.character == len(units[editor.encoding])


async def test_edits_behind_emoji_change_what_they_mean(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, with_keys('tags = ["🟢", "a"]\nstatus = "🟢 Actve"'))
    await editor.codes(uri, "unknown-status")
    editor.edit(uri, '"a"', '"🏁🏁", "b')
    await editor.codes(uri, "broken-toml", "unknown-status")
    editor.edit(uri, '"b]', '"b"]')
    editor.edit(uri, "Actve", "Active")
    await editor.codes(uri)


@pytest.mark.parametrize("sign", ["\u2028", "\u0085"], ids=["U+2028", "U+0085"])
async def test_only_line_ends_end_a_line(editor: Editor, sign: str):
    keys = 'title = "one"\nstatus = "⏸️ Paused"\nend_time = "2025-06-30T03:01:00Z"'
    entries = f"- [2025-06-05T03:01:00Z] Session paused\n- [2025-06-05T03:02:00Z] 🟢{sign} begun\n"
    text = with_keys(keys) + f"\n# One{sign}two\n\n## Log Entries\n\n{entries}"
    uri = editor.open(editor.root / SESSION_PATH, text)
    await editor.codes(uri)
    editor.edit(uri, "begun\n", "begun\n- [2025-06-31T03:01:00Z] 🟢 on\n")
    (found,) = await editor.codes(uri, "bad-time")
    assert editor.text_at(uri, found.range) == "2025-06-31T03:01:00Z"
    editor.edit(uri, "06-31", "06-30")
    await editor.codes(uri)


async def test_the_line_ends_of_windows_count_as_one(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, with_keys('status = "🟢 Actve"').replace("\n", "\r\n"))
    (found,) = await editor.codes(uri, "unknown-status")
    assert editor.text_at(uri, found.range) == '"🟢 Actve"'
    editor.edit(uri, "+++\r\nid", "+++\r\n# 🟢\r\nid")
    editor.edit(uri, '🟢 Actve"\r\n', '🟢 Active"\r\nend_time = "2025-06-06"\r\n')
    found = (await editor.codes(uri, "wrong-end-time"))[0]
    assert editor.text_at(uri, found.range) == '"2025-06-06"'


async def test_a_line_end_can_be_typed_in_halves(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, with_keys('status = "🟢 Actve"').replace("\n", "\r\n"))
    editor.edit(uri, "+++\r\nid", "+++\rid")
    end = editor.texts[uri].index("\r")
    editor.change(uri, editor.range_of(uri, end + 1, end + 1), "\n")
    (found,) = await editor.codes(uri, "unknown-status")
    assert editor.text_at(uri, found.range) == '"🟢 Actve"'


async def test_places_that_do_not_exist_are_taken_as_the_nearest(editor: Editor):
    uri = editor.open(editor.root / SESSION_PATH, with_keys('status = "🟢 Actve"'))
    assert await editor.actions_at(uri, 10_000, 10_000) == []
    assert await editor.actions_at(uri, 0, 10_000) == []
    end = editor.position(uri, len(editor.texts[uri]))
    place = editor.range_of(uri, 0, 0)
    backwards = type(place)(end, place.start)
    titles = [action.title for action in await editor._ask_actions(uri, backwards, ["quickfix"])]
    assert titles == ['Write "🟢 Active"', "Allow unknown-status here"]
