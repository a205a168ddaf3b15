"""What the server can be asked: tables of methods, each with who answers."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, NamedTuple

from mdtm.lsp.client import Client
from mdtm.lsp.desk import OpenFile
from mdtm.lsp.state import Server

Answering = Callable[[Server, OpenFile, Any], Any]
"""Takes the open file that the parameters name, and those; may be a coroutine. What it gives is the answer."""
AnsweringAny = Callable[[Server, Any], Any]
"""Takes the parameters; may be a coroutine too."""


class Request(NamedTuple):
    """One method that is about no open file: about the whole workspace, or what an earlier answer held."""

    method: str
    answer: AnsweringAny
    options: Any = None
    """What is announced of it."""
    wanted: Callable[[Client], bool] = lambda client: True
    """Whether a client is offered it at all."""

    def add_to(self, server: Server) -> None:
        """Has the server answer the method from now on, and announce it."""
        _add(server, self.method, self.options, self.answer)


class Feature(NamedTuple):
    """One method about an open file; the answer about any other file is null."""

    method: str
    answer: Answering
    options: Any = None
    wanted: Callable[[Client], bool] = lambda client: True

    def add_to(self, server: Server) -> None:
        """Has the server answer the method from now on, and announce it."""

        def answer(server: Server, params: Any) -> Any:
            file = server.desk.files.get(params.text_document.uri)
            return self.answer(server, file, params) if file else None

        _add(server, self.method, self.options, answer)


def _add(server: Server, method: str, options: Any, answering: AnsweringAny) -> None:
    """Registers who answers, always in a coroutine.

    So a request has its turn when all that has arrived was handled, and one that was cancelled meanwhile costs nothing.
    """

    async def answer(ls: Server, params: Any) -> Any:
        ls.look_again()
        found = answering(ls, params)
        return await found if inspect.isawaitable(found) else found

    server.feature(method, options)(answer)
