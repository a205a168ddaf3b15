"""What every part of a run is given, and the order in which contestants have their turns."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.contestants import Contestant


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    sizes: tuple[int, ...] = (50, 500, 5_000, 50_000)
    """Entries of the documents that are typed in."""
    rounds: int = 5
    edits: int = 20
    """Edits in a round, one at a time; an even number, so that what was typed is gone again."""
    keys: int = 10
    """Edits in a round, typed."""
    burst: int = 100
    opened: tuple[int, ...] = (50, 5_000)
    """Entries of the documents that are opened in a fresh server."""
    asked: int = 5_000
    """Entries of the document that is asked about while it is edited."""
    known: int = 300
    """Sessions among which the active one is found."""
    sessions: tuple[int, ...] = (1_000, 10_000)
    long_rounds: int = 3
    """Rounds of what takes many seconds."""


QUICK = Plan(
    sizes=(50,), rounds=1, edits=4, keys=2, burst=10, opened=(50,), asked=50, known=20, sessions=(20,), long_rounds=1
)


@dataclass(frozen=True)
class Lane:
    """Where a run takes place, and with whom."""

    folder: Path
    """An empty folder, for all that is generated."""
    contestants: list[Contestant]
    plan: Plan

    def named(self, *names: str) -> list[Contestant]:
        """Those of some contestants that take part."""
        return [one for one in self.contestants if one.name in names]

    def turns(self, number: int, among: list[Contestant] | None = None) -> list[Contestant]:
        """The contestants in the order of a round: each round begins with another one."""
        among = self.contestants if among is None else among
        first = number % len(among) if among else 0
        return among[first:] + among[:first]
