from __future__ import annotations

from collections.abc import Iterator

from mdtm.allowing import WHY
from mdtm.document import Document
from mdtm.problem import Problem, Severity
from mdtm.said import allow_tables
from mdtm.schema.settings import SETTINGS
from mdtm.suppression import Suppressions

_NO_REASON = ("", WHY, "reason", "todo", "…", "...")
"""What is written while there is no reason yet."""


def suppression_without_reason(suppressions: Suppressions, document: Document) -> Iterator[Problem]:
    """A fault is allowed without a word why.

    Who reads it later cannot tell whether it still has to be there.
    The reason stands behind a colon: `# mdtm: allow bad-time: the import had no zones`.
    In the settings it is the key `reason` of a table of `allow`.
    Only a person knows it, so there is no fix.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        +++

        ## Log Entries

        - [2025-06-05T04:20:00Z] `dev-api`: Slots are ten minutes long.
        - [2025-06-05T04:10:00Z] `dev-api`: The user wants slots. <!-- mdtm: allow out-of-order -->
    """
    for comment in suppressions.comments:
        if comment.works and comment.codes and comment.reason.lower() in _NO_REASON:
            message = "say behind a colon why this is allowed"
            yield Problem("suppression-without-reason", Severity.INFORMATION, comment.span, message)
    if document.schema is SETTINGS:
        for table in allow_tables(document):
            reason = table.fields.get("reason")
            if reason is None or (reason.value.kind == "string" and reason.value.data.strip().lower() in _NO_REASON):
                message = 'say why this is allowed: reason = "…"'
                place = reason.value.span if reason else table.span
                yield Problem("suppression-without-reason", Severity.INFORMATION, place, message)
