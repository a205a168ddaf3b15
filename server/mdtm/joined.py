"""Answers about all the lines of a file, made of what each block of them says.

An edit changes a block or two. Those alone are asked again, and where they say what they said before,
the answer stays: it costs as much in a log of fifty thousand entries as in one of fifty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, Protocol, TypeVar

from mdtm.markdown import Body, Reading
from mdtm.text import shared_ends

S = TypeVar("S")
A = TypeVar("A")
Question = Callable[[Reading], S]
Answers = dict[object, Any]
"""What a file and those that it was edited from were asked last, by the question."""


class Asked(Protocol):
    """A file whose lines can be asked: a Document."""

    body: Body
    answers: Answers


class _Answer(NamedTuple):
    body: Body
    """Whose it is."""
    said: list[Any]
    """What each block said."""
    answer: Any


def joined(join: Callable[[list[S]], A]) -> Callable[[Question[S]], Callable[[Asked], A]]:
    """Makes a question about a block one about all of a file; what a block says should be small, and comparable."""

    def about_all(question: Question[S]) -> Callable[[Asked], A]:
        def answer(asked: Asked) -> A:
            body, answers = asked.body, asked.answers
            if len(body) == 1:
                return join([question(body[0])])
            last: _Answer | None = answers.get(question)
            if last is None:
                said = list(map(question, body))
                last = answers[question] = _Answer(body, said, join(said))
            elif last.body is not body:
                last = answers[question] = _followed(last, body, question, join, _shared_ends(last.body, body, answers))
            found: A = last.answer
            return found

        return answer

    return about_all


def any_of(found: Iterable[object]) -> bool:
    """Whether any of the blocks says so."""
    return any(found)


def all_in(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    """What the blocks have, all together."""
    return frozenset().union(*sets)


def numbered(blocks: Iterable[Iterable[S]]) -> list[tuple[int, S]]:
    """All that the blocks have found, each with the number of its block."""
    return [(number, one) for number, block in enumerate(blocks) for one in block]


def _followed(
    last: _Answer, body: Body, question: Question[S], join: Callable[[list[S]], A], ends: tuple[int, int]
) -> _Answer:
    """The answer of a body, of which those who were asked last had so many readings at both ends."""
    head, tail = ends
    old, new = last.said[head : len(last.said) - tail], [question(one) for one in body[head : len(body) - tail]]
    if old == new:
        return last._replace(body=body)
    said = [*last.said[:head], *new, *last.said[len(last.said) - tail :]]
    return _Answer(body, said, join(said))


def _shared_ends(old: Body, new: Body, answers: Answers) -> tuple[int, int]:
    """How many readings are the same at both ends; one question after the other is about the same two bodies."""
    known = answers.get(_shared_ends)
    if known is None or known[0] is not old or known[1] is not new:
        known = answers[_shared_ends] = (old, new, shared_ends(old, new))
    ends: tuple[int, int] = known[2]
    return ends
