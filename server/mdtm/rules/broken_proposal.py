from __future__ import annotations

from collections.abc import Iterator

from mdtm.document import Document
from mdtm.problem import Problem, Severity
from mdtm.proposals import PROPOSED, TYPE, read_proposal
from mdtm.workspace import Workspace


def broken_proposal(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """The text that an open proposal keeps is missing, or is not the one that was proposed.

    A proposal is approved as it was made, so one that was changed afterwards can only be made anew.
    There is no fix: it would vouch for a text that nobody proposed.

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
        Slots are one hour long.
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
    frontmatter = document.frontmatter
    if frontmatter.text("type") != TYPE or frontmatter.text("state") != PROPOSED:
        return
    proposal = read_proposal(document)
    key = frontmatter.get("proposed") or frontmatter.get("state")
    if proposal is None or key is None:
        return
    for heading, kept in proposal.faults():
        message = f'the text under "{heading}" is not the one that was proposed; propose the change anew'
        if kept is None:
            message = f'there is no text under "{heading}" any more; propose the change anew'
        yield Problem("broken-proposal", Severity.ERROR, kept.span if kept else key.value.span, message)
