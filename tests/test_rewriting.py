"""`mdtm fmt` and `mdtm convert`, called as a program would call them."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mdtm.cli import main
from tests.checks import SESSION_PATH

TASK = ".ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md"
ODD = '+++\ntitle="Slots"\nid = "SESSION-Pick_up_slots-2506050301"\n+++\n# Slots \n'
FORM = '+++\nid = "SESSION-Pick_up_slots-2506050301"\ntitle = "Slots"\n+++\n\n# Slots \n'
BROKEN = '+++\nid = \ntitle = "Slots"\n+++\n'
YAML = "---\nid: TASK-DEV-20250605-101500\ntitle: Slots\nstatus: 🟡 To Do\ndue_date:\n---\n\n# Slots\n"
TOML = '+++\nid = "TASK-DEV-20250605-101500"\ntitle = "Slots"\nstatus = "🟡 To Do"\n+++\n\n# Slots\n'


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of its own, which is the current one."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fill(files: dict[str, str]) -> None:
    for path, text in files.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(text.encode())


def text_of(path: str) -> str:
    return Path(path).read_bytes().decode()


def give(monkeypatch: pytest.MonkeyPatch, text: str | bytes) -> None:
    """Lets standard input have some text."""
    data = text.encode() if isinstance(text, str) else text
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_fmt_writes_what_is_not_in_form_and_says_so_once(capsys: pytest.CaptureFixture[str]):
    fill({SESSION_PATH: ODD, "docs/guide.md": ODD})
    assert main(["fmt"]) == 0
    assert capsys.readouterr().out == f"{SESSION_PATH}: is in form now\n"
    assert (text_of(SESSION_PATH), text_of("docs/guide.md")) == (FORM, ODD)
    assert main(["fmt", "."]) == 0
    assert capsys.readouterr().out == "Everything is in form.\n"
    assert main(["fmt", "docs"]) == 0
    assert capsys.readouterr().out == "There is no session log, task, sprint or artifact here.\n"


def test_fmt_check_writes_nothing_and_names_the_files(capsys: pytest.CaptureFixture[str]):
    fill({SESSION_PATH: ODD, "TASK-A-1.md": FORM})
    assert main(["fmt", "--check"]) == 1
    assert capsys.readouterr().out == f"{SESSION_PATH}: is not in form\n"
    assert text_of(SESSION_PATH) == ODD
    assert main(["fmt", "--check", "TASK-A-1.md"]) == 0


def test_fmt_diff_shows_what_would_be_changed(capsys: pytest.CaptureFixture[str]):
    fill({SESSION_PATH: ODD})
    assert main(["fmt", "--diff", SESSION_PATH]) == 1
    shown = capsys.readouterr().out
    assert shown.startswith(f"--- a/{SESSION_PATH}\n+++ b/{SESSION_PATH}\n@@")
    assert '-title="Slots"\n' in shown
    assert main(["fmt", "--check", "--diff"]) == 1
    assert (capsys.readouterr().out, text_of(SESSION_PATH)) == (shown, ODD)


def test_fmt_leaves_a_broken_file_alone_and_changes_the_others(capsys: pytest.CaptureFixture[str]):
    fill({TASK: BROKEN, SESSION_PATH: ODD})
    assert main(["fmt"]) == 1
    shown = capsys.readouterr()
    assert shown.out == f"{SESSION_PATH}: is in form now\n"
    assert shown.err == (f"mdtm: {TASK}: the frontmatter cannot be read, line 2: id has no value; nothing is changed\n")
    assert (text_of(TASK), text_of(SESSION_PATH)) == (BROKEN, FORM)


def test_fmt_of_standard_input_goes_to_standard_output(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
):
    cases: list[tuple[str | bytes, list[str], str | bytes, int]] = [
        (ODD, [], FORM, 0),
        (FORM, [], FORM, 0),
        (BROKEN, [], BROKEN, 1),
        (b"+++\nid=1\n+++\n\xff", [], b"+++\nid=1\n+++\n\xff", 1),
        (ODD, ["--stdin-path", "docs/guide.md"], ODD, 0),
        (ODD, ["--check"], "standard input: is not in form\n", 1),
        (FORM, ["--check"], "standard input: Everything is in form.\n", 0),
    ]
    for text, arguments, shown, status in cases:
        give(monkeypatch, text)
        assert main(["fmt", *arguments, "-"]) == status
        assert capfdbinary.readouterr().out == (shown.encode() if isinstance(shown, str) else shown)


def test_convert_makes_toml_and_says_what_it_did(capsys: pytest.CaptureFixture[str]):
    json = '{"id": "SESSION-Slots-2506050301", "title": "Slots"}\n\n# Slots\n'
    fill({TASK: YAML, ".ruru/sessions/SESSION-Slots-2506050301/session_log.md": json, "docs/guide.md": YAML})
    assert main(["convert"]) == 0
    assert capsys.readouterr().out == (
        ".ruru/sessions/SESSION-Slots-2506050301/session_log.md: its frontmatter was JSON and is TOML now\n"
        f"{TASK}: its frontmatter was YAML and is TOML now; left out, for TOML has no null: due_date\n"
        "docs/guide.md: its frontmatter was YAML and is TOML now; left out, for TOML has no null: due_date\n"
    )
    assert text_of(TASK) == TOML
    assert main(["convert"]) == 0
    assert capsys.readouterr().out == "Nothing is to be converted.\n"


def test_convert_names_the_comments_that_would_be_lost(capsys: pytest.CaptureFixture[str]):
    commented = YAML.replace("due_date:", "more:\n  a: 1 # first\n  # none\n# soon\ndue_date: 2025-07-01")
    fill({TASK: commented, ".mdtm/tasks/TASK-A-1.md": YAML})
    assert main(["convert"]) == 1
    shown = capsys.readouterr()
    assert shown.err == (
        f"mdtm: {TASK}: these comments have no place in TOML; --drop-comments converts without them: "
        "line 6: # first; line 7: # none\n"
    )
    assert shown.out.startswith(".mdtm/tasks/TASK-A-1.md: its frontmatter was YAML and is TOML now")
    assert text_of(TASK) == commented
    assert main(["convert", "--drop-comments", TASK]) == 0
    assert capsys.readouterr().out.endswith("is TOML now; lost: line 6: # first; line 7: # none\n")
    assert "# soon\ndue_date = 2025-07-01\n" in text_of(TASK)
    assert "# first" not in text_of(TASK)


def test_convert_refuses_what_cannot_be_read_and_converts_the_others(capsys: pytest.CaptureFixture[str]):
    fill({TASK: YAML.replace("Slots", "[", 1), ".mdtm/tasks/TASK-A-1.md": YAML})
    assert main(["convert"]) == 1
    assert "is TOML now" in capsys.readouterr().out
    assert main(["convert", TASK, "gone.md"]) == 2
    assert "mdtm: there is no file or folder gone.md\n" in capsys.readouterr().err


def test_convert_diff_and_standard_input_write_no_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    fill({TASK: YAML})
    assert main(["convert", "--diff"]) == 1
    assert "\n-id: TASK-DEV-20250605-101500\n" in capsys.readouterr().out
    assert text_of(TASK) == YAML
    give(monkeypatch, YAML)
    monkeypatch.setattr(sys, "stdout", out := io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))
    assert main(["convert", "--stdin-path", TASK, "-"]) == 0
    assert out.buffer.getvalue().decode() == TOML
    assert "left out, for TOML has no null: due_date" in capsys.readouterr().err


@pytest.mark.skipif(hasattr(os, "getuid") and os.getuid() == 0, reason="root may write every file")
def test_a_file_that_cannot_be_written_is_named(capsys: pytest.CaptureFixture[str]):
    fill({SESSION_PATH: ODD})
    Path(SESSION_PATH).chmod(0o444)
    assert main(["fmt"]) == 2
    assert "session_log.md cannot be read or written: " in capsys.readouterr().err


def test_fmt_and_convert_write_through_a_link_inside_the_workspace_only(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
):
    outside = tmp_path_factory.mktemp("elsewhere") / "TASK-A-1.md"
    outside.write_text(ODD, encoding="utf-8")
    Path("TASK-A-1.md").symlink_to(outside)
    assert main(["fmt", "TASK-A-1.md"]) == 1
    assert "leads out of the workspace" in capsys.readouterr().err
    assert outside.read_text("utf-8") == ODD


def test_neither_command_costs_a_check_anything():
    script = (
        "import sys; from mdtm.cli import main; main(['check']);"
        "print({'mdtm.layout', 'mdtm.cli.rewriting', 'tomlkit', 'yaml'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.splitlines()[-1] == b"set()"
