"""How long a task should take and how long it took, as its frontmatter says; in hours."""

from __future__ import annotations

import re
from typing import NamedTuple

from mdtm.frontmatter import Frontmatter

_HOURS = re.compile(
    r"~?\s*(?:(?P<low>\d+(?:\.\d+)?)\s*(?:-|–|to)\s*)?(?P<number>\d+(?:\.\d+)?)\s*"
    r"(?P<unit>h|hrs?|hours?|m|mins?|minutes?)\b",
    re.IGNORECASE,
)


class Estimate(NamedTuple):
    """What was thought, and what came of it; None where nobody says."""

    estimated: float | None
    actual: float | None

    def variance(self, clocked: int = 0) -> float | None:
        """How many percent more than estimated the task took; less is negative, None is not known.

        `clocked` are the seconds that the clock counts, for a task that does not say itself how long it took.
        """
        return variance(self.estimated, self.actual if self.actual is not None else clocked / 3600 if clocked else None)


def variance(estimated: float | None, took: float | None) -> float | None:
    """How many percent more than estimated something took; less is negative, None is not known."""
    return None if took is None or not estimated else round((took - estimated) / estimated * 100, 1)


def estimate_of(frontmatter: Frontmatter) -> Estimate:
    """What a task says of itself.

    An effort that is given in hours or minutes is an estimate too, a range by its upper end; sizes and weeks are none.
    """
    estimated = _number(frontmatter, "estimated_hours")
    if estimated is None:
        estimated = hours_in(frontmatter.text("estimated_effort") or "")
    return Estimate(estimated, _number(frontmatter, "actual_hours"))


def hours_in(text: str) -> float | None:
    """The hours that a text such as `3-4 hours` or `90m` tells; None for anything else."""
    match = _HOURS.fullmatch(text.strip())
    if not match:
        return None
    return float(match["number"]) / (60 if match["unit"][0] in "mM" else 1)


def _number(frontmatter: Frontmatter, key: str) -> float | None:
    """The hours under a key: a number, or a text that is one, from 0 on."""
    field = frontmatter.get(key)
    data = field.value.data if field else None
    if isinstance(data, str):
        data = float(data) if re.fullmatch(r"\s*\d+(?:\.\d+)?\s*", data, re.ASCII) else hours_in(data)
    if isinstance(data, bool) or not isinstance(data, (int, float)):
        return None
    return float(data) if 0 <= data < float("inf") else None
