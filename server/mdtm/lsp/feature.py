"""What the server can be asked about a file: a table of methods, each with who answers."""

from __future__ import annotations

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
        """Has the server answer the method from now on, and announce it."""

        def answer(ls: Server, params: Any) -> Any:
            file = ls.desk.files.get(params.text_document.uri)
            return self.answer(ls, file, params) if file else None

        server.feature(self.method, self.options)(answer)
