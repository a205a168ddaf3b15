"""The benchmarks run, and their answers are right; how fast anything was is no question here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.questions import SHOWN, TYPING

ROOT = Path(__file__).parent.parent
MEASURED = {
    "one at a time", "in the frontmatter", "typed", "burst", "CPU per edit", "start to initialize",
    "start to first diagnostics", "memory", "check on one core", "check of one file", "all diagnostics of a workspace",
    "completion and hover while typing", "document symbols", "typing in peace", "typing while a workspace is read",
    "the active session found", "a session resumed", "mdtm resume",
    *(question.name for question in (*TYPING, *SHOWN)),
}  # fmt: skip

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the benchmarks read /proc")


def test_a_quick_run_measures_mdtm_beside_the_floor(tmp_path: Path):
    numbers, page = tmp_path / "results.json", tmp_path / "performance.md"
    command = [sys.executable, "-m", "benchmarks", "--quick", "--results", str(numbers), "--page", str(page)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert not done.stderr, "a contestant failed, or said something"
    samples = json.loads(numbers.read_text("utf-8"))["samples"]
    of_mdtm = {measure for measure, contestant, _, _, values in samples if contestant == "mdtm" and values}
    of_floor = {measure for measure, contestant, _, _, values in samples if contestant == "bare pygls" and values}
    assert of_mdtm >= MEASURED
    assert of_floor >= {"one at a time", "burst", "start to initialize", "completion and hover while typing"}
    assert all(value >= 0 for *_, values in samples for value in values)
    told = page.read_text("utf-8")
    assert "## Goals" in told
    assert "## Answers at 50 entries" in told
