"""A text that is edited again and again, and still knows which of it is the original."""

from __future__ import annotations

from collections.abc import Iterable

from mdtm.fields import Edit
from mdtm.text import Span


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
