from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Problem
from mdtm.syntax import has_faults, syntax_problems


@only(when=has_faults)
def broken_yaml(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """The frontmatter between `---` lines is not YAML.

    No tool can read a key from it, and nobody can turn it into TOML before it is mended.
    The problem stands where reading stopped; the mistake itself may stand earlier, such as a quote left open.

    Bad:
        ---
        id: "TASK-DEV-20250605-101500
        title: Pick up slots
        ---

        # Pick up slots
    """
    yield from syntax_problems("broken-yaml", frontmatter, document)
