"""Reads files."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mdtm.document import Document
from mdtm.schema import SETTINGS_FILES
from mdtm.settings import DEFAULTS, Settings

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_document(root: Path, path: str) -> Document:
    """A file, read; bytes that are not UTF-8 become U+FFFD, and the document knows the first of them.

    Raises:
        OSError: the file cannot be read.
    """
    text, bad_byte = decoded(read_bytes(f"{root}/{path}"))
    return Document.read(path, text, bad_byte)


def read_bytes(name: str) -> bytes:
    """The bytes of a regular file; a pipe, which has no end to wait for, is refused.

    Raises:
        OSError: the file cannot be read.
    """
    handle = os.open(name, _FLAGS)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            if stat.S_ISDIR(status.st_mode):
                raise OSError(errno.EISDIR, os.strerror(errno.EISDIR), name)
            raise OSError(errno.EINVAL, "it is no regular file", name)
        size = status.st_size
        data = os.read(handle, size + 1)
        while len(data) != size and (more := os.read(handle, 1 << 20)):
            data += more  # it grows while it is read, or is too long for one call
        return data
    except OSError as error:
        raise OSError(error.errno, error.strerror, name) from error
    finally:
        os.close(handle)


def stamp_of(name: str | Path) -> tuple[int, int] | None:
    """What tells whether a file has been changed, its time and size; None when it is not there."""
    try:
        status = os.stat(name)
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size


def read_settings(root: Path) -> Settings:
    """The settings of a workspace; what its settings files say wrongly is left out, and is found by the rules.

    Raises:
        OSError: a settings file is there and cannot be read.
    """
    settings = DEFAULTS
    for _, values in settings_layers(root):
        settings = settings.with_values(values)
    return settings


def settings_layers(root: Path) -> list[tuple[str, Mapping[str, Any]]]:
    """The settings files of a workspace with what each says; the last one wins.

    Raises:
        OSError: one is there and cannot be read.
    """
    there = [name for name in SETTINGS_FILES if (root / name).exists()]
    documents = [read_document(root, name) for name in there]
    return [(one.name, one.frontmatter.values) for one in documents if one.schema]


def decoded(data: bytes) -> tuple[str, int | None]:
    """The text of some bytes, and the offset of the first that is not UTF-8."""
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        return data.decode("utf-8", "replace"), len(data[: error.start].decode("utf-8"))
