"""What a rule has found: where, how bad it is, and its cure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from mdtm.fields import Edit
from mdtm.text import Span


class Severity(IntEnum):
    """How bad a problem is; the numbers are LSP's (3.17, DiagnosticSeverity)."""

    ERROR = 1
    """Tools break on it, or the trace is lost."""
    WARNING = 2
    """The record is wrong."""
    INFORMATION = 3
    """The record is poorer than it could be."""
    HINT = 4
    """A matter of form."""


class Related(NamedTuple):
    """Another place in the same file that belongs to a problem."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A cure: edits of the file that the problem is in."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool = True
    """Whether it can only restore what the writer meant, so that nobody need look at it first."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault at one place; spans count from the start of the file, or of the entry it is about."""

    code: str
    """The name of the rule, with hyphens."""
    severity: Severity
    span: Span
    message: str
    fixes: tuple[Fix, ...] = ()
    """The cures, the best one first."""
    related: tuple[Related, ...] = ()
    unnecessary: bool = False
    """Whether the text at the span says nothing and could go."""
    hidden: Span | None = None
    """Text that no report may show, such as a password."""

    @property
    def fix(self) -> Fix | None:
        return self.fixes[0] if self.fixes else None

    def moved(self, by: int) -> Problem:
        """The same problem with its spans, and those of its fixes, moved by an offset."""
        if not by:
            return self
        fixes = tuple(
            Fix(fix.title, tuple(Edit(span.moved(by), new) for span, new in fix.edits), fix.safe) for fix in self.fixes
        )
        related = tuple(Related(span.moved(by), message) for span, message in self.related)
        hidden = self.hidden.moved(by) if self.hidden else None
        span, unnecessary = self.span.moved(by), self.unnecessary
        return Problem(self.code, self.severity, span, self.message, fixes, related, unnecessary, hidden)
