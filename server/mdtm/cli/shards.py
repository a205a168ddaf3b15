"""Work on many things is shared between the processors, where the system can double a process as it is."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from typing import BinaryIO, TypeVar

FIRST = 100
"""How many things are done before the process is doubled, so that what all of them need is there once."""
FEW = 500
"""Up to how many more things it is not worth it."""
BATCH = 50
"""How many results are handed over at once."""

T = TypeVar("T")
R = TypeVar("R")


def shared(things: Sequence[T], work: Callable[[T], R]) -> Iterator[R]:
    """What comes of each of the things, in their order; the results have to be such that can be pickled."""
    left, count = things[FIRST:], _processors()
    if len(left) <= FEW or count < 2:
        return map(work, things)
    return chain(map(work, things[:FIRST]), _by_several(left, work, count))


def _processors() -> int:
    """How many processors may be used; one where a process cannot be doubled, or not without danger."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _by_several(things: Sequence[T], work: Callable[[T], R], count: int) -> Iterator[R]:
    batches = [things[at : at + BATCH] for at in range(0, len(things), BATCH)]
    children = list[tuple[int, BinaryIO]]()
    try:
        with suppress(OSError):  # where no more processes can be had, those that there are have to do
            for number in range(min(count, len(batches))):
                children.append(_begun(batches[number::count], work))
        for number, batch in enumerate(batches):
            place = number % count
            yield from (_received(children[place][1]) if place < len(children) else []) or map(work, batch)
    finally:
        for _, pipe in children:
            pipe.close()  # all of them first: who still writes into one ends with that
        for child, _ in children:
            with suppress(ChildProcessError):  # where nobody is told of the end of children
                os.waitpid(child, 0)


def _begun(batches: Sequence[Sequence[T]], work: Callable[[T], R]) -> tuple[int, BinaryIO]:
    """A process that does some of the batches, and where it hands over what comes of them.

    Raises:
        OSError: there can be no more processes.
    """
    reading, writing = os.pipe()
    try:
        child = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        raise
    if child:
        os.close(writing)
        return child, open(reading, "rb")
    try:  # whatever happens, it shall not go on with what the first process does then
        os.close(reading)  # else writing would never fail, though nobody reads
        _hand_over(batches, work, writing)
    finally:
        os._exit(0)


def _hand_over(batches: Sequence[Sequence[T]], work: Callable[[T], R], writing: int) -> None:
    from pickle import dump  # here, for few checks are shared

    with open(writing, "wb") as pipe:
        for batch in batches:
            dump(list(map(work, batch)), pipe)
            pipe.flush()


def _received(pipe: BinaryIO) -> list[R]:
    """The results of the next batch; none when the process has ended before them, for whatever reason."""
    from pickle import UnpicklingError, load

    try:
        found: list[R] = load(pipe)
    except (EOFError, OSError, UnpicklingError):
        return []
    return found
