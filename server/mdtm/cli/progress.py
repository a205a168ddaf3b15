"""How far a long run is, for somebody who waits at a terminal."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterable, Iterator
from typing import TextIO, TypeVar

FIRST, AGAIN = 0.5, 0.1
"""The seconds until something is shown, and until it is shown anew."""

T = TypeVar("T")


def watched(things: Collection[T], out: TextIO, quiet: bool = False) -> Iterable[T]:
    """The same things; on a terminal their number is shown while they are gone through, and wiped out in the end."""
    if quiet or not out.isatty() or os.environ.get("TERM") == "dumb":
        return things
    return _shown(things, out)


def _shown(things: Collection[T], out: TextIO) -> Iterator[T]:
    due, shown = time.monotonic() + FIRST, ""
    try:
        for number, thing in enumerate(things):
            if (now := time.monotonic()) >= due:
                shown = f"{number} of {len(things)} files"
                out.write(f"\r{shown}")
                out.flush()
                due = now + AGAIN
            yield thing
    finally:
        if shown:
            out.write(f"\r{' ' * len(shown)}\r")
            out.flush()
