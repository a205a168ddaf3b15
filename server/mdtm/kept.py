"""What was found out about files, kept for as long as they stay as they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from mdtm.files import Files

V = TypeVar("V")


class Kept(Generic[V]):
    """Answers about single files, each found anew when its file has been changed."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, V]] = {}

    def of(self, files: Files, path: str, find: Callable[[], V]) -> V:
        """The answer about a file."""
        modified, known = files.modified(path), self._known.get(path)
        if known is None or known[0] != modified:
            known = self._known[path] = (modified, find())
        return known[1]

    def forget(self, path: str) -> None:
        """Lets the answer be found anew, because the file has changed where its disk does not know of it."""
        self._known.pop(path, None)
