"""A change to files, as data. Only the walls carry one out; a plan that no longer fits refuses itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mdtm.fields import Edit
from mdtm.text import Span


class Refused(Exception):
    """What was wished for makes no sense now; the message says why and what to do."""


class StalePlan(Exception):
    """The text that a plan replaces is not what it was when the plan was made."""


@dataclass(frozen=True, slots=True)
class Replace:
    """New text for a span of a file."""

    path: str
    span: Span
    old: str
    """The text that stood at the span; the plan holds only while it still does."""
    new: str


Plan = tuple[Replace, ...]


def apply(plan: Plan, files: Mapping[str, str]) -> dict[str, str]:
    """The files as the plan leaves them.

    Raises:
        StalePlan: a file is missing, or has other text where the plan replaces it.
    """
    changed = dict(files)
    for replace in sorted(plan, key=lambda replace: (replace.path, replace.span), reverse=True):
        text = changed.get(replace.path)
        if text is None or text[replace.span.start : replace.span.end] != replace.old:
            raise StalePlan(f"{replace.path} has changed since the plan was made")
        changed[replace.path] = text[: replace.span.start] + replace.new + text[replace.span.end :]
    return changed


class Pieces:
    """A text that is edited again and again, and still knows which of it is the original."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._pieces: list[Span | str] = [Span(0, length)]

    def edit(self, edits: Iterable[Edit]) -> None:
        """Carries out edits of the text as it now is; they may not overlap."""
        for span, new in sorted(edits, reverse=True):
            before, rest = _cut(self._pieces, span.start)
            _, after = _cut(rest, span.end - span.start)
            self._pieces = [*before, *([new] if new else []), *after]

    def edits(self) -> list[Edit]:
        """The edits that lead from the original to the text as it now is, in order."""
        edits: list[Edit] = []
        at, new = 0, ""
        for piece in [*self._pieces, None]:
            if isinstance(piece, str):
                new += piece
                continue
            start = piece.start if piece else self._length
            if new or start > at:
                edits.append(Edit(Span(at, start), new))
            at, new = piece.end if piece else start, ""
        return edits


def _cut(pieces: list[Span | str], at: int) -> tuple[list[Span | str], list[Span | str]]:
    """The pieces before and after an offset of the text that they make."""
    for index, piece in enumerate(pieces):
        length = len(piece) if isinstance(piece, str) else piece.end - piece.start
        if at < length:
            if not at:
                return pieces[:index], pieces[index:]
            if isinstance(piece, str):
                head, tail = piece[:at], piece[at:]
                return [*pieces[:index], head], [tail, *pieces[index + 1 :]]
            middle = piece.start + at
            return [*pieces[:index], Span(piece.start, middle)], [Span(middle, piece.end), *pieces[index + 1 :]]
        at -= length
    return pieces, []
