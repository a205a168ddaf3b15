"""Writes entries into a session's log."""

from __future__ import annotations

from mdtm.events import BY_NAME, phrased
from mdtm.occasion import Occasion, Outcome
from mdtm.plan import Refused
from mdtm.session_edit import logged, said_of
from mdtm.verb import Parameter, Verb


def insert(at: Occasion, text: str, kind: str = "", task: str = "", path: str = "") -> Outcome:
    """Writes an entry at the end of the log; a task or an artifact given with it is listed too.

    Raises:
        Refused: the text is empty, or there is no such kind.
    """
    if not text.strip():
        raise Refused('the entry is empty; `mdtm log "what happened"` needs a text')
    if kind and kind not in BY_NAME:
        raise Refused(f"there is no kind {kind}; there are {', '.join(BY_NAME)}")
    session = at.workplace()
    items = [("related_tasks", task)] if task else []
    items += [("related_artifacts", path)] if path else []
    written = phrased(kind, text.strip())
    plan = logged(at, session, [written], items=items)
    data = {"session": session.id, "kind": kind, "text": written}
    return Outcome(said_of(session, f"Logged in {session.id}: {written.splitlines()[0]}"), plan, data)


VERBS = (
    Verb(
        "log.insert", ("log",), "Insert Log Entry", insert, 'mdtm log "the token store is moved" --kind result',
        (
            Parameter(
                "text", "what happened; may go over several lines", required=True, positional=True,
                question="What happened?", from_input=True,
            ),
            Parameter("kind", "what kind of event it is", choices=tuple(BY_NAME)),
            Parameter("task", "the id of a task that it is about, which is listed in related_tasks"),
            Parameter("path", "an artifact that it is about, which is listed in related_artifacts", option="artifact"),
        ),
    ),
)  # fmt: skip
