from __future__ import annotations

from collections.abc import Iterator

from mdtm.allowing import removal
from mdtm.document import Document
from mdtm.problem import Fix, Problem, Severity
from mdtm.suppression import ALLOW_FILE, ONLY_IN_SETTINGS, Suppressions


def unused_suppression(suppressions: Suppressions, document: Document) -> Iterator[Problem]:
    """A comment allows a fault that is not there.

    It would hide the fault when somebody makes it, long after it was allowed.
    A comment at the end of a line is for that line, one alone on its line for the next, `allow-file` for the file.
    Nothing is said of a rule that is off, nor while the frontmatter cannot be read.

    Bad:
        status = "🟢 Active"  # mdtm: allow unknown-status: the old tool writes it so

    Good:
        status = "🟢 Active"
    """
    from mdtm.rules import FAMILY_OF  # here, for the list of the rules imports this one

    for comment in suppressions.comments:
        for index, code in enumerate(comment.codes if comment.works else ()):
            known = code.name in FAMILY_OF and code.name not in ONLY_IN_SETTINGS
            if known and code.name not in suppressions.idle and code not in suppressions.used:
                single = len(comment.codes) == 1
                title = "Remove the comment" if single else f"Remove {code.name}"
                fix = Fix(title, (removal(document, comment, index),))
                where = "in this file" if comment.verb.name == ALLOW_FILE else "here"
                message = f"there is no {code.name} {where} that would have to be allowed"
                place = comment.span if single else code.span
                yield Problem("unused-suppression", Severity.INFORMATION, place, message, (fix,), unnecessary=True)
