from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.listed_paths import any_faulty, problems
from mdtm.problem import Problem, Severity
from mdtm.workspace import Workspace


@only("session-log", when=any_faulty)
def artifact_name_form(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """The name of an artifact does not begin with the prefix of its folder's kind.

    The prefix tells what the file is wherever its name is read, and sorts a list by kind.
    A name is `[TYPE]-[description]-[YYMMDDHHMM].md`, as in `NOTE-slots-2506050310.md`; only the beginning is judged.
    Sessions in which no artifact has such a name follow a custom of their own, and are not meant.
    No fix renames a file; the message says how it would be named.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        related_artifacts = ["artifacts/notes/slots.md", "artifacts/notes/NOTE-holidays-2506050310.md"]
        +++
        -- .ruru/sessions/SESSION-Slots-2506050301/artifacts/notes/slots.md --
        Slots are ten minutes long.
        -- .ruru/sessions/SESSION-Slots-2506050301/artifacts/notes/NOTE-holidays-2506050310.md --
        There are none.
    """
    yield from problems(document, workspace, "artifact-name-form", Severity.HINT)
