"""The command line over a generated workspace, and over one file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.client import now
from benchmarks.contestants import Contestant, prepare
from benchmarks.lane import Lane
from benchmarks.samples import Sample
from benchmarks.sessions import Fault, faults, make_sessions, session_id

ONE_CORE, ALL_CORES, CPU = "check on one core", "check on all cores", "CPU of check"
ONE_FILE, PYTHON = "check of one file", "python -c pass"


class Ended(NamedTuple):
    """A command that has ended."""

    milliseconds: float
    cpu_ms: float
    output: bytes


def check(lane: Lane) -> Iterator[Sample]:
    able = [one for one in lane.contestants if one.check]
    for count in lane.plan.sessions:
        root = lane.folder / f"check-{count}"
        prepare(root)
        make_sessions(root, count)
        for number in range(lane.plan.long_rounds):
            for contestant in lane.turns(number, able):
                for measure, cores in ((ONE_CORE, 1), (ALL_CORES, os.cpu_count() or 1)):
                    ended = _run(contestant.check, root, cores)
                    _judge(contestant, ended, root, count)
                    yield Sample(measure, contestant.name, count, number, [ended.milliseconds])
                    if measure == ONE_CORE:
                        yield Sample(CPU, contestant.name, count, number, [ended.cpu_ms])
    yield from _one_file(lane, able, root)


def _one_file(lane: Lane, able: Sequence[Contestant], root: Path) -> Iterator[Sample]:
    folder = root / "ruru" / "sessions" / session_id(0)
    commands = {one.name: (*one.check[:-1], _file_of(one, folder)) for one in able}
    commands[PYTHON] = (sys.executable, "-c", "pass")
    for number in range(lane.plan.rounds * 2):
        for name, command in commands.items():
            ended = _run(command, root, 1)
            if name != PYTHON and _found(ended.output) != faults(name, 1):
                raise SystemExit(f"{name} found {_found(ended.output)} in one file, {faults(name, 1)} are there")
            yield Sample(ONE_FILE, name, 1, number, [ended.milliseconds])


def _file_of(contestant: Contestant, folder: Path) -> str:
    return str(folder / ("session_log.py" if contestant.kind == "python" else "session_log.md"))


def _run(command: Sequence[str], root: Path, cores: int) -> Ended:
    started = now()
    process = subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE,
        preexec_fn=lambda: os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores]),
    )  # fmt: skip
    assert process.stdout
    output = process.stdout.read()
    process.stdout.close()
    _, status, used = os.wait4(process.pid, 0)
    took = (now() - started) * 1000
    process.returncode = os.waitstatus_to_exitcode(status)
    return Ended(took, (used.ru_utime + used.ru_stime) * 1000, output)


def _judge(contestant: Contestant, ended: Ended, root: Path, count: int) -> None:
    """Stops the run when something else was found than there is: a wrong answer has no time."""
    found, right = _found(ended.output), faults(contestant.name, count)
    if found != right:
        odd = sorted(found ^ right)[:3]
        raise SystemExit(f"{contestant.name} check found {len(found)} faults, {len(right)} are there; first: {odd}")


def _found(output: bytes) -> set[Fault]:
    """What mdtm, rumdl or ruff printed; they agree in their words more than in their shape."""
    printed: Any = json.loads(output or b"[]")
    rows = printed["problems"] if isinstance(printed, dict) else printed
    return {_fault(row) for row in rows}


def _fault(row: dict[str, Any]) -> Fault:
    path = row.get("path") or row.get("filename") or row["file"]
    line = row.get("line") or row.get("location", {}).get("row") or row["range"]["start"]["line"]
    return Path(path).parent.name, row.get("code") or row["rule"], line - 1
