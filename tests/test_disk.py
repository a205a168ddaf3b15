"""What is written to the disk: all of a plan or nothing of it, whoever else writes, and whatever breaks."""

from __future__ import annotations

import itertools
import os
import random
import re
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from mdtm.cli import main
from mdtm.disk import Tree, write
from mdtm.plan import Create, Delete, Move, Refused, Replace, StalePlan
from mdtm.text import Span

ROOT = Path(__file__).parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "MDTM_ACTOR": "dev-api"}
posix = pytest.mark.skipif(os.name == "nt", reason="signals, modes and limits are those of POSIX")


def tree_of(root: Path) -> dict[str, bytes]:
    """Every file below a folder, and each empty folder."""
    found = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    return found | {f"{path.relative_to(root).as_posix()}/": b"" for path in root.rglob("*") if path.is_dir()}


def started(script: str, *arguments: object, **more: object) -> subprocess.Popen[str]:
    """A process of its own that runs a script; what goes wrong there stands in its standard error."""
    command = [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)]
    return subprocess.Popen(command, env=ENVIRONMENT, text=True, stderr=subprocess.PIPE, **more)  # type: ignore[call-overload,no-any-return]


def ended(process: subprocess.Popen[str]) -> str:
    _, error = process.communicate(timeout=300)
    return error


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_bytes("one 🟢\r\ntwo\r\n".encode())
    (tmp_path / "b.md").write_bytes(b"bread\n")
    return tmp_path


CHANGE = Replace("notes/a.md", Span(0, 3), "one", "eins")


def test_a_plan_is_carried_out_in_its_order(root: Path):
    plan = (
        CHANGE, Replace("notes/a.md", Span(7, 10), "two", "zwei"), Create("new/deep/c.md", "cake 🎂\n"),
        Delete("b.md", "bread\n"), Move("notes", "old/notes"), Create("b.md", ""),
    )  # fmt: skip
    write(root, plan)
    assert tree_of(root) == {
        "old/": b"", "old/notes/": b"", "old/notes/a.md": "eins 🟢\r\nzwei\r\n".encode(), "b.md": b"",
        "new/": b"", "new/deep/": b"", "new/deep/c.md": "cake 🎂\n".encode(),
    }  # fmt: skip


@pytest.mark.parametrize("last", [
    Replace("b.md", Span(0, 5), "cakes", "tarts"), Replace("gone.md", Span(0, 0), "", "x"), Create("b.md", "x"),
    Delete("b.md", "cake\n"), Delete("gone.md", ""), Move("gone.md", "c.md"), Move("notes/a.md", "b.md"),
    Create("../out.md", "x"), Create("/out.md", "x"), Create("notes/../../out.md", "x"), Create("", "x"),
    Create("notes//x.md", "x"), Create("a\0b", "x"), Create("c:/x.md", "x"), Create("notes\\x.md", "x"),
    Create("nul.md", "x"), Create("notes/COM1", "x"), Create("b.md/x.md", "x"), Create("B.md", "x"),
    Create("Notes/x.md", "x"), Move("b.md", "B.MD"), Create("notes", "x"), Create("n" * 300, "x"),
], ids=str)  # fmt: skip
def test_a_plan_that_cannot_be_carried_out_changes_nothing(root: Path, last: Replace | Create | Delete | Move):
    before = tree_of(root)
    with pytest.raises((StalePlan, Refused, OSError)):
        write(root, (CHANGE, Create("new/deep/c.md", "cake\n"), last))
    assert tree_of(root) == before
    assert not (root.parent / "out.md").exists()


def test_a_file_that_changed_since_it_was_read_is_not_written(root: Path):
    tree = Tree(root)
    tree.text("notes/a.md")
    (root / "notes" / "a.md").write_bytes("one 🟢\r\ntwo\r\nthree\r\n".encode())
    before = tree_of(root)
    with pytest.raises(StalePlan, match=r"notes/a\.md has changed since it was read"):
        write(root, (CHANGE,), tree.seen)
    assert tree_of(root) == before


def test_bytes_that_are_no_text_are_not_lost(root: Path):
    (root / "b.md").write_bytes(b"bread \xff\n")
    with pytest.raises(Refused, match=r"b\.md is not UTF-8"):
        write(root, (CHANGE, Replace("b.md", Span(0, 5), "bread", "cake")))
    assert (root / "b.md").read_bytes() == b"bread \xff\n"
    assert (root / "notes" / "a.md").read_bytes().startswith(b"one")


