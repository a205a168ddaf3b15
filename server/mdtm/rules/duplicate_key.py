from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Problem
from mdtm.syntax import has_faults, syntax_problems


@only(when=has_faults)
def duplicate_key(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """A key or a table is defined twice.

    TOML forbids it, and no reader can know which of the two is meant.
    When both have the same value, the fix removes the second; when they differ, a person has to choose.
    In JSON most programs silently take the last one.

    Bad:
        updated_date = "2025-06-05"
        updated_date = "2025-06-05"

    Good:
        updated_date = "2025-06-05"
    """
    yield from syntax_problems("duplicate-key", frontmatter, document)
