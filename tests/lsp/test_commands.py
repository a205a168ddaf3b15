"""The verbs as commands of an editor: one edit for each, over its own buffers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from mdtm.dialect import DIALECTS, Dialect
from tests.lsp.editor import Editor, capabilities, conversation, meeting

pytestmark = pytest.mark.asyncio(loop_scope="module")

editor = conversation(capabilities())


def log_of(editor: Editor, session: str) -> Path:
    return editor.root / ".ruru/sessions" / session / "session_log.md"


def markers(editor: Editor) -> list[str]:
    return [path.name for path in (editor.root / ".ruru/sessions").glob(".active-*")]


async def test_a_session_goes_its_whole_way_by_commands(editor: Editor):
    editor.answers = ["Yes"]
    started = await editor.command("session.start", goal="Pick up slots 🟢")
    assert started["done"], started
    log = log_of(editor, started["session"])
    assert editor.asked[-1].message == "Start a session log for this goal? Pick up slots 🟢"
    assert [action.title for action in editor.asked[-1].actions or ()] == ["Yes", "No", "Quick task"]
    assert editor.shown[-1] == log.as_uri()
    assert markers(editor) == [f".active-{started['session']}"]
    assert 'title = "Pick up slots 🟢"' in log.read_text("utf-8")

    uri = editor.open(log, log.read_text("utf-8"))
    editor.edit(uri, "## Goal", "## Goal of the bakers")
    logged = await editor.command("log.insert", text="slots are ten minutes long", kind="decision")
    assert (logged["done"], logged["changed"]) == (True, [uri])
    assert editor.texts[uri].endswith(": Decision: slots are ten minutes long\n")
    assert "## Goal of the bakers" in editor.texts[uri] and "bakers" not in log.read_text("utf-8")

    assert (await editor.command("session.pause", note="lunch"))["done"]
    assert 'status = "⏸️ Paused"' in editor.texts[uri] and markers(editor) == []
    assert (await editor.command("session.resume"))["done"]
    assert (await editor.command("session.complete"))["done"]
    assert 'status = "🏁 Completed"' in editor.texts[uri] and markers(editor) == []
    assert await editor.codes(uri) == []
    assert all(isinstance(edit, types.WorkspaceEdit) for edit in editor.applied)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
async def test_a_session_of_every_system_goes_its_way_in_the_editor(tmp_path: Path, dialect: Dialect):
    async with meeting(capabilities(), tmp_path) as editor:
        started = await editor.command("session.start", goal="Bake 🍞", answer="yes", dialect=dialect.name)
        folder = tmp_path / started["folder"]
        files = [path.read_text("utf-8") for path in folder.glob("session_log.md")]
        assert any('source = "editor"' in text for text in files) is dialect.has_source
        for name, given in (
            ("log.insert", {"text": "rye\nand oat", "kind": "decision"}),
            ("artifact.create", {"kind": "note", "title": "Where the flour is"}),
            ("task.create", {"title": "Buy rye", "kind": "chore"}),
            ("session.summary", {}), ("session.pause", {"note": "lunch"}), ("session.resume", {}),
            ("session.start", {"goal": "Cake", "answer": "yes"}),
            ("session.switch", {"session": started["session"], "note": "back"}),
        ):  # fmt: skip
            answer = await editor.command(name, **given)
            assert answer["done"], answer
        assert [path.name for path in tmp_path.rglob(".active-*")] == [f".active-{started['session']}"]
        log = folder / "session_log.md"
        assert await editor.codes(editor.open(log, log.read_text("utf-8"))) == []
        editor.close(log.as_uri())
        assert (await editor.command("session.complete"))["done"]
        assert (await editor.command("session.doctor"))["text"] == "Sessions, markers and files agree."
        assert not list(tmp_path.rglob(".active-*")) and folder.exists() == (not dialect.state_file)


async def test_where_nobody_can_be_asked_a_selection_becomes_a_note_named_by_its_first_words(tmp_path: Path):
    async with meeting(capabilities(), tmp_path) as editor:
        await editor.command("session.start", goal="Slots", answer="yes")
        plan = tmp_path / "plan.md"
        plan.write_text("# Plan\n\n- **Rye** is baked first 🍞\n", "utf-8")
        uri = editor.open(plan, plan.read_text("utf-8"))
        action = next(one for one in await editor.verbs(uri, "- **Rye") if one.title.startswith("Extract"))
        assert action.title == "Extract the selection into a note" and action.command
        given: Any = action.command.arguments
        answer = await editor.command("artifact.extract", **given[0])
        assert answer["done"] and "NOTE-Rye-" in answer["path"], answer
        assert "[Rye](" in editor.texts[uri]


@pytest.mark.parametrize("answer", ["No", "Quick task"])
async def test_no_and_quick_task_leave_nothing_behind(editor: Editor, answer: str):
    before = sorted(editor.root.rglob("*"))
    editor.answers = [answer]
    assert (await editor.command("session.start", goal="A small thing"))["done"]
    assert sorted(editor.root.rglob("*")) == before


async def test_who_chooses_nothing_starts_nothing(editor: Editor):
    before = sorted(editor.root.rglob("*"))
    assert not (await editor.command("session.start", goal="A small thing"))["done"]
    assert sorted(editor.root.rglob("*")) == before


async def test_what_makes_no_sense_is_refused_with_a_message(editor: Editor):
    answer = await editor.command("session.pause")
    assert not answer["done"] and answer["text"].startswith("there is no active session; `mdtm start")
    assert editor.messages[-1].message == f"mdtm: {answer['text']}"
    missing = await editor.command("log.insert")
    assert (
        missing["text"]
        == 'mdtm.log.insert needs text: what happened; may go over several lines; give {"text": "…"} with it, '
        "or use `mdtm log` on the command line"
    )
    assert (await editor.command("log.burn"))["text"] == "there is no command mdtm.log.burn"


async def test_a_client_that_can_ask_is_told_what_is_missing(tmp_path: Path):
    async with meeting(capabilities(), tmp_path, options={"asks": True, "hasCommands": True}) as editor:
        assert await editor.command("log.insert") == {
            "done": False,
            "ask": {
                "name": "text",
                "question": "What happened?",
                "title": "Insert Log Entry",
                "choices": [],
            },
        }


async def test_the_commands_are_announced_unless_the_client_has_them(tmp_path: Path):
    for options, announced in (({}, True), ({"hasCommands": True}, False)):
        async with meeting({}, options=options) as editor:
            provider = editor.result.capabilities.execute_command_provider
            assert ("mdtm.session.start" in (provider.commands if provider else ())) is announced


async def test_an_editor_that_makes_no_files_is_told_so(tmp_path: Path):
    announced = capabilities()
    announced["workspace"]["workspaceEdit"].pop("resourceOperations")
    async with meeting(announced, tmp_path) as editor:
        answer = await editor.command("session.start", goal="Slots", answer="yes")
        assert answer["text"].startswith("this editor lets no server make files")
    assert list(tmp_path.iterdir()) == []


async def test_a_text_that_a_person_typed_becomes_what_the_verb_takes(editor: Editor):
    editor.answers = ["Yes"]
    started = await editor.command("session.start", goal="Typed answers")
    note = log_of(editor, started["session"]).parent / "artifacts/notes/a.md"
    note.write_text("# A\n\nText\n", "utf-8")
    linked = await editor.command("artifact.link", paths="artifacts/notes/a.md")
    assert linked["artifacts"] == ["artifacts/notes/a.md"], linked
    lines = {"path": "artifacts/notes/a.md", "first": "3", "kind": "note", "title": "B"}
    assert (await editor.command("artifact.extract", **lines, last="3"))["done"]
    refused = await editor.command("artifact.extract", **lines, last="the end")
    assert refused["text"] == "last is a number, which the end is not"


async def test_a_start_offers_to_resume_the_session_that_rests(editor: Editor):
    first = await editor.command("session.start", goal="Bread 🍞", answer="yes")
    await editor.command("session.pause")
    editor.answers = ["Resume Bread 🍞"]
    answer = await editor.command("session.start", goal="More bread")
    assert answer["done"] and answer["session"] == first["session"]
    assert answer["recovered_context"]["session"] == first["session"]
    assert answer["instructions"]["situation"] == "session_resume"
    assert not any("More" in path.name for path in editor.root.rglob("SESSION-*"))


async def test_while_a_session_is_active_a_start_offers_to_continue_it(editor: Editor):
    first = await editor.command("session.start", goal="Bread", answer="yes")
    editor.answers = ["Continue the active session"]
    answer = await editor.command("session.start", goal="Cake")
    assert [action.title for action in editor.asked[-1].actions or ()][-1] == "Continue the active session"
    assert answer["session"] == first["session"] and markers(editor) == [f".active-{first['session']}"]


async def test_which_session_is_meant_is_asked_with_those_that_can_be(tmp_path: Path):
    async with meeting(capabilities(), tmp_path, options={"asks": True}) as editor:
        first = await editor.command("session.start", goal="Bread", answer="yes")
        await editor.command("session.start", goal="Cake", answer="yes")
        question = (await editor.command("session.switch"))["ask"]
        assert (question["name"], [one["value"] for one in question["choices"]]) == ("session", [first["session"]])
        assert (await editor.command("session.switch", session=first["session"]))["done"]


async def test_which_task_or_sprint_is_meant_is_asked_with_those_that_there_are(tmp_path: Path):
    async with meeting(capabilities(), tmp_path, options={"asks": True}) as editor:
        await editor.command("session.start", goal="Bread", answer="yes")
        made = [await editor.command("task.create", title=title, kind="chore") for title in ("Rye", "Oat 🌾")]
        question = (await editor.command("task.activate"))["ask"]
        offered = {one["value"]: one["label"] for one in question["choices"]}
        assert offered == {made[0]["task"]: "Rye", made[1]["task"]: "Oat 🌾"}
        assert (await editor.command("task.activate", task=made[1]["task"]))["done"]
        await editor.command("sprint.create", title="Flour")
        assert (await editor.command("sprint.activate"))["ask"]["choices"][0]["value"] == "SPRINT-1"
        of_type = (await editor.command("context.push", type="sprint"))["ask"]
        assert (of_type["name"], [one["label"] for one in of_type["choices"]]) == ("id", ["Flour"])


async def test_an_editor_without_input_boxes_offers_tasks_of_one_title_by_their_ids(editor: Editor):
    await editor.command("session.start", goal="Twins", answer="yes")
    made = [await editor.command("task.create", title="Rye", kind="chore") for _ in range(2)]
    editor.answers = [f"Rye ({made[1]['task']})"]
    assert (await editor.command("task.activate"))["task"] == made[1]["task"]


async def test_what_an_editor_has_unsaved_is_proposed_shown_and_approved(editor: Editor):
    await editor.command("session.start", goal="Proposals", answer="yes")
    plan = editor.root / "plan.md"
    plan.write_text("# Plan\n\nBake.\n", "utf-8")
    uri = editor.open(plan, plan.read_text("utf-8"))
    editor.edit(uri, "Bake.", "Bake rye 🍞.")
    made = await editor.command("proposal.create", uri=uri)
    assert made["done"], made
    editor.edit(uri, "Bake rye 🍞.", "Bake.")
    proposal = editor.root / made["proposal"]
    place = editor.open(proposal, proposal.read_text("utf-8"))
    lenses = await editor.text_document_code_lens_async(types.CodeLensParams(types.TextDocumentIdentifier(place)))
    titles = [lens.command.title for lens in lenses or () if lens.command]
    assert titles == ["Show Proposed Change", "Approve Proposal", "Reject Proposal"]
    assert [one.title for one in await editor.verbs(place, "\nid")][:3] == titles
    shown = await editor.command("proposal.diff", proposal=made["proposal"])
    assert "-Bake.\n+Bake rye 🍞." in shown["text"]
    assert (await editor.command("proposal.approve", proposal=made["proposal"]))["done"]
    assert editor.texts[uri] == "# Plan\n\nBake rye 🍞.\n"
    assert await editor.text_document_code_lens_async(types.CodeLensParams(types.TextDocumentIdentifier(uri))) == ()
