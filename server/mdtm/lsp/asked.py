"""What a client asks for of no open file: diagnostics, of one file or by and by of all, and views."""

from __future__ import annotations

import asyncio
import json
from contextlib import AbstractAsyncContextManager, suppress

from lsprotocol import types

from mdtm.lsp.client import Client
from mdtm.lsp.feature import Request
from mdtm.lsp.progress import Progress
from mdtm.lsp.protocol import Ready
from mdtm.lsp.pull import Telling
from mdtm.lsp.state import Server
from mdtm.lsp.views import SCHEME

LONGEST_WAIT = 2.0
"""Seconds that the first diagnostics wait for the client's settings; it may never send them."""


async def of_file(server: Server, params: types.DocumentDiagnosticParams) -> Ready:
    with suppress(asyncio.TimeoutError):
        await asyncio.wait_for(server.settled.wait(), LONGEST_WAIT)
    server.settled.set()
    file = server.desk.files.get(params.text_document.uri)
    if file is None:
        return Ready('{"kind":"full","items":[]}')
    return server.reports.of_file(file, params.previous_result_id)


async def of_workspace(server: Server, params: types.WorkspaceDiagnosticParams) -> Ready:
    known = {one.uri: one.value for one in params.previous_result_ids}
    tokens = iter([params.work_done_token])  # what it stands for ends with the first look: to wait is no work

    def working() -> AbstractAsyncContextManager[Progress]:
        return server.working("Checking files", next(tokens, None))

    return await server.reports.of_workspace(known, working, _telling(server, params.partial_result_token))


def _telling(server: Server, token: types.ProgressToken | None) -> Telling | None:
    """What sends parts of the answer, where the client has said under which token it takes them."""
    if token is None:
        return None

    def tell(report: Ready) -> None:
        server.protocol.notify(types.PROGRESS, Ready(f'{{"token":{json.dumps(token)},"value":{report}}}'))

    return tell


def view(server: Server, params: types.TextDocumentContentParams) -> types.TextDocumentContentResult:
    return types.TextDocumentContentResult(server.views.show(params.uri))


def _pulls(client: Client) -> bool:
    return client.pulls


FEATURES = (
    Request(types.TEXT_DOCUMENT_DIAGNOSTIC, of_file, types.DiagnosticOptions(True, True, identifier="mdtm"), _pulls),
    Request(types.WORKSPACE_DIAGNOSTIC, of_workspace, wanted=_pulls),
    Request(
        types.WORKSPACE_TEXT_DOCUMENT_CONTENT,
        view,
        types.TextDocumentContentOptions([SCHEME]),
        lambda client: client.shows_views,
    ),
)
