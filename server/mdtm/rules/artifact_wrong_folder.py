from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.listed_paths import any_faulty, problems
from mdtm.problem import Problem, Severity
from mdtm.workspace import Workspace


@only("session-log", when=any_faulty)
def artifact_wrong_folder(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """The prefix of an artifact's name is that of another folder.

    Whoever looks for a file of that kind looks in the other folder.
    No fix moves a file; the message says where it belongs.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        related_artifacts = ["artifacts/docs/NOTE-slots-2506050310.md"]
        +++
        -- .ruru/sessions/SESSION-Slots-2506050301/artifacts/docs/NOTE-slots-2506050310.md --
        Slots are ten minutes long.
    """
    yield from problems(document, workspace, "artifact-wrong-folder", Severity.HINT)
