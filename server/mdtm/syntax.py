"""Turns what the readers could not read into problems."""

from __future__ import annotations

from collections.abc import Iterator

from mdtm.document import Document
from mdtm.fields import Edit, Fault
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Fix, Problem, Related, Severity


def syntax_problems(code: str, frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """The faults of one rule as problems, with line ends as the file has them."""
    for fault in frontmatter.faults:
        if fault.code == code:
            fixes = (_fix(fault, document.newline),) if fault.edits else ()
            related = (Related(fault.related, "defined here first"),) if fault.related else ()
            says_nothing = code == "duplicate-key" and bool(fault.edits) and fault.safe
            yield Problem(code, Severity.ERROR, fault.span, fault.message, fixes, related, says_nothing)


def has_faults(frontmatter: Frontmatter, document: Document) -> bool:
    """Whether the readers left anything unread."""
    return bool(frontmatter.faults)


def _fix(fault: Fault, newline: str) -> Fix:
    edits = tuple(Edit(edit.span, edit.new.replace("\n", newline)) for edit in fault.edits)
    return Fix(fault.cure, edits, fault.safe)
