from collections.abc import Iterator

from mdtm.document import Document
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Problem
from mdtm.syntax import syntax_problems


def broken_yaml(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """The frontmatter between `---` lines is not YAML that can be read.

    Nothing can be told from it, so it cannot be turned into TOML either.

    Bad:
        ---
        id: "TASK-DEV-20250605-101500
        title: Pick up slots
        ---

        # Pick up slots
    """
    yield from syntax_problems("broken-yaml", frontmatter, document)
