"""How the server's messages come and go: standard input and output, or a port of this machine.

Reading happens on the event loop, not in a thread for every line, so all that has arrived is handled
before anything that was put off, such as publishing, has its turn.
"""

from __future__ import annotations

import asyncio
import os
import stat
import sys
from contextlib import suppress
from threading import Event

from pygls.io_ import StdoutWriter, run_async
from pygls.lsp.server import LanguageServer

LONGEST_LINE = 2**20
"""Bytes that a header line may have, and that are buffered before the other side has to wait."""


class Output(StdoutWriter):
    """Standard output; what is written after the end, such as the answer to a cancelled request, is dropped."""

    def write(self, data: bytes) -> None:
        if not self._stdout.closed:
            super().write(data)


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
    reader = asyncio.StreamReader(limit=LONGEST_LINE)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin.buffer)
    server.protocol.set_writer(Output(sys.stdout.buffer))
    await _talk(server, reader)


async def _tcp(server: LanguageServer, host: str, port: int) -> None:
    client: asyncio.Future[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Future()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if client.done():
            writer.close()
        else:
            client.set_result((reader, writer))

    listening = await asyncio.start_server(connected, host, port, limit=LONGEST_LINE)
    print(f"mdtm: listening on {host}:{listening.sockets[0].getsockname()[1]}", file=sys.stderr, flush=True)
    reader, writer = await client
    listening.close()
    server.protocol.set_writer(writer)
    await _talk(server, reader)


async def _talk(server: LanguageServer, reader: asyncio.StreamReader) -> None:
    with suppress(ConnectionError, asyncio.IncompleteReadError):  # the client has gone without a word
        await run_async(
            stop_event=Event(), reader=reader, protocol=server.protocol, error_handler=server.report_server_error
        )
