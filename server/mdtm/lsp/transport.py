"""How the server's messages come and go: standard input and output, or a port of this machine.

Messages are taken apart on the event loop, not in a thread for every line, so all that has arrived is handled
before anything that was put off, such as publishing, has its turn.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import stat
import sys

from pygls.exceptions import JsonRpcException
from pygls.io_ import StdoutWriter
from pygls.lsp.server import LanguageServer

LONGEST_HEAD = 2**16
"""Bytes that stand before a message at the most; of what is longer and has no end yet, all is dropped."""
_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"content-length:[ \t]*(\d{1,15})(?!\d)", re.IGNORECASE)
_log = logging.getLogger(__name__)


class Output(StdoutWriter):
    """Standard output; what is written after the end, such as the answer to a cancelled request, is dropped."""

    def write(self, data: bytes) -> None:
        if not self._stdout.closed:
            super().write(data)


class Input(asyncio.Protocol):
    """Takes apart what arrives, and has each message handled at once."""

    def __init__(self, server: LanguageServer) -> None:
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Done when nothing will arrive any more."""
        self._server = server
        self._arrived = bytearray()
        """What is not handled yet."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.WriteTransport):  # what comes in by a socket is answered there
            self._server.protocol.set_writer(transport)

    def data_received(self, data: bytes) -> None:
        self._arrived += data
        while body := self._message():
            self._handle(body)

    def connection_lost(self, _: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_result(None)

    def _handle(self, body: bytes) -> None:
        protocol = self._server.protocol
        try:
            protocol.handle_message(protocol.structure_message(json.loads(body)))
        except Exception as fault:
            _log.exception("a message could not be handled")
            self._server.report_server_error(fault, JsonRpcException)

    def _message(self) -> bytes:
        """The next message, taken off what has arrived; empty when there is none whole."""
        while (head := self._arrived.find(_END)) >= 0:
            length = _LENGTH.search(self._arrived, 0, head)
            start = head + len(_END)
            end = start + (int(length[1]) if length else 0)
            if len(self._arrived) < end:
                return b""
            body = bytes(self._arrived[start:end])
            del self._arrived[:end]
            if body:
                return body
        if len(self._arrived) > LONGEST_HEAD:
            self._arrived.clear()
        return b""


class _TurnedAway(asyncio.Protocol):
    """A client that came when there was one already."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()


def serve_stdio(server: LanguageServer) -> None:
    """Talks over standard input and output until the client has gone."""
    mode = os.fstat(sys.stdin.fileno()).st_mode
    if sys.platform != "win32" and (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
        asyncio.run(_stdio(server))
    else:
        server.start_io()  # what no event loop can wait for, such as a file, pygls reads in a thread


def serve_tcp(server: LanguageServer, host: str, port: int) -> None:
    """Waits on a port for one client and talks with it until it has gone; says which port on standard error."""
    asyncio.run(_tcp(server, host, port))


async def _stdio(server: LanguageServer) -> None:
    server.protocol.set_writer(Output(sys.stdout.buffer))
    incoming = Input(server)
    await asyncio.get_running_loop().connect_read_pipe(lambda: incoming, sys.stdin.buffer)
    await incoming.ended


async def _tcp(server: LanguageServer, host: str, port: int) -> None:
    first = Input(server)
    came = asyncio.Event()

    def connected() -> asyncio.Protocol:
        if came.is_set():
            return _TurnedAway()
        came.set()
        return first

    listening = await asyncio.get_running_loop().create_server(connected, host, port)
    print(f"mdtm: listening on {host}:{listening.sockets[0].getsockname()[1]}", file=sys.stderr, flush=True)
    await came.wait()
    listening.close()
    await first.ended
