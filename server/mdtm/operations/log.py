"""Writes entries into a session's log."""

from __future__ import annotations

import re

from mdtm.events import BY_NAME, phrased
from mdtm.files import exists
from mdtm.layout import entry_edits
from mdtm.occasion import Occasion, Outcome
from mdtm.plan import Refused, Replace
from mdtm.session_edit import logged, said_of
from mdtm.session_paths import inner_path, there_as
from mdtm.sessions import Session
from mdtm.tasks import taken_ids
from mdtm.verb import Parameter, Verb

_TASK_ID = re.compile(r"[A-Z][A-Za-z0-9_]*(?:-[\w.]+)+")
_WORD = re.compile(r"[\w.-]+\w")


def insert(at: Occasion, text: str, kind: str = "", task: str = "", path: str = "") -> Outcome:
    """Writes an entry at the end of the log; a task or an artifact given with it is listed too.

    Kinds that tell of a task or an artifact list those that the text names, when they are there.

    Raises:
        Refused: the text is empty, or there is no such kind, task or artifact.
    """
    if not text.strip():
        raise Refused('the entry is empty; `mdtm log "what happened"` needs a text')
    if kind and kind not in BY_NAME:
        raise Refused(f"there is no kind {kind}; there are {', '.join(BY_NAME)}")
    session = at.workplace()
    written = phrased(kind, text.strip())
    if path:
        path = there_as(at.files, session.folder, inner_path(session.folder, path))
        at.files.check_place(f"{session.folder}/{path}")
    if task and not _TASK_ID.fullmatch(task):
        raise Refused(f"{task} is no id of a task, which is like TASK-API-20260605-090100; see `mdtm task list`")
    items = [("related_tasks", one) for one in ((task,) if task else _tasks_in(at, kind, written))]
    items += [("related_artifacts", one) for one in ((path,) if path else _artifacts_in(at, session, kind, written))]
    plan = logged(at, session, [written], items=items)
    data = {"session": session.id, "kind": kind, "text": written}
    return Outcome(said_of(session, f"Logged in {session.id}: {written.splitlines()[0]}"), plan, data)


def _tasks_in(at: Occasion, kind: str, text: str) -> tuple[str, ...]:
    """The tasks that are delegated, as far as the text names some that are there."""
    if kind != "delegation":
        return ()
    there = taken_ids(at.files)
    return tuple(word for word in dict.fromkeys(_WORD.findall(text)) if word in there)


def _artifacts_in(at: Occasion, session: Session, kind: str, text: str) -> tuple[str, ...]:
    """The artifacts that an entry is about, as far as the text names some that are there."""
    if kind != "artifact":
        return ()
    words = [word.strip("`.,;:()") for word in text.split()]
    return tuple(word for word in dict.fromkeys(words) if "/" in word and exists(at.files, f"{session.folder}/{word}"))


def normalise(at: Occasion) -> Outcome:
    """Brings the entries of the log into the written form; their texts stay as they are, and so does what is uncertain.

    Raises:
        Refused: the session has no log yet.
    """
    session = at.session()
    log = session.log
    if log is None:
        raise Refused(f'{session.id} has no log yet; `mdtm log "what happened"` begins one')
    edits = entry_edits(log)
    plan = tuple(Replace(log.path, span, log.text[span], new) for span, new in edits)
    said = f"{len(edits)} {'entry is' if len(edits) == 1 else 'entries are'} in the written form now" if edits else ""
    text = said or "every entry is in the written form, as far as that is certain"
    return Outcome(f"{session.id}: {text}", plan, {"session": session.id, "changed": len(edits)})


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
    Verb("log.normalise", ("normalise",), "Normalise Log", normalise, "mdtm normalise", session_first=True),
)  # fmt: skip
