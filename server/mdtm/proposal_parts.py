"""Writes the parts of a proposed edit: the change, and the texts that it keeps."""

from __future__ import annotations

from mdtm.fields import Edit
from mdtm.proposals import BASE_TEXT, CHANGE, TEXT, Proposal
from mdtm.unified import shown
from mdtm.verbatim import fenced

NO_BASE = "The file was not there."


def written_parts(target: str, now: str | None, text: str, newline: str) -> dict[str, str]:
    """The parts of a proposal by their headings, as they stand in its file."""
    language = target.rpartition("/")[2].rpartition(".")[2].lower()
    language = language if language.isalnum() and language.isascii() else "text"
    return {
        CHANGE: fenced(shown(now, text, target), "diff", newline),
        TEXT: fenced(text, language, newline),
        BASE_TEXT: fenced(now, language, newline) if now is not None else NO_BASE,
    }


def renewed(proposal: Proposal, now: str, text: str) -> list[Edit]:
    """The edits of a proposal's body for another base and another text."""
    written = written_parts(proposal.target, now, text, proposal.document.newline)
    return [Edit(kept.span, written[heading]) for heading, kept in proposal.parts.items() if heading in written]
