from __future__ import annotations

from collections.abc import Iterator

from mdtm.allowing import removal, removal_of_rule
from mdtm.document import Document
from mdtm.problem import Fix, Problem, Severity
from mdtm.said import allow_tables
from mdtm.schema.settings import SETTINGS
from mdtm.suppression import ALLOW_FILE, ONLY_IN_SETTINGS, Suppressions


def unused_suppression(suppressions: Suppressions, document: Document) -> Iterator[Problem]:
    """A comment, or the settings, allow a fault that is not there.

    It would hide the fault when somebody makes it, long after it was allowed.
    A comment at the end of a line is for that line, one alone on its line for the next, `allow-file` for the file.
    Nothing is said of a rule that is off, nor while the frontmatter cannot be read.
    Whether `allow` in the settings is needed shows in all files only: `mdtm check` of a whole workspace tells it.

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
    if document.schema is SETTINGS and suppressions.in_settings:
        yield from _in_settings(suppressions, document)


def _in_settings(suppressions: Suppressions, document: Document) -> Iterator[Problem]:
    for table in allow_tables(document):
        path, rules = table.fields.get("path"), table.fields.get("rules")
        for index, rule in enumerate(rules.value.items if path and rules else ()):
            if path and (path.value.data, rule.data) in suppressions.in_settings:
                edit = removal_of_rule(document, table, index)
                fixes = (Fix(f"Remove {rule.data}", (edit,)),) if edit else ()
                message = f"no file that {path.value.data} means has a fault of {rule.data}"
                yield Problem("unused-suppression", Severity.INFORMATION, rule.span, message, fixes, unnecessary=True)
