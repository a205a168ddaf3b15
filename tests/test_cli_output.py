"""The options of `mdtm check` that choose what is printed: where it goes, and what stays away."""

from __future__ import annotations

import io
import json
import sys
import time
from argparse import Namespace
from pathlib import Path
from types import SimpleNamespace

import pytest

from mdtm.cli import main, progress, report
from mdtm.cli.progress import watched
from mdtm.finding import Finding
from mdtm.problem import Problem, Severity
from mdtm.reports import FORMATS
from mdtm.rules import FAMILY_OF
from mdtm.text import Span, Text
from mdtm.unified import applied
from tests.checks import SESSION_PATH, with_keys
from tests.test_cli import BROKEN, SOUND, Terminal, fill, give


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of its own, which is the current one."""
    folder = tmp_path / "bakery"
    (folder / ".git").mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


Printed = pytest.CaptureFixture[str]


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_names_the_place_and_what_is_wrong(form: str, capsys: Printed):
    fill(BROKEN)
    assert main(["check", "--format", form, SESSION_PATH]) == 1
    output = capsys.readouterr()
    assert "unknown-status" in output.out and SESSION_PATH in output.out and "Actve" in output.out
    assert output.err == ""


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_a_form_for_nothing(form: str, capsys: Printed):
    assert main(["check", "--format", form]) == 0
    output = capsys.readouterr().out
    if form in ("json", "sarif", "gitlab", "rdjson"):
        json.loads(output)
    elif form == "junit":
        assert output.endswith('<testsuites name="mdtm" tests="0" failures="0" errors="0">\n</testsuites>\n')
    else:
        assert output == ("There is no session log, task or other MDTM file here.\n" if form == "text" else "")


def test_the_diff_is_what_fixing_would_change_and_changes_nothing(capsys: Printed):
    path = fill(BROKEN)
    assert main(["check", "--diff"]) == 1
    output = capsys.readouterr()
    assert (output.out.splitlines()[:2], output.err) == ([f"--- a/{SESSION_PATH}", f"+++ b/{SESSION_PATH}"], "")
    assert path.read_text("utf-8") == BROKEN
    assert applied(output.out, BROKEN, SESSION_PATH) == SOUND
    assert main(["check", "--fix"]) == 0
    assert path.read_text("utf-8") == SOUND
    capsys.readouterr()
    assert main(["check", "--diff"]) == 0
    assert capsys.readouterr().out == ""


def test_the_diff_has_unsafe_fixes_only_when_asked_for(capsys: Printed):
    fill(with_keys('end_time = "2025-06-05T04:00:00Z"'))
    assert main(["check", "--diff"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["check", "--diff", "--unsafe"]) == 1
    assert '\n+end_time = ""\n' in capsys.readouterr().out


def test_standard_input_has_a_diff_too(capsys: Printed, monkeypatch: pytest.MonkeyPatch):
    for text, status, changed in ((BROKEN, 1, True), (SOUND, 0, False)):
        give(monkeypatch, text.encode())
        assert main(["check", "--diff", "-"]) == status
        assert ('\n+status = "🟢 Active"\n' in capsys.readouterr().out) is changed


def test_what_cannot_be_read_is_said_beside_the_diff(capsys: Printed):
    fill(BROKEN)
    assert main(["check", "--diff", SESSION_PATH, "nowhere"]) == 2
    output = capsys.readouterr()
    assert output.err == "mdtm: there is no file or folder nowhere\n"
    assert "+++ b/" in output.out


def test_statistics_take_the_place_of_the_problems(capsys: Printed):
    fill(BROKEN)
    assert main(["check", "--statistics"]) == 1
    assert capsys.readouterr().out == (
        "problems    --fix  --unsafe  rule\n       1        1         0  unknown-status\n\n"
        "1 problem (1 warning) in 1 of 1 file. 1 of them can be mended with --fix.\n"
    )
    assert main(["check", "--statistics", "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["statistics"] == [
        {"code": "unknown-status", "problems": 1, "safe": 1, "unsafe": 0}
    ]


def test_a_quiet_check_prints_problems_and_nothing_else(capsys: Printed):
    fill(BROKEN)
    assert main(["check", "-q"]) == 1
    assert capsys.readouterr().out.endswith('= fix: Write "🟢 Active"\n\n')
    assert main(["check", "--fix", "--quiet"]) == 0
    assert main(["check", "--quiet", "--statistics"]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ("--unsafe", "--unsafe says which fixes --fix or --diff may take; give one of them too"),
        ("--diff --format json", "--diff prints a diff and nothing else; leave out --format and --statistics"),
        ("--diff --statistics", "--diff prints a diff and nothing else; leave out --format and --statistics"),
        ("--statistics --format sarif", "--statistics is for the formats text and json"),
    ],
)
def test_options_that_make_no_sense_together_are_refused(options: str, sentence: str, capsys: Printed):
    path = fill(BROKEN)
    assert main(["check", *options.split()]) == 2
    assert capsys.readouterr() == ("", f"mdtm: {sentence}\n")
    assert path.read_text("utf-8") == BROKEN


def test_fixing_and_showing_what_it_would_do_exclude_each_other(capsys: Printed):
    with pytest.raises(SystemExit) as stopped:
        main(["check", "--fix", "--diff"])
    assert stopped.value.code == 2
    assert "not allowed with argument --fix" in capsys.readouterr().err


@pytest.mark.parametrize(("form", "path"), [("jsonl", "a/b.md"), ("text", "a\\b.md")])
def test_programs_get_slashes_in_every_system(form: str, path: str, monkeypatch: pytest.MonkeyPatch):
    windows = SimpleNamespace(sep="\\", environ={}, getcwd=lambda: "C:\\bakery")
    monkeypatch.setattr(report, "os", windows)
    problem = Problem("bad-time", Severity.ERROR, Span(0, 1), "it is late")
    findings = [Finding("a\\b.md", Text.of("x\n"), problem)]
    out = io.StringIO()
    report.write(Namespace(format=form, statistics=False, quiet=True), findings, ["a\\b.md"], 0, out)
    assert path in out.getvalue()


class Clock:
    """A clock that goes on by a step whenever somebody looks at it."""

    def __init__(self, step: float) -> None:
        self.step, self.now = step, 0.0

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def shown(monkeypatch: pytest.MonkeyPatch, step: float, count: int) -> str:
    """What is shown on a terminal while things are gone through that take some seconds each."""
    monkeypatch.setattr(time, "monotonic", Clock(step))
    terminal = Terminal()
    assert list(watched(range(count), terminal)) == list(range(count))
    return terminal.getvalue()


def test_a_long_run_is_counted_on_a_terminal_and_wiped_out_in_the_end(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TERM", "xterm")
    assert shown(monkeypatch, 0.3, 4) == f"\r1 of 4 files\r2 of 4 files\r3 of 4 files\r{' ' * 12}\r"
    assert shown(monkeypatch, 0.06, 14) == f"\r8 of 14 files\r10 of 14 files\r12 of 14 files\r{' ' * 14}\r"
    assert shown(monkeypatch, 0.01, 20) == ""


def test_progress_is_wiped_out_when_the_run_is_broken_off(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(time, "monotonic", Clock(1))
    monkeypatch.setenv("TERM", "xterm")
    terminal = Terminal()
    with pytest.raises(KeyboardInterrupt):
        for _ in watched(range(3), terminal):
            raise KeyboardInterrupt
    del _
    assert terminal.getvalue() == f"\r0 of 3 files\r{' ' * 12}\r"


def test_nothing_is_shown_where_nobody_looks(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TERM", "xterm")
    things = range(3)
    assert watched(things, io.StringIO()) is things
    assert watched(things, Terminal(), quiet=True) is things
    monkeypatch.setenv("TERM", "dumb")
    assert watched(things, Terminal()) is things


def test_a_check_shows_its_progress_on_standard_error(capsys: Printed, monkeypatch: pytest.MonkeyPatch):
    fill(BROKEN)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress, "FIRST", 0)
    monkeypatch.setenv("TERM", "xterm")
    assert main(["check"]) == 1
    assert terminal.getvalue() == f"\r0 of 1 files\r{' ' * 12}\r"
    assert "0 of 1" not in capsys.readouterr().out


def test_a_diff_that_shows_a_secret_says_so(capsys: Printed, monkeypatch: pytest.MonkeyPatch):
    token = "gh" + "p_aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY1z5Q"
    text = f"{BROKEN}\n## Log Entries\n\n- [2025-06-05T03:20:00Z] `a`: the token is {token}\n"
    fill(f"-- {SESSION_PATH} --\n{text}")
    assert main(["check", "--diff", "--unsafe"]) == 1
    printed = capsys.readouterr()
    assert f"the token is {token}\n+" in printed.out
    assert printed.err == f"mdtm: {SESSION_PATH}: the diff shows a secret that stands there; mind who reads it\n"
    give(monkeypatch, text.encode())
    assert main(["check", "--diff", "--unsafe", "-"]) == 1
    assert "the diff shows a secret" in capsys.readouterr().err
    fill(f"-- {SESSION_PATH} --\n{text.replace('## Log', chr(10) * 9 + '## Log')}")
    assert main(["check", "--diff"]) == 1
    assert capsys.readouterr().err == "", "the secret is far from what would be changed"


def test_a_family_is_explained_by_its_rules(capsys: Printed):
    assert main(["explain", "hygiene"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [code for code, family in FAMILY_OF.items() if family == "hygiene"]
    assert main(["explain", "hygene"]) == 2
    assert "did you mean hygiene?" in capsys.readouterr().err
