"""What was found in a block of lines, kept for as long as these are not edited."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from mdtm.markdown import Reading

T = TypeVar("T")


def kept(reading: Reading, name: str, find: Callable[[Reading], T]) -> T:
    """What `find` tells of just these lines; it has a name of its own."""
    if name not in reading.kept:
        reading.kept[name] = find(reading)
    return cast("T", reading.kept[name])
