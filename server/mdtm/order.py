"""Tells whether the entries of a log follow each other as they should, without reading their times."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import lt
from typing import NamedTuple

from mdtm.entry import STAMP_PLACE

_MARKS = "TZ"
"""What tells the spelling of a time of the usual entries: all of them have each of these, or none has."""


class Order(NamedTuple):
    """What the stamps of a block say of the order of its entries, but for those whose time cannot be read."""

    regular: bool
    """Whether all are spelled in the same usual way, each later than the one before: then they compare as texts."""
    first: str = ""
    last: str = ""


NO_ORDER = Order(True)
"""That of no entry."""


def order_of(lines: Sequence[str], entries: Iterable[int], unusual: bool) -> Order:
    """The order of entries that begin on some of the lines; `unusual` where any of them has not the form of most."""
    stamps = [lines[number][STAMP_PLACE] for number in entries]
    if not stamps:
        return NO_ORDER
    whole = "".join(stamps)
    alike = not unusual and all(whole.count(mark) in (0, len(stamps)) for mark in _MARKS)
    return Order(alike and all(map(lt, stamps, stamps[1:])), stamps[0], stamps[-1])
