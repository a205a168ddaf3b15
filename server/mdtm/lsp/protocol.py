"""pygls' protocol, less its own copy of every text.

pygls 2.1 keeps the open files itself, splits lines at characters that end no line in LSP, and splits the
whole text for every change. The Desk keeps the files here, so these notifications go straight to our handlers:
edits as they come, for there is one with every key. Large answers are made as JSON and sent as they are.
"""

from __future__ import annotations

import asyncio
import functools
import inspect
import json
from collections.abc import Generator, Iterable
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol, default_converter, lsp_method

from mdtm.plan import Refused, StalePlan

converter = functools.cache(default_converter)
"""Makes objects of JSON, and JSON of them; it takes long to make, so all use the same one."""


def _handed_over(method: str) -> Any:
    def handle(protocol: LanguageServerProtocol, params: Any) -> None:
        if handler := protocol.fm.features.get(method):
            handler(params)

    return lsp_method(method)(handle)


class Ready(str):
    """An answer that is JSON already: thousands of small parts are written much faster so than as objects."""

    __slots__ = ()

    @classmethod
    def list(cls, parts: Iterable[str]) -> Ready:
        """A list of parts that are JSON."""
        return cls(f"[{','.join(parts)}]")


NOTHING = Ready("[]")
"""An empty list."""


class Ended(JsonRpcException):
    """Somebody has ended in the client what it asked for, which is not to be asked for at once again."""

    def __init__(self) -> None:
        data = types.DiagnosticServerCancellationData(retrigger_request=False)
        super().__init__("ended by hand", types.LSPErrorCodes.ServerCancelled.value, data)


class Edited:
    """An edit of a file as it came; with every key comes one, and to make objects of it takes longer than all else."""

    jsonrpc, method = "2.0", types.TEXT_DOCUMENT_DID_CHANGE

    def __init__(self, params: Any) -> None:
        self.params = params


class Protocol(LanguageServerProtocol):
    """The protocol with the files left to the server's own handlers."""

    def structure_message(self, data: Any) -> Any:
        """Makes objects of what has come, but not of an edit."""
        if "jsonrpc" in data and data.get("method") == types.TEXT_DOCUMENT_DID_CHANGE:
            return Edited(data.get("params"))
        return super().structure_message(data)

    def handle_message(self, message: Any) -> None:
        """Hands an edit to its handler, and leaves everything else to pygls, which needs more for it."""
        if not isinstance(message, Edited):
            super().handle_message(message)
        elif not self._shutdown:
            self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE](message.params)

    def _send_response(
        self, msg_id: str | int, result: Any | None = None, error: types.ResponseError | None = None
    ) -> None:
        """Sends an answer; pygls would make objects of one that is JSON already, and JSON of those."""
        if error is not None or not isinstance(result, Ready) or self.writer is None:
            super()._send_response(msg_id, result, error)
            return
        self._result_types.pop(msg_id, None)
        self._write(f'{{"jsonrpc":"2.0","id":{json.dumps(msg_id)},"result":{result}}}')

    def notify(self, method: str, params: Any | None = None) -> None:
        """Tells the client something; the same goes for what is JSON already."""
        if not isinstance(params, Ready):
            super().notify(method, params)
        elif self.writer is not None:
            self._write(f'{{"jsonrpc":"2.0","method":"{method}","params":{params}}}')

    def _write(self, message: str) -> None:
        body = message.encode()
        written = self.writer.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body)) if self.writer else None
        if inspect.isawaitable(written):
            asyncio.ensure_future(written)  # noqa: RUF006, as pygls does itself

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(self, params: types.InitializeParams) -> Generator[Any, Any, types.InitializeResult]:
        """Announces what can be asked; pygls 2.1 does not know of texts that are in no file."""
        result = yield from super().lsp_initialize(params)
        if result.capabilities.workspace:
            options = self.fm.feature_options.get(types.WORKSPACE_TEXT_DOCUMENT_CONTENT)
            result.capabilities.workspace.text_document_content = options
        return result

    def _send_handler_result(self, future: Any, *, msg_id: str | int) -> None:
        """Sends what came of a request; a refusal is an answer, which the client shows, and no fault to report."""
        refusal = None if future.cancelled() else _refusal(future.exception())
        if refusal:
            self._request_futures.pop(msg_id, None)
            self._send_response(msg_id, error=refusal.to_response_error())
        else:
            super()._send_handler_result(future, msg_id=msg_id)

    def _handle_cancel_notification(self, msg_id: str | int) -> None:
        """Cancels a request; one that is answered already, as often happens, is no fault of the client."""
        if msg_id in self._request_futures:
            super()._handle_cancel_notification(msg_id)

    @lsp_method(types.WORKSPACE_EXECUTE_COMMAND)
    def lsp_workspace__execute_command(self, params: types.ExecuteCommandParams) -> Generator[Any, Any, Any]:
        """Hands every command to one handler; a client that has the commands itself sends ones not announced."""
        result = yield self.fm.features[types.WORKSPACE_EXECUTE_COMMAND], (params,), None
        return result

    lsp_text_document__did_open = _handed_over(types.TEXT_DOCUMENT_DID_OPEN)
    lsp_text_document__did_close = _handed_over(types.TEXT_DOCUMENT_DID_CLOSE)


def _refusal(fault: BaseException | None) -> JsonRpcException | None:
    """How LSP says that a request is not carried out; None for what is no such thing."""
    if isinstance(fault, Refused):
        return JsonRpcException(str(fault), types.LSPErrorCodes.RequestFailed.value)
    if isinstance(fault, StalePlan):  # somebody has typed meanwhile; the editor asks again, or leaves it
        return JsonRpcException(str(fault), types.LSPErrorCodes.ContentModified.value)
    return fault if isinstance(fault, Ended) else None
