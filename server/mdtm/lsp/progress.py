"""Long work, step by step: other messages have their turn, a client sees how far it is, and a person can end it."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from mdtm.lsp.protocol import Ended

AT_ONCE = 20
"""How many steps of long work are done before other messages have their turn."""
LONG = 200
"""How many steps work has that a client is told of, where it did not ask to be."""

Token = int | str
T = TypeVar("T")


async def in_turns(items: Iterable[T]) -> AsyncIterator[T]:
    """The items, each of which is a step of some work; other messages have their turn meanwhile."""
    for number, item in enumerate(items, 1):
        yield item
        if number % AT_ONCE == 0:
            await asyncio.sleep(0)


class Progress:
    """How far some work is, which tells itself."""

    def __init__(self, server: LanguageServer, title: str, token: Token | None, shows: bool) -> None:
        self._server, self._title, self._token, self._shows = server, title, token, shows
        self._seen = self._steps = 0
        self._begun = False

    async def step(self, worked: bool = True) -> None:
        """One more step is done, such as a file that was read; those that were no work only give others their turn.

        Raises:
            Ended: somebody has ended the work in the client.
        """
        self._seen += 1
        self._steps += worked
        if self._steps == LONG and worked and self._shows and self._token is None:
            await self._create()
        if self._seen % AT_ONCE == 0:
            await asyncio.sleep(0)
            self._report()

    def begin(self) -> None:
        if self._token is not None:
            begin = types.WorkDoneProgressBegin(self._title, cancellable=True)
            self._server.work_done_progress.begin(self._token, begin)
            self._begun = True

    def end(self) -> None:
        if self._begun and self._token is not None:
            self._server.work_done_progress.end(self._token, types.WorkDoneProgressEnd(message=f"{self._steps} files"))
            del self._server.work_done_progress.tokens[self._token]

    def _report(self) -> None:
        if self._token is None:
            return
        if self._server.work_done_progress.tokens[self._token].cancelled():
            raise Ended
        report = types.WorkDoneProgressReport(message=f"{self._steps} files")
        self._server.work_done_progress.report(self._token, report)

    async def _create(self) -> None:
        token = f"mdtm-{secrets.token_hex(4)}"
        with suppress(JsonRpcException):  # a client that shows none after all
            await self._server.work_done_progress.create_async(token)
            self._token = token
            self.begin()


@asynccontextmanager
async def progress(
    server: LanguageServer, title: str, token: Token | None = None, shows: bool = False
) -> AsyncIterator[Progress]:
    """Tells how far some work is by the token that a client gave for it.

    Without one the client is told when the work is long and it `shows` what servers tell of themselves.
    """
    told = Progress(server, title, token, shows)
    told.begin()
    try:
        yield told
    finally:
        told.end()
