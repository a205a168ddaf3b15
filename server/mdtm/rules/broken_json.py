from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Problem
from mdtm.syntax import has_faults, syntax_problems


@only(when=has_faults)
def broken_json(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """The state file of a workflow session, or the object that a log begins with, is not JSON.

    A tool that cannot read the state takes the session for lost and starts it anew.
    Comments, single quotes, a comma after the last item and commas inside numbers are not JSON.

    Bad:
        -- .workflow/WFS-menu/workflow-session.json --
        {
          "session_id": "WFS-menu",
          "status": "active",
          "total_lines": 9,166,
        }

    Good:
        -- .workflow/WFS-menu/workflow-session.json --
        {
          "session_id": "WFS-menu",
          "status": "active",
          "total_lines": 9166
        }
    """
    yield from syntax_problems("broken-json", frontmatter, document)
