"""The command line, called as a program would call it: what it prints, what it writes, and its exit status."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from mdtm import __version__
from mdtm.cli import main
from tests.checks import SESSION_FOLDER, SESSION_PATH, files_in, with_keys

BROKEN = with_keys('status = "🟢 Actve"')
SOUND = with_keys('status = "🟢 Active"')


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of its own, which is the current one."""
    folder = tmp_path / "bakery"
    (folder / ".git").mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def fill(text: str | bytes, path: str = SESSION_PATH) -> Path:
    """Writes the files of a text, or one file with some bytes; gives the first."""
    files = {path: text} if isinstance(text, bytes) else {p: t.encode() for p, t in files_in(text).items()}
    for name, content in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(content)
    return Path(next(iter(files)))


def give(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Lets standard input have some bytes."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[str, str]]:
    """The paths and codes that a check in JSON finds."""
    main(["check", "--format", "json", *arguments])
    return [(problem["path"], problem["code"]) for problem in json.loads(capsys.readouterr().out)["problems"]]


def test_the_text_shows_place_and_cure(capsys: pytest.CaptureFixture[str]):
    fill(
        """
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:00Z"
        end_time = "2025-06-05T04:20:00Z"
        coordinator = "dev-api"
        tags = ["🟢🏁", "e\u0301⚪", x]
        +++

        ## Log Entries

        - [2025-06-31T03:01:00Z] Baked
        """
    )
    assert main(["check"]) == 1
    assert capsys.readouterr().out == textwrap.dedent("""\
        .ruru/sessions/SESSION-Slots-2506050301/session_log.md:6:12: warning[wrong-end-time] an active session has no end_time yet
            6 | end_time = "2025-06-05T04:20:00Z"
              |            ^^^^^^^^^^^^^^^^^^^^^^
              = fix (look first): Clear end_time

        .ruru/sessions/SESSION-Slots-2506050301/session_log.md:8:22: error[broken-toml] text must stand in quotes
            8 | tags = ["🟢🏁", "e\u0301⚪", x]
              |                        ^
              = fix: Put it in quotes

        .ruru/sessions/SESSION-Slots-2506050301/session_log.md:13:4: error[bad-time] 2025-06-31T03:01:00Z is no time that exists; a time is written like 2025-06-05T10:15:00Z
           13 | - [2025-06-31T03:01:00Z] Baked
              |    ^^^^^^^^^^^^^^^^^^^^

        3 problems (2 errors, 1 warning) in 1 of 1 file. 1 of them can be mended with --fix.
        """)


def test_the_json_has_all_of_a_finding(capsys: pytest.CaptureFixture[str]):
    fill(with_keys("tags = ['🟢']\ntags = ['🟢']"))
    assert main(["check", "--format", "json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["version"], answer["files"], answer["mended"]) == (1, 1, 0)
    (problem,) = answer["problems"]
    assert problem["related"] == [
        {"range": {"start": {"line": 7, "column": 1}, "end": {"line": 7, "column": 5}}, "message": "defined here first"}
    ]
    assert problem.pop("fixes")[0]["safe"] is True
    del problem["related"]
    assert problem == {
        "path": SESSION_PATH,
        "code": "duplicate-key",
        "severity": "error",
        "message": "tags is given twice",
        "range": {"start": {"line": 8, "column": 1}, "end": {"line": 8, "column": 5}},
    }


def test_the_exit_status_tells_whether_all_is_fine(capsys: pytest.CaptureFixture[str]):
    fill(SOUND)
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "No problems in 1 file.\n"
    fill(BROKEN)
    assert main(["check"]) == 1
    assert main(["check", "nowhere", SESSION_PATH]) == 2
    output = capsys.readouterr()
    assert output.err == "mdtm: there is no file or folder nowhere\n"
    assert "unknown-status" in output.out
    for wrong in (["check", "--format", "xml"], ["bake"], []):
        with pytest.raises(SystemExit) as stopped:
            main(wrong)
        assert stopped.value.code == 2


def test_a_folder_without_sessions_is_fine(capsys: pytest.CaptureFixture[str]):
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "There is no session log, task or other MDTM file here.\n"


def test_folders_may_be_nested_deeper_than_calls(capsys: pytest.CaptureFixture[str], root: Path):
    fill(BROKEN)
    os.chdir(SESSION_FOLDER)
    for _ in range(1200):
        os.mkdir("d")
        os.chdir("d")
    Path("session_log.md").write_bytes(b"")
    os.chdir(root)
    assert [code for _, code in found(capsys)] == ["missing-frontmatter", "unknown-status"]
    assert main(["artifact", "list", "--session", SESSION_FOLDER]) == 0
    assert main(["doctor"]) == 0
    os.chdir(f"{SESSION_FOLDER}/{'d/' * 1200}")
    os.unlink("session_log.md")
    for _ in range(1200):  # before Python 3.13 nobody else can remove them
        os.chdir("..")
        os.rmdir("d")
    os.chdir(root)


def test_a_file_given_twice_is_checked_once(capsys: pytest.CaptureFixture[str], root: Path):
    path = fill(BROKEN)
    assert main(["check", str(path), f"./{path}", str(root / path), ".", str(root)]) == 1
    assert capsys.readouterr().out.endswith("in 1 of 1 file. 1 of them can be mended with --fix.\n")


def test_a_file_outside_the_current_folder_is_checked_where_it_is(capsys: pytest.CaptureFixture[str], root: Path):
    fill(with_keys('related_artifacts = ["a.md"]'))
    other = root / "elsewhere"
    other.mkdir()
    os.chdir(other)
    assert found(capsys, f"../{SESSION_PATH}") == [(f"../{SESSION_PATH}", "dangling-artifact")]
    (root / SESSION_FOLDER / "a.md").write_text("Rye.\n")
    assert found(capsys, str(root)) == []


def test_standard_input_is_checked_as_a_file(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    give(monkeypatch, BROKEN.encode())
    assert main(["check", "-"]) == 1
    assert capsys.readouterr().out.startswith("session_log.md:6:10: warning[unknown-status]")
    give(monkeypatch, b'[rules]\nbad-time = "never"\n')
    assert main(["check", "-", "--stdin-path", ".mdtm.toml"]) == 1
    assert capsys.readouterr().out.startswith(".mdtm.toml:2:12: error[bad-setting]")
    give(monkeypatch, b"")
    assert main(["check", "-"]) == 1
    assert "missing-frontmatter" in capsys.readouterr().out


def test_standard_input_has_the_settings_of_its_place(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    fill('-- .mdtm.toml --\n[rules]\nunknown-status = "off"\n')
    give(monkeypatch, BROKEN.encode())
    assert main(["check", "-", "--stdin-path", SESSION_PATH]) == 0
    assert capsys.readouterr().out == "No problems in 1 file.\n"


def test_a_verb_says_in_a_line_that_settings_are_broken_and_goes_on(capsys: pytest.CaptureFixture[str]):
    fill('-- .mdtm.toml --\nactor = "ann"\nactr = "bob"\n[rules]\nbad-time = "of"\n')
    assert main(["start", "Slots", "--json"]) == 0
    output = capsys.readouterr()
    assert json.loads(output.out)["done"] is True
    assert output.err.startswith("mdtm: .mdtm.toml, line 2: actr is no setting; ")
    assert output.err.endswith(", and 1 more; `mdtm check .mdtm.toml` shows it\n") and output.err.count("\n") == 1
    assert "`ann`: Session started" in next(Path().glob(".ruru/sessions/*/session_log.md")).read_text("utf-8")
    fill('-- .mdtm.toml --\nactor = "ann\n')
    assert main(["pause"]) == 0
    assert capsys.readouterr().err.startswith("mdtm: .mdtm.toml, line 1: the string has no closing quote")
    fill('-- .mdtm.toml --\nactor = "ann"\n')
    assert main(["resume", "--quiet"]) == 0
    assert capsys.readouterr().err == ""


def test_standard_input_is_mended_to_standard_output(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
):
    give(monkeypatch, BROKEN.replace("\n", "\r\n").encode())
    assert main(["check", "-", "--fix"]) == 0
    output = capfdbinary.readouterr()
    assert output.out == SOUND.replace("\n", "\r\n").encode()
    assert output.err == b"1 problem mended. No problems in 1 file.\n"
    data = BROKEN.encode() + b"caf\xe9\n"
    give(monkeypatch, data)
    assert main(["check", "-", "--fix"]) == 1
    assert capfdbinary.readouterr().out == data


def test_fixing_writes_the_broken_ranges_only(capsys: pytest.CaptureFixture[str]):
    text = (
        "\ufeff"
        + with_keys('tags = ["a" "b"]  # ours   \nstatus = "🟢 Actve"')
        + "\n# Slots  \n\n## Log Entries\n\n\t- [x]   \n\n no end"
    )
    path = fill(text.replace("\n", "\r\n").encode())
    path.chmod(0o640)
    assert main(["check", "--fix"]) == 0
    assert capsys.readouterr().out == "2 problems mended. No problems in 1 file.\n"
    wanted = text.replace('"a" "b"', '"a", "b"').replace("Actve", "Active")
    assert path.read_bytes() == wanted.replace("\n", "\r\n").encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(os.listdir(path.parent)) == ["session_log.md"]
    before = path.stat().st_mtime_ns
    assert main(["check", "--fix"]) == 0
    assert path.stat().st_mtime_ns == before


def test_unsafe_fixes_are_written_only_when_asked_for(capsys: pytest.CaptureFixture[str]):
    path = fill(with_keys('end_time = "2025-06-05T04:00:00Z"'))
    assert main(["check", "--fix"]) == 1
    assert 'end_time = "2025' in path.read_text()
    assert main(["check", "--fix", "--unsafe"]) == 0
    assert 'end_time = ""' in path.read_text()
    assert main(["check", "--unsafe"]) == 2
    assert capsys.readouterr().err == (
        "mdtm: --unsafe says which fixes --fix or --diff may take; give one of them too\n"
    )


def test_a_file_that_is_not_utf8_is_never_written(capsys: pytest.CaptureFixture[str]):
    data = with_keys('status = "🟢 Actve"\ntitle = "Caf').encode()[:-5] + b'\xe9"\n+++\n'
    path = fill(data)
    assert main(["check", "--fix", "--unsafe"]) == 1
    output = capsys.readouterr().out
    assert f"{path}:6:13: error[not-utf8] " in output
    assert "fix" not in output.replace("--fix", "")
    assert path.read_bytes() == data


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root can read every file")
def test_a_file_that_cannot_be_read_is_named(capsys: pytest.CaptureFixture[str]):
    path = fill(BROKEN)
    path.chmod(0)
    assert main(["check"]) == 2
    assert capsys.readouterr().err == f"mdtm: {path} cannot be read or written: Permission denied\n"


def test_a_link_stays_a_link(root: Path):
    fill(f"-- shelf/session_log.md --\n{BROKEN}")
    (root / SESSION_FOLDER).mkdir(parents=True)
    (root / SESSION_PATH).symlink_to(root / "shelf" / "session_log.md")
    assert main(["check", "--fix", SESSION_PATH]) == 0
    assert (root / SESSION_PATH).is_symlink()
    assert (root / "shelf" / "session_log.md").read_text() == SOUND


def test_settings_turn_rules_off_and_change_their_level(capsys: pytest.CaptureFixture[str]):
    fill(f'-- .mdtm.toml --\n[rules]\nunknown-status = "off"\nwrong-type = "hint"\n-- {SESSION_PATH} --\n{BROKEN}')
    assert main(["check"]) == 0
    fill(BROKEN.replace('coordinator = "dev-api"', "coordinator = 1"))
    assert main(["check"]) == 1
    assert "hint[wrong-type]" in capsys.readouterr().out


def test_broken_settings_are_found_and_the_others_hold(capsys: pytest.CaptureFixture[str]):
    fill(
        f'-- .mdtm.toml --\n[rules]\nbad-time = \nunknown-status = "off"\nwrong-type = "loud"\n-- {SESSION_PATH} --\n{BROKEN}'
    )
    assert found(capsys) == [(".mdtm.toml", "broken-toml"), (".mdtm.toml", "bad-setting")]


def test_settings_that_cannot_be_read_are_named_once(capsys: pytest.CaptureFixture[str], root: Path):
    (root / ".mdtm.toml").mkdir()
    fill(f"-- {SESSION_PATH} --\n{BROKEN}-- docs/a.md --\n# A\n")
    assert main(["check"]) == 2
    assert capsys.readouterr().err == f"mdtm: {root / '.mdtm.toml'} cannot be read or written: Is a directory\n"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_colours_unless_it_wants_none(monkeypatch: pytest.MonkeyPatch):
    fill(BROKEN)
    shown = []
    for wish in (None, "1"):
        terminal = Terminal()
        monkeypatch.setattr(sys, "stdout", terminal)
        monkeypatch.delenv("NO_COLOR", raising=False)
        if wish:
            monkeypatch.setenv("NO_COLOR", wish)
        assert main(["check"]) == 1
        shown.append(terminal.getvalue())
    assert "\x1b[1;33mwarning\x1b[0m[unknown-status]" in shown[0]
    assert shown[0].replace("\x1b[1;33m", "").replace("\x1b[0m", "") == shown[1]


def test_a_file_cannot_talk_to_the_terminal(capsys: pytest.CaptureFixture[str]):
    fill(with_keys('status = "\x1b[31mActve\x07"'))
    assert main(["check"]) == 1
    output = capsys.readouterr().out
    assert "\x1b" not in output and "\x07" not in output


def test_a_long_line_is_shown_around_the_place(capsys: pytest.CaptureFixture[str]):
    texts = ", ".join(f'"“a🟢{number}🟢a”"' for number in range(90))
    fill(with_keys(f"tags = [{texts}, x]"))
    assert main(["check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines[1]) < 180
    assert lines[1].endswith(", x]")
    assert lines[2].endswith(" ^")


def test_output_that_knows_no_emoji_is_no_failure():
    fill(BROKEN)
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    output = {}
    for form in ("text", "json", "junit"):
        command = [sys.executable, "-m", "mdtm", "check", "--format", form]
        done = subprocess.run(command, env=environment, capture_output=True)
        assert (done.returncode, done.stderr) == (1, b"")
        output[form] = done.stdout.decode("ascii")
    assert json.loads(output["json"])["problems"][0]["message"].startswith('"🟢 Actve"')
    assert 'message="&quot;&#128994; Actve' in output["junit"] or "'\"&#128994; Actve" in output["junit"]


def test_the_page_of_a_rule_is_explained(capsys: pytest.CaptureFixture[str]):
    assert main(["explain", "bad-time"]) == 0
    assert capsys.readouterr().out.startswith("# bad-time\n\nA time cannot be read")
    assert main(["explain"]) == 0
    assert "\nbad-time                    A time cannot be read" in capsys.readouterr().out
    assert main(["explain", "bad-tme"]) == 2
    assert capsys.readouterr().err == "mdtm: there is no rule bad-tme; did you mean bad-time?\n"
    assert main(["explain", "loaf"]) == 2
    assert capsys.readouterr().err == "mdtm: there is no rule loaf\n"


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    assert (stopped.value.code, capsys.readouterr().out) == (0, f"mdtm {__version__}\n")


def test_checking_imports_no_more_than_it_needs():
    fill(BROKEN)
    script = (
        "import sys; from mdtm.cli import main; main(['check']);"
        "unwanted = 'pygls lsprotocol tomlkit yaml frontmatter asyncio xml mdtm.unified'.split();"
        "print({*unwanted} & {*sys.modules}, {name for name in sys.modules if 'mdtm.reports.' in name})"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.splitlines()[-1] == b"set() {'mdtm.reports.text'}"


def test_a_pipe_is_named_and_not_waited_for(capsys: pytest.CaptureFixture[str]):
    fill(f"-- {SESSION_PATH} --\n{SOUND}")
    os.mkfifo("pipe.md")
    Path(".#session_log.md").symlink_to("nobody@nowhere")
    assert main(["check", "."]) == 0
    assert main(["check", "pipe.md"]) == 2
    assert "pipe.md cannot be read or written: it is no regular file" in capsys.readouterr().err


def test_a_path_with_dots_has_the_workspace_that_it_lies_in(capsys: pytest.CaptureFixture[str], root: Path):
    fill(f'-- a/.mdtm.toml --\n[rules]\nunknown-status = "off"\n-- b/.mdtm.toml --\n-- b/{SESSION_PATH} --\n{BROKEN}')
    os.chdir(root / "a")
    assert found(capsys, "../b") == [(f"../b/{SESSION_PATH}", "unknown-status")]


def test_what_cannot_be_read_is_not_said_to_be_missing(capsys: pytest.CaptureFixture[str]):
    os.mkfifo("pipe.md")
    assert main(["check", "pipe.md"]) == 2
    assert capsys.readouterr().out == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows makes no such links")
def test_a_link_that_leads_in_a_circle_hides_nothing_beside_it(capsys: pytest.CaptureFixture[str]):
    log = fill(BROKEN)
    (log.parent / "loop").symlink_to("loop")
    (log.parent / "through").symlink_to("session_log.md/x")
    assert found(capsys, ".") == [(SESSION_PATH, "unknown-status")]
    assert found(capsys, "./") == [(SESSION_PATH, "unknown-status")]


ROOF = "TASK-API-20250605-101500"


def answered(monkeypatch: pytest.MonkeyPatch, lines: str, box: str = "") -> str:
    """What stands on a terminal when a task is ended at which somebody types lines."""
    path = fill(f'-- .mdtm/tasks/A/{ROOF}.md --\n+++\nid = "{ROOF}"\ntitle = "The roof"\n+++\n{box}')
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdin", Terminal(lines))
    monkeypatch.setattr(sys, "stderr", terminal)
    status = main(["task", "done", ROOF])
    assert status == ("is done: " not in path.read_text("utf-8"))
    return terminal.getvalue()


def test_a_person_at_a_terminal_is_asked_for_what_is_missing(monkeypatch: pytest.MonkeyPatch):
    assert answered(monkeypatch, "it holds 🏠\n").startswith(f"What came of {ROOF}? ")
    assert "is done: it holds 🏠\n" in Path(f".mdtm/tasks/A/{ROOF}.md").read_text("utf-8")


@pytest.mark.parametrize("lines", ["", "\n"])
def test_who_answers_nothing_is_told_what_is_missing(monkeypatch: pytest.MonkeyPatch, lines: str):
    assert f"mdtm: {ROOF} has no summary; " in answered(monkeypatch, lines)


def test_nothing_is_asked_that_would_not_be_enough(monkeypatch: pytest.MonkeyPatch):
    assert answered(monkeypatch, "it holds\n", "- [ ] Tiles\n").startswith(
        f"mdtm: {ROOF} has no summary and 1 open box"
    )


RESTS = """\
-- .mdtm/sessions/SESSION-001/session_log.md --
+++
id = "SESSION-001"
title = "Mend the roof"
status = "paused"
start_time = "2025-06-05T10:00:00Z"
end_time = "2025-06-05T11:00:00Z"
coordinator = "maren"
+++

## Log Entries

- [2025-06-05T10:00:00Z] `maren`: Session started: Mend the roof
- [2025-06-05T11:00:00Z] `maren`: Session paused
"""


def started(monkeypatch: pytest.MonkeyPatch, lines: str) -> tuple[str, list[str]]:
    """What stands on a terminal when a session is started at which somebody types lines, and which one is active."""
    fill(RESTS)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdin", Terminal(lines))
    monkeypatch.setattr(sys, "stderr", terminal)
    main(["start", "Paint the roof", "--dialect", "orchestration"])
    return terminal.getvalue(), [path.name for path in Path(".mdtm/sessions").glob(".active-*")]


@pytest.mark.parametrize(
    ("lines", "active"),
    [
        ("\n", [".active-SESSION-002"]), ("yes\n", [".active-SESSION-002"]), ("what?\ny\n", [".active-SESSION-002"]),
        ("no\n", []), ("q\n", []), ("", []), ("resume\n", [".active-SESSION-001"]),
    ],
)  # fmt: skip
def test_a_person_at_a_terminal_is_asked_whether_to_start_or_to_resume(
    monkeypatch: pytest.MonkeyPatch, lines: str, active: list[str]
):
    shown, there = started(monkeypatch, lines)
    assert there == active
    assert shown.startswith(
        "Start a session log for this goal? "
        "(yes, no, quick task, resume the one that rests: Mend the roof, its goal says roof too) "
    )
    assert shown.count("?") == (2 if lines.startswith("what") else 1)


def test_who_is_at_work_may_continue_instead(monkeypatch: pytest.MonkeyPatch):
    fill(RESTS)
    assert main(["resume"]) == 0
    shown, there = started(monkeypatch, "continue\n")
    assert "(yes, no, quick task, continue the active session) " in shown
    assert there == [".active-SESSION-001"]


def test_an_answer_that_is_given_with_a_start_is_not_asked_for(monkeypatch: pytest.MonkeyPatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdin", Terminal(""))
    monkeypatch.setattr(sys, "stderr", terminal)
    assert main(["start", "Paint the roof", "--answer", "no"]) == 0
    assert "?" not in terminal.getvalue()


def test_without_a_terminal_the_answer_names_what_is_required(capsys: pytest.CaptureFixture[str]):
    fill(f'-- .mdtm/tasks/A/{ROOF}.md --\n+++\nid = "{ROOF}"\ntitle = "The roof"\n+++\n')
    assert main(["task", "done", ROOF, "--json"]) == 1
    output = capsys.readouterr()
    answer = json.loads(output.out)
    assert (answer["done"], answer["valid"], answer["requirements"][0]["name"]) == (False, False, "note")
    assert output.err.startswith(f"mdtm: {ROOF} has no summary; ") and "\n  [ ] A summary" in output.err


def test_the_tasks_that_are_done_may_come_in_over_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    ids = [ROOF, ROOF[:-1] + "1"]
    texts = [f'-- .mdtm/tasks/A/{one}.md --\n+++\nid = "{one}"\ntitle = "The roof"\n+++\n' for one in ids]
    fill("".join(texts))
    lines = f"{ids[0]}=it holds 🏠\r\n\n  {ids[1]}\nTASK-NO-1\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    assert main(["task", "done", "-", "--note", "so does this", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert [one["task"] for one in answer["tasks"]] == ids
    assert [one["task"] for one in answer["failed"]] == ["TASK-NO-1"]
    read = [Path(f".mdtm/tasks/A/{one}.md").read_text("utf-8") for one in ids]
    assert "is done: it holds 🏠\n" in read[0] and "is done: so does this\n" in read[1]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\n")))
    assert main(["task", "done", "-"]) == 1
    assert capsys.readouterr().err == "mdtm: no task is named; `mdtm task done ID` ends one\n"


ALLOWING = """
    -- .mdtm.toml --
    [[allow]]
    path = ".ruru/**"
    rules = ["secret", "state", "bad-time"]
    reason = "issue #12"

    # the old place
    [[allow]]
    path = "gone/**"
    rules = ["hygiene"]
    reason = "nobody looks there"
    """


def test_what_the_settings_allow_for_nothing_shows_in_the_whole_workspace_only(capsys: pytest.CaptureFixture[str]):
    fill(textwrap.dedent(ALLOWING) + f"-- {SESSION_PATH} --\n{BROKEN}")
    for paths in ([".mdtm.toml"], [".ruru"], [SESSION_PATH, ".mdtm.toml"]):
        assert found(capsys, *paths) == []
    assert found(capsys) == [(".mdtm.toml", "unused-suppression")] * 3
    assert found(capsys, "..") == [(os.path.join("..", "bakery", ".mdtm.toml"), "unused-suppression")] * 3
    main(["check", "--fix", "--quiet"])
    assert Path(".mdtm.toml").read_text() == (
        '[[allow]]\npath = ".ruru/**"\nrules = ["state"]\nreason = "issue #12"\n\n# the old place\n'
    )
    assert found(capsys) == []


def test_what_the_settings_allow_may_be_needed_by_what_cannot_be_judged(capsys: pytest.CaptureFixture[str]):
    broken = BROKEN.replace("+++", "+++\nx = ", 1)
    fill(textwrap.dedent(ALLOWING) + f"-- {SESSION_PATH} --\n{broken}")
    assert (".mdtm.toml", "unused-suppression") in found(capsys)
    rows = [code for path, code in found(capsys) if path == ".mdtm.toml"]
    assert rows == ["unused-suppression"], "of the folder that is gone"
    Path(".mdtm.toml").write_text('[rules]\nhygiene = "off"\n' + textwrap.dedent(ALLOWING).split("--\n", 1)[1])
    assert ".mdtm.toml" not in [path for path, _ in found(capsys)]


def test_an_artifact_that_is_a_link_out_of_the_workspace_escapes_it(root: Path, capsys: pytest.CaptureFixture[str]):
    names = ["artifacts/notes/out.md", "artifacts/far/x.md", "artifacts/notes/in.md", "artifacts/notes/real.md"]
    listed = ", ".join(f'"{name}"' for name in names)
    log = fill(f"-- {SESSION_PATH} --\n{with_keys(f'related_artifacts = [{listed}]')}")
    (root.parent / "shelf").mkdir()
    (root.parent / "shelf" / "x.md").write_text("x\n")
    (log.parent / "artifacts" / "notes").mkdir(parents=True)
    (log.parent / "artifacts" / "notes" / "real.md").write_text("x\n")
    (log.parent / "artifacts" / "notes" / "in.md").symlink_to("real.md")
    (log.parent / "artifacts" / "notes" / "out.md").symlink_to(root.parent / "shelf" / "x.md")
    (log.parent / "artifacts" / "notes" / "unlisted.md").symlink_to(root.parent / "shelf" / "x.md")
    (log.parent / "artifacts" / "far").symlink_to(root.parent / "shelf")
    main(["check", "--format", "json"])
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert [(one["code"], one["message"]) for one in problems if one["code"] != "stale-session"] == [
        ("escaping-path", f"{name} is a link that leads out of the workspace") for name in names[:2]
    ]
