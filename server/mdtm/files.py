"""The files of a workspace as an operation sees them: on a disk, in an editor, or in a test's memory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class Files(Protocol):
    """What is in a workspace now; paths are from its root, with `/`, and the root itself is the empty path."""

    def folders_in(self, folder: str) -> tuple[str, ...]:
        """The names of the folders in a folder, in order; none when it is not there."""

    def files_in(self, folder: str) -> tuple[str, ...]:
        """The names of the files in a folder, in order; none when it is not there."""

    def text(self, path: str) -> str | None:
        """The text of a file; None when it is not there. What is not UTF-8 in it has become U+FFFD."""

    def modified(self, path: str) -> float:
        """When a file was last changed, in seconds; 0 when it is not there."""

    def check_place(self, path: str) -> None:
        """Refuses a path that may not be written, such as one that leads out of the workspace by a link."""


class Memory:
    """Files that are nowhere but here, the newest last."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = dict(texts)

    def folders_in(self, folder: str) -> tuple[str, ...]:
        rests = [path[len(folder) + bool(folder) :] for path in self.texts if _lies_in(path, folder)]
        return tuple(sorted({rest.partition("/")[0] for rest in rests if "/" in rest}))

    def files_in(self, folder: str) -> tuple[str, ...]:
        rests = [path[len(folder) + bool(folder) :] for path in self.texts if _lies_in(path, folder)]
        return tuple(sorted(rest for rest in rests if "/" not in rest))

    def text(self, path: str) -> str | None:
        return self.texts.get(path)

    def modified(self, path: str) -> float:
        return 1.0 + list(self.texts).index(path) if path in self.texts else 0.0

    def check_place(self, path: str) -> None:
        """Nothing leads out of a memory."""


def exists(files: Files, path: str) -> bool:
    """Whether there is a file or a folder of this very name."""
    folder, _, name = path.rpartition("/")
    return name in files.files_in(folder) or name in files.folders_in(folder)


def below(files: Files, folder: str) -> list[str]:
    """The paths of all files below a folder, from that folder."""
    found, waiting, above = list[str](), [""], f"{folder}/" if folder else ""
    while waiting:  # the next one last: folders may be nested deeper than calls may be
        inner = waiting.pop()
        whole = f"{above}{inner}".rstrip("/")
        found += [inner + name for name in files.files_in(whole)]
        waiting += [f"{inner}{name}/" for name in reversed(files.folders_in(whole))]
    return found


def _lies_in(path: str, folder: str) -> bool:
    return not folder or path.startswith(f"{folder}/")
