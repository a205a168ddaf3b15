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


def are_plain(paths: tuple[str | None, ...]) -> bool:
    """Whether some texts are paths as they are compared, without space around them."""
    return all(path and plain(path.strip()) == path for path in paths)


def stem(path: str) -> str:
    """The name of a Markdown file without its end, which is the id of what the file holds."""
    return path.rpartition("/")[2].removesuffix(".md")


_PLACE = re.compile(r"(?:(?::\d+){1,2}(?:-\d+)?|#[^/#]*)$")


def without_place(path: str) -> str:
    """A path without the place in the file that it goes on with: `a.md:12`, `a.md#L10`."""
    return _PLACE.sub("", path)


@functools.lru_cache(maxsize=16)
def plain_paths(files: frozenset[str]) -> Mapping[str, str]:
    """The files by their plain paths; several rules ask for those of one session."""
    return {plain(path): path for path in files}
