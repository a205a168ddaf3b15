"""How the server starts and ends, over standard input and output and over TCP."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from mdtm.cli import main
from tests.checks import SESSION_FOLDER, SESSION_PATH, with_keys
from tests.lsp.editor import COMMAND, PATIENCE, Editor, meeting

BROKEN = with_keys('status = "🟢 Actve"')
FAILING = """
from mdtm import plan
from mdtm.cli import main
from mdtm.lsp.places import Around

def thing_at(*_):
    raise {fault}

Around.thing_at = thing_at
raise SystemExit(main(["lsp"]))
"""
"""A server in which asking what is named at a place goes wrong."""

ODD_CHANGES: list[Any] = [
    {"range": {}, "text": ""},
    {"range": {"start": {"line": -1, "character": 0}, "end": {"line": 0, "character": 0}}, "text": "+"},
    {"range": None},
    {"text": 1},
    [],
]


@asynccontextmanager
async def process(*arguments: str, program: str = "") -> AsyncIterator[asyncio.subprocess.Process]:
    """The server, or a Python program that is one."""
    pipe, command = asyncio.subprocess.PIPE, (sys.executable, "-c", program) if program else COMMAND
    running = await asyncio.create_subprocess_exec(*command, *arguments, stdin=pipe, stdout=pipe, stderr=pipe)
    yield running
    assert running.stdin
    running.stdin.close()
    await asyncio.wait_for(running.wait(), PATIENCE)


def send(running: asyncio.subprocess.Process, method: str, params: Any = None, number: int | None = None) -> None:
    message = {"jsonrpc": "2.0", "method": method, "params": params} | ({} if number is None else {"id": number})
    body = json.dumps(message).encode()
    assert running.stdin
    running.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))


async def answer(running: asyncio.subprocess.Process, number: int) -> Any:
    """The answer to a request; what else the server says meanwhile is passed over."""
    while True:
        assert running.stdout
        head = await asyncio.wait_for(running.stdout.readuntil(b"\r\n\r\n"), PATIENCE)
        message = json.loads(await running.stdout.readexactly(int(head.split()[1])))
        if message.get("id") == number and "method" not in message:
            return message


async def ended(running: asyncio.subprocess.Process) -> int | None:
    return await asyncio.wait_for(running.wait(), PATIENCE)


async def test_exit_after_shutdown_is_fine():
    async with process("--stdio") as running:
        send(running, "initialize", {"processId": None, "rootUri": None, "capabilities": {}}, 1)
        send(running, "shutdown", number=2)
        send(running, "exit")
        assert await ended(running) == 0


async def test_a_request_that_waits_does_not_hold_up_the_end():
    async with process("--stdio") as running:
        capabilities: dict[str, Any] = {"textDocument": {"diagnostic": {}}}
        send(running, "initialize", {"processId": None, "rootUri": None, "capabilities": capabilities}, 1)
        send(running, "initialized", {})
        send(running, "workspace/diagnostic", {"previousResultIds": []}, 2)
        send(running, "shutdown", number=3)
        send(running, "exit")
        assert await ended(running) == 0
        assert running.stderr and b"Traceback" not in await running.stderr.read()


async def renamed(running: asyncio.subprocess.Process, root: Path) -> tuple[Any, str]:
    """The answer to a rename that cannot be, and what the server said on standard error in all its life."""
    send(running, "initialize", {"processId": None, "rootUri": root.as_uri(), "capabilities": {}}, 1)
    send(running, "initialized", {})
    uri, text = (root / SESSION_PATH).as_uri(), with_keys('related_tasks = ["TASK-DEV-20250605-101500"]')
    document = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
    send(running, "textDocument/didOpen", {"textDocument": document})
    before = text[: text.index("TASK-")].split("\n")
    position = {"line": len(before) - 1, "character": len(before[-1])}
    send(running, "textDocument/rename", {"textDocument": document, "position": position, "newName": "a task"}, 2)
    told = await answer(running, 2)
    send(running, "shutdown", number=3)
    send(running, "exit")
    assert await ended(running) == 0 and running.stderr
    return told, (await running.stderr.read()).decode()


async def test_a_refusal_is_an_answer_and_leaves_no_traceback(tmp_path: Path):
    async with process("--stdio") as running:
        told, said = await renamed(running, tmp_path)
    assert told["error"]["code"] == types.LSPErrorCodes.RequestFailed
    assert told["error"]["message"].startswith('"a task" cannot be the id of a task: ')
    assert said == ""


@pytest.mark.parametrize(("fault", "code"), [("StalePlan", -32801), ("Refused", -32803)])
async def test_whatever_refuses_is_answered_so(tmp_path: Path, fault: str, code: int):
    async with process(program=FAILING.format(fault=f'plan.{fault}("not so")')) as running:
        told, said = await renamed(running, tmp_path)
    assert told["error"] == {"code": code, "message": "not so"} and said == ""


async def test_a_fault_of_the_server_keeps_its_traceback(tmp_path: Path):
    async with process(program=FAILING.format(fault='KeyError("not so")')) as running:
        told, said = await renamed(running, tmp_path)
    assert told["error"]["code"] == types.ErrorCodes.InternalError
    assert "Traceback" in said and "KeyError: 'not so'" in said


async def test_exit_without_shutdown_is_not():
    async with process() as running:
        send(running, "initialize", {"processId": None, "rootUri": None, "capabilities": {}}, 1)
        send(running, "exit")
        assert await ended(running) == 1


async def test_the_server_ends_with_its_input():
    async with process() as running:
        send(running, "initialize", {"processId": None, "rootUri": None, "capabilities": {}}, 1)
        assert running.stdin and running.stderr
        running.stdin.close()
        await ended(running)
        assert b"Traceback" not in await running.stderr.read()


def test_input_that_is_no_pipe_ends_it_too():
    done = subprocess.run(COMMAND, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


async def test_a_client_that_announces_nothing_is_served(tmp_path: Path):
    async with meeting({}, tmp_path) as editor:
        uri = editor.open(tmp_path / SESSION_PATH, BROKEN)
        await editor.codes(uri, "unknown-status")
        (action,) = await editor.actions(uri, "Actve")
        assert action.edit and action.edit.changes and not action.edit.document_changes
        editor.take(action.edit)
        await editor.codes(uri)
        assert editor.registered == []
        (tmp_path / SESSION_FOLDER / "artifacts").mkdir(parents=True)
        (tmp_path / SESSION_FOLDER / "artifacts" / "NOTE-rye.md").write_text("Rye.\n")
        editor.save(uri)
        await editor.codes(uri, "unlisted-artifact")


async def test_a_client_can_come_over_tcp(tmp_path: Path):
    async with process("--tcp", "0") as running:
        assert running.stderr
        said = (await asyncio.wait_for(running.stderr.readline(), PATIENCE)).decode()
        match = re.fullmatch(r"mdtm: listening on 127\.0\.0\.1:(\d+)\n", said)
        assert match
        port = int(match[1])
        editor = Editor()
        await editor.start_tcp("127.0.0.1", port)
        await editor.start({}, tmp_path)
        uri = editor.open(tmp_path / SESSION_PATH, BROKEN)
        await editor.codes(uri, "unknown-status")
        with pytest.raises(OSError):
            await asyncio.open_connection("127.0.0.1", port)
        editor.protocol.writer.close()  # type: ignore[union-attr]
        assert await ended(running) == 0
        await editor.stop()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.1", "example.org"])
def test_other_machines_cannot_connect(host: str, capsys: pytest.CaptureFixture[str]):
    assert main(["lsp", "--tcp", "0", "--host", host]) == 2
    assert capsys.readouterr().err == f"mdtm: the server listens on this machine only, not on {host}\n"


async def test_a_port_that_is_taken_is_named():
    taken = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = taken.sockets[0].getsockname()[1]
    async with taken, process("--tcp", str(port)) as running:
        assert running.stderr
        assert await ended(running) == 2
        assert (await running.stderr.read()).decode().startswith(f"mdtm: port {port} cannot be listened on: ")


async def test_a_message_that_makes_no_sense_ends_nothing(tmp_path: Path):
    async with meeting({}, tmp_path) as editor:
        writer: Any = editor.protocol.writer
        place = {"textDocument": {"uri": "x"}, "position": {"line": -1, "character": 0}}
        odd = [{"method": "textDocument/didOpen", "params": {}}, {"method": "no/such/method", "params": place}]
        odd += [{"method": "textDocument/codeAction", "id": "1", "params": place}]
        uri, start = (tmp_path / SESSION_PATH).as_uri(), {"line": 0, "character": 0}
        editor.open(tmp_path / SESSION_PATH, BROKEN)
        for change in ODD_CHANGES:
            document = {"uri": uri, "version": 2}
            sound = {"range": {"start": start, "end": start}, "text": "+"}  # which shall not be made alone
            params = {"textDocument": document, "contentChanges": [sound, change]}
            odd.append({"method": "textDocument/didChange", "params": params})
        for body in (b"{", b"[]", b"1", *(json.dumps({"jsonrpc": "2.0"} | message).encode() for message in odd)):
            writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        writer.write(b"Content-Length: %b\r\n\r\n" % (b"9" * 5000))
        editor.edit(uri, "Actve", "Activ")
        await editor.codes(uri, "unknown-status")
