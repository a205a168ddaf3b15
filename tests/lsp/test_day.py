"""The same day of work by the commands of an editor, whose server is killed in the middle of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.day import left_by, live, parsed
from tests.lsp.editor import COMMAND, Editor, capabilities
from tests.test_day import lived
from tests.test_recovery import posix


class Bench:
    """An editor that starts its server again when that is gone."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.editor = Editor()

    async def start(self) -> None:
        self.editor = Editor()
        self.editor.answers = ["Yes"]  # a log is kept of the session
        await self.editor.start_io(*COMMAND)
        await self.editor.start(capabilities(), self._root)

    async def do(self, command: str) -> Mapping[str, Any]:
        verb, given = parsed(command)
        return await self.editor.command(verb.name, **given)

    async def crash(self) -> None:
        server = self.editor._server
        assert server
        server.kill()
        await self.editor.stop()
        await self.start()

    async def end(self) -> None:
        await self.editor.shutdown_session()
        await self.editor.stop()


@posix
@pytest.mark.asyncio
async def test_a_day_in_the_editor_leaves_the_same_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MDTM_ACTOR", "dev-api")
    typed, clicked = tmp_path / "typed", tmp_path / "clicked"
    for root in (typed, clicked):
        (root / ".mdtm").mkdir(parents=True)
    bench = Bench(clicked)
    await bench.start()
    known = await live(bench.do, bench.crash)
    await bench.end()
    assert left_by(clicked, known) == await lived(typed)
