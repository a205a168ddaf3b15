"""Finding the active session among hundreds, and resuming the one that was paused last.

Both happen in this process, as in any that is running, from the first look at the disk to the last byte written;
the command is timed from its start to its end besides.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.client import now
from benchmarks.contestants import MDTM, prepare
from benchmarks.documents import log_lines, stamp
from benchmarks.lane import Lane
from benchmarks.samples import Sample
from benchmarks.sessions import ENTRIES, session_id
from mdtm.disk import Tree, locked, read_settings, write
from mdtm.instructions import carried_out
from mdtm.operations import verb_named
from mdtm.sessions import active_folder, marker_path
from mdtm.world import occasion

FOUND, RESUMED, COMMAND = "the active session found", "a session resumed", "mdtm resume"
HOME = ".ruru/sessions"


def resume(lane: Lane) -> Iterator[Sample]:
    (mdtm,) = lane.named(MDTM)
    count = lane.plan.known
    root = lane.folder / "resume"
    prepare(root)
    folder = _make_sessions(root, count)
    command = (*mdtm.server[:-1], "resume", "--quiet")
    ways: dict[str, Callable[[], object]] = {
        RESUMED: lambda: _do(root, "session.resume"),
        COMMAND: lambda: subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL),
    }
    for number in range(lane.plan.rounds):
        found = [_timed(lambda: _find(root, folder)) for _ in range(lane.plan.edits)]
        yield Sample(FOUND, mdtm.name, count, number, found)
        for measure, way in ways.items():
            yield Sample(measure, mdtm.name, count, number, [_resumed(root, folder, way) for _ in found])


def _resumed(root: Path, folder: str, way: Callable[[], object]) -> float:
    _do(root, "session.pause")
    if active_folder(Tree(root)):
        raise SystemExit("a paused session is active")
    took = _timed(way)
    _find(root, folder)
    return took


def _make_sessions(root: Path, count: int) -> str:
    """Writes so many sessions, the one in the middle active and the others completed; gives the folder of that one."""
    active = f"{HOME}/{session_id(count // 2)}"
    for number in range(count):
        folder = f"{HOME}/{session_id(number)}"
        status, end = ("🟢 Active", "") if folder == active else ("🏁 Completed", stamp(ENTRIES - 1))
        lines = log_lines(ENTRIES, session_id(number), status, ("artifacts/notes/a.md",), end)
        (root / folder).mkdir(parents=True)
        (root / folder / "session_log.md").write_text("\n".join(lines) + "\n", "utf-8")
    (root / marker_path(active)).touch()
    return active


def _find(root: Path, folder: str) -> None:
    found = active_folder(Tree(root))
    if found != folder:
        raise SystemExit(f"the active session is {folder}, and {found} was found")


def _do(root: Path, name: str) -> None:
    """Carries a verb out as the command line does."""
    verb = verb_named(name)
    assert verb
    with locked(root):
        tree = Tree(root)
        outcome = carried_out(occasion(tree, read_settings(root), "benchmark"), verb, {})
        write(root, outcome.plan, tree.seen)


def _timed(work: Callable[[], object]) -> float:
    started = now()
    work()
    return (now() - started) * 1000
