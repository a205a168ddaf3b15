"""Every request that the server announces, on every kind of file and at places that there are and are not."""

from __future__ import annotations

import os
import random
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from mdtm.disk import Folders
from tests.lsp.everything import Everything, uri_of
from tests.real_files import FOLDER

pytestmark = pytest.mark.asyncio(loop_scope="module")

ROOT = Path(__file__).parent.parent.parent
SEED = int(os.environ.get("MDTM_SEED", "7"))
"""Another number asks at other places, and at places of other files in a large folder."""
MOST_SEARCHED = 100_000 if os.environ.get("MDTM_WHOLE") else 150
"""How many files are asked about at places too; of more a sample is taken, unless the whole is wanted."""
PLACES = 50
EXAMPLES = ROOT / "examples"
ODD_URIS = (
    "file:///nowhere/session_log.md", "file:///", "file:", "untitled:Untitled-1", "untitled:/x/session_log.md", "",
    "git:/repository/session_log.md?ref=main", "vscode-notebook-cell:/a.ipynb#W0", "mdtm:/clock.md", "%%%", "C:\\log.md",
    "file://host/share/session_log.md", "file:///nul%00/session_log.md",
)  # fmt: skip
ODD_PLACES = (
    ((0, 0), (0, 0)), ((0, 0), (2**31 - 1, 2**31 - 1)), ((2**31 - 1, 0), (2**31 - 1, 0)), ((0, 2**31 - 1), (0, 0)),
    ((9, 9), (3, 1)), ((3, 10**6), (3, 10**6)),
)  # fmt: skip
"""Past the end in every way, and from the end to the start."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def everything() -> AsyncIterator[Everything]:
    yield await Everything.begun(EXAMPLES / "workspace")


def files() -> Iterator[tuple[str, str]]:
    """The URIs and texts of the files that are asked about."""
    for name in sorted(Folders().documents_under(FOLDER or str(EXAMPLES))):
        yield uri_of(Path(name)), Path(name).read_bytes().decode("utf-8", "replace")


def places(text: str, uri: str) -> Iterator[tuple[int, int]]:
    """Random places in a text, more of them where the keys and the first entries are, and some past its lines."""
    chosen = random.Random(f"{SEED} {uri}")
    lines = text.splitlines() or [""]
    for number in range(PLACES):
        line = chosen.randrange(min(len(lines), 30) if number % 2 else len(lines))
        yield line, chosen.randrange(len(lines[line]) + 2)


async def test_every_file_is_answered_about(everything: Everything):
    for uri, text in files():
        everything.open(uri, text)
        for method in everything.about_files:
            await everything.ask(method, uri)
        everything.close(uri)
    assert [method for method in everything.about_files if not everything.counted[method]] == []


async def test_every_place_is_answered_about(everything: Everything):
    chosen = random.Random(SEED)
    found = list(files())
    for uri, text in chosen.sample(found, min(MOST_SEARCHED, len(found))):
        everything.open(uri, text)
        for start in places(text, uri):
            end = chosen.choice([start, (start[0] + chosen.randrange(9), chosen.randrange(80))])
            for method in everything.about_places:
                await everything.ask(method, uri, start, end)
        everything.close(uri)


@pytest.mark.parametrize("name", ["", "session_log.md", "notes.md", "workflow-session.json", ".mdtm.toml", "x.py"])
async def test_places_that_there_are_not_are_answered_about(everything: Everything, name: str, tmp_path: Path):
    uri = uri_of(tmp_path / name) if name else "untitled:Untitled-1"
    for text in ("", "\n", "+++", '+++\nid = "🟢', "# 🟢\r\n\r- [", '{"status": "🟢'):
        everything.open(uri, text)
        for start, end in ODD_PLACES:
            for method in everything.about_files + everything.about_places:
                await everything.ask(method, uri, start, end)
        everything.close(uri)


@pytest.mark.parametrize("uri", ODD_URIS)
async def test_files_that_are_not_open_are_answered_about(everything: Everything, uri: str):
    for method in everything.methods:
        await everything.ask(method, uri)


@pytest.mark.parametrize("uri", ODD_URIS)
async def test_files_of_any_scheme_can_be_open(everything: Everything, uri: str):
    everything.open(uri, '+++\nid = "SESSION-a-2506050301"\nstatus = "🟢 Actve"\n+++\n\n- [2025-06-05T03:01:00Z] a\n')
    for method in everything.methods:
        for end in ((0, 0), (1, 9), (5, 8)):
            await everything.ask(method, uri, (1, 0), end)
    everything.close(uri)


async def test_files_that_are_deleted_or_closed_are_answered_about(everything: Everything, tmp_path: Path):
    path = tmp_path / "session_log.md"
    path.write_text('+++\nid = "a"\n')
    uri = uri_of(path)
    everything.open(uri, '+++\nid = "a"\n')
    path.unlink()
    tmp_path.rmdir()
    for opened in (True, False):
        for method in everything.methods:
            await everything.ask(method, uri)
        if opened:
            everything.close(uri)


async def test_nothing_is_announced_that_is_not_asked(everything: Everything):
    asked: set[str] = {*everything.about_places, *everything.about_files}
    assert {"textDocument/codeAction", "textDocument/completion", "textDocument/codeLens"} <= asked
    left: Any = set(everything.methods) - asked
    assert all("textDocument/" not in method for method in left), left
