from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.fields import Edit, Value
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Fix, Problem, Severity
from mdtm.toml.writing import text_value
from mdtm.workflow import PHASES


@only("workflow-state")
def unknown_phase(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """A phase in `progress.completed_phases` of a workflow session is none of PLAN, IMPLEMENT and REVIEW.

    Tools that do not know the phase take it for one that is still to come.
    The `current_phase` is an unknown-value instead.

    Bad:
        -- .workflow/active/WFS-menu/workflow-session.json --
        {
          "session_id": "WFS-menu",
          "status": "active",
          "progress": {"completed_phases": ["Plan"]}
        }

    Good:
        -- .workflow/active/WFS-menu/workflow-session.json --
        {
          "session_id": "WFS-menu",
          "status": "active",
          "progress": {"completed_phases": ["PLAN"]}
        }
    """
    for value in _phases(frontmatter):
        if value.kind == "string" and value.data and value.data not in PHASES:
            message = f'"{value.data}" is no phase; the phases are {", ".join(PHASES)}'
            yield Problem("unknown-phase", Severity.WARNING, value.span, message, _fixes(value))


def _phases(frontmatter: Frontmatter) -> Iterator[Value]:
    """The values that name completed phases."""
    progress = frontmatter.get("progress")
    for field in progress.value.fields if progress else ():
        if field.path[-1] == "completed_phases":
            yield from field.value.items


def _fixes(value: Value) -> tuple[Fix, ...]:
    """The phase that the word means; only capital letters are sure to mean nothing."""
    word = value.data.strip().upper()
    meant = next((phase for phase in PHASES if word.startswith(phase)), None)
    return (Fix(f"Write {meant}", (Edit(value.span, text_value(meant)),), safe=word == meant),) if meant else ()
