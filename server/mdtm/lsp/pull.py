"""Diagnostics for clients that ask for them, one file or the whole workspace at a time.

A report is told apart from the one before by its result id: the number of the judging it came from.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from lsprotocol import types

from mdtm import disk
from mdtm.lsp import convert
from mdtm.lsp.desk import Desk, Folder, OpenFile

FILES_AT_ONCE = 20
"""How many closed files are read before other messages have their turn."""

DocumentReport = types.RelatedFullDocumentDiagnosticReport | types.RelatedUnchangedDocumentDiagnosticReport


@dataclass(slots=True)
class _Closed:
    """A file that no editor has open, as it was judged last."""

    stamp: tuple[int, int]
    file: OpenFile


class Reports:
    """Makes the reports, and knows which of them the client has."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._closed: dict[Path, _Closed] = {}
        self._changed = asyncio.Event()
        """Set at the next change; each change has one of its own, so that nobody misses it."""
        self._ended = False

    def something_changed(self) -> None:
        """Wakes the request for the workspace's diagnostics that waits for news.

        Edits of open files are no news here: the client asks for those file by file.
        """
        self._changed.set()
        self._changed = asyncio.Event()

    def end(self) -> None:
        """Has the requests that wait answered, for the server is going."""
        self._ended = True
        self._changed.set()

    def of_file(self, file: OpenFile, known: str | None) -> DocumentReport:
        diagnostics = [convert.lsp_diagnostic(file, problem, self._desk.encoding) for problem in file.problems()]
        if known == file.result_id:
            return types.RelatedUnchangedDocumentDiagnosticReport(file.result_id)
        return types.RelatedFullDocumentDiagnosticReport(diagnostics, result_id=file.result_id)

    async def of_workspace(self, known: dict[str, str]) -> types.WorkspaceDiagnosticReport:
        """What the client does not have yet; when that is nothing, the answer waits until something changes."""
        while True:
            changed = self._changed
            items = [] if self._ended else await self._news(known)
            if items or self._ended:
                return types.WorkspaceDiagnosticReport(items)
            await changed.wait()

    async def _news(self, known: dict[str, str]) -> list[types.WorkspaceDocumentDiagnosticReport]:
        items: list[types.WorkspaceDocumentDiagnosticReport] = []
        gone = dict(known)
        async for file in self._files():
            problems = file.problems()
            if gone.pop(file.uri, "") != file.result_id and (problems or file.uri in known):
                diagnostics = [convert.lsp_diagnostic(file, problem, self._desk.encoding) for problem in problems]
                items.append(_full(file.uri, file.version, diagnostics, file.result_id))
        items += [_full(uri, None, [], "") for uri, result_id in gone.items() if result_id]
        return items

    async def _files(self) -> AsyncIterator[OpenFile]:
        for file in list(self._desk.files.values()):
            yield file
        number = 0
        for folder in list(self._desk.folders):
            for path in map(Path, disk.documents_under(folder.root)):
                number += 1
                if number % FILES_AT_ONCE == 0:
                    await asyncio.sleep(0)
                if self._desk.is_open(path):
                    self._closed.pop(path, None)
                elif file_there := self._closed_file(folder, path):
                    yield file_there

    def _closed_file(self, folder: Folder, path: Path) -> OpenFile | None:
        uri = self._desk.uri(path)
        innermost, name = self._desk.place(uri)
        if innermost is not folder:
            return None
        try:
            status = path.stat()
            stamp = (status.st_mtime_ns, status.st_size)
            closed = self._closed.get(path)
            if closed is None or closed.stamp != stamp or closed.file.folder is not folder:
                document = disk.read_document(folder.root, name)
                closed = self._closed[path] = _Closed(stamp, OpenFile(uri, folder, document, None))
        except OSError:
            return None
        if closed.file.document.is_session and folder.workspace.files_in(closed.file.document.folder) is None:
            folder.list_files(closed.file.document.folder)
        return closed.file


def _full(
    uri: str, version: int | None, diagnostics: list[types.Diagnostic], result_id: str
) -> types.WorkspaceFullDocumentDiagnosticReport:
    return types.WorkspaceFullDocumentDiagnosticReport(uri=uri, version=version, items=diagnostics, result_id=result_id)
