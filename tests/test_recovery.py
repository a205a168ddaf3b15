"""After a crash a new process goes on from the files alone."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from mdtm.brief import tokens

posix = pytest.mark.skipif(os.name == "nt", reason="a process that is killed there ends in another way")
ROUNDS, MOST_ENTRIES = 4, 30
WRITE = """
    import os, sys
    from mdtm.cli import main
    told = os.dup(1)
    sys.stdout = open(os.devnull, "w")
    for number in range(int(sys.argv[1]), 1_000_000):
        assert main(["log", f"entry {number} 🟢", "--kind", "decision"]) == 0
        os.write(told, b"%d\\n" % number)
"""


def mdtm(root: Path, *arguments: str) -> str:
    """What a new process prints."""
    command = [sys.executable, "-m", "mdtm", *arguments]
    return subprocess.run(command, cwd=root, check=True, capture_output=True, encoding="utf-8").stdout


def written_until_killed(root: Path, first: int, enough: int) -> int:
    """Lets a process append entries, and kills it when it has told of enough of them; gives the last it told of."""
    command = [sys.executable, "-c", textwrap.dedent(WRITE), str(first)]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for _ in range(enough):
            assert process.stdout.readline(), "the process ended by itself"
        process.kill()
        rest = process.stdout.read().split()
    return max(first + enough - 1, *map(int, rest), 0)


@posix
def test_a_process_that_is_killed_while_it_appends_loses_one_entry_at_the_most(tmp_path: Path):
    (tmp_path / ".git").mkdir()
    mdtm(tmp_path, "start", "Slots", "--actor", "dev-api")
    log = next((tmp_path / ".ruru" / "sessions").glob("SESSION-*/session_log.md"))
    chance, last = random.Random(6), 0
    for _ in range(ROUNDS):
        told = written_until_killed(tmp_path, last + 1, chance.randint(1, MOST_ENTRIES))
        numbers = [
            int(one) for one in re.findall(r"^- \[\S+Z\] .*: entry (\d+) 🟢$", log.read_text("utf-8"), re.MULTILINE)
        ]
        last = numbers[-1]
        assert numbers == [*range(1, last + 1)], "each entry is there once, in order and whole"
        assert last in (told, told + 1), "the one that it was at may be there, or not"
        answer = json.loads(mdtm(tmp_path, "resume", "--budget", "300", "--json"))
        about = answer["recovered_context"]
        lines = [one["text"] for one in about["lines"] if one["section"] == "last entries"]
        assert lines[0].endswith(f"entry {last} 🟢") and "goal: Slots" in answer["text"]
        assert about["tokens"] == tokens(answer["text"].partition("\n")[2]) <= 300
        assert "unreadable" not in answer["text"]
    mdtm(tmp_path, "check", ".")  # which fails where it finds anything
    assert "Session resumed" not in log.read_text("utf-8"), "a session that is active just goes on"
