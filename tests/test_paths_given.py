"""A path may be given as a shell completes it, from whatever folder one is in."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mdtm.cli import main


@pytest.fixture(autouse=True)
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """The folder of an active session with a note, in a workspace that is the current folder."""
    root = tmp_path / "the bakery 🥐"
    (root / ".git").mkdir(parents=True)
    (root / "docs").mkdir()
    (root / "docs" / "plan.md").write_text("Rye.\nOat.\n", "utf-8")
    monkeypatch.chdir(root)
    assert main(["start", "Slots", "--dialect", "ruru-v5"]) == 0
    (folder,) = (root / ".ruru" / "sessions").glob("SESS-*/")
    (folder / "artifacts" / "a note.md").write_text("Warm.\n", "utf-8")
    capsys.readouterr()
    return folder


def run(folder: Path, *words: str) -> int:
    os.chdir(folder)
    return main(list(words))


def log_of(session: Path) -> str:
    return (session / "session_log.md").read_text("utf-8")


@pytest.mark.parametrize("inside", [".", "artifacts", "../..", "../../../docs"])
def test_a_file_is_linked_by_its_path_from_any_folder(session: Path, inside: str):
    folder = session / inside
    assert run(folder, "link", os.path.relpath(session / "artifacts" / "a note.md", folder)) == 0
    assert 'related_artifacts = ["artifacts/a note.md"]' in log_of(session)
    assert run(folder, "artifact", "unlink", os.path.relpath(session / "artifacts" / "a note.md", folder)) == 0
    assert "related_artifacts = []" in log_of(session)


def test_a_path_from_the_session_or_the_root_is_still_one_where_there_is_no_such_file_here(session: Path):
    assert run(session.parents[2] / "docs", "link", "artifacts/a note.md") == 0
    assert run(session / "artifacts", "artifact", "unlink", f".ruru/sessions/{session.name}/artifacts/a note.md") == 0


def test_a_file_in_the_current_folder_is_proposed_to_be_changed(session: Path, capsys: pytest.CaptureFixture[str]):
    docs = session.parents[2] / "docs"
    (docs / "new.md").write_text("Spelt.\n", "utf-8")
    assert run(docs, "proposal", "create", "plan.md", "--file", "new.md") == 0
    assert capsys.readouterr().out.endswith(" changes docs/plan.md\n")
    (proposal,) = (session / "artifacts").glob("proposed_edit_*")
    assert run(session / "artifacts", "proposal", "approve", proposal.name) == 0
    assert (docs / "plan.md").read_text("utf-8") == "Spelt.\n"


def test_a_proposal_is_named_by_its_file_from_any_folder(session: Path):
    docs = session.parents[2] / "docs"
    for folder, given in ((docs, "plan.md"), (docs.parent, "docs/plan.md")):
        assert run(docs, "proposal", "create", "plan.md", "--text", f"Spelt from {given}.\n") == 0
        assert run(folder, "proposal", "approve", given) == 0
        assert (docs / "plan.md").read_text("utf-8") == f"Spelt from {given}.\n"


def test_lines_are_extracted_from_a_file_in_the_current_folder(session: Path):
    assert run(session.parents[2] / "docs", "artifact", "extract", "plan.md", "2", "2", "note", "Grain") == 0
    (made,) = (session / "artifacts").glob("NOTE-Grain-*")
    assert "From `docs/plan.md`, line 2." in made.read_text("utf-8")


def test_a_file_outside_the_workspace_is_refused_from_everywhere(
    session: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "x.md").write_text("", "utf-8")
    assert run(session.parents[2], "link", "../x.md") == 1
    assert "lies outside the session's folder" in capsys.readouterr().err


def test_a_session_is_named_by_the_path_of_its_folder(session: Path, capsys: pytest.CaptureFixture[str]):
    for folder, given in ((session.parent, f"./{session.name}/"), (session, "."), (session.parents[2], str(session))):
        assert run(folder, "show", given) == 0
        assert f"folder: .ruru/sessions/{session.name}\n" in capsys.readouterr().out
