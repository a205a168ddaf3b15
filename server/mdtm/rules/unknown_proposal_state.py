from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from mdtm.document import Document
from mdtm.field_edit import set_text
from mdtm.fields import Field
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Fix, Problem, Severity
from mdtm.proposals import APPROVED, PROPOSED, REJECTED, STATES, TYPE

WORDS = {
    **dict.fromkeys(("open", "pending", "draft", "new", "waiting"), PROPOSED),
    **dict.fromkeys(("accepted", "applied", "merged", "done", "ok"), APPROVED),
    **dict.fromkeys(("declined", "refused", "denied", "withdrawn", "abandoned"), REJECTED),
}
"""Other words that people have for the states."""


def unknown_proposal_state(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """The state of a proposed edit is neither proposed nor approved nor rejected.

    `mdtm proposal` takes a proposal in any other state for one that somebody has decided on, and offers it to nobody.

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
        state = "propsed"
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
    if frontmatter.text("type") != TYPE:
        return
    field = frontmatter.get("state")
    if field is None or field.value.kind != "string" or field.value.data in STATES:
        return
    message = f'"{field.value.data}" is no state of a proposed edit, which is {PROPOSED}, {APPROVED} or {REJECTED}'
    yield Problem("unknown-proposal-state", Severity.WARNING, field.value.span, message, _fixes(field))


def _fixes(field: Field) -> tuple[Fix, ...]:
    """The state that the word means; only capital letters are sure to mean nothing."""
    word = str(field.value.data).strip().lower()
    near = get_close_matches(word, STATES, n=1, cutoff=0.75)
    meant = word if word in STATES else WORDS.get(word) or (near[0] if near else PROPOSED if not word else "")
    return (Fix(f"Write {meant}", (set_text(field, meant),), safe=meant == word),) if meant else ()
