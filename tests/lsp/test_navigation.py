"""Going from names to what they name, and back to all that names it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from tests.lsp.editor import PATIENCE, Editor, capabilities, conversation, fill, meeting

pytestmark = pytest.mark.asyncio(loop_scope="module")

LINKS = {name: {"linkSupport": True} for name in ("definition", "declaration", "typeDefinition")}
LINKING = capabilities()
LINKING["textDocument"] |= LINKS
editor = conversation(LINKING)

SESSION, TASK, OTHER = "SESSION-Slots-2506050301", "TASK-API-20250605-101500", "TASK-API-20250605-111500"
LOG = f".ruru/sessions/{SESSION}/session_log.md"
NOTE = f".ruru/sessions/{SESSION}/artifacts/notes/NOTE-rules-2506050310.md"
TASK_FILE, OTHER_FILE = f".ruru/tasks/FEATURE_Slots/{TASK}.md", f".ruru/tasks/FEATURE_Slots/{OTHER}.md"
WORKSPACE = f"""-- {LOG} --
+++
id = "{SESSION}"
title = "Slots"
status = "🟢 Active"
start_time = "2025-06-05T03:01:00Z"
coordinator = "dev-api"
related_tasks = ["{TASK}"]
related_artifacts = ["artifacts/notes/NOTE-rules-2506050310.md"]
+++

## Log Entries

