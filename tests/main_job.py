"""The main job, as an editor has it done: `python -m tests.main_job FOLDER`.

Starts the language server, opens every session log, task and state file of a folder, and prints what the
server publishes for each, with the cures that it offers.
"""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

COMMAND = [sys.executable, "-m", "mdtm", "lsp"]
PATIENCE = 20.0
"""Seconds after which the server is taken for dead."""
ENDED = "the server ended before its work was done"
SEVERITIES = {1: "error", 2: "warning", 3: "information", 4: "hint"}
NAMES = ("session_log.md", "workflow-session.json")
FOLDERS = {"tasks", "sprints"}
CAPABILITIES = {
    "general": {"positionEncodings": ["utf-32", "utf-16"]},
    "textDocument": {"publishDiagnostics": {"versionSupport": True}, "codeAction": {"isPreferredSupport": True}},
}
EPILOGUE = """
    Your editor shows the same while you type: `make code` opens VS Code with it in a browser, `make vsix`
    makes the extension, and editors/README.md sets up Neovim, Emacs and others, which run

        .venv/bin/mdtm lsp

    The same on the command line:

        .venv/bin/mdtm check {folder}
"""


class Server:
    """A language server that runs, and what it has published."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._watchdog = threading.Timer(PATIENCE, self._process.kill)
        self._watchdog.daemon = True
        self._watchdog.start()
        self._requests = 0
        self.published: dict[str, list[dict[str, Any]]] = {}

    def notify(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def request(self, method: str, params: Any) -> Any:
        """The server's answer."""
        self._requests += 1
        self._send({"id": self._requests, "method": method, "params": params})
        while True:
            message = self.receive()
            if message.get("id") == self._requests:
                if "error" in message:
                    raise SystemExit(f"the server refused {method}: {message['error']['message']}")
                return message.get("result")

    def receive(self) -> dict[str, Any]:
        """The next message; published diagnostics are kept."""
        assert self._process.stdout
        length = 0
        while (line := self._process.stdout.readline()) != b"\r\n":
            if not line:
                raise SystemExit(ENDED)
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self.published[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message

    def end(self) -> None:
        self.request("shutdown", None)
        self.notify("exit", None)
        status = self._process.wait()
        self._watchdog.cancel()
        if status:
            raise SystemExit(f"the server ended with status {status}")

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        try:
            self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            self._process.stdin.flush()
        except OSError:
            raise SystemExit(ENDED) from None


def main(folder: Path) -> int:
    """Prints the findings of a folder; gives the exit status."""
    started = time.monotonic()
    root = folder.resolve()
    files = sorted(path for path in root.rglob("*") if path.is_file() and _is_ours(path.relative_to(root)))
    if not files:
        raise SystemExit(f"there are no session logs, tasks or state files in {folder}")
    server = Server()
    hello = _initialize(server, root)
    for path in files:
        document = {"uri": path.as_uri(), "languageId": "markdown", "version": 1, "text": _text(path)}
        server.notify("textDocument/didOpen", {"textDocument": document})
    while any(path.as_uri() not in server.published for path in files):
        server.receive()
    print(f"{hello['name']} {hello['version']} over LSP: {len(files)} files of {folder} opened\n")
    cures = sum([_print_file(server, path, root) for path in files])
    server.end()
    print(_summary(server.published, cures, time.monotonic() - started))
    print(textwrap.dedent(EPILOGUE.format(folder=folder)), end="")
    return 0


def _is_ours(path: Path) -> bool:
    return path.name in NAMES or (path.suffix == ".md" and not FOLDERS.isdisjoint(path.parts))


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def _initialize(server: Server, root: Path) -> dict[str, Any]:
    """Introduces itself as an editor does; gives the server's name and version."""
    folders = [{"uri": root.as_uri(), "name": root.name}]
    params = {"processId": None, "rootUri": None, "workspaceFolders": folders, "capabilities": CAPABILITIES}
    answer: dict[str, Any] = server.request("initialize", params)
    server.notify("initialized", {})
    return dict(answer["serverInfo"])


def _print_file(server: Server, path: Path, root: Path) -> int:
    """Prints the findings of a file with their cures; gives how many of them have one."""
    found, cured = server.published[path.as_uri()], 0
    if found:
        print(path.relative_to(root).as_posix())
    for one in found:
        start = one["range"]["start"]
        place = f"{start['line'] + 1}:{start['character'] + 1}"
        print(f"{place:>8}  {SEVERITIES[one['severity']]:<12}{one['code']:<23}{one['message']}")
        cures = list(_cures(server, path, one))
        cured += bool(cures)
        for cure in cures:
            print(f"{'':>22}cure: {cure}")
    if found:
        print()
    return cured


def _cures(server: Server, path: Path, diagnostic: dict[str, Any]) -> Iterator[str]:
    context = {"diagnostics": [diagnostic], "only": ["quickfix"]}
    params = {"textDocument": {"uri": path.as_uri()}, "range": diagnostic["range"], "context": context}
    for action in server.request("textDocument/codeAction", params):
        if action.get("diagnostics") == [diagnostic]:
            yield action["title"] + ("" if action.get("isPreferred") else "  (look first)")


def _summary(published: dict[str, list[dict[str, Any]]], cures: int, seconds: float) -> str:
    counts = Counter(SEVERITIES[one["severity"]] for found in published.values() for one in found)
    bad = sum(bool(found) for found in published.values())
    shown = ", ".join(
        f"{counts[name]} {name}{'s' * (name in ('error', 'warning', 'hint') and counts[name] > 1)}"
        for name in SEVERITIES.values()
        if counts[name]
    )
    return (
        f"{sum(counts.values())} problems ({shown}) in {bad} of {len(published)} opened files;"
        f" {cures} of them with a cure; {seconds:.1f} s"
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m tests.main_job FOLDER")
    sys.exit(main(Path(sys.argv[1])))
