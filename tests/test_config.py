"""Settings on the command line: where they may stand, which one wins, what is not checked, and what `config` says."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from mdtm.cli import main
from mdtm.settings import DEFAULTS, Allowance, Settings
from tests.checks import SESSION_FOLDER, SESSION_PATH, with_keys
from tests.lsp.editor import fill

BROKEN = with_keys('status = "🟢 Actve"')
OLD = "old/SESSION-001/session_log.md"


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace of its own, which is the current folder."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MDTM_ACTOR", raising=False)
    fill(tmp_path, f"-- {SESSION_PATH} --\n{BROKEN}")
    return tmp_path


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[str, str, str]]:
    """The path, code and severity of each problem that a check finds."""
    main(["check", "--format", "json", *arguments])
    problems = json.loads(capsys.readouterr().out)["problems"]
    return [(problem["path"], problem["code"], problem["severity"]) for problem in problems]


def config(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["config", "--json", *arguments]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


# Where settings stand


def test_a_family_is_the_default_for_its_rules_and_the_file_of_its_own_wins(capsys, root: Path):
    fill(root, '-- pyproject.toml --\n[tool.mdtm.rules]\nstate = "hint"\n')
    assert found(capsys) == [(SESSION_PATH, "unknown-status", "hint")]
    fill(root, '-- .mdtm.toml --\n[rules]\nstate = "off"\n')
    assert found(capsys) == []
    fill(root, '-- .mdtm.toml --\n[rules]\nstate = "off"\nunknown-status = "error"\n')
    assert found(capsys) == [(SESSION_PATH, "unknown-status", "error")]


def test_what_the_settings_allow_is_not_found(capsys, root: Path):
    fill(root, '-- pyproject.toml --\n[[tool.mdtm.allow]]\npath = ".ruru/"\nrules = ["state"]\nreason = "imported"\n')
    assert found(capsys) == []


def test_faults_in_settings_are_found_where_they_stand(capsys, root: Path):
    fill(
        root,
        '-- pyproject.toml --\n[project]\nname = x\n[tool.mdtm]\ncolour = "red"\n-- a/pyproject.toml --\nname = x\n',
    )
    fill(root, '-- .mdtm.toml --\n[rules]\nstate = "of"\nunknown-status = "off"\n')
    assert [(path, code) for path, code, _ in found(capsys)] == [
        (".mdtm.toml", "bad-setting"),
        ("pyproject.toml", "unknown-setting"),
    ]


def test_a_new_session_takes_the_dialect_that_is_chosen(capsys, root: Path):
    fill(root, '-- .mdtm.toml --\ndialect = "orchestration"\n')
    assert main(["start", "Bake"]) == 0
    assert (root / ".mdtm/sessions/SESSION-001/session_log.md").exists()
    assert main(["start", "Sell", "--dialect", "workflow"]) == 0
    assert (root / ".workflow/WFS-sell").exists()


def test_a_task_without_a_session_goes_where_the_chosen_dialect_has_its_own(root: Path):
    fill(root, '-- .mdtm.toml --\ndialect = "commander"\n')
    assert main(["task", "create", "Bake"]) == 0
    assert list((root / ".roo/commander/tasks").rglob("TASK-*.md"))


def test_values_that_make_no_sense_choose_nothing():
    nonsense: list[dict[str, Any]] = [
        {"rules": "off", "actor": 3, "dialect": [], "exclude": "x", "allow": {"path": "a"}},
        {"rules": {"bad-time": []}, "dialect": "ruru", "exclude": [3, "", "!a"], "allow": [3, {"path": "a"}]},
        {"allow": [{"path": "..", "rules": ["bad-time"]}, {"path": "a", "rules": "bad-time"}]},
        {"idle_minutes": "240"},
        {"idle_minutes": True},
        {"idle_minutes": 0},
        {"idle_minutes": 1.5},
        {"idle_minutes": -1},
        {"inlay_hints_off": ["hours"]},
        {"inlay_hints_off": "days"},
    ]
    for values in nonsense:
        assert DEFAULTS.with_values(values) == DEFAULTS


def test_what_is_empty_takes_nothing_away():
    chosen = Settings({"bad-time": "off"}, "me", "mdtm", ("a",), (Allowance("a", ("bad-time",)),), 90, ("days",))
    empty: dict[str, Any] = {"rules": {}, "actor": "", "dialect": "", "exclude": [], "allow": [], "idle_minutes": None}
    assert chosen.with_values({**empty, "inlay_hints_off": []}) == chosen


# What is not checked


def test_what_is_excluded_is_checked_only_where_it_is_named(capsys, root: Path):
    fill(root, f'-- .mdtm.toml --\nexclude = ["old/", "SESSION-Pick*"]\n-- {OLD} --\n{BROKEN}')
    assert found(capsys) == []
    for named in ("old", "old/SESSION-001", OLD, str(root / OLD)):
        assert len(found(capsys, named)) > 0
        assert found(capsys, "--force-exclude", named) == []
    assert found(capsys, ".ruru") == []
    assert found(capsys, SESSION_FOLDER) == [(SESSION_PATH, "unknown-status", "warning")]


def test_an_excluded_folder_is_not_looked_into(capsys, root: Path, monkeypatch: pytest.MonkeyPatch):
    from mdtm.disk import folders

    seen: list[str] = []
    real = folders._listed

    def listed(folder: str, links: dict[str, str]) -> folders.Listing:
        seen.append(folder)
        return real(folder, links)

    monkeypatch.setattr(folders, "_listed", listed)
    fill(root, f'-- .mdtm.toml --\nexclude = ["old"]\n-- {OLD} --\n{BROKEN}')
    found(capsys)
    assert seen and not [folder for folder in seen if folder.endswith("old")]


def test_what_is_excluded_is_not_brought_into_form_either(capsys, root: Path):
    fill(root, f'-- .mdtm.toml --\nexclude = ["old/"]\n-- {OLD} --\n{BROKEN}')
    main(["fmt", "--check"])
    assert OLD not in capsys.readouterr().out
    main(["fmt", "--check", OLD])
    assert OLD in capsys.readouterr().out


def test_standard_input_is_checked_unless_its_name_is_excluded_by_force(capsys, root: Path, monkeypatch):
    fill(root, '-- .mdtm.toml --\nexclude = [".ruru"]\n')
    for arguments, status in (
        (["--stdin-path", SESSION_PATH], 1),
        (["--force-exclude", "--stdin-path", SESSION_PATH], 0),
    ):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BROKEN.encode())))
        assert main(["check", "-", *arguments]) == status
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BROKEN.encode())))
    capsys.readouterr()
    main(["check", "-", "--fix", "--force-exclude", "--stdin-path", SESSION_PATH])
    assert capsys.readouterr().out == BROKEN


def test_settings_of_a_workspace_inside_hold_for_its_own_files(capsys, root: Path):
    inner = f"inner/{SESSION_PATH}"
    fill(root, f'-- inner/.mdtm.toml --\nexclude = ["/.ruru"]\n-- {inner} --\n{BROKEN}')
    assert found(capsys) == [(SESSION_PATH, "unknown-status", "warning")]


# What config says


def test_config_says_where_each_value_was_said(capsys, root: Path):
    fill(
        root,
        """
        -- pyproject.toml --
        [tool.mdtm]
        exclude = ["old/"]
        dialect = "mdtm"
        rules = {state = "hint", bad-time = "off"}
        -- .mdtm.toml --
        dialect = "workflow"
        [rules]
        unknown-status = "error"
        """,
    )
    told = config(capsys)
    assert (told["workspace"], told["files"]) == (str(root), ["pyproject.toml", ".mdtm.toml"])
    assert told["settings"]["exclude"] == {"value": ["old/"], "from": "pyproject.toml"}
    assert told["settings"]["dialect"] == {"value": "workflow", "from": ".mdtm.toml"}
    assert told["settings"]["allow"] == {"value": [], "from": "default"}
    assert told["rules"]["unknown-status"] == {
        "level": "error", "own": "warning", "by": "unknown-status", "from": ".mdtm.toml"
    }  # fmt: skip
    assert told["rules"]["wrong-end-time"] == {
        "level": "hint", "own": "warning", "by": "state", "from": "pyproject.toml"
    }  # fmt: skip
    assert told["rules"]["bad-time"]["level"] == "off"


def test_config_says_who_acts(capsys, root: Path, monkeypatch: pytest.MonkeyPatch):
    assert config(capsys)["settings"]["actor"]["from"] == "the name of the user"
    monkeypatch.setenv("MDTM_ACTOR", "dev-api")
    assert config(capsys)["settings"]["actor"] == {"value": "dev-api", "from": "$MDTM_ACTOR"}
    fill(root, '-- .mdtm.toml --\nactor = "lead"\n')
    assert config(capsys)["settings"]["actor"] == {"value": "lead", "from": ".mdtm.toml"}


@pytest.mark.parametrize(
    ("path", "checked", "reason"),
    [
        (SESSION_PATH, True, "checked as a session log in the dialect ruru-v7"),
        ("pyproject.toml", True, "checked as a settings file"),
        ("inner/pyproject.toml", False, "no document of ours, for it has no table [tool.mdtm]"),
        (OLD, False, 'excluded by "old/" in pyproject.toml; it is checked only where a command names it'),
        ("old", False, 'excluded by "old/" in pyproject.toml'),
        ("README.md", False, "no document of ours"),
        ("node_modules/a.md", False, "mdtm looks into no folder node_modules"),
        ("a.txt", False, "its name does not end as ours do; it is checked as a document only where a command names it"),
        (".ruru", True, "a folder; the files in it that are ours are checked"),
    ],
)
def test_config_says_why_a_file_is_checked_or_not(path: str, checked: bool, reason: str, capsys, root: Path):
    fill(
        root,
        f'-- pyproject.toml --\n[tool.mdtm]\nexclude = ["old/"]\n-- inner/pyproject.toml --\n-- {OLD} --\n{BROKEN}'
        '-- README.md --\n# A\n-- node_modules/a.md --\n-- a.txt --\n+++\nx = "a"\n+++\n',
    )
    about = config(capsys, path)["file"]
    assert (about["path"], about["checked"]) == (path, checked)
    assert about["reason"].startswith(reason)


def test_config_agrees_with_check(capsys, root: Path):
    fill(
        root,
        f'-- .mdtm.toml --\nexclude = ["old/"]\n-- {OLD} --\n{BROKEN}-- README.md --\n# A\n-- a.md --\n+++\nx = y\n+++\n',
    )
    checked = {path for path, _, _ in found(capsys)}
    for path in (SESSION_PATH, OLD, "README.md", "a.md"):
        assert config(capsys, path)["file"]["checked"] == (path in checked)


def test_config_is_written_for_people_too(capsys, root: Path):
    fill(
        root,
        '-- .mdtm.toml --\nactor = "lead"\n[rules]\nstate = "hint"\n[[allow]]\npath = ".ruru/"\nrules = ["bad-time"]\nreason = "old"\n',
    )
    assert main(["config", SESSION_PATH]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    for line in (
        f"workspace {root}",
        "files .mdtm.toml",
        "actor lead .mdtm.toml",
        "dialect not chosen default",
        "exclude nothing default",
        "allow bad-time in .ruru/ .mdtm.toml",
        "rules unknown-status = hint, not warning .mdtm.toml, for the family state",
        f"{SESSION_PATH}: checked as a session log in the dialect ruru-v7",
        "bad-time is allowed: old",
    ):
        assert line in lines


def test_config_of_a_file_that_is_not_there_is_wrong_usage(capsys, root: Path):
    assert main(["config", "gone.md"]) == 2
    assert capsys.readouterr().err == "mdtm: there is no file or folder gone.md\n"
    (root / ".mdtm.toml").mkdir()
    assert main(["config"]) == 2
    assert "cannot be read" in capsys.readouterr().err
