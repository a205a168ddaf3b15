"""The language server and what it knows; its handlers are in `server.py`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, contextmanager
from json.encoder import encode_basestring_ascii as quoted
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from mdtm import __version__
from mdtm.lsp.client import Client
from mdtm.lsp.desk import Desk, OpenFile
from mdtm.lsp.diagnostics import diagnostics
from mdtm.lsp.folder import NOWHERE, Folder
from mdtm.lsp.overlay import Overlay
from mdtm.lsp.places import Around
from mdtm.lsp.progress import Progress, Token, progress
from mdtm.lsp.protocol import Protocol, Ready, converter
from mdtm.lsp.pull import Reports
from mdtm.lsp.refreshing import News, needed
from mdtm.lsp.views import Views
from mdtm.occasion import Occasion
from mdtm.world import occasion

LOOKS = {True: 10.0, False: 1.0}
"""Seconds between two looks at the disk while there are requests, for a client that tells of changes and for others."""
VIEWS_WAIT, VIEWS_SHARE = 0.5, 5
"""Seconds without a change until the views that are shown are made again, or so many times as long as it took last."""


class Server(LanguageServer):
    """The language server; what lies open is on its desk."""

    def __init__(self) -> None:
        super().__init__("mdtm", __version__, protocol_cls=Protocol, converter_factory=converter)
        self.client = Client()
        self.first_settings: Mapping[str, Any] = {}
        """What came with `initialize`; holds where the client has no other answer."""
        self.desk = Desk()
        self.reports = Reports(self.desk)
        self.views = Views(self.desk)
        self.settled = asyncio.Event()
        """Whether the client's settings have come, or need not be waited for."""
        self._unpublished: set[str] = set()
        self._news = News(0)
        self._views_later: asyncio.TimerHandle | None = None
        self._views_wait = VIEWS_WAIT
        self._looked = time.monotonic()

    def follow(self, folders: Iterable[Folder], changed: str = "") -> None:
        """Looks again at how tasks and sessions name each other; where that has changed, all files are judged anew."""
        with self.noticing():
            for folder in folders:
                if folder.root != NOWHERE:
                    folder.follow(Overlay(self.desk, folder), changed)
        self._renew_views()

    @contextmanager
    def noticing(self) -> Iterator[None]:
        """Has all files judged anew when what they are judged with changes in the meantime."""
        before = [(folder, folder.workspace, folder.settings) for folder in self.desk.all_folders()]
        yield
        news = News(0)
        for folder, workspace, settings in before:
            if folder.workspace is not workspace and workspace.trace:  # without one nothing was judged in it yet
                news |= News.FILES
            if folder.settings is not settings:
                news |= News.SETTINGS
        if news:
            self.judge_all_again(news)

    def look_again(self) -> None:
        """Looks whether the disk is as it was when nobody has looked for a while; not every client tells, nor of all.

        There is no timer, so a server that is asked nothing does nothing.
        """
        if time.monotonic() - self._looked >= LOOKS[self.client.registers_watchers]:
            self.look_now()

    def look_now(self) -> None:
        """Looks at the disk for what is known of it: names, settings, and how tasks and sessions name each other."""
        with self.noticing():
            self.desk.look_again()
            self.follow(self.desk.all_folders())
        if self.reports.are_stale():
            self.reports.something_changed()
        self.tell_of_settings(self.desk.folders)
        self._looked = time.monotonic()

    def occasion(self, file: OpenFile) -> Occasion:
        """The world as it is now around an open file."""
        return occasion(self.around(file).files, file.folder.settings)

    def around(self, file: OpenFile) -> Around:
        """The files around an open file; around one that is on no disk there are no others."""
        return Around(self.desk, file.folder, file)

    def judge_again(self, files: Iterable[OpenFile]) -> None:
        """Has the diagnostics of some files published when all messages that wait have been handled."""
        self._renew_views()
        if not self.client.pulls:
            if not self._unpublished:
                asyncio.get_running_loop().call_soon(self._publish)
            self._unpublished |= {file.uri for file in files}

    def judge_all_again(self, news: News) -> None:
        """The same for all files, after a change that the client does not know of; it is told so once for all news."""
        self.reports.something_changed()
        self.judge_again(self.desk.files.values())
        if not self._news:
            asyncio.get_running_loop().call_soon(self._refresh)
        self._news |= news

    def working(self, title: str, token: Token | None = None) -> AbstractAsyncContextManager[Progress]:
        """Begins to tell how far some work is, by a token of the client's where it gave one."""
        return progress(self, title, token, self.client.shows_progress)

    def publish(self, uri: str, version: int | None, found: Ready) -> None:
        number = "" if version is None else f',"version":{version}'
        params = Ready(f'{{"uri":{quoted(uri)}{number},"diagnostics":{found}}}')
        self.protocol.notify(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)

    def tell_of_settings(self, folders: Iterable[Folder]) -> None:
        """Tells once of settings files that could not be read, which nobody would notice otherwise."""
        for folder in folders:
            warning, folder.warning = folder.warning, ""
            if warning:
                message = types.ShowMessageParams(types.MessageType.Warning, f"mdtm: {warning}")
                self.window_show_message(message)

    def _refresh(self) -> None:
        """Asks the client to ask again for what it shows of open files."""
        news, self._news = self._news, News(0)
        for request in needed(news, self.client, self.protocol.fm.features) if self.desk.files else ():
            self.protocol.send_request(request, None)

    def _renew_views(self) -> None:
        """Has the client ask again for the views that have changed, when nothing has changed for a while."""
        if self.views.shown:
            if self._views_later:
                self._views_later.cancel()
            self._views_later = asyncio.get_running_loop().call_later(self._views_wait, self._refresh_views)

    def _refresh_views(self) -> None:
        self._views_later, begun = None, time.monotonic()
        for uri in self.views.stale():
            params = types.TextDocumentContentRefreshParams(uri)
            self.protocol.send_request(types.WORKSPACE_TEXT_DOCUMENT_CONTENT_REFRESH, params)
        self._views_wait = max(VIEWS_WAIT, VIEWS_SHARE * (time.monotonic() - begun))

    def _publish(self) -> None:
        self.look_again()
        uris, self._unpublished = self._unpublished, set()
        for uri in uris:
            if file := self.desk.files.get(uri):
                self.publish(uri, file.version, diagnostics(file, self.desk.encoding))
