"""Ways over links from one name to another, and the circles that they may lead in."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Set

Links = Mapping[str, Set[str]]
"""For each name those that it is linked with."""


def endless(links: Links) -> frozenset[str]:
    """The names from which one can go on for ever: those that are left when all that lead to an end are taken away."""
    left = {name: {one for one in targets if one in links} for name, targets in links.items()}
    leading_to: dict[str, list[str]] = {}
    for name, targets in left.items():
        for target in targets:
            leading_to.setdefault(target, []).append(name)
    ends = [name for name, targets in left.items() if not targets]
    while ends:
        end = ends.pop()
        del left[end]
        for name in leading_to.get(end, ()):
            left[name].discard(end)
            if not left[name]:
                ends.append(name)
    return frozenset(left)


def way(links: Links, start: str, wanted: str) -> tuple[str, ...]:
    """The names on the shortest way from one to another, both with it; empty when none leads there."""
    ways: deque[tuple[str, ...]] = deque([(start,)])
    seen = {start}
    while ways:
        gone = ways.popleft()
        if gone[-1] == wanted:
            return gone
        for after in sorted(links.get(gone[-1], set()) - seen):
            seen.add(after)
            ways.append((*gone, after))
    return ()
