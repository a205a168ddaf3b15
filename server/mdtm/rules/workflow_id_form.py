from __future__ import annotations

import re
from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Problem, Severity
from mdtm.session_id import LONGEST_SLUG

LONGEST = len("WFS-") + LONGEST_SLUG + len("-99")
_FORM = re.compile(rf"(?=.{{1,{LONGEST}}}\Z)WFS-[a-z0-9]+(?:-[a-z0-9]+)*")


@only("workflow-state")
def workflow_id_form(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """The id of a workflow session is not `WFS-` and some words in small letters, with hyphens between them.

    Tools find sessions by that form; one with capital letters or other signs is lost where file names ignore case.
    The folder is named by the id, so the cure is to rename both.

    Bad:
        -- .workflow/active/WFS-Menu_of_the_week/workflow-session.json --
        {
          "session_id": "WFS-Menu_of_the_week",
          "status": "active"
        }
    """
    field = frontmatter.get("session_id")
    if field is None or field.value.kind != "string":
        return
    own_id = field.value.data
    if own_id != document.folder.rpartition("/")[2] or not own_id.upper().startswith("WFS-") or _FORM.fullmatch(own_id):
        return
    message = f"{own_id} has not the form WFS-some-words, in small letters, digits and hyphens"
    if len(own_id) > LONGEST:
        message = f"{own_id} is longer than {LONGEST} characters"
    yield Problem("workflow-id-form", Severity.HINT, field.value.span, message)
