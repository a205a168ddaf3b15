"""Where the time goes: mdtm while somebody types, while it starts, and in `mdtm check`."""

from __future__ import annotations

import os
import pstats
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.contestants import MDTM, Contestant, prepare
from benchmarks.documents import Generated, Keystroke
from benchmarks.lane import Lane
from benchmarks.profiled import START, STOP
from benchmarks.sessions import make_sessions
from benchmarks.typist import Typist

ENTRIES, EDITS, SESSIONS = 5_000, 500, 1_000
MOST_ROWS = 25
OURS = ("mdtm", "pygls", "lsprotocol", "cattrs")
"""The packages whose functions are listed one by one."""
OUTERMOST = 0.97
"""The share from which a function only says that something ran."""
_WAITING = ("method 'poll' of 'select", "method 'read' of '_io.BufferedReader'", "_posixsubprocess")
_GENERATED = re.compile(r"<cattrs generated")

Function = tuple[str, int, str]
"""As `pstats` names one: file, line, name."""


def hotspots(lane: Lane) -> dict[str, Any]:
    """For each occasion the shares of the packages, and rows of the functions that cost most.

    A row is the function, its share without and with what it calls, and its calls for each edit or session.
    """
    mdtm = next(one for one in lane.contestants if one.name == MDTM)
    return {
        "keystroke in an entry": _typing(lane, mdtm, lambda document: document.in_entry),
        "keystroke in the frontmatter": _typing(lane, mdtm, lambda document: document.in_frontmatter),
        "check": _checking(lane),
        "start": _importing(),
    }


def _typing(lane: Lane, mdtm: Contestant, key_of: Callable[[Generated], Keystroke | None]) -> dict[str, Any]:
    out = lane.folder / "typing.prof"
    command = (sys.executable, "-m", "benchmarks.profiled", str(out), "lsp")
    typist = Typist(replace(mdtm, server=command), prepare(Path(_fresh(lane))), ENTRIES, {"PYTHONPATH": os.getcwd()})
    key = key_of(typist.document)
    assert key
    typist.open()
    os.kill(typist.client.pid, START)
    time.sleep(0.1)
    for _ in range(EDITS):
        after = len(typist.client.published)
        typist.press(key)
        typist.answered(typist.version, after)
    os.kill(typist.client.pid, STOP)
    time.sleep(0.1)
    typist.client.stop()
    return _shares(out, EDITS)


def _checking(lane: Lane) -> dict[str, Any]:
    out = lane.folder / "check.prof"
    root = Path(_fresh(lane))
    prepare(root)
    make_sessions(root, SESSIONS)
    command = (sys.executable, "-m", "benchmarks.profiled", str(out), "check", "--format", "json", ".")
    subprocess.run(command, cwd=root, env={**os.environ, "PYTHONPATH": os.getcwd()}, stdout=subprocess.DEVNULL)
    return _shares(out, SESSIONS)


def _importing() -> dict[str, Any]:
    """The shares of the packages in what `mdtm lsp` imports, by the interpreter's own clock."""
    command = (sys.executable, "-X", "importtime", "-c", "import mdtm.lsp.server")
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    own = Counter[str]()
    modules = Counter[str]()
    for own_us, name in re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", said):
        own[name.partition(".")[0]] += int(own_us)
        modules[name] += int(own_us)
    return {
        "packages": _largest(own, sum(own.values())),
        "functions": [[name, share, share, 1.0] for name, share in _largest(modules, sum(own.values()))],
    }


def _shares(profile: Path, times: int) -> dict[str, Any]:
    """Shares of the time; waiting is left out, and what is built in counts for the package that calls it."""
    stats: dict[Function, Any] = pstats.Stats(str(profile)).stats  # type: ignore[attr-defined]
    packages, whole = Counter[str](), 0.0
    functions: list[list[Any]] = []
    for function, (_, count, own, with_called, callers) in stats.items():
        if any(waiting in function[2] for waiting in _WAITING):
            continue
        whole += own
        if function[0] != "~" and _package(function) in OURS:
            functions.append([_name(function), own, with_called, round(count / times, 1)])
        if function[0] == "~" and callers:
            for caller, (_, _, part, _) in callers.items():
                packages[_package(caller)] += part
        else:
            packages[_package(function)] += own
    rows = [[name, round(own / whole, 3), round(all_ / whole, 3), calls] for name, own, all_, calls in functions]
    rows = sorted((row for row in rows if row[2] < OUTERMOST), key=lambda row: row[2], reverse=True)
    return {"packages": _largest(packages, whole), "functions": rows[:MOST_ROWS]}


def _largest(counted: Counter[str], whole: float) -> list[list[Any]]:
    return [[name, round(value / whole, 3)] for name, value in counted.most_common(MOST_ROWS)]


def _package(function: Function) -> str:
    """The package that a function is of; for those of the standard library its module."""
    file = function[0]
    if _GENERATED.match(file):
        return "cattrs"
    parts = Path(file).parts
    for above in ("site-packages", "server", f"python{sys.version_info[0]}.{sys.version_info[1]}"):
        if above in parts:
            return parts[parts.index(above) + 1].removesuffix(".py")
    return "built in"


def _name(function: Function) -> str:
    file, _, name = function
    if file == "~":
        return name.strip("<>")
    if _GENERATED.match(file):
        return f"cattrs: {name}"
    return f"{'/'.join(Path(file).parts[-2:])}: {name}"


def _fresh(lane: Lane) -> str:
    names: Iterable[str] = (f"profile-{number}" for number in range(100))
    return str(next(lane.folder / name for name in names if not (lane.folder / name).exists()))
