"""What the server can be asked about a file: a table of methods, each with who answers."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, NamedTuple

from mdtm.lsp.client import Client
from mdtm.lsp.desk import OpenFile
from mdtm.lsp.state import Server

Answering = Callable[[Server, OpenFile, Any], Any]
"""Takes the open file that the parameters name, and those; may be a coroutine. What it gives is the answer."""


class Feature(NamedTuple):
    """One method about an open file; the answer about any other file is null."""

    method: str
    answer: Answering
    options: Any = None
    """What is announced of it."""
    wanted: Callable[[Client], bool] = lambda client: True
    """Whether a client is offered it at all."""

    def add_to(self, server: Server) -> None:
        """Has the server answer the method from now on, and announce it.

        A request has its turn when all that has arrived was handled, so one that was cancelled meanwhile costs nothing.
        """

        async def answer(ls: Server, params: Any) -> Any:
            file = ls.desk.files.get(params.text_document.uri)
            if file is None:
                return None
            ls.look_again()
            found = self.answer(ls, file, params)
            return await found if inspect.isawaitable(found) else found

        server.feature(self.method, self.options)(answer)
