"""Carries out plans on the disk."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from mdtm.disk.files import read_bytes
from mdtm.plan import Plan, Refused, apply


def write(root: Path, plan: Plan) -> None:
    """Carries out a plan, each file whole or not at all.

    Raises:
        StalePlan: a file is not what it was when the plan was made; nothing is written.
        Refused: a file is a link that leads out of the workspace.
        OSError: a file cannot be read or written.
    """
    paths = {replace.path for replace in plan}
    texts = {path: read_bytes(f"{root}/{path}").decode("utf-8") for path in paths}
    for path, text in apply(plan, texts).items():
        _write_file(root, root / path, text)


def _write_file(root: Path, path: Path, text: str) -> None:
    """Writes beside the file and renames, so that a reader sees the old file or the new one."""
    target = path.resolve()
    if not target.is_relative_to(root.resolve()):
        raise Refused(f"{path} is a link that leads out of the workspace; it is not written")
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, stat.S_IMODE(target.stat().st_mode))
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise
