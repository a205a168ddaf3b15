"""Writes entries into a session's log."""

from __future__ import annotations

import re

from mdtm.context.log import stack_of
from mdtm.context.stack import current_task
from mdtm.events import BY_NAME, phrased
from mdtm.files import exists
from mdtm.layout import entry_edits
from mdtm.occasion import Occasion, Outcome
from mdtm.plan import Refused, Replace
from mdtm.schema.sessions import RELATED_ARTIFACTS, RELATED_TASKS
from mdtm.schema.statuses import ACTIVE, COMPLETED, FAILED, OVER, PAUSED, PLACE_WORDS, SESSION_WORDS
from mdtm.session_paths import inner_path, there_as
from mdtm.sessions import Session
from mdtm.steps.session import brought_to, logged, said_of
from mdtm.tasks import named_task, taken_ids
from mdtm.verb import Parameter, Verb
from mdtm.workflow import TEMPORARY, is_own_task

OF_SESSION = ("start", "pause", "resume", "end", "status", "context")
"""The kinds of entries that tell of the session as a whole."""
_LETTERS = re.compile(r"[a-z]+")
_STATUS = re.compile(r"^(?:session )?status(?: changed)?(?: to| is)?(?: |$)")
_FAILED = re.compile(r"^session (?:ended )?(?:failed|abandoned)\b")
_WORD = re.compile(r"[\w.-]+\w")


def insert(at: Occasion, text: str, kind: str = "", task: str = "", path: str = "") -> Outcome:
    """Writes an entry at the end of the log; a task or an artifact given with it is listed too.

    Without a task it is about the one that the session works on; it names the task, unless its text does.
    Kinds that tell of a task or an artifact list those that the text names, when they are there.
    Those that tell where the session stands bring it there, as the verbs for that do.

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
    if task and not is_own_task(session, task):
        task = named_task(at.files, task)
    about = task or _active_task(session, kind)
    items = [(RELATED_TASKS, one) for one in (() if task else _tasks_in(at, kind, written))]
    items += [(RELATED_TASKS, about)] if about else []
    items += [(RELATED_ARTIFACTS, one) for one in ((path,) if path else _artifacts_in(at, session, kind, written))]
    place = _place_told(kind, written)
    written = written if kind in (*OF_SESSION, "delegation") else _tagged(written, about)
    said = f"Logged in {session.id}: {written.splitlines()[0]}"
    if place is None or place == session.place or session.folder == TEMPORARY:
        plan = logged(at, session, [written], items=items)
    else:
        _check_way(session, place)
        plan, _ = brought_to(at, session, place, written, items)
        said += f"; {session.id} is {PLACE_WORDS[place]}"
    data = {"session": session.id, "kind": kind, "text": written, **({"task": about} if about else {})}
    return Outcome(said_of(session, said), plan, data)


def _place_told(kind: str, text: str) -> int | None:
    """Where an entry says that the session stands; None when it does not."""
    words = " ".join(_LETTERS.findall(text.partition("\n")[0].lower()))
    if kind == "status":
        return dict(SESSION_WORDS).get(_STATUS.sub("", words))
    if kind == "end" and _FAILED.search(words):
        return FAILED
    return {"pause": PAUSED, "resume": ACTIVE, "end": COMPLETED}.get(kind)


def _check_way(session: Session, place: int) -> None:
    if place and session.place in OVER:
        raise Refused(
            f"{session.id} is {PLACE_WORDS[session.place]}, so it cannot become {PLACE_WORDS[place]}; "
            f"`mdtm reopen {session.id}` goes on with it"
        )


def _tagged(text: str, task: str) -> str:
    """An entry that names the task which it is about, in its first line unless it does so anywhere."""
    first, newline, rest = text.partition("\n")
    return text if not task or task in text else f"{first.rstrip()} (`{task}`){newline}{rest}"


def _active_task(session: Session, kind: str) -> str:
    """The task that an entry is about where none is named; one on the session as a whole is about none."""
    item = None if kind in OF_SESSION else current_task(stack_of(session.log))
    return item.id if item else ""


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
            Parameter(
                "kind", "what kind of event it is; those that tell where the session stands bring it there",
                choices=tuple(BY_NAME),
            ),
            Parameter("task", "the task that it is about, which is listed in related_tasks; the active one without it"),
            Parameter(
                "path", "an artifact that it is about, which is listed in related_artifacts", option="artifact",
                is_path=True,
            ),
        ),
    ),
    Verb("log.normalise", ("normalise",), "Normalise Log", normalise, "mdtm normalise", session_first=True),
)  # fmt: skip
