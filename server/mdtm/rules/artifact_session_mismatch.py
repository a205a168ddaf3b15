from __future__ import annotations

import re
from collections.abc import Iterator

from mdtm.asking import only
from mdtm.dialect import DIALECTS
from mdtm.document import Document
from mdtm.field_edit import set_text
from mdtm.paths import plain
from mdtm.problem import Fix, Problem, Severity
from mdtm.workspace import Workspace

_SESSION = re.compile(r"(?:^|/)([^/]+)/(?:artifacts|notes|learnings|summaries)/")


@only("artifact")
def artifact_session_mismatch(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """The `session_id` of an artifact is not that of the session in whose folder it lies.

    Whoever goes from the artifact to its session comes to another one, or to none.
    The fix writes the id of the session that it lies in; it is safe only when there is no session of the other id.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/artifacts/notes/NOTE-slots-2506050310.md --
        +++
        id = "NOTE-slots-2506050310"
        session_id = "SESSION-Slots-2506050300"
        type = "note"
        created_time = "2025-06-05T03:10:00Z"
        +++

        # Slots

    Good:
        -- .ruru/sessions/SESSION-Slots-2506050301/artifacts/notes/NOTE-slots-2506050310.md --
        +++
        id = "NOTE-slots-2506050310"
        session_id = "SESSION-Slots-2506050301"
        type = "note"
        created_time = "2025-06-05T03:10:00Z"
        +++

        # Slots
    """
    field, match = document.frontmatter.get("session_id"), _SESSION.search(document.path)
    if field is None or match is None or field.value.kind != "string" or not field.value.data:
        return
    own, session = field.value.data, match[1]
    if plain(own) == plain(session) or not any(dialect.id_pattern.fullmatch(session) for dialect in DIALECTS):
        return
    known = workspace.trace
    safe = known is not None and known.session(own) is None
    message = f"the session_id is {own}, but the artifact lies in the folder of {session}"
    fix = Fix(f"Write {session}", (set_text(field, session),), safe)
    yield Problem("artifact-session-mismatch", Severity.WARNING, field.value.span, message, (fix,))