@posix
def test_a_link_that_leads_out_is_refused_and_one_inside_is_kept(root: Path, tmp_path_factory: pytest.TempPathFactory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "a.md").write_text("one\n")
    (root / "out").symlink_to(outside)
    (root / "out.md").symlink_to(outside / "a.md")
    (root / "in.md").symlink_to(root / "b.md")
    for path in ("out/a.md", "out.md"):
        with pytest.raises(Refused, match="leads out of the workspace"):
            write(root, (Replace(path, Span(0, 3), "one", "two"),))
    with pytest.raises(Refused, match="leads out of the workspace"):
        write(root, (Create("out/new.md", "x"),))
    write(root, (Replace("in.md", Span(0, 5), "bread", "cake"),))
    assert (root / "in.md").is_symlink() and (root / "b.md").read_text() == "cake\n"
    assert tree_of(outside) == {"a.md": b"one\n"}


@posix
def test_mode_and_owner_stay(root: Path):
    path = root / "b.md"
    path.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(path, 12345, 23456)
    before = path.stat()
    write(root, (Replace("b.md", Span(0, 5), "bread", "cake"),))
    after = path.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)


@posix
def test_a_failure_in_the_middle_takes_back_what_was_done(root: Path, monkeypatch: pytest.MonkeyPatch):
    before, real, count = tree_of(root), os.rename, 0

    def rename(source: str, target: str) -> None:
        nonlocal count
        count += 1
        if count == 3:
            raise OSError(28, "No space left on device", target)
        real(source, target)

    monkeypatch.setattr(os, "rename", rename)
    plan = (CHANGE, Create("new/c.md", "x"), Delete("b.md", "bread\n"), Move("notes", "old"))
    with pytest.raises(OSError, match="No space left"):
        write(root, plan)
    assert tree_of(root) == before


FULL = """
    import resource, signal, sys
    from pathlib import Path
    from mdtm.disk import write
    from mdtm.plan import Create, Replace
    from mdtm.text import Span
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))
    try:
        write(Path(sys.argv[1]), (Replace("b.md", Span(0, 5), "bread", "cake"), Create("c.md", "x" * 1000)))
    except OSError as error:
        sys.stderr.write(f"refused: {error.strerror}")
"""


@posix
def test_a_disk_that_takes_no_more_changes_nothing(root: Path):
    before = tree_of(root)
    assert ended(started(FULL, root)) == "refused: File too large"
    assert tree_of(root) == before


READ_ONLY = """
    import os, sys
    from mdtm.cli import main
    os.chdir(sys.argv[1])
    main(["status"])  # so that all that Python needs is loaded while it may be read
    if os.geteuid() == 0:
        os.setgid(65534), os.setuid(65534)
    sys.exit(main(["log", "🟢 tested"]))
"""


@posix
def test_a_folder_that_may_not_be_written_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch):
    import tempfile  # pytest's own folders cannot be entered by other users

    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        os.chmod(root, 0o755)
        (root / ".git").mkdir()
        monkeypatch.chdir(root)
        assert main(["start", "Slots", "--actor", "dev-api"]) == 0
        before = tree_of(root)
        folder = next((root / ".ruru" / "sessions").glob("SESSION-*"))
        os.chmod(folder, 0o555)
        error = ended(started(READ_ONLY, root))
        assert re.fullmatch(r"mdtm: \S*/session_log\.md cannot be read or written: Permission denied\n", error), error
        assert tree_of(root) == before
        os.chmod(folder, 0o755)
        os.chmod(folder / "session_log.md", 0o444)
        assert "session_log.md cannot be read or written: Permission denied" in ended(started(READ_ONLY, root))
        assert tree_of(root) == before


APPEND = """
    import os, sys
    from mdtm.cli import main
    os.chdir(sys.argv[1])
    sys.stdout = open(os.devnull, "w")
    for number in range(int(sys.argv[3])):
        assert main(["log", f"entry {sys.argv[2]}-{number} 🟢", "--session", sys.argv[4], "--quiet"]) == 0
"""
PAUSE = """
    import os, sys
    from mdtm.cli import main
    os.chdir(sys.argv[1])
    sys.stdout = open(os.devnull, "w")
    while not os.path.exists("done"):
        assert main(["pause", "--session", sys.argv[2], "--quiet"]) == 0
        assert main(["resume", sys.argv[2], "--quiet"]) == 0
"""
WRITERS, ENTRIES = 8, 500


