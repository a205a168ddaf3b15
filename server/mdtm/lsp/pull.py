"""Diagnostics for clients that ask for them, one file or the whole workspace at a time.

A report is told apart from the one before by its result id: the number of the judging it came from.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from json.encoder import encode_basestring_ascii as quoted
from pathlib import Path
from typing import NamedTuple

from mdtm import disk
from mdtm.lsp.desk import Desk, OpenFile
from mdtm.lsp.diagnostics import diagnostics
from mdtm.lsp.folder import Folder
from mdtm.lsp.progress import Progress
from mdtm.lsp.protocol import NOTHING, Ready
from mdtm.settings import Settings
from mdtm.trace import Trace

ITEMS_AT_ONCE = 50
"""How many reports of files a client gets at once that takes them in parts."""

Telling = Callable[[Ready], None]
"""Takes a part of the report about a workspace."""
Working = Callable[[], AbstractAsyncContextManager[Progress]]
"""Begins to tell how far the work is."""


class _Found(NamedTuple):
    """What is wrong in a file, as the client is told."""

    uri: str
    version: int | None
    result_id: str
    diagnostics: Ready

    @property
    def item(self) -> str:
        """What a report about a workspace has of it."""
        version, result_id = json.dumps(self.version), quoted(self.result_id)
        head = f'{{"kind":"full","uri":{quoted(self.uri)},"version":{version},"resultId":{result_id},"items":'
        return f"{head}{self.diagnostics}}}"


class _Closed(NamedTuple):
    """A file that no editor has open, and what its problems were found from; its text is not kept."""

    stamp: tuple[int, int] | None
    files: frozenset[str] | None
    trace: Trace | None
    settings: Settings
    found: _Found | None
    """None for a file that is none of ours."""


class _Parts:
    """The items of an answer, which are told by and by where the client takes them so."""

    def __init__(self, told: Telling | None) -> None:
        self._told = told
        self._items: list[str] = []
        self.any = False

    def add(self, item: str) -> None:
        self._items.append(item)
        self.any = True
        if self._told and len(self._items) == ITEMS_AT_ONCE:
            self._told(self.rest())

    def rest(self) -> Ready:
        """The report with what is not told yet; it counts as told from now on."""
        items, self._items = self._items, []
        return Ready(f'{{"items":{Ready.list(items)}}}')


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

    def are_stale(self) -> bool:
        """Whether a closed file is not on the disk any more as it was when it was judged."""
        return any(disk.stamp_of(path) != known.stamp for path, known in self._closed.items())

    def end(self) -> None:
        """Has the requests that wait answered, for the server is going."""
        self._ended = True
        self._changed.set()

    def of_file(self, file: OpenFile, known: str | None) -> Ready:
        found = self._found(file)
        if known == found.result_id:
            return Ready(f'{{"kind":"unchanged","resultId":{quoted(found.result_id)}}}')
        return Ready(f'{{"kind":"full","resultId":{quoted(found.result_id)},"items":{found.diagnostics}}}')

    async def of_workspace(self, known: dict[str, str], working: Working, told: Telling | None = None) -> Ready:
        """What the client does not have yet; when that is nothing, the answer waits until something changes.

        `told` takes parts of the answer as they come, which are then none of its end.
        """
        while True:
            changed, left = self._changed, _Parts(told)
            if not self._ended:
                async with working() as progress:
                    async for found in self._news(known, progress):
                        left.add(found)
            if left.any or self._ended:
                return left.rest()
            await changed.wait()

    async def _news(self, known: dict[str, str], progress: Progress) -> AsyncIterator[str]:
        gone = dict(known)
        async for found in self._all(progress):
            if gone.pop(found.uri, "") != found.result_id and (found.diagnostics != NOTHING or found.uri in known):
                yield found.item
        for uri, result_id in gone.items():
            if result_id:
                yield _Found(uri, None, "", NOTHING).item

    async def _all(self, progress: Progress) -> AsyncIterator[_Found]:
        for file in list(self._desk.files.values()):
            yield self._found(file)
        for folder in list(self._desk.folders):
            for path in map(Path, disk.Folders().documents_under(str(folder.root), excluded_in=folder.excluded_in)):
                old = self._closed.get(path)
                if self._desk.is_open(path):
                    self._closed.pop(path, None)
                elif found := self._found_closed(folder, path):
                    yield found
                await progress.step(worked=self._closed.get(path) is not old)

    def _found(self, file: OpenFile) -> _Found:
        found = diagnostics(file, self._desk.encoding)
        return _Found(file.uri, file.version, file.result_id, found)

    def _found_closed(self, folder: Folder, path: Path) -> _Found | None:
        """What is wrong in a closed file; read anew only when it, or what else was looked at, has changed."""
        uri = self._desk.uri(path)
        innermost, name = self._desk.place(uri)
        if innermost is not folder:
            return None
        try:
            stamp = disk.stamp_of(path)
            files = folder.workspace.files_in(name.rpartition("/")[0])
            old = self._closed.get(path)
            around = (stamp, files, folder.workspace.trace, folder.settings)
            if old and all(one is other or one == other for one, other in zip(old[:4], around, strict=True)):
                return old.found
            document = disk.read_document(folder.root, name)
        except OSError:
            return None
        if document.is_session and files is None:
            folder.list_files(document.folder)
            files = folder.workspace.files_in(document.folder)
        found = self._found(OpenFile(uri, folder, document, None)) if document.schema else None
        if old and old.found and found and found.diagnostics == old.found.diagnostics:
            found = old.found  # no news
        self._closed[path] = _Closed(stamp, files, folder.workspace.trace, folder.settings, found)
        return found
