"""What the files of a workspace hold is read before an answer that tells of it."""

from __future__ import annotations

import time

from mdtm.lsp.desk import OpenFile
from mdtm.lsp.folder import NOWHERE
from mdtm.lsp.progress import in_turns
from mdtm.lsp.state import Server

FRESH = 3.0
"""Seconds for which it is not looked at again, unless the client tells of a change."""


async def look_around(server: Server, file: OpenFile) -> None:
    """Reads again what the files of the workspace hold, where some time has passed since."""
    folder, now = file.folder, time.monotonic()
    if folder.root == NOWHERE or now - folder.uses_read < FRESH:
        return
    is_open = frozenset(one.document.path for one in server.desk.files.values() if one.folder is folder)
    async for _ in in_turns(folder.uses.renewing(server.around(file).files, is_open)):
        """One more file is read."""
    folder.uses_read = time.monotonic()