def start_sessions(monkeypatch: pytest.MonkeyPatch, root: Path, *goals: str) -> list[str]:
    (root / ".git").mkdir()
    monkeypatch.chdir(root)
    for goal in goals:
        assert main(["start", goal, "--actor", "dev-api"]) == 0
    found = {path.name.split("-")[1]: path.name for path in (root / ".ruru" / "sessions").glob("SESSION-*")}
    return [found[goal] for goal in goals]


def test_many_processes_append_to_one_log_and_no_entry_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    shared, other = start_sessions(monkeypatch, tmp_path, "Shared", "Other")
    pauser = started(PAUSE, tmp_path, other)
    writers = [started(APPEND, tmp_path, writer, ENTRIES, shared) for writer in range(WRITERS)]
    errors = [ended(writer) for writer in writers]
    (tmp_path / "done").touch()
    assert [*errors, ended(pauser)] == [""] * (WRITERS + 1)
    log = (tmp_path / ".ruru/sessions" / shared / "session_log.md").read_text("utf-8")
    written = [f"{writer}-{number}" for writer in range(WRITERS) for number in range(ENTRIES)]
    assert sorted(re.findall(r"^- \[\S+Z\] `dev-api`: entry (\S+) 🟢$", log, re.MULTILINE)) == sorted(written)
    assert main(["resume", shared]) == 0  # it was paused, perhaps long before the last entry came
    assert main(["check", "."]) == 0


SIZE, KILLS = 200_000, 200


def write_for_ever(root: Path) -> None:
    for number in itertools.count():
        old, new = str(number % 10), str((number + 1) % 10)
        texts = [Replace(name, Span(0, SIZE), old * SIZE, new * SIZE) for name in ("a.md", "b.md")]
        write(root, (*texts, Move(f".active-{old}", f".active-{new}")))


@posix
def test_a_process_that_is_killed_leaves_each_file_old_or_new(tmp_path: Path):
    chance, digits = random.Random(4), set()
    for _ in range(KILLS):
        for path in tmp_path.iterdir():
            path.unlink()
        for name in ("a.md", "b.md"):
            (tmp_path / name).write_bytes(b"0" * SIZE)
        (tmp_path / ".active-0").touch()
        child = os.fork()
        if not child:
            write_for_ever(tmp_path)
        time.sleep(chance.random() * 0.03)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        for name in ("a.md", "b.md"):
            data = (tmp_path / name).read_bytes()
            assert data == data[:1] * SIZE, f"{name} is a mixture"
            digits.add(data[:1])
        assert len(list(tmp_path.glob(".active-*"))) == 1
        others = {path.name for path in tmp_path.iterdir() if not path.name.startswith(".")}
        assert others == {"a.md", "b.md"}
    assert len(digits) > 2, "nothing was written before the end"


SWITCH = """
    import os, sys
    from mdtm.cli import main
    os.chdir(sys.argv[1])
    sys.stdout = open(os.devnull, "w")
    sys.stderr = open(os.devnull, "w")
    main(["switch", sys.argv[2]])  # refused when that session is the active one already
"""
SWITCHERS = 50


def test_while_many_processes_switch_there_is_always_just_one_marker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    ids = start_sessions(monkeypatch, tmp_path, "One", "Two", "Three")
    home = tmp_path / ".ruru" / "sessions"
    processes = [started(SWITCH, tmp_path, ids[number % 3]) for number in range(SWITCHERS)]
    seen = set()
    while any(process.poll() is None for process in processes):
        markers = [name for name in os.listdir(home) if name.startswith(".active-")]
        assert len(markers) == 1, markers
        seen.add(markers[0])
    assert [ended(process) for process in processes] == [""] * SWITCHERS
    assert len(seen) > 1, "nobody switched"
    assert main(["check", "."]) == 0
    (marker,) = home.glob(".active-*")
    log = home / marker.name.removeprefix(".active-") / "session_log.md"
    assert 'status = "🟢 Active"' in log.read_text("utf-8")