- [2025-06-05T03:01:00Z] 🟢 `dev-api`: Session started
- [2025-06-05T03:10:00Z] `dev-api`: 🟢 `artifacts/notes/NOTE-rules-2506050310.md` for {TASK}
- [2025-06-05T03:12:00Z] `dev-api`: [what is done](/docs/states.md#in-the-shelf), `docs/states.md:3`, `docs/gone.md`
-- {NOTE} --
+++
id = "NOTE-1"
session_id = "{SESSION}"
+++

# Rules
-- {TASK_FILE} --
+++
id = "{TASK}"
title = "Pick up slots"
status = "🔵 In Progress"
type = "🌟 Feature"
session_id = "{SESSION}"
template_schema_doc = ".ruru/templates/01_mdtm_feature.README.md"
+++
-- {OTHER_FILE} --
+++
id = "{OTHER}"
title = "Test the slots"
status = "🟡 To Do"
type = "🧪 Test"
depends_on = ["{TASK}"]
+++
-- .ruru/templates/01_mdtm_feature.README.md --
# Features
-- docs/states.md --
# States

An order has states.

## In the shelf

See [the task](../{TASK_FILE}).
"""


@pytest.fixture(autouse=True)
def files(editor: Editor) -> None:
    if not (editor.root / LOG).exists():
        fill(editor.root, WORKSPACE)


def opened(editor: Editor, path: str) -> str:
    file = editor.root / path
    return editor.open(file, file.read_text("utf-8"))


async def ask(editor: Editor, method: str, uri: str, word: str, nth: int = 0, **more: Any) -> Any:
    """What the server says at the second character of the `nth` place where a word stands."""
    start = -1
    for _ in range(nth + 1):
        start = editor.texts[uri].index(word, start + 1)
    made: Any = {
        "definition": types.DefinitionParams, "declaration": types.DeclarationParams,
        "type_definition": types.TypeDefinitionParams, "references": types.ReferenceParams,
        "document_highlight": types.DocumentHighlightParams, "linked_editing_range": types.LinkedEditingRangeParams,
    }[method]  # fmt: skip
    params = made(text_document=types.TextDocumentIdentifier(uri), position=editor.position(uri, start + 1), **more)
    asking: Any = getattr(editor, f"text_document_{method}_async")(params)
    return await asyncio.wait_for(asking, PATIENCE)


def went(editor: Editor, links: Any) -> list[tuple[str, str]]:
    """Where links lead: the files, from the workspace root, and the text that is selected there."""
    found = []
    for link in links or ():
        assert isinstance(link, types.LocationLink)
        found.append((path_of(editor, link.target_uri), shown(editor, link.target_uri, link.target_selection_range)))
    return found


def path_of(editor: Editor, uri: str) -> str:
    return editor.path(uri).relative_to(editor.root).as_posix()


def shown(editor: Editor, uri: str, place: types.Range) -> str:
    is_open = uri in editor.texts
    if not is_open:
        editor.texts[uri] = editor.path(uri).read_text("utf-8")
    text = editor.text_at(uri, place)
    if not is_open:
        del editor.texts[uri]
    return text


async def test_an_id_leads_to_the_place_where_it_is_defined(editor: Editor):
    log = opened(editor, LOG)
    for nth in (0, 1):
        links = await ask(editor, "definition", log, TASK, nth)
        assert went(editor, links) == [(TASK_FILE, TASK)]
        assert editor.text_at(log, links[0].origin_selection_range) == TASK
    task = opened(editor, TASK_FILE)
    assert went(editor, await ask(editor, "definition", task, SESSION)) == [(LOG, SESSION)]
    assert went(editor, await ask(editor, "definition", task, TASK)) == [(TASK_FILE, TASK)]
    assert await ask(editor, "definition", task, "Pick") is None


async def test_a_path_leads_to_its_file_and_to_the_place_behind_it(editor: Editor):
    log = opened(editor, LOG)
    for nth in (0, 1):
        assert went(editor, await ask(editor, "definition", log, "artifacts/notes", nth)) == [(NOTE, "")]
    assert went(editor, await ask(editor, "definition", log, "/docs/states")) == [("docs/states.md", "## In the shelf")]
    assert went(editor, await ask(editor, "definition", log, "docs/states.md:")) == [
        ("docs/states.md", "An order has states.")
    ]
    assert await ask(editor, "definition", log, "docs/gone") is None


async def test_an_id_is_declared_in_the_file_that_has_it(editor: Editor):
    log = opened(editor, LOG)
    assert went(editor, await ask(editor, "declaration", log, TASK, 1)) == [(TASK_FILE, TASK)]


async def test_the_type_of_a_task_is_its_template(editor: Editor):
    task, other = opened(editor, TASK_FILE), opened(editor, OTHER_FILE)
    assert went(editor, await ask(editor, "type_definition", task, TASK)) == [
        (".ruru/templates/01_mdtm_feature.README.md", "")
    ]
    (link,) = await ask(editor, "type_definition", other, OTHER)
    assert "Test" in editor.path(link.target_uri).read_text("utf-8")
    (there,) = await ask(editor, "type_definition", other, "title")
    assert isinstance(there, types.Location)


async def test_references_are_found_in_keys_in_prose_in_links_and_in_what_is_not_saved(editor: Editor):
    other = opened(editor, OTHER_FILE)
    editor.edit(other, "🟡 To Do", "⚪ Blocked")
    editor.edit(other, '"🧪 Test"\n', f'"🧪 Test"\nparent_task_id = "{TASK}"\n')
    found = await ask(editor, "references", other, TASK, context=types.ReferenceContext(include_declaration=True))
    places = [(path_of(editor, one.uri), shown(editor, one.uri, one.range)) for one in found]
    assert places[:2] == [(OTHER_FILE, TASK), (OTHER_FILE, TASK)]
    assert sorted(places[2:]) == [
        (LOG, TASK), (LOG, TASK), (TASK_FILE, TASK), ("docs/states.md", f"../{TASK_FILE}"),
    ]  # fmt: skip
    fewer = await ask(editor, "references", other, TASK, context=types.ReferenceContext(include_declaration=False))
    assert len(fewer) == len(found) - 1
    editor.close(other)


async def test_a_path_is_found_however_it_is_spelled(editor: Editor):
    log = opened(editor, LOG)
    found = await ask(
        editor, "references", log, "/docs/states", context=types.ReferenceContext(include_declaration=True)
    )
    assert [shown(editor, one.uri, one.range) for one in found] == ["/docs/states.md", "docs/states.md"]


async def test_all_places_of_a_name_are_highlighted_and_the_own_id_is_marked_as_written(editor: Editor):
    log = opened(editor, LOG)
    found = await ask(editor, "document_highlight", log, TASK)
    assert [(one.kind, editor.text_at(log, one.range)) for one in found] == [
        (types.DocumentHighlightKind.Read, TASK), (types.DocumentHighlightKind.Read, TASK),
    ]  # fmt: skip
    (own,) = await ask(editor, "document_highlight", log, SESSION)
    assert own.kind == types.DocumentHighlightKind.Write
    assert not await ask(editor, "document_highlight", log, "coordinator")


async def test_an_id_can_be_changed_in_all_its_places_of_a_file_at_once(editor: Editor):
    log = opened(editor, LOG)
    found = await ask(editor, "linked_editing_range", log, TASK, 1)
    assert [editor.text_at(log, place) for place in found.ranges] == [TASK, TASK]
    assert await ask(editor, "linked_editing_range", log, SESSION) is None
    assert await ask(editor, "linked_editing_range", log, "docs/states") is None


async def test_a_file_on_no_disk_knows_its_own_names(editor: Editor):
    uri = editor.open("untitled:Untitled-1", f'+++\nid = "{TASK}"\ntitle = "a"\nstatus = "x"\n+++\n\n{TASK}, {OTHER}\n')
    (link,) = await ask(editor, "definition", uri, TASK)
    assert link.target_uri == uri and editor.text_at(uri, link.target_range) == TASK
    assert await ask(editor, "definition", uri, OTHER) is None
    every = types.ReferenceContext(include_declaration=True)
    assert [one.uri for one in await ask(editor, "references", uri, TASK, context=every)] == [uri, uri]
    assert len(await ask(editor, "document_highlight", uri, TASK)) == 2
    editor.close(uri)


async def test_a_client_that_takes_no_links_gets_places(tmp_path: Path):
    fill(tmp_path, WORKSPACE)
    async with meeting({}, tmp_path) as editor:
        editor.root = tmp_path
        log = opened(editor, LOG)
        (place,) = await ask(editor, "definition", log, TASK)
        assert isinstance(place, types.Location) and path_of(editor, place.uri) == TASK_FILE
        (place,) = await ask(editor, "type_definition", log, SESSION)
        assert isinstance(place, types.Location)
