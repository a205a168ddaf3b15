"""A finding is the same in every face: the server, the command line, and the main job of `make run`."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import pytest
from lsprotocol import types

from mdtm.cli import main
from tests.lsp.editor import PATIENCE, capabilities, meeting

ROOT = Path(__file__).parent.parent
WORKSPACE = ROOT / "examples" / "workspace"
SEVERITIES = ("error", "warning", "information", "hint")
UTF_32 = ("utf-32", "utf-16")


class Finding(NamedTuple):
    """A finding as every face tells it; lines and columns count from 1."""

    path: str
    start: tuple[int, int]
    end: tuple[int, int]
    code: str
    severity: str
    message: str


@pytest.fixture
def checked(capsys: pytest.CaptureFixture[str]) -> list[Finding]:
    """What `mdtm check` finds in the examples."""
    assert main(["check", "--format", "json", str(WORKSPACE)]) == 1
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert len(problems) > 20
    return sorted(_from_json(problem) for problem in problems)


async def test_the_server_pushes_what_check_finds(checked: list[Finding]):
    async with meeting(capabilities(encodings=UTF_32), WORKSPACE) as editor:
        for path in {path for path in WORKSPACE.rglob("*") if path.suffix in (".md", ".json")}:
            editor.open(path, path.read_bytes().decode())
        await editor.settled()
        pushed = [_from_lsp(one.uri, diagnostic) for one in editor.published for diagnostic in one.diagnostics]
        assert len(editor.published) == len(editor.texts)
    assert sorted(pushed) == checked


async def test_the_server_reports_what_check_finds(checked: list[Finding]):
    async with meeting(capabilities(pulls=True, encodings=UTF_32), WORKSPACE) as editor:
        asked = editor.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
        reports: Sequence[types.WorkspaceDocumentDiagnosticReport] = (await asyncio.wait_for(asked, PATIENCE)).items
        pulled = []
        for report in reports:
            assert isinstance(report, types.WorkspaceFullDocumentDiagnosticReport)
            pulled += [_from_lsp(report.uri, diagnostic) for diagnostic in report.items]
            uri = editor.open(report.uri, Path(unquote(urlsplit(report.uri).path)).read_bytes().decode())
            again = await editor.pull(uri)
            assert isinstance(again, types.RelatedFullDocumentDiagnosticReport) and again.items == report.items
    assert sorted(pulled) == checked


def test_the_main_job_prints_what_check_finds(checked: list[Finding]):
    done = subprocess.run(
        [sys.executable, "-m", "tests.main_job", "examples/workspace"],
        cwd=ROOT, capture_output=True, timeout=30, check=True,
    )  # fmt: skip
    printed, path = [], ""
    for line in done.stdout.decode().split("\n\n\n")[0].splitlines():
        if found := re.fullmatch(r" +(\d+):(\d+)  (\w+) +([\w-]+) +(\S.*)", line):
            printed.append((path, (int(found[1]), int(found[2])), found[4], found[3], found[5]))
        elif line and line[0] != " ":
            path = line
    assert sorted(printed) == sorted((one.path, one.start, *one[3:]) for one in checked)
    assert done.stdout.decode().count("cure: ") >= 24
    assert done.stderr == b""


def test_the_main_job_fails_when_the_server_does():
    script = "import pathlib, sys, tests.main_job as job; job.COMMAND = [sys.executable, '-c', '']; job.main(pathlib.Path(sys.argv[1]))"
    done = subprocess.run([sys.executable, "-c", script, str(WORKSPACE)], cwd=ROOT, capture_output=True, timeout=30)
    assert (done.returncode, done.stderr) == (1, b"the server ended before its work was done\n")


def _from_json(problem: dict[str, Any]) -> Finding:
    start, end = ((place["line"], place["column"]) for place in problem["range"].values())
    path = Path(problem["path"]).relative_to(WORKSPACE).as_posix()
    return Finding(path, start, end, problem["code"], problem["severity"], problem["message"])


def _from_lsp(uri: str, one: types.Diagnostic) -> Finding:
    path = Path(unquote(urlsplit(uri).path)).relative_to(WORKSPACE).as_posix()
    start, end = ((place.line + 1, place.character + 1) for place in (one.range.start, one.range.end))
    assert one.severity
    return Finding(path, start, end, str(one.code), SEVERITIES[one.severity - 1], one.message)
