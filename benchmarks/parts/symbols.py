"""From a request to the symbols of a document that was edited since the last one: one for each entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from benchmarks.client import Missing, now
from benchmarks.contestants import MDTM, prepare
from benchmarks.lane import Lane
from benchmarks.questions import ABILITIES, leaves
from benchmarks.samples import Sample
from benchmarks.typist import Typist

SYMBOLS = "document symbols"
WARM_UP = 2


def symbols(lane: Lane) -> Iterator[Sample]:
    """Asks when the edit is judged, so that the time is that of the symbols alone."""
    size = lane.plan.asked
    able = [replace(one, kind="headings") if one.name == "rumdl" else one for one in lane.named(MDTM, "rumdl")]
    typists = {one.name: Typist(one, prepare(lane.folder / f"symbols-{one.name}"), size) for one in able}
    try:
        for typist in typists.values():
            typist.open(ABILITIES)
        for number in range(lane.plan.rounds):
            for contestant in lane.turns(number, able):
                took = [_asked(typists[contestant.name], size) for _ in range(WARM_UP + lane.plan.edits)]
                yield Sample(SYMBOLS, contestant.name, size, number, took[WARM_UP:])
    finally:
        for typist in typists.values():
            typist.client.stop()


def _asked(typist: Typist, size: int) -> float:
    typist.times(typist.document.in_entry, 1)
    sent = now()
    moment, answer = typist.client.request("textDocument/documentSymbol", {"textDocument": {"uri": typist.uri}})
    found = sum(_line(one) >= typist.document.in_entry.line for one in leaves(answer))
    if found != size - size // 2:
        raise Missing(f"{typist.contestant.name} has {found} symbols from the middle on, not {size - size // 2}")
    return (moment - sent) * 1000


def _line(symbol: dict[str, dict[str, dict[str, int]]]) -> int:
    """Where a symbol begins, in the newer form or in the older one."""
    place = symbol["range"] if "range" in symbol else symbol["location"]["range"]
    return place["start"]["line"]
