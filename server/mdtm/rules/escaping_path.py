from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.listed_paths import any_faulty, problems
from mdtm.problem import Problem, Severity
from mdtm.workspace import Workspace


@only("session-log", when=any_faulty)
def escaping_path(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A path in `related_artifacts` goes up with `..`, or is a link that leads out of the workspace.

    What lies outside of the session's folder is no artifact of it, and is lost when the folder is moved or archived.
    The fix writes the path without `..` where the file lies in the folder all the same, and that is safe.
    Else it takes it off the list.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        related_artifacts = ["../SESSION-Slots-2506050301/artifacts/notes/NOTE-slots-2506050310.md"]
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
    yield from problems(document, workspace, "escaping-path", Severity.WARNING)
