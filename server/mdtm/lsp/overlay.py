"""The files of a workspace folder as the editor has them: its buffers over what is on the disk."""

from __future__ import annotations

import os

from mdtm.disk import Tree
from mdtm.lsp.desk import Desk, OpenFile
from mdtm.lsp.folder import Folder


class Overlay:
    """Files whose text is the editor's where it has them open."""

    def __init__(self, desk: Desk, folder: Folder) -> None:
        self._tree = Tree(folder.root)
        self._open = {file.document.path: file for file in desk.files.values() if file.folder is folder}

    def open_file(self, path: str) -> OpenFile | None:
        return self._open.get(path)

    def forget_buffer(self, path: str) -> None:
        """Has what is on the disk taken for a file from now on."""
        self._open.pop(path, None)

    def folders_in(self, folder: str) -> tuple[str, ...]:
        return self._tree.folders_in(folder)

    def files_in(self, folder: str) -> tuple[str, ...]:
        return self._tree.files_in(folder)

    def text(self, path: str) -> str | None:
        file = self._open.get(path)
        return str(file.document.text) if file else self._tree.text(path)

    def modified(self, path: str) -> float:
        return self._tree.modified(path)

    def check_place(self, path: str) -> None:
        self._tree.check_place(path)

    def uri(self, desk: Desk, path: str) -> str:
        """What the editor calls a file: as it did itself, where it has it open."""
        file = self._open.get(path)
        return file.uri if file else desk.uri(self._tree.root / path.replace("/", os.sep))
