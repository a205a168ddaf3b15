"""A text that is edited again and again, and still knows which of it is the original."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from mdtm.fields import Edit
from mdtm.text import Span

Piece: TypeAlias = "Span | str"
"""A stretch of the original, or text that came in."""


class Pieces:
    """A text that is edited again and again, and still knows which of it is the original."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._pieces: list[Piece] = [Span(0, length)]

    def edit(self, edits: Iterable[Edit]) -> None:
        """Carries out edits of the text as it now is; they may not overlap."""
        made, left = list[Piece](), self._pieces[::-1]
        at = 0
        for span, new in sorted(edits):
            at = _passed(left, made, at, span.start)
            at = _passed(left, [], at, span.end)
            made += [new] if new else []
        self._pieces = [*made, *reversed(left)]

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


def _passed(left: list[Piece], to: list[Piece], at: int, end: int) -> int:
    """Moves the pieces up to an offset from the end of one list to that of another; gives where that leads."""
    while at < end and left:
        piece = left.pop()
        length = len(piece) if isinstance(piece, str) else piece.end - piece.start
        if length > end - at:
            length = end - at
            if isinstance(piece, str):
                piece, rest = piece[:length], piece[length:]
                left.append(rest)
            else:
                middle = piece.start + length
                left.append(Span(middle, piece.end))
                piece = Span(piece.start, middle)
        to.append(piece)
        at += length
    return at
