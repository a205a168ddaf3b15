"""Carries out plans on the disk: all of a plan or nothing of it.

Every new text is written beside its file first; then all are renamed into place, in the order of the plan.
A crash in between leaves each file as it was or as it shall be.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from mdtm.disk.files import read_bytes
from mdtm.disk.places import check_free, place_of
from mdtm.plan import Create, Delete, Move, Plan, Refused, StalePlan, in_turn, replaced

Undo = Callable[[], object]


def write(root: Path, plan: Plan, seen: Mapping[str, bytes | None] | None = None) -> None:
    """Carries out a plan; `seen` is what was in the files when it was made, as far as they were read.

    Raises:
        StalePlan: a file is not what it was when the plan was made.
        Refused: a path leads out of the workspace, or a new one is there already.
        OSError: a file cannot be read or written.
    In each case nothing has changed.
    """
    work = _Work(root, seen or {})
    try:
        for path, steps in in_turn(plan):
            first = steps[0]
            if isinstance(first, Create):
                work.create(path, first.text)
            elif isinstance(first, Move):
                work.move(path, first.to)
            elif isinstance(first, Delete):
                work.delete(path, first.old)
            else:
                work.replace(path, replaced(work.text(path), steps))
        work.carry_out()
    except BaseException:
        work.take_back()
        raise
    finally:
        work.tidy()


class _Work:
    """The steps of a plan, prepared; those that were done can be taken back."""

    def __init__(self, root: Path, seen: Mapping[str, bytes | None]) -> None:
        self._root = root
        self._seen = seen
        self._steps: list[Callable[[], Undo]] = []
        self._undo: list[Undo] = []
        self._leaving: list[str] = []
        self._temporary: list[str] = []
        self._folders: list[str] = []

    def read(self, path: str) -> bytes:
        data = read_bytes(place_of(self._root, path))
        if self._seen.get(path, data) != data:
            raise StalePlan(f"{path} has changed since it was read; nothing is written")
        return data

    def text(self, path: str) -> str:
        try:
            return self.read(path).decode("utf-8")
        except UnicodeDecodeError as error:
            raise Refused(f"{path} is not UTF-8; what is broken in it would be lost if it were written") from error

    def replace(self, path: str, text: str) -> None:
        target = place_of(self._root, path)
        if not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), target)
        temporary = self._beside(target)
        _write_file(temporary, target, text, os.stat(target))
        self._steps.append(lambda: self._swap(temporary, target))

    def create(self, path: str, text: str) -> None:
        check_free(self._root, path, self._leaving)
        target = place_of(self._root, path)
        self._make_folders(os.path.dirname(target))
        temporary = self._beside(target)
        _write_file(temporary, target, text)
        self._steps.append(lambda: _rename(temporary, target))

    def move(self, path: str, to: str) -> None:
        check_free(self._root, to, self._leaving)
        source, target = place_of(self._root, path), place_of(self._root, to)
        if not os.path.lexists(source):
            raise StalePlan(f"{path} is not there any more; nothing is written")
        self._make_folders(os.path.dirname(target))
        self._leaving.append(source)
        self._steps.append(lambda: self._move(source, target))

    def delete(self, path: str, old: str) -> None:
        if self.read(path).decode("utf-8", "replace") != old:
            raise StalePlan(f"{path} has changed since the plan was made; nothing is written")
        source = place_of(self._root, path)
        temporary = self._beside(source)
        self._leaving.append(source)
        self._steps.append(lambda: _rename(source, temporary))

    def carry_out(self) -> None:
        for step in self._steps:
            self._undo.append(step())

    def take_back(self) -> None:
        """Undoes what was done, the last first."""
        while self._undo:
            with suppress(OSError):
                self._undo.pop()()
        self.tidy()
        while self._folders:
            with suppress(OSError):
                os.rmdir(self._folders.pop())

    def tidy(self) -> None:
        """Removes what was only needed in between."""
        for name in self._temporary:
            with suppress(FileNotFoundError):
                os.unlink(name)

    def _move(self, source: str, target: str) -> Undo:
        """Renames a file or a folder, with what was put beside the files in there."""
        undo = _rename(source, target)
        within = source + os.sep
        moved = [target + name[len(source) :] for name in self._temporary if name.startswith(within)]
        self._temporary += moved
        return undo

    def _swap(self, temporary: str, target: str) -> Undo:
        """Puts a new file in the place of another, which is kept until all is done, unless this is all there is."""
        kept = self._beside(target)
        if len(self._steps) > 1:
            shutil.copy2(target, kept)
        os.replace(temporary, target)
        return lambda: os.replace(kept, target)

    def _beside(self, target: str) -> str:
        folder, name = os.path.split(target)
        found = os.path.join(folder, f".{name[:100]}.{os.urandom(4).hex()}.tmp")
        self._temporary.append(found)
        return found

    def _make_folders(self, folder: str) -> None:
        missing = []
        while not os.path.isdir(folder):
            missing.append(folder)
            folder = os.path.dirname(folder)
        for name in reversed(missing):
            os.mkdir(name)
            self._folders.append(name)


def _rename(source: str, target: str) -> Undo:
    os.rename(source, target)
    return lambda: os.rename(target, source)


def _write_file(name: str, target: str, text: str, like: os.stat_result | None = None) -> None:
    """Writes what `target` shall be through to the disk, with the mode and the owner of the file that it replaces."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(name, flags, 0o666), "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            if like and os.name != "nt":
                _take_after(file.fileno(), like)
            os.fsync(file.fileno())
    except OSError as error:
        raise OSError(error.errno, error.strerror, target) from error


def _take_after(handle: int, like: os.stat_result) -> None:
    os.fchmod(handle, stat.S_IMODE(like.st_mode))
    mine = os.fstat(handle)
    if (mine.st_uid, mine.st_gid) != (like.st_uid, like.st_gid):
        with suppress(PermissionError):
            os.fchown(handle, like.st_uid, like.st_gid)
