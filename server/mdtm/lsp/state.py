"""The language server and what it knows; its handlers are in `server.py`."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from mdtm import __version__
from mdtm.files import Memory
from mdtm.lsp import convert
from mdtm.lsp.client import Client
from mdtm.lsp.desk import NOWHERE, Desk, Folder, OpenFile
from mdtm.lsp.overlay import Overlay
from mdtm.lsp.protocol import Protocol
from mdtm.lsp.pull import Reports
from mdtm.occasion import Occasion
from mdtm.world import occasion


class Server(LanguageServer):
    """The language server; what lies open is on its desk."""

    def __init__(self) -> None:
        super().__init__("mdtm", __version__, protocol_cls=Protocol)
        self.client = Client()
        self.first_settings: Mapping[str, Any] = {}
        """What came with `initialize`; holds where the client has no other answer."""
        self.desk = Desk()
        self.reports = Reports(self.desk)
        self.settled = asyncio.Event()
        """Whether the client's settings have come, or need not be waited for."""
        self._unpublished: set[str] = set()

    def follow(self, folders: Iterable[Folder], changed: str = "") -> None:
        """Looks again at how tasks and sessions name each other; where that has changed, all files are judged anew."""
        news = [folder.follow(Overlay(self.desk, folder), changed) for folder in folders if folder.root != NOWHERE]
        if any(news):
            self.judge_all_again()

    def occasion(self, file: OpenFile) -> Occasion:
        """The world as it is now around an open file; around one that is on no disk there are no others."""
        nowhere = file.folder.root == NOWHERE
        return occasion(Memory({}) if nowhere else Overlay(self.desk, file.folder), file.folder.settings)

    def judge_again(self, files: Iterable[OpenFile]) -> None:
        """Has the diagnostics of some files published when all messages that wait have been handled."""
        if not self.client.pulls:
            if not self._unpublished:
                asyncio.get_running_loop().call_soon(self._publish)
            self._unpublished |= {file.uri for file in files}

    def judge_all_again(self) -> None:
        """The same for all files, after a change that the client does not know of."""
        self.reports.something_changed()
        self.judge_again(self.desk.files.values())
        if self.client.pulls and self.client.refreshes:
            self.workspace_diagnostic_refresh(None)

    def publish(self, uri: str, version: int | None, diagnostics: list[types.Diagnostic]) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics, version))

    def tell_of_settings(self, folders: Iterable[Folder]) -> None:
        """Tells once of settings files that could not be read, which nobody would notice otherwise."""
        for folder in folders:
            warning, folder.warning = folder.warning, ""
            if warning:
                message = types.ShowMessageParams(types.MessageType.Warning, f"mdtm: {warning}")
                self.window_show_message(message)

    def _publish(self) -> None:
        uris, self._unpublished = self._unpublished, set()
        for uri in uris:
            if file := self.desk.files.get(uri):
                encoding = self.desk.encoding
                found = [convert.lsp_diagnostic(file, problem, encoding) for problem in file.problems()]
                self.publish(uri, file.version, found)
