"""A day of work on the command line, in a process that is killed in the middle of it."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.day import LOG, left_by, live
from tests.test_recovery import posix

SHELL = """
    import contextlib, io, json, shlex, sys
    from mdtm.cli import main
    for line in sys.stdin:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main([*shlex.split(line), "--json"])
        print(json.dumps(json.loads(out.getvalue())), flush=True)
"""
"""Carries out the commands that it reads, each in a line, and prints a line of JSON for each."""


class Shell:
    """A process in which commands are given."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._process = self._started()

    async def do(self, command: str) -> Mapping[str, Any]:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(f"{command}\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    async def crash(self) -> None:
        self.kill()
        self._process = self._started()

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()

    def _started(self) -> subprocess.Popen[str]:
        pipe, command = subprocess.PIPE, [sys.executable, "-c", textwrap.dedent(SHELL)]
        return subprocess.Popen(command, cwd=self._root, stdin=pipe, stdout=pipe, encoding="utf-8")


async def lived(root: Path) -> dict[str, str]:
    """What a day on the command line leaves behind."""
    (root / ".mdtm").mkdir(exist_ok=True)
    shell = Shell(root)
    try:
        known = await live(shell.do, shell.crash)
    finally:
        shell.kill()
    return left_by(root, known)


@posix
@pytest.mark.asyncio
async def test_a_day_on_the_command_line_leaves_sound_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MDTM_ACTOR", "dev-api")
    files = await lived(tmp_path)
    assert files[LOG].count("Session resumed") == 1, "after the crash it just went on"
    assert "because: the list was for wheat" in files[LOG]
    assert not any("/.active-" in path for path in files)
    found = subprocess.run([sys.executable, "-m", "mdtm", "check"], cwd=tmp_path, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout
