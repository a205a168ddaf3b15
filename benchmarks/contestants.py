"""Who takes part: one row for each server."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.documents import ARTIFACTS, FOLDER, TOML_SCHEMA

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
MDTM, PYGLS, NULL = "mdtm", "bare pygls", "only answers"
SETTINGS = {
    ".rumdl.toml": '[global]\ndisable = ["MD013"]\n',
    "ruff.toml": 'line-length = 320\n[lint]\nselect = ["E", "F", "W"]\nignore = ["E501"]\n',
    "tombi.toml": '[[schemas]]\npath = "schema.json"\ninclude = ["**/session_log.toml"]\n',
    "schema.json": TOML_SCHEMA,
}
"""What is in the root of every workspace: the peers' settings, without rules that the generated files cannot keep."""


@dataclass(frozen=True)
class Contestant:
    """A server, and a command line where it has one to compare."""

    name: str
    server: tuple[str, ...]
    kind: str = "session log"
    """What it reads, of `documents.KINDS`."""
    judges: bool = True
    """Whether it finds anything; a floor finds nothing, and only its promptness counts."""
    largest: int = 50_000
    """The most entries that it is given, so that a run ends."""
    check: tuple[str, ...] = ()
    """The command that checks all that lies below the folder it runs in, and prints JSON."""


def contestants(built: Path, peers: bool) -> list[Contestant]:
    """Those that can run here; `built` is a folder for the program that has to be compiled."""
    everyone = [
        Contestant(NULL, (str(built / "null"),), judges=False),
        Contestant(PYGLS, (sys.executable, str(HERE / "floors/bare_pygls.py")), judges=False),
        Contestant(
            MDTM, (sys.executable, "-m", "mdtm", "lsp"),
            check=(sys.executable, "-m", "mdtm", "check", "--format", "json", "."),
        ),
        _peer("ruff", "python", "server", check=("check", "--no-cache", "--output-format", "json", ".")),
        _peer("rumdl", "markdown", "server", check=("check", "--no-cache", "--output-format", "json", ".")),
        _peer("tombi", "toml", "lsp", "--offline", largest=5_000),
    ]  # fmt: skip
    compiler = shutil.which("cc")
    if compiler:
        subprocess.run([compiler, "-O2", "-o", built / "null", HERE / "floors/null.c"], check=True)
    return [one for one in everyone if shutil.which(one.server[0]) and (peers or not _is_peer(one))]


def versions() -> dict[str, str]:
    """The versions of all that takes part, and of what it is built on."""
    found = {"Python": sys.version.split()[0]}
    for package in ("mdtm", "pygls", "lsprotocol", "ruff", "rumdl", "tombi"):
        with suppress(PackageNotFoundError):
            found[package] = version(package)
    return found


def prepare(root: Path) -> Path:
    """Makes a workspace with everyone's settings and one session; gives the session's folder."""
    (root / ".git").mkdir(parents=True)  # the mark of a workspace that all of them know
    for name, text in SETTINGS.items():
        (root / name).write_text(text, encoding="utf-8")
    for artifact in ARTIFACTS:
        path = root / FOLDER / artifact
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# Note\n\nThe token store moves at night.\n", encoding="utf-8")
    return root / FOLDER


def _peer(name: str, kind: str, *server: str, check: tuple[str, ...] = (), largest: int = 50_000) -> Contestant:
    command = str(BIN / name)
    return Contestant(name, (command, *server), kind, True, largest, (command, *check) if check else ())


def _is_peer(contestant: Contestant) -> bool:
    return contestant.kind != "session log"
