"""Editors as people use them, with the set-ups of `editors/`: the finding shows, its cure is applied and saved."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomlkit

from tests.checks import files_in
from tests.editors import install
from tests.lsp.editor import COMMAND, fill

ROOT = Path(__file__).parent.parent
SETUPS = ROOT / "editors"
DRIVERS = ROOT / "tests" / "editors"
LONGEST_RUN = 20.0
"""Seconds after which an editor is taken for dead."""

SESSION = ".ruru/sessions/SESSION-Bake_rye-2506050301/session_log.md"
WORKSPACE = f"""
-- {SESSION} --
+++
id = "SESSION-Bake_rye-2506050301"
title = "Bake rye bread"
status = "⏸️ Paused"
start_time = "2025-06-05T03:01:00Z"
end_time = "2025-06-05T04:01:00Z"
coordinator = "head-baker"
related_artifacts = []
tags = ["🍞", "👩‍🍳 night shift", oven] # two ovens 🔥
+++

# Bake rye bread 🥐

## Log Entries

- [2025-06-05T03:01:00Z] 🟢 Session begun.
-- .ruru/sessions/SESSION-Bake_rye-2506050301/artifacts/notes/NOTE-rye-2506050310.md --
Rye wants a long rest.
"""
UNLISTED = (8, 1, "artifacts/notes/NOTE-rye-2506050310.md is not in related_artifacts")
BARE_WORD = (9, 33, "text must stand in quotes")
"""Line, column in code points from 1, and message; behind emoji every unit gives another column."""
OVEN, OVEN_NOW = "TASK-OVEN-20250605-030200", "TASK-OVEN-20250605-040000"
TASKS = ".ruru/tasks/CHORE_Bake"
WORK = f"""
-- .ruru/sessions/.active-SESSION-Bake_rye-2506050301 --
-- {SESSION} --
+++
id = "SESSION-Bake_rye-2506050301"
title = "Bake rye bread 🥐"
status = "🟢 Active"
start_time = "2025-06-05T03:01:00Z"
related_tasks = ["{OVEN}"] # one 🔥
+++

## Log Entries

- [2025-06-05T03:01:00Z] 🟢 Session begun.
- [2025-06-05T03:02:00Z] Delegated task `{OVEN}`.
-- {TASKS}/{OVEN}.md --
+++
id = "{OVEN}"
title = "Heat the oven"
status = "🟡 To Do"
type = "🧹 Chore"
session_id = "SESSION-Bake_rye-2506050301"
+++
"""
"""A workspace in which a key is missing, and a task has the wrong id."""
CURES = ["Put it in quotes", "Apply all 2 safe fixes in this file"]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="not run: needs a shell script named mdtm")


@pytest.fixture
def bakery(tmp_path: Path) -> Path:
    """A folder with a session at work; eglot 1.9 finds no definition in one whose name is not ASCII."""
    root = tmp_path / "bake house"
    fill(root, WORK)
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)  # by which Emacs knows what belongs together
    return root


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A folder with a broken log, in a place whose name has to be escaped in a URI."""
    root = tmp_path / "bake house 🥐"
    fill(root, WORKSPACE)
    return root


def had(editor: Callable[[], str]) -> str:
    """The path of an editor; without one the test counts as not run."""
    try:
        return editor()
    except install.NotHadError as reason:
        pytest.skip(f"not run: {reason}")


def run(command: list[str], root: Path) -> dict[str, Any]:
    """Has an editor do its work, with our server as the `mdtm` on its PATH; gives its report."""
    programs, state, report = (root.parent / name for name in ("bin", "state", "report.json"))
    programs.mkdir()
    program = programs / "mdtm"
    server = shlex.join(COMMAND[:-1])
    program.write_text(f'#!/bin/sh\nexec {server} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "server"),
        "LC_ALL": "C.UTF-8",
        "REPORT": str(report),
        **dict.fromkeys(("XDG_CACHE_HOME", "XDG_STATE_HOME"), str(state)),
    }
    done = subprocess.run(
        command,
        cwd=root,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LONGEST_RUN,
    )
    assert report.exists(), done.stdout + done.stderr
    seen: dict[str, Any] = json.loads(report.read_text("utf-8"))
    assert "fault" not in seen, f"{seen}\n{done.stdout}{done.stderr}"
    assert done.returncode == 0, done.stdout + done.stderr
    return seen


def check_work(seen: dict[str, Any], root: Path) -> None:
    """Checks what an editor showed, what it offered, and the file that it left."""
    assert places(seen["found"]) == [UNLISTED, BARE_WORD]
    cures, verbs = seen["offered"][: len(CURES)], seen["offered"][len(CURES) :]
    assert cures == CURES and "Complete this session" in verbs
    assert places(seen["left"]) == [UNLISTED]
    before = files_in(WORKSPACE)[SESSION]
    assert (root / SESSION).read_bytes() == before.replace(", oven]", ', "oven"]').encode()


def check_writing(seen: dict[str, Any], root: Path, renames_files: bool) -> None:
    """Checks what an editor completed, where it went, and the files that it left."""
    assert seen["line"].startswith("coordinator = ") and seen["gone_to"] == f"{OVEN}.md"
    log = (root / SESSION).read_text("utf-8")
    assert log.count(OVEN_NOW) == 2 and OVEN not in log and "Kneaded 🥐" in log
    left = {path.name: path.read_text("utf-8") for path in (root / TASKS).iterdir() if path.suffix == ".md"}
    name = OVEN_NOW if renames_files else OVEN
    assert left == {f"{name}.md": files_in(WORK)[f"{TASKS}/{OVEN}.md"].replace(OVEN, OVEN_NOW)}


