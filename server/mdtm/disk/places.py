"""Where a path of a plan is on the disk; what would lead out of the workspace is refused."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from pathlib import Path

from mdtm.plan import Refused

_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?", re.IGNORECASE)
"""The names that are devices on Windows, whatever stands behind a dot."""


def place_of(root: Path, path: str) -> str:
    """The real name of a file or folder, behind links inside the workspace.

    Raises:
        Refused: the path is no path inside the workspace.
    """
    parts = path.split("/")
    if path.startswith("/") or (len(path) > 1 and path[1] == ":") or "\\" in path or "\0" in path:
        raise Refused(f"{path!r} is no path from the root of the workspace, with / between its parts")
    if not path or any(part in ("", ".", "..") for part in parts):
        raise Refused(f"{path!r} is no path inside the workspace")
    if device := next((part for part in parts if _DEVICE.fullmatch(part)), None):
        raise Refused(f"{path}: {device} is the name of a device on Windows")
    real, inside = os.path.realpath(root / path), os.path.realpath(root)
    if not real.startswith(os.path.join(inside, "")):
        raise Refused(f"{path} is a link that leads out of the workspace, or lies behind one; it is not written")
    return real


def check_free(root: Path, path: str, leaving: Collection[str] = ()) -> None:
    """Refuses a new name that is there already, in this spelling or in one that differs only in case.

    `leaving` are the real names that are gone by then.

    Raises:
        Refused: there is such a file or folder.
    """
    folder = Path(os.path.realpath(root))
    for part in path.split("/"):
        try:
            names = os.listdir(folder)
        except OSError:
            return
        twin = next((name for name in names if name != part and name.casefold() == part.casefold()), None)
        if twin and part not in names:
            raise Refused(f"{path} differs only in case from {twin}, which is there; that is one file on many machines")
        folder = folder / part
    if os.path.lexists(folder) and str(folder) not in leaving:
        raise Refused(f"{path} is there already")
