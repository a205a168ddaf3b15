from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.listed_paths import any_faulty, problems
from mdtm.problem import Problem, Severity
from mdtm.workspace import Workspace


@only("session-log", when=any_faulty)
def dangling_artifact(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A path in `related_artifacts` names a file that is not there.

    Whoever follows the trace from the session to what came out of it finds nothing.
    Paths count from the folder of the session; web addresses are not looked up.
    The fix writes the path of a file of the same name, else it takes the path off the list; a person has to look first.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        related_artifacts = ["NOTE-slots-2506050310.md"]
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
    yield from problems(document, workspace, "dangling-artifact", Severity.WARNING)
