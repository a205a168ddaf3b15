"""A document that is edited step by step, and the plan that leads there from the original."""

from __future__ import annotations

from collections.abc import Iterable

from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.pieces import Pieces
from mdtm.plan import Create, Replace


class Draft:
    """A document in the making; each edit is one of the text as it is by then."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._original = document
        self._pieces = Pieces(len(document.text))

    def edit(self, edits: Iterable[Edit]) -> None:
        """Carries out edits that do not overlap."""
        taken = list(edits)
        self._pieces.edit(taken)
        for span, new in sorted(taken, reverse=True):
            self.document = self.document.edited(span, new)

    def steps(self) -> tuple[Replace, ...]:
        """The steps from the original to the text as it now is."""
        original = self._original
        return tuple(Replace(original.path, span, original.text[span], new) for span, new in self._pieces.edits())

    def creation(self) -> tuple[Create, ...]:
        """The step that makes a file of the text as it now is."""
        return (Create(self.document.path, str(self.document.text)),)
