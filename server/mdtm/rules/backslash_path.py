from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.listed_paths import any_faulty, problems
from mdtm.problem import Problem, Severity
from mdtm.workspace import Workspace


@only("session-log", when=any_faulty)
def backslash_path(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A path in `related_artifacts` has `\\` between its folders.

    Only Windows reads it; everywhere else it is one long name, and the file is not found.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        related_artifacts = ['artifacts\\notes\\NOTE-slots-2506050310.md']
        +++
        -- .ruru/sessions/SESSION-Slots-2506050301/artifacts/notes/NOTE-slots-2506050310.md --
        Slots are ten minutes long.

    Good:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        related_artifacts = ["artifacts/notes/NOTE-slots-2506050310.md"]
        +++
        -- .ruru/sessions/SESSION-Slots-2506050301/artifacts/notes/NOTE-slots-2506050310.md --
        Slots are ten minutes long.
    """
    yield from problems(document, workspace, "backslash-path", Severity.WARNING)
