"""Paths as they are compared."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping


def plain(path: str) -> str:
    """A path as paths are compared: with `/`, without `./` before it, in Unicode's form NFC."""
    path = path.replace("\\", "/").removeprefix("./").rstrip("/")
    return path if path.isascii() else unicodedata.normalize("NFC", path)


def stem(path: str) -> str:
    """The name of a Markdown file without its end, which is the id of what the file holds."""
    return path.rpartition("/")[2].removesuffix(".md")


def parent(path: str) -> str:
    """The folder that a path lies in; empty for the workspace root."""
    return path.rpartition("/")[0]


def is_at(path: str, place: str) -> bool:
    """Whether a path is a file or a folder, or lies in that."""
    return path == place or path.startswith(f"{place}/")


_PLACE = re.compile(r"(?:(?::\d+){1,2}(?:-\d+)?|#[^/#]*)$")


def without_place(path: str) -> str:
    """A path without the place in the file that it goes on with: `a.md:12`, `a.md#L10`."""
    return _PLACE.sub("", path)


@functools.lru_cache(maxsize=16)
def plain_paths(files: frozenset[str]) -> Mapping[str, str]:
    """The files by their plain paths; several rules ask for those of one session."""
    return {plain(path): path for path in files}


def inside(path: str) -> str | None:
    """A path without `.` and `..` in it; None when it leads out of where it begins."""
    parts: list[str] = []
    for part in plain(path).split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def decoded(path: str) -> str:
    """A path of a link with the characters that stand in it as `%20` and the like."""
    return _ESCAPED.sub(lambda escaped: bytes.fromhex(escaped[0].replace("%", "")).decode("utf-8", "replace"), path)