def places(found: list[list[Any]]) -> list[tuple[int, int, str]]:
    """Line, column and message of each finding, without the source and code that Emacs shows before it."""
    return [(line, column, re.sub(r"^mdtm \[[\w-]+\]: ", "", message)) for line, column, message in found]


def neovim_command(path: str, setup: str, driver: str = "neovim.lua") -> list[str]:
    return [path, "--headless", "--clean", "-n", "-u", str(SETUPS / setup), "-S", str(DRIVERS / driver), SESSION]


def test_neovim_shows_and_mends(workspace: Path):
    check_work(run(neovim_command(had(install.neovim), "neovim.lua"), workspace), workspace)


def test_neovim_before_0_11_shows_and_mends(workspace: Path):
    check_work(run(neovim_command(had(install.old_neovim), "neovim-0.7.lua"), workspace), workspace)


def test_emacs_shows_and_mends(workspace: Path):
    driver, setup = DRIVERS / "emacs.el", SETUPS / "emacs.el"
    command = [had(install.emacs), "--batch", "-l", str(driver), str(setup), SESSION]
    check_work(run(command, workspace), workspace)


def test_neovim_completes_goes_renames_and_runs_a_verb(bakery: Path):
    command = neovim_command(had(install.neovim), "neovim.lua", "neovim_work.lua")
    check_writing(run(command, bakery), bakery, renames_files=True)


def test_neovim_before_0_11_completes_goes_renames_and_runs_a_verb(bakery: Path):
    command = neovim_command(had(install.old_neovim), "neovim-0.7.lua", "neovim_work.lua")
    check_writing(run(command, bakery), bakery, renames_files=True)


def test_emacs_completes_goes_renames_and_runs_a_verb(bakery: Path):
    driver, setup = DRIVERS / "emacs_work.el", SETUPS / "emacs.el"
    command = [had(install.emacs), "--batch", "-l", str(driver), str(setup), SESSION]
    check_writing(run(command, bakery), bakery, renames_files=False)


def test_helix_has_a_setup_that_starts_the_server():
    setup = tomlkit.parse((SETUPS / "helix.toml").read_text("utf-8")).unwrap()
    assert setup["language-server"]["mdtm"] == {"command": "mdtm", "args": ["lsp"]}
    assert [language["language-servers"][0] for language in setup["language"]] == ["mdtm"]


def test_sublime_text_and_kate_have_setups_that_start_the_server():
    sublime = json.loads((SETUPS / "sublime.json").read_text("utf-8"))["clients"]["mdtm"]
    kate = json.loads((SETUPS / "kate.json").read_text("utf-8"))["servers"]["markdown"]
    assert sublime["enabled"] and sublime["command"] == kate["command"] == ["mdtm", "lsp"]
    assert re.search(kate["highlightingModeRegex"], "Markdown") and sublime["selector"] == "text.html.markdown"


def test_jetbrains_has_a_template_that_starts_the_server():
    template = json.loads((SETUPS / "jetbrains" / "template.json").read_text("utf-8"))
    assert template["programArgs"] == {"default": "mdtm lsp"}
    assert [one["languageId"] for one in template["languageMappings"]] == ["markdown"]


def test_zed_has_an_extension_that_starts_the_server():
    extension, package = (
        tomlkit.parse((SETUPS / "zed" / name).read_text("utf-8")).unwrap() for name in ("extension.toml", "Cargo.toml")
    )
    assert extension["language_servers"] == {"mdtm": {"name": "mdtm", "languages": ["Markdown"]}}
    assert extension["version"] == package["package"]["version"]
    source = (SETUPS / "zed" / package["lib"]["path"]).read_text("utf-8")
    assert 'which("mdtm")' in source and 'vec!["lsp".into()]' in source


@pytest.mark.parametrize("setup", sorted(SETUPS.glob("*.el")), ids=lambda path: path.name)
def test_emacs_can_read_its_setups(setup: Path):
    form = f"(with-temp-buffer (insert-file-contents {json.dumps(str(setup))}) (emacs-lisp-mode) (check-parens))"
    done = subprocess.run([had(install.emacs), "--batch", "--eval", form], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("setup", sorted(SETUPS.glob("*.lua")), ids=lambda path: path.name)
def test_neovim_can_read_its_setups(setup: Path):
    form = f"lua assert(loadfile({json.dumps(str(setup))}))"
    command = [had(install.neovim), "--headless", "--clean", "-c", form, "-c", "qall!"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LONGEST_RUN)
    assert not done.stderr.strip(), done.stderr


@pytest.mark.parametrize("setup", ["neovim.lua", "emacs.el", "helix.toml"])
def test_the_readme_shows_the_setup(setup: str):
    text = (SETUPS / setup).read_text("utf-8")
    assert f"\n{text}```\n" in (ROOT / "README.md").read_text("utf-8"), f"README.md shows another editors/{setup}"


@pytest.mark.parametrize("setup", sorted(path.name for path in SETUPS.iterdir() if path.suffix != ".md"))
def test_every_setup_is_told_of(setup: str):
    assert f"]({setup})" in (SETUPS / "README.md").read_text("utf-8"), f"say in editors/README.md what {setup} is for"
