"""Shows what still stands in the way of an end."""

from __future__ import annotations

from mdtm.completion import Completion, completion
from mdtm.facts import completion_of, session_facts
from mdtm.near import closest
from mdtm.occasion import Occasion, Outcome
from mdtm.paths import plain
from mdtm.plan import Refused
from mdtm.sessions import Session, chosen, session_folders
from mdtm.sprints import sprint_id, sprint_meant, sprints
from mdtm.tasks import task_id, tasks
from mdtm.verb import Parameter, Verb


def check(at: Occasion, what: str = "") -> Outcome:
    """Shows what is required or recommended before a task, a sprint or a session is over, and what of it is missing.

    Nothing is changed; the exit status is 1 when something that is required is missing.
    """
    found, path = _looked_at(at, plain(what.strip()))
    missing = len(found.faults("required"))
    left = f"{missing} of what is required {'is' if missing == 1 else 'are'} missing"
    text = f"{found.id}: {left if missing else 'nothing stands in the way of its end'}\n{found.checklist}"
    return Outcome(text, data={"id": found.id, "path": path, **found.data}, status=0 if found.valid else 1)


def _looked_at(at: Occasion, what: str) -> tuple[Completion, str]:
    """What came of the checks of what is named, and the path of its file.

    Raises:
        Refused: nothing has the id or the path.
    """
    if not what:
        return _of_session(at.session())
    there = {task_id(task): task for task in tasks(at.files)} | {sprint_id(one): one for one in sprints(at.files)}
    found = next(
        (one for own_id, one in there.items() if what in (one.path, own_id) or sprint_meant(what) == own_id), None
    )
    if found and (checked := completion_of(at.files, found, at.now)):
        return checked, found.path
    names = [folder.rpartition("/")[2] for folder in session_folders(at.files)]
    if any(name in what.split("/") for name in names):
        return _of_session(chosen(at.files, what))
    near = closest(what, [*there, *names])
    raise Refused(f"there is no task, sprint or session {what}" + (f"; did you mean {near}?" if near else ""))


def _of_session(session: Session) -> tuple[Completion, str]:
    return completion("session", session_facts(session.log, session.id)), session.main.path


VERBS = (
    Verb(
        "completion.check", ("completion",), "Show Completion Checks", check,
        "mdtm completion TASK-API-20260605-090000",
        (
            Parameter(
                "what", "a task, a sprint or a session, by its id or path; without it the active session",
                positional=True, is_path=True,
            ),
        ),
    ),
)  # fmt: skip
