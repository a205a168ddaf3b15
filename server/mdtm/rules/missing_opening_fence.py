from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Problem
from mdtm.syntax import has_faults, syntax_problems


@only(when=has_faults)
def missing_opening_fence(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """The frontmatter does not begin with a line `+++` of its own at the top of the file.

    Without that line the keys are ordinary text, and tools find no session or task in the file.
    Nothing may stand before the line, not even a blank one, and nothing else may stand on it.

    Bad:
        -- notes.md --
        id = "NOTE-20250605-101500"
        title = "Slots"
        +++

        # Slots

    Good:
        -- notes.md --
        +++
        id = "NOTE-20250605-101500"
        title = "Slots"
        +++

        # Slots
    """
    yield from syntax_problems("missing-opening-fence", frontmatter, document)
