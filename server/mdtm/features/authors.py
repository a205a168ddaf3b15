"""Who wrote what is proposed: a person or an agent."""

from __future__ import annotations

from mdtm.document import Document
from mdtm.proposals import read_proposal
from mdtm.tasks import FAMILIES, SHORT

AGENTS = frozenset({"ai", "agent", "bot", "llm", "mode"})
"""What stands before the name of an agent in `AI:react-specialist`, as `User` does before that of a person."""


def is_agent(author: str) -> bool:
    """Whether a name is that of an agent, as far as it tells: one that says so, or a mode such as `dev-api`."""
    kind, _, name = author.strip().rpartition(":")
    if kind.strip():
        return kind.split()[-1].lower() in AGENTS
    family, hyphen, _ = name.lower().partition("-")
    return name.lower() in SHORT or bool(hyphen and family in FAMILIES)


def is_by_agent(document: Document) -> bool:
    """Whether a document is an edit that an agent proposed."""
    return read_proposal(document) is not None and is_agent(document.frontmatter.text("author") or "")
