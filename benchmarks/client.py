"""An editor reduced to what is measured: it sends, waits, and notes when each answer came.

It blocks and uses no threads, so that nothing of its own stands between a server's answer and the clock.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.documents import Finding

PATIENCE = 60.0
"""Seconds after which an answer is missing."""
now = time.perf_counter


class Missing(Exception):
    """A server gave no right answer in time."""


class Published(NamedTuple):
    """Diagnostics that arrived."""

    moment: float
    uri: str
    version: int | None
    findings: frozenset[Finding]


class Client:
    """One conversation with one server."""

    def __init__(self, command: Sequence[str], root: Path, environment: Mapping[str, str] | None = None) -> None:
        self.root = root
        self.published: list[Published] = []
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115 (it lives as long as the conversation)
        self._answers: dict[int, tuple[float, Any]] = {}
        self._requests = 0
        self._incoming = bytearray()
        self._outgoing = bytearray()
        self.spawned = now()
        self._process = subprocess.Popen(
            command, cwd=root, env={**os.environ, **(environment or {})},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, bufsize=0,
        )  # fmt: skip
        assert self._process.stdin and self._process.stdout
        self._in, self._out = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._in, False)
        os.set_blocking(self._out, False)

    @property
    def pid(self) -> int:
        return self._process.pid

    def initialize(self, abilities: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Introduces itself as an editor that has settings and wants versions; gives what the server can do.

        `abilities` are more capabilities about documents, by their names in LSP.
        """
        folder = {"uri": self.root.as_uri(), "name": self.root.name}
        document = {"publishDiagnostics": {"versionSupport": True}, "synchronization": {"didSave": True}}
        params = {
            "processId": os.getpid(),
            "rootUri": folder["uri"],
            "workspaceFolders": [folder],
            "capabilities": {
                "general": {"positionEncodings": ["utf-16"]},
                "workspace": {"configuration": True, "workspaceFolders": True},
                "textDocument": {**document, **(abilities or {})},
            },
        }
        capabilities: dict[str, Any] = self.request("initialize", params)[1]["capabilities"]
        self.notify("initialized", {})
        return capabilities

    def notify(self, method: str, params: Any) -> float:
        """Sends a notification; gives the moment before it went."""
        return self.send(_frame({"jsonrpc": "2.0", "method": method, "params": params}))

    def request(self, method: str, params: Any, patience: float = PATIENCE) -> tuple[float, Any]:
        """Sends a request; gives the moment at which its answer came, and the result."""
        return self.answer(self.ask(method, params), method, patience)

    def ask(self, method: str, params: Any) -> int:
        """Sends a request whose answer is not waited for yet; gives its number."""
        self._requests += 1
        self.send(_frame({"jsonrpc": "2.0", "id": self._requests, "method": method, "params": params}))
        return self._requests

    def is_answered(self, number: int) -> bool:
        """Whether the answer to a request has come, of all that was read."""
        return number in self._answers

    def answer(self, number: int, what: str, patience: float = PATIENCE) -> tuple[float, Any]:
        """Waits for the answer to a request; gives the moment at which it came, and the result.

        Raises:
            Missing: there is none in time, or it is an error.
        """
        self.wait(lambda: number in self._answers, patience, what)
        moment, message = self._answers.pop(number)
        if "error" in message:
            raise Missing(f"{what}: {message['error']}")
        return moment, message["result"]

    def send(self, data: bytes) -> float:
        sent = now()
        self._outgoing += data
        while self._outgoing:
            self._turn(PATIENCE)
        return sent

    def wait(self, arrived: Callable[[], bool], patience: float = PATIENCE, what: str = "diagnostics") -> None:
        """Reads until something has arrived.

        Raises:
            Missing: it has not, in time.
        """
        end = now() + patience
        while not arrived():
            left = end - now()
            if left <= 0 or not self._turn(left):
                raise Missing(f"no {what} within {patience:g} s\n{self._said()}")

    def listen(self, until: float) -> None:
        """Reads what comes up to a moment."""
        while (left := until - now()) > 0:
            self._turn(left)

    def stop(self) -> None:
        """Ends the server, as an editor does or by force; does nothing the second time."""
        if self.errors.closed:
            return
        try:
            self.request("shutdown", None, 3)
            self.notify("exit", None)
            self._process.wait(3)
        except (Missing, OSError, subprocess.TimeoutExpired):
            self._process.kill()
        self._process.communicate()
        self.errors.close()

    def _turn(self, patience: float) -> bool:
        """Writes what can be written and reads what is there; gives whether there was anything to do."""
        readable, writable, _ = select.select([self._out], [self._in] if self._outgoing else [], [], patience)
        if writable:
            try:
                del self._outgoing[: os.write(self._in, self._outgoing)]
            except BrokenPipeError:
                raise Missing(f"the server ended\n{self._said()}") from None
        if readable:
            data = os.read(self._out, 1 << 20)
            moment = now()
            if not data:
                raise Missing(f"the server ended\n{self._said()}")
            self._incoming += data
            self._take(moment)
        return bool(readable or writable)

    def _take(self, moment: float) -> None:
        while (end := self._incoming.find(b"\r\n\r\n")) >= 0:
            fields = (line.partition(b":") for line in bytes(self._incoming[:end]).lower().split(b"\r\n"))
            length = next(int(value) for name, _, value in fields if name == b"content-length")
            if len(self._incoming) < end + 4 + length:
                return
            body = bytes(self._incoming[end + 4 : end + 4 + length])
            del self._incoming[: end + 4 + length]
            self._handle(moment, json.loads(body))

    def _handle(self, moment: float, message: dict[str, Any]) -> None:
        method = message.get("method")
        if method is None:
            self._answers[message["id"]] = (moment, message)
        elif method == "textDocument/publishDiagnostics":
            params = message["params"]
            findings = frozenset(found(item) for item in params["diagnostics"])
            self.published.append(Published(moment, params["uri"], params.get("version"), findings))
        elif "id" in message:
            result = [None] * len(message["params"]["items"]) if method == "workspace/configuration" else None
            self._outgoing += _frame({"jsonrpc": "2.0", "id": message["id"], "result": result})

    def _said(self) -> str:
        self.errors.seek(0)
        return self.errors.read().decode("utf-8", "replace")[-1000:]


def found(diagnostic: dict[str, Any]) -> Finding:
    return str(diagnostic.get("code", "")), diagnostic["range"]["start"]["line"]


def _frame(message: dict[str, Any]) -> bytes:
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
