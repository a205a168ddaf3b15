"""One writer at a time in a workspace: an advisory lock, which every mdtm process takes."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 30.0
"""Seconds that a lock is waited for."""
_LONGEST_PAUSE = 0.02

if sys.platform == "win32":
    import hashlib
    import msvcrt
    import tempfile

    def _open(root: Path) -> int:
        """A file outside the workspace, for Windows cannot lock a folder."""
        name = hashlib.sha256(str(root.resolve()).casefold().encode()).hexdigest()[:24]
        return os.open(os.path.join(tempfile.gettempdir(), f"mdtm-{name}.lock"), os.O_RDWR | os.O_CREAT)

    def _try(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _open(root: Path) -> int:
        """The folder itself, so that no file is left behind."""
        return os.open(root, os.O_RDONLY)

    def _try(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Keeps every other mdtm process from writing in a workspace; one that dies gives its lock back.

    Raises:
        TimeoutError: another process has kept the lock for too long.
    """
    handle = _open(root)
    try:
        _wait(handle, root)
        yield
    finally:
        os.close(handle)


def _wait(handle: int, root: Path) -> None:
    end, pause = time.monotonic() + PATIENCE, 0.0005
    while True:
        try:
            return _try(handle)
        except OSError as error:
            if time.monotonic() > end:
                raise TimeoutError(f"another mdtm has been writing in {root} for {PATIENCE:.0f} seconds") from error
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)
