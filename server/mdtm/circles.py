"""Ways over links from one name to another, and the circles that they may lead in."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Set

Links = Mapping[str, Set[str]]
"""For each name those that it is linked with."""
MOST_LOOKED_AT = 100
"""How many names a way is looked for among: nobody reads a longer one, and in large circles there are many."""


def circles(links: Links) -> dict[str, str]:
    """For each name the name of its circle: two have the same when links lead from each of them to the other."""
    leading_to: dict[str, list[str]] = {}
    for name, targets in links.items():
        for target in targets:
            leading_to.setdefault(target, []).append(name)
    found: dict[str, str] = {}
    for first in reversed(_innermost_first(links)):
        waiting = [first]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name] = first
                waiting += leading_to.get(name, ())
    return found


def way(links: Links, start: str, wanted: str) -> tuple[str, ...]:
    """The names on the shortest way from one to another, both with it; empty when none leads there, or it is long."""
    from_where: dict[str, str] = {start: ""}
    waiting = deque([start])
    while waiting and len(from_where) <= MOST_LOOKED_AT:
        name = waiting.popleft()
        if name == wanted:
            gone = [name]
            while before := from_where[gone[-1]]:
                gone.append(before)
            return tuple(reversed(gone))
        new = sorted(links.get(name, set()) - from_where.keys())
        from_where.update(dict.fromkeys(new, name))
        waiting += new
    return ()


def _innermost_first(links: Links) -> list[str]:
    """The names that are linked with others, each behind those that it leads to, as far as circles let it be so."""
    order, seen = list[str](), set[str]()
    for first in links:
        waiting = [(first, False)]
        while waiting:
            name, done = waiting.pop()
            if done:
                order.append(name)
            elif links.get(name) and name not in seen:
                seen.add(name)
                waiting += [(name, True), *((target, False) for target in links[name])]
    return order
