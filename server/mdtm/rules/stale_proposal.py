from __future__ import annotations

from collections.abc import Iterator

from mdtm.document import Document
from mdtm.field_edit import set_text
from mdtm.plan import Refused
from mdtm.problem import Fix, Problem, Severity
from mdtm.proposals import APPROVED, PROPOSED, TYPE, inner_path
from mdtm.workspace import Workspace


def stale_proposal(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """The file that an open proposal would change is not what it was when the change was proposed.

    The proposal cannot be approved as it is; `mdtm proposal rebase` makes it fit.
    Where the file has the proposed text already, only the state of the proposal lags behind, and a fix sets it.

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
        Slots are ten minutes long.
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
        state = "approved"
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
        Slots are ten minutes long.
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
    if workspace.trace is None or frontmatter.text("type") != TYPE or frontmatter.text("state") != PROPOSED:
        return
    state, target, base = frontmatter.get("state"), frontmatter.get("target"), frontmatter.text("base")
    if state is None or target is None or not frontmatter.text("target") or base is None:
        return
    try:
        now = workspace.trace.hash_of(inner_path(target.value.data))
    except Refused:
        return
    if now == frontmatter.text("proposed"):
        message = f"{target.value.data} has the proposed text already"
        fix = Fix(f"Write {APPROVED}", (set_text(state, APPROVED),), safe=False)
        yield Problem("stale-proposal", Severity.INFORMATION, state.value.span, message, (fix,))
    elif now != base:
        what = "has changed since" if now and base else "is there now" if now else "is not there any more"
        own_id = document.name.removesuffix(".md")
        message = f"{target.value.data} {what}; `mdtm proposal rebase {own_id}` makes the proposal fit"
        yield Problem("stale-proposal", Severity.INFORMATION, target.value.span, message)
