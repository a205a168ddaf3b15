"""What others run from this repository: the hooks for pre-commit and the action for GitHub call what is there."""

from __future__ import annotations

import argparse
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from mdtm.cli import command_line
from mdtm.dialect import TASK_ROOTS
from mdtm.disk import Folders, decoded, read_bytes
from mdtm.document import STATE_FILES, Document
from mdtm.reports import FORMATS
from mdtm.schema import SETTINGS_FILE
from tests.checks import SESSION_PATH

ROOT = Path(__file__).parent.parent
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
README = (ROOT / "README.md").read_text("utf-8")


def parsed(command: str) -> argparse.Namespace:
    """What the command line makes of a command; it ends the test when there is no such command or option."""
    program, *words = shlex.split(command)
    assert program == "mdtm"
    return command_line(words[0]).parse_args(words)


def test_the_hooks_check_and_mend_the_files_that_they_are_given():
    assert [hook["id"] for hook in HOOKS] == ["mdtm-check", "mdtm-fix"]
    for hook, mends in zip(HOOKS, (False, True), strict=True):
        assert hook["language"] == "python"
        given = parsed(f"{hook['entry']} a.md b.md")
        assert (given.paths, given.fix, given.unsafe, given.quiet) == (["a.md", "b.md"], mends, False, True)


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: str(hook["id"]))
def test_a_hook_is_given_our_documents_and_no_others(hook: dict[str, Any]):
    ours = re.compile(hook["files"])
    wanted = [SESSION_PATH, "session_log.md", SETTINGS_FILE, f"shop/{SETTINGS_FILE}"]
    wanted += [f".workflow/x/{name}" for name in STATE_FILES]
    wanted += [f"{root}/tasks/TASK-1.md" for root in TASK_ROOTS]
    for path in wanted:
        assert ours.search(path), path
    for path in (
        "README.md",
        ".ruru/README.md",
        ".ruru/tasks/README.md",
        "docs/a.md",
        "a/my_session_log.md",
        "b.ruru/c.md",
    ):
        assert not ours.search(path), path


def test_a_hook_is_given_every_document_of_the_examples():
    workspace = ROOT / "examples" / "workspace"
    ours = re.compile(HOOKS[0]["files"])
    for name in Folders().documents_under(str(workspace)):
        path = Path(name).relative_to(workspace).as_posix()
        if Document.read(path, *decoded(read_bytes(name))).schema is not None:
            assert ours.search(path), path


def test_the_action_installs_what_it_comes_with_and_checks():
    python, install, check = ACTION["runs"]["steps"]
    assert ACTION["runs"]["using"] == "composite"
    assert python["uses"].startswith("actions/setup-python@")
    assert '"$GITHUB_ACTION_PATH"' in install["run"]
    assert "pyproject.toml" in {path.name for path in ROOT.iterdir()}
    command = check["run"].replace("$MDTM_ARGS", "--statistics").replace("$MDTM_PATHS", "a b")
    given = parsed(command)
    assert (given.format, given.paths) == ("github", ["a", "b"])


def test_the_action_hands_every_input_on():
    inputs = set(ACTION["inputs"])
    used = re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", (ROOT / "action.yml").read_text("utf-8"))
    assert sorted(used) == sorted(inputs) == ["args", "paths", "python-version"]
    check = ACTION["runs"]["steps"][-1]
    assert "${{" not in check["run"], "what a caller gives goes through the environment, never into the script"
    assert all(f"${name}" in check["run"] for name in check["env"] if name.startswith("MDTM_"))


def test_the_readme_shows_the_hooks_and_the_action_as_they_are():
    for block in re.findall(r"^```yaml\n(.*?)^```", README, re.DOTALL | re.MULTILINE):
        shown = yaml.safe_load(block)
        if "repos" in shown:
            assert {hook["id"] for hook in shown["repos"][0]["hooks"]} == {hook["id"] for hook in HOOKS}
        elif isinstance(shown, list):
            assert set(shown[-1]["with"]) <= set(ACTION["inputs"])
        else:
            (job,) = shown.values()
            assert parsed(job["script"].partition(" > ")[0]).format == "gitlab"


@pytest.mark.parametrize("form", FORMATS)
def test_the_readme_names_every_format(form: str):
    assert f"\n| `{form}` | " in README, f"say under In CI in README.md what the format {form} is for"
