from __future__ import annotations

from collections.abc import Iterator

from mdtm.document import Document
from mdtm.field_edit import insert_field, set_text
from mdtm.fields import Field
from mdtm.plan import Refused
from mdtm.problem import Fix, Problem, Severity
from mdtm.proposals import TYPE, inner_path
from mdtm.text import Span
from mdtm.toml.writing import text_value
from mdtm.workspace import Workspace

HEADING = "Proposed edit of "
"""How the heading of a proposal begins."""
ORDER = ("id", "session_id", "type", "created_time", "target")


def proposal_without_target(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A proposed edit names no file that may be changed: none at all, or one outside the workspace.

    Nobody can approve it.
    The heading of the proposal often still says which file was meant.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/artifacts/proposed_edit_slots.md_20250605-032000.md --
        +++
        id = "proposed_edit_slots.md_20250605-032000"
        session_id = "SESSION-Slots-2506050301"
        type = "proposed_edit"
        created_time = "2025-06-05T03:20:00Z"
        target = "../docs/slots.md"
        base = "ac6942044b873ce41c274cd5b0e5aaddac6fb4de9602d662f7712b2e38393831"
        proposed = "72fd042b80899469513e0e3836d7ef4d5407c2198842b17581edf270883ba719"
        author = "dev-api"
        state = "proposed"
        decided_by = ""
        decided_time = ""
        reason = ""
        +++

        # Proposed edit of docs/slots.md

        ## Proposed text

        ```md
        Slots are ten minutes long.
        ```

        ## Text when it was proposed

        ```md
        Slots are five minutes long.
        ```
        -- docs/slots.md --
        Slots are five minutes long.
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        related_artifacts = ["artifacts/proposed_edit_slots.md_20250605-032000.md"]
        +++

    Good:
        -- .ruru/sessions/SESSION-Slots-2506050301/artifacts/proposed_edit_slots.md_20250605-032000.md --
        +++
        id = "proposed_edit_slots.md_20250605-032000"
        session_id = "SESSION-Slots-2506050301"
        type = "proposed_edit"
        created_time = "2025-06-05T03:20:00Z"
        target = "docs/slots.md"
        base = "ac6942044b873ce41c274cd5b0e5aaddac6fb4de9602d662f7712b2e38393831"
        proposed = "72fd042b80899469513e0e3836d7ef4d5407c2198842b17581edf270883ba719"
        author = "dev-api"
        state = "proposed"
        decided_by = ""
        decided_time = ""
        reason = ""
        +++

        # Proposed edit of docs/slots.md

        ## Proposed text

        ```md
        Slots are ten minutes long.
        ```

        ## Text when it was proposed

        ```md
        Slots are five minutes long.
        ```
        -- docs/slots.md --
        Slots are five minutes long.
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        related_artifacts = ["artifacts/proposed_edit_slots.md_20250605-032000.md"]
        +++
    """
    if document.frontmatter.text("type") != TYPE:
        return
    field = document.frontmatter.get("target")
    if field and field.value.kind != "string":
        return
    message = _fault(field.value.data if field else "")
    if message:
        kind = document.frontmatter.get("type")
        span = field.value.span if field else kind.value.span if kind else Span(0, 0)
        yield Problem("proposal-without-target", Severity.WARNING, span, message, _fixes(document, field))


def _fault(target: str) -> str:
    """What is wrong with a target; empty when nothing is."""
    if not target:
        return "the proposal does not say which file it would change"
    try:
        inner_path(target)
    except Refused as refused:
        return str(refused)
    return ""


def _fixes(document: Document, field: Field | None) -> tuple[Fix, ...]:
    """The file that the heading names."""
    titles = (heading.title for heading in document.headings() if heading.title.startswith(HEADING))
    named = next(titles, "").removeprefix(HEADING).strip("` ")
    if not named or _fault(named) or document.frontmatter.syntax != "toml":
        return ()
    written = f"target = {text_value(named)}"
    edit = set_text(field, named) if field else insert_field(document, "target", text_value(named), ORDER)
    return (Fix(f"Write {written}", (edit,), safe=False),)
