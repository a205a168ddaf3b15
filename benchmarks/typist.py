"""One contestant with one generated document open, and somebody who types in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.client import PATIENCE, Client, Published, now
from benchmarks.contestants import Contestant
from benchmarks.documents import KINDS, Finding, Keystroke

LONGEST_TURN = 5.0
"""Seconds after which edits one at a time stop; some contestants take seconds for each."""
FULL = 1
"""A server that wants the whole text with every change (LSP 3.17, TextDocumentSyncKind)."""


class Typist:
    """Opens, types, and knows what has to be found in every version."""

    def __init__(
        self, contestant: Contestant, folder: Path, size: int, environment: Mapping[str, str] | None = None
    ) -> None:
        self.contestant = contestant
        self.document = KINDS[contestant.kind](size)
        path = folder / self.document.name
        path.write_text(self.document.text, "utf-8")
        self.uri = path.as_uri()
        self.version = 1
        self._findings: dict[int, frozenset[Finding]] = {1: self._expected(self.document.faults)}
        root = next(parent for parent in path.parents if (parent / ".git").exists())
        self.client = Client(contestant.server, root, environment)

    def open(self, abilities: Mapping[str, Any] | None = None) -> tuple[float, float]:
        """Introduces itself and opens the document; gives the milliseconds from the start to either answer."""
        self._begin(abilities or {})
        introduced = now()
        self._did_open()
        opened = self.answered(1)
        return (introduced - self.client.spawned) * 1000, (opened - self.client.spawned) * 1000

    def open_asking(self) -> dict[str, Any]:
        """The same as an editor that asks for diagnostics, so that none come unasked; gives what the server can do."""
        capabilities = self._begin({"diagnostic": {}})
        self._did_open()
        return capabilities

    def press(self, key: Keystroke) -> float:
        """Makes a key's place wrong, or right again where it is wrong; gives the moment."""
        return self.client.send(self.frame(key))

    def frame(self, key: Keystroke) -> bytes:
        """The message that a keystroke is; the versions count on."""
        self.version += 1
        wrong = self.version % 2 == 0
        self._findings[self.version] = self._expected(self.document.findings(key, wrong))
        change = {"text": self.document.text_with(key, wrong)} if self.wants_all else key.change(wrong)
        document = {"uri": self.uri, "version": self.version}
        params = {"textDocument": document, "contentChanges": [change]}
        message = {"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params}
        body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
        return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)

    def times(self, key: Keystroke, edits: int) -> list[float]:
        """The milliseconds from each of so many edits to its right diagnostics."""
        took = list[float]()
        end = now() + LONGEST_TURN
        while len(took) < edits and (now() < end or len(took) % 2):
            after = len(self.client.published)
            sent = self.press(key)
            took.append((self.answered(self.version, after) - sent) * 1000)
        return took

    def change(self, change: dict[str, Any]) -> float:
        """Changes the document in any way, of whose findings nothing is known then; gives the moment."""
        self.version += 1
        document = {"uri": self.uri, "version": self.version}
        return self.client.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})

    def settle(self) -> None:
        """Waits until the newest version was judged, rightly or not."""
        published = self.client.published
        self.client.wait(lambda: any(one.version == self.version for one in reversed(published)))

    def expected(self) -> frozenset[Finding]:
        """What has to be found in the newest version."""
        return self._findings[self.version]

    def answered(self, version: int, after: int = 0, patience: float = PATIENCE) -> float:
        """The moment at which a version, or a later one, was rightly judged; waits for it.

        Raises:
            Missing: it was not.
        """
        self.client.wait(lambda: self.first_right(version, after) is not None, patience, f"right answer to {version}")
        moment = self.first_right(version, after)
        assert moment is not None
        return moment

    def first_right(self, version: int, after: int = 0) -> float | None:
        """When the first right answer to a version came, among what was published after so many others."""
        for published in self.client.published[after:]:
            if published.version is not None and published.version >= version and self.is_right(published):
                return published.moment
        return None

    def is_right(self, published: Published) -> bool:
        return published.uri == self.uri and published.findings == self._findings.get(published.version or 0)

    def _begin(self, abilities: Mapping[str, Any]) -> dict[str, Any]:
        capabilities = self.client.initialize(abilities)
        sync = capabilities["textDocumentSync"]
        self.wants_all = (sync["change"] if isinstance(sync, dict) else sync) == FULL
        return capabilities

    def _did_open(self) -> None:
        document = {"uri": self.uri, "languageId": self.document.language, "version": 1, "text": self.document.text}
        self.client.notify("textDocument/didOpen", {"textDocument": document})

    def _expected(self, findings: frozenset[Finding]) -> frozenset[Finding]:
        return findings if self.contestant.judges else frozenset()
