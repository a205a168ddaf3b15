"""What was measured, and the figures that follow from it."""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple


class Sample(NamedTuple):
    """What one contestant took for one thing in one round."""

    measure: str
    contestant: str
    size: int
    round: int
    values: list[float]


class Results:
    """All samples of a run, and where and when they were taken."""

    def __init__(self, about: dict[str, Any], samples: Iterable[Sample], hotspots: dict[str, Any]) -> None:
        self.about = about
        self.samples = list(samples)
        self.hotspots = hotspots

    @classmethod
    def load(cls, path: Path) -> Results:
        saved = json.loads(path.read_text("utf-8"))
        return cls(saved["about"], (Sample(*row) for row in saved["samples"]), saved["hotspots"])

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = {"about": self.about, "samples": self.samples, "hotspots": self.hotspots}
        path.write_text(json.dumps(whole, ensure_ascii=False) + "\n", "utf-8")

    def values(self, measure: str, contestant: str, size: int) -> list[float]:
        return [value for values in self._rounds(measure, contestant, size).values() for value in values]

    def value(self, measure: str, contestant: str, size: int, percent: int = 50) -> float | None:
        """The percentile over all rounds; None when nothing was measured."""
        values = self.values(measure, contestant, size)
        return percentile(values, percent) if values else None

    def ratio(self, measure: str, one: str, other: str, size: int, percent: int = 50) -> float | None:
        """How much one contestant took for each unit of the other.

        For the median: the median of the rounds' own ratios, for what disturbs a round disturbs both in it.
        Other percentiles need the values of all rounds at once.
        """
        if percent != 50:
            above, below = (self.value(measure, name, size, percent) for name in (one, other))
            return above / below if above is not None and below else None
        ours, theirs = (self._rounds(measure, name, size) for name in (one, other))
        ratios = [
            percentile(ours[number], 50) / percentile(theirs[number], 50)
            for number in ours
            if theirs.get(number) and percentile(theirs[number], 50)
        ]
        return statistics.median(ratios) if ratios else None

    def sizes(self, measure: str) -> list[int]:
        return sorted({sample.size for sample in self.samples if sample.measure == measure})

    def contestants(self, measure: str) -> list[str]:
        """Who was measured, in the order of the run's first round."""
        return list(dict.fromkeys(sample.contestant for sample in self.samples if sample.measure == measure))

    def _rounds(self, measure: str, contestant: str, size: int) -> dict[int, list[float]]:
        return {
            sample.round: sample.values
            for sample in self.samples
            if sample[:3] == (measure, contestant, size) and sample.values
        }


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest value that is at least as large as so many percent of them."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]
