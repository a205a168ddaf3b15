"""Answers about all the lines of a file, made of what each block of them says.

An edit changes a block or two. Those alone are asked again, and where they say what they said before,
the answer stays: it costs as much in a log of fifty thousand entries as in one of fifty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar

from mdtm.markdown import Body, Reading
from mdtm.text import shared_ends

S = TypeVar("S")
A = TypeVar("A")
Question = Callable[[Reading], S]


class _Answer:
    __slots__ = ("answer", "body", "said")

    def __init__(self, body: Body, said: list[Any], answer: Any) -> None:
        self.body = body
        """Whose it is."""
        self.said = said
        """What each block said."""
        self.answer = answer


class Answers:
    """What a file and those that it was edited from were asked last."""

    __slots__ = ("_ends", "_new", "_old", "by_question")

    def __init__(self) -> None:
        self.by_question: dict[object, _Answer] = {}
        self._old: Body = ()
        self._new: Body = ()
        self._ends = 0, 0

    def ends(self, old: Body, new: Body) -> tuple[int, int]:
        """How many readings are the same at both ends; one question after the other is about the same two bodies."""
        if old is not self._old or new is not self._new:
            self._old, self._new, self._ends = old, new, shared_ends(old, new)
        return self._ends


class Asked(Protocol):
    """A file whose lines can be asked: a Document."""

    body: Body
    answers: Answers


def joined(join: Callable[[list[S]], A]) -> Callable[[Question[S]], Callable[[Asked], A]]:
    """Makes a question about a block one about all of a file; what a block says should be small, and comparable."""

    def about_all(question: Question[S]) -> Callable[[Asked], A]:
        def answer(asked: Asked) -> A:
            body, answers = asked.body, asked.answers
            if len(body) == 1:  # whose only block every edit touches
                return join([question(body[0])])
            known = answers.by_question.get(question)
            if known is None:
                said = list(map(question, body))
                known = answers.by_question[question] = _Answer(body, said, join(said))
            elif known.body is not body:
                _follow(known, body, question, join, answers.ends(known.body, body))
            found: A = known.answer
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


def _follow(
    known: _Answer, body: Body, question: Question[S], join: Callable[[list[S]], A], ends: tuple[int, int]
) -> None:
    """Makes an answer that of another body, which has so many of its readings at both ends."""
    head, tail = ends
    behind = len(known.said) - tail
    new = [question(one) for one in body[head : len(body) - tail]]
    if new != known.said[head:behind]:
        known.said = [*known.said[:head], *new, *known.said[behind:]]
        known.answer = join(known.said)
    known.body = body
