from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Problem
from mdtm.syntax import has_faults, syntax_problems


@only(when=has_faults)
def missing_closing_fence(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """The frontmatter does not end with a line `+++`.

    Tools then read the whole file as TOML, and fail at the first line of Markdown.
    The fix closes the frontmatter behind its last key.

    Bad:
        -- notes.md --
        +++
        id = "NOTE-20250605-101500"
        title = "Slots"

        # Slots

    Good:
        -- notes.md --
        +++
        id = "NOTE-20250605-101500"
        title = "Slots"
        +++

        # Slots
    """
    yield from syntax_problems("missing-closing-fence", frontmatter, document)
