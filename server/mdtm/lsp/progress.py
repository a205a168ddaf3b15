"""Long work, step by step: other messages have their turn, a client sees how far it is, and a person can end it."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from mdtm.lsp.protocol import Ended

TURN = 0.002
"""Seconds of long work after which other messages have their turn: nobody who types shall notice it."""
ROUNDS = 8
"""How often the event loop goes round then: a message takes several rounds from the pipe to its answer."""
REPORTED = 20
"""After how many steps the client is told again how far the work is."""
LONG = 200
"""How many steps work has that a client is told of, where it did not ask to be."""
LONGEST_WAIT = 0.5
"""Seconds that the work waits for the client to say whether it shows how far it is; it may never say so."""

Token = int | str
T = TypeVar("T")


class Turns:
    """Lets other messages have their turn in long work."""

    def __init__(self) -> None:
        self._end = time.monotonic() + TURN

    async def step(self) -> None:
        """A step of the work is done."""
        if time.monotonic() >= self._end:
            for _ in range(ROUNDS):
                await asyncio.sleep(0)
            self._end = time.monotonic() + TURN


async def in_turns(items: Iterable[T]) -> AsyncIterator[T]:
    """The items, each of which is a step of some work; other messages have their turn meanwhile."""
    turns = Turns()
    for item in items:
        yield item
        await turns.step()


class Progress:
    """How far some work is, which tells itself."""

    def __init__(self, server: LanguageServer, title: str, token: Token | None, shows: bool) -> None:
        self._server, self._title, self._token, self._shows = server, title, token, shows
        self._turns = Turns()
        self._seen = self._steps = 0
        self._begun = False
        self._creating: asyncio.Future[None] | None = None

    async def step(self, worked: bool = True) -> None:
        """One more step is done, such as a file that was read; those that were no work only give others their turn.

        Raises:
            Ended: somebody has ended the work in the client.
        """
        self._seen += 1
        self._steps += worked
        if self._steps == LONG and worked and self._shows and self._token is None:
            self._creating = asyncio.ensure_future(self._create())
            await asyncio.wait([self._creating], timeout=LONGEST_WAIT)
        await self._turns.step()
        if self._seen % REPORTED == 0:
            self._report()

    def begin(self) -> None:
        if self._token is not None:
            begin = types.WorkDoneProgressBegin(self._title, cancellable=True)
            self._server.work_done_progress.begin(self._token, begin)
            self._begun = True

    def end(self) -> None:
        if self._creating:
            self._creating.cancel()
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
        token = f"mdtm-{os.urandom(4).hex()}"
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
