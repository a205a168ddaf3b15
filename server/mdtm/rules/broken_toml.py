from collections.abc import Iterator

from mdtm.document import Document
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Problem
from mdtm.syntax import syntax_problems


def broken_toml(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """The frontmatter has text that is not TOML.

    A TOML reader stops at the first such place, so every tool loses the whole frontmatter: the session
    has no status, no id and no artifacts. mdtm reads on behind the fault, so that each fault is one problem.

    Bad:
        tags = ["session", "log" "github"]
        coordinator = "dev-api"  // who leads

    Good:
        tags = ["session", "log", "github"]
        coordinator = "dev-api"  # who leads
    """
    yield from syntax_problems("broken-toml", frontmatter, document)
