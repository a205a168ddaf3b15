"""When a rule is asked: about which kinds of documents, and only where its fault may be.

Nearly every document has nearly no fault, so what costs time is to ask each rule about each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeVar

When = Callable[..., object]
"""Whether a fault may be there; it gets what the rule gets, and must be quick: it is called once for all its rules."""
R = TypeVar("R", bound=Callable[..., Any])


class Asked(NamedTuple):
    """When a rule is asked."""

    kinds: tuple[str, ...] = ("",)
    """How the names of the schemas begin that its documents may have."""
    when: When | None = None


class Group(NamedTuple):
    """Rules that are asked together."""

    when: When | None
    rules: tuple[Callable[..., Any], ...]


def only(*kinds: str, when: When | None = None) -> Callable[[R], R]:
    """Marks a rule that has nothing to say about other documents; a rule without the mark is asked about all."""

    def marked(rule: R) -> R:
        rule.__dict__["asked"] = Asked(kinds or ("",), when)
        return rule

    return marked


def asked(rule: Callable[..., Any]) -> Asked:
    """When a rule is asked."""
    found: Asked = rule.__dict__.get("asked", ALWAYS)
    return found


ALWAYS = Asked()


def groups(rules: Iterable[Callable[..., Any]], kind: str) -> tuple[Group, ...]:
    """The rules that are asked about documents of a kind, those with the same condition together."""
    found: dict[When | None, list[Callable[..., Any]]] = {}
    for rule in rules:
        if kind.startswith(asked(rule).kinds):
            found.setdefault(asked(rule).when, []).append(rule)
    return tuple(Group(when, tuple(members)) for when, members in found.items())


def has_signs(text: Any, *_: object) -> object:
    """Whether a document, or a block of its lines, holds a sign of `signs.py`; which one, its rules see themselves."""
    return text.signs
