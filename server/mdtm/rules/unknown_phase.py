from __future__ import annotations

from collections.abc import Iterator

from mdtm.document import Document
from mdtm.fields import Edit, Value
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Fix, Problem, Severity
from mdtm.schema.sessions import WORKFLOW_STATE
from mdtm.toml.writing import text_value
from mdtm.workflow import PHASES


def unknown_phase(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """A phase of a workflow session is none of PLAN, IMPLEMENT and REVIEW.

    Tools that do not know the phase take the session for one that has not begun.
    The phases stand in `current_phase` and in `progress.completed_phases`.

    Bad:
        -- .workflow/active/WFS-menu/workflow-session.json --
        {
          "session_id": "WFS-menu",
          "status": "active",
          "current_phase": "Implement"
        }

    Good:
        -- .workflow/active/WFS-menu/workflow-session.json --
        {
          "session_id": "WFS-menu",
          "status": "active",
          "current_phase": "IMPLEMENT"
        }
    """
    if document.schema is not WORKFLOW_STATE:
        return
    for value in _phases(frontmatter):
        if value.kind == "string" and value.data and value.data not in PHASES:
            message = f'"{value.data}" is no phase; the phases are {", ".join(PHASES)}'
            yield Problem("unknown-phase", Severity.WARNING, value.span, message, _fixes(value))


def _phases(frontmatter: Frontmatter) -> Iterator[Value]:
    """The values that name phases."""
    for field in frontmatter.fields:
        if field.path == ("current_phase",):
            yield field.value
        elif field.path == ("progress",):
            completed = (inner.value for inner in field.value.fields if inner.path[-1] == "completed_phases")
            yield from (item for value in completed for item in value.items)


def _fixes(value: Value) -> tuple[Fix, ...]:
    """The phase that the word means; only capital letters are sure to mean nothing."""
    word = value.data.strip().upper()
    meant = next((phase for phase in PHASES if word.startswith(phase)), None)
    return (Fix(f"Write {meant}", (Edit(value.span, text_value(meant)),), safe=word == meant),) if meant else ()
