"""A check that is shared between the processors finds what one that is not finds, whatever becomes of its parts."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

import pytest

from mdtm.cli import main, shards
from mdtm.cli.shards import shared
from mdtm.disk import read_bytes

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process is not doubled")
WORKSPACE = Path(__file__).parent.parent / "examples" / "workspace"
THINGS = list(range(1_000))
PARENT = os.getpid()


@pytest.fixture(autouse=True)
def three_processors(monkeypatch: pytest.MonkeyPatch):
    for name, number in {"FIRST": 2, "FEW": 4, "BATCH": 7}.items():
        monkeypatch.setattr(shards, name, number)
    monkeypatch.setattr(shards, "_processors", lambda: 3)


def test_results_are_in_order_and_made_by_several():
    results = list(shared(THINGS, lambda thing: (thing * 2, os.getpid())))
    assert [result for result, _ in results] == [thing * 2 for thing in THINGS]
    assert len({process for _, process in results}) == 4  # the first ones are made here


def test_few_things_are_not_shared():
    assert {process for _, process in shared(THINGS[:6], lambda thing: (thing, os.getpid()))} == {PARENT}


def test_results_may_be_larger_than_what_a_pipe_holds():
    assert list(shared(THINGS, lambda thing: f"{thing}" * 50_000)) == [f"{thing}" * 50_000 for thing in THINGS]


@pytest.mark.parametrize("status", [0, 9])
def test_what_a_process_that_ended_did_not_do_is_done_all_the_same(status: int):
    def work(thing: int) -> int:
        if thing == 500 and os.getpid() != PARENT:
            os._exit(status)
        return -thing

    assert list(shared(THINGS, work)) == [-thing for thing in THINGS]


@pytest.mark.parametrize("number", [0, 1])
def test_where_processes_are_few_those_that_there_are_do_all(number: int, monkeypatch: pytest.MonkeyPatch):
    fork, left = os.fork, [None] * number

    def failing() -> int:
        if not left:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        left.pop()
        return fork()

    monkeypatch.setattr(os, "fork", failing)
    assert list(shared(THINGS, str)) == [str(thing) for thing in THINGS]


def test_nobody_need_be_told_of_the_end_of_a_process():
    usual = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert list(shared(THINGS, str)) == [str(thing) for thing in THINGS]
    finally:
        signal.signal(signal.SIGCHLD, usual)


def test_what_goes_wrong_elsewhere_stays_there():
    def work(thing: int) -> int:
        if thing == 500 and os.getpid() != PARENT:
            raise KeyboardInterrupt
        return -thing

    assert list(shared(THINGS, work)) == [-thing for thing in THINGS]


def test_what_cannot_be_handed_over_is_done_all_the_same():
    results = list(shared(THINGS, lambda thing: lambda: thing))
    assert [result() for result in results] == THINGS


def test_nobody_waits_for_who_looks_at_the_first_results_only():
    results = shared(THINGS, lambda thing: f"{thing}" * 50_000)
    assert [next(results) for _ in range(5)][-1] == "4" * 50_000
    del results
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.fixture
def bakery(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The examples, with settings that allow something needed and something that is not."""
    shutil.copytree(WORKSPACE, tmp_path / "bakery")
    monkeypatch.chdir(tmp_path / "bakery")
    rows = (f'[[allow]]\npath = "{path}"\nrules = ["unknown-status"]\nreason = "so"\n' for path in ("**", "no/*.md"))
    Path(".mdtm.toml").write_text("".join(rows), "utf-8")


@pytest.mark.usefixtures("bakery")
@pytest.mark.parametrize("arguments", [["--format", "json"], ["--diff"], ["--format", "sarif"], ["--statistics"]])
def test_a_shared_check_tells_what_any_tells(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    status, told = main(["check", *arguments]), capsys.readouterr()
    monkeypatch.setattr(shards, "_processors", lambda: 1)
    assert main(["check", *arguments]) == status and capsys.readouterr() == told
    assert (told.out.count("unused-suppression") > 0) is (arguments != ["--diff"])


@pytest.mark.usefixtures("bakery")
def test_what_another_process_cannot_read_is_told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    def failing(path: str) -> bytes:
        if "SESSION-002" in path:
            raise PermissionError(13, "Permission denied", path)
        return read_bytes(path)

    monkeypatch.setattr("mdtm.cli.check.read_bytes", failing)
    assert main(["check"]) == 2
    told = capsys.readouterr()
    assert "session_log.md cannot be read or written: Permission denied" in told.err
    assert "unused-suppression" not in told.out  # nobody knows what that file needs
