from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.listed_paths import any_faulty, problems
from mdtm.problem import Problem, Severity
from mdtm.workspace import Workspace


@only("session-log", when=any_faulty)
def device_name(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A path in `related_artifacts` has a name that not every system can give to a file.

    A name like `aux.md` or `nul` is that of a device to Windows, and no name there has a colon, a quote or a star.
    Nobody can check such a file out there.
    A file that is there has to be renamed by hand; a path that leads nowhere is taken off the list.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        related_artifacts = ["artifacts/notes/aux.md"]
        +++

    Good:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        related_artifacts = []
        +++
    """
    yield from problems(document, workspace, "device-name", Severity.WARNING)
