"""The files around an open one, as features ask for them, and places in them as LSP has them."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable

from lsprotocol import types

from mdtm import disk
from mdtm.dialect import TASK_ROOTS
from mdtm.document import Document
from mdtm.features.names.meant import Thing, thing_at
from mdtm.features.names.mentions import Named
from mdtm.files import Files, Memory
from mdtm.lsp import convert
from mdtm.lsp.desk import Desk, OpenFile
from mdtm.lsp.folder import NOWHERE, Folder
from mdtm.lsp.overlay import Overlay
from mdtm.lsp.progress import in_turns
from mdtm.text import Span


class Around:
    """The workspace folder of a file; nothing but the file itself where that is on no disk."""

    def __init__(self, desk: Desk, folder: Folder, file: OpenFile | None = None) -> None:
        self._desk, self._folder, self._file = desk, folder, file
        self.overlay = Overlay(desk, folder)
        self.files: Files = self.overlay if folder.root != NOWHERE else Memory({})
        self.trace = folder.workspace.trace

    def uri(self, path: str) -> str:
        return self.overlay.uri(self._desk, path)

    def document(self, path: str) -> Document | None:
        """A file as the editor has it, else as it is on the disk; None when it cannot be read."""
        if open_file := self.overlay.open_file(path):
            return open_file.document
        text = self.text(path)
        return None if text is None else Document.read(path, text)

    def thing_at(self, document: Document, position: types.Position) -> tuple[Named, Thing] | None:
        """The place of a document that names something at a position, and what that is."""
        offset = convert.our_offset(document, position, self._desk.encoding)
        return thing_at(document, offset, self.files, self.trace)

    def text(self, path: str) -> str | None:
        try:
            return self.files.text(path)
        except OSError:
            return None

    def range(self, document: Document, span: Span) -> types.Range:
        return convert.lsp_range(document, span, self._desk.encoding)

    async def documents(self, wanted: Callable[[str, str], bool]) -> AsyncIterator[Document]:
        """Those of all documents whose path and text are wanted: the open ones first, then the others.

        A closed file is read only when its text is wanted; other messages have their turn meanwhile.
        """
        files = [file for file in self._desk.files.values() if file.folder is self._folder]
        files.sort(key=lambda file: file is not self._file)
        for file in files:
            if wanted(file.document.path, str(file.document.text)):
                yield file.document
        known = {file.document.path for file in files}
        async for path in in_turns(self._paths()):
            text = self.text(path) if path not in known else None
            if text is not None and wanted(path, text):
                yield Document.read(path, text)

    def _paths(self) -> list[str]:
        """All files that may be ours, those too that are not checked: names in them are names all the same.

        Around a file that lies in no folder of the editor, which may be anywhere, only the systems' own are taken.
        """
        if self._folder.root == NOWHERE:
            return []
        root, folders = str(self._folder.root), disk.Folders()
        below = [root] if self._folder.uri else [os.path.join(root, system) for system in TASK_ROOTS]
        found = (path for folder in below for path in folders.documents_under(folder))
        return [os.path.relpath(path, root).replace(os.sep, "/") for path in found]
