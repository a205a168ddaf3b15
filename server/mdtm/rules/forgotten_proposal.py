from __future__ import annotations

from collections.abc import Iterator

from mdtm.document import Document
from mdtm.field_edit import insert_field, set_text
from mdtm.problem import Fix, Problem, Severity
from mdtm.proposals import PROPOSED, REJECTED, TYPE
from mdtm.schema.statuses import OVER, session_place
from mdtm.toml.writing import text_value
from mdtm.workspace import Workspace

REASON = "the session ended before anybody decided"


def forgotten_proposal(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A proposal is still open, though its session is over.

    Nobody has decided on it, and nobody looks for it any more.

    Bad:
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
        status = "🏁 Completed"
        start_time = "2025-06-05T03:01:44Z"
        end_time = "2025-06-05T04:20:00Z"
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
        state = "rejected"
        decided_by = ""
        decided_time = ""
        reason = "the session ended before anybody decided"
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
        status = "🏁 Completed"
        start_time = "2025-06-05T03:01:44Z"
        end_time = "2025-06-05T04:20:00Z"
        coordinator = "dev-api"
        related_artifacts = ["artifacts/proposed_edit_slots.md_20250605-032000.md"]
        +++
    """
    frontmatter = document.frontmatter
    if workspace.trace is None or frontmatter.text("type") != TYPE or frontmatter.text("state") != PROPOSED:
        return
    state, session_id = frontmatter.get("state"), frontmatter.text("session_id") or ""
    session = workspace.trace.session(session_id)
    if state and session and session_place(session.status) in OVER:
        own_id = document.name.removesuffix(".md")
        message = f"{session_id} is over, and nobody has decided on this; `mdtm proposal reject {own_id}` does"
        reason = frontmatter.get("reason")
        told = set_text(reason, REASON) if reason else insert_field(document, "reason", text_value(REASON), ("state",))
        fix = Fix("Reject it", (set_text(state, REJECTED), told), safe=False)
        yield Problem("forgotten-proposal", Severity.INFORMATION, state.value.span, message, (fix,))
