from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Problem
from mdtm.syntax import has_faults, syntax_problems


@only(when=has_faults)
def broken_toml(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """The frontmatter has text that is not TOML.

    A TOML reader stops at the first such place, so tools lose every key: there is no id, no status, no artifact.
    mdtm reads on behind the fault, so each fault is one problem and hides no other.

    Bad:
        tags = ["session", "log" "github"]
        coordinator = "dev-api"  // who leads

    Good:
        tags = ["session", "log", "github"]
        coordinator = "dev-api"  # who leads
    """
    yield from syntax_problems("broken-toml", frontmatter, document)
