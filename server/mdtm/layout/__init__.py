"""The form in which files are written, and the edits that bring one into it."""

from __future__ import annotations

from mdtm.conversion import is_for_tools
from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.layout.entries import are_formed, entry_edits
from mdtm.layout.keys import edits_in_place, key_edits
from mdtm.plan import Refused


def form_edits(document: Document) -> tuple[Edit, ...]:
    """The edits that bring a session log, task, sprint or artifact into form; none for any other file.

    Raises:
        Refused: its frontmatter cannot be read, or it is not UTF-8.
    """
    if not is_for_tools(document):
        return ()
    if document.bad_byte is not None:
        raise Refused("the file is not UTF-8; nothing is changed")
    return (*key_edits(document), *entry_edits(document))


__all__ = ["are_formed", "edits_in_place", "entry_edits", "form_edits", "key_edits"]
