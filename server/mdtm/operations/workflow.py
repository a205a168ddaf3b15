"""Moves workflow sessions from phase to phase, saves checkpoints, and keeps the tasks that are being worked on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mdtm.document import Document
from mdtm.files import below
from mdtm.occasion import Occasion, Outcome
from mdtm.plan import Refused, Step
from mdtm.session_paths import inner_path
from mdtm.sessions import Session
from mdtm.steps.session import logged, said_of, state_written
from mdtm.times import spell_time
from mdtm.verb import Parameter, Verb
from mdtm.workflow import PHASES, Progress, Trigger, as_data, checkpoint, last_checkpoint, progress_of, told

HANDED_OVER = {"PLAN": ("plan_document", "IMPL_PLAN.md"), "IMPLEMENT": ("results", ".summaries/")}
"""What a phase leaves to the next: the name for it, and the file or the folder of files that it is."""


def phase(at: Occasion, phase: str = "", artifacts: Sequence[str] = ()) -> Outcome:
    """Moves a workflow session to a phase, which saves a checkpoint; without a phase it tells the present one.

    Raises:
        Refused: the session is in that phase, or has none.
    """
    session, state = _of_workflow(at)
    progress = progress_of(state)
    wanted = phase.upper()
    if not wanted:
        return Outcome(_standing(session, state, progress), data=_data(session, progress, state))
    if wanted not in PHASES:
        raise Refused(f"there is no phase {phase}; there are {', '.join(PHASES)}")
    if wanted == progress.phase:
        raise Refused(f"{session.id} is in phase {wanted} already; `mdtm workflow checkpoint` saves where it stands")
    moved = progress.moved_to(wanted)
    on = PHASES.index(wanted) > (PHASES.index(progress.phase) if progress.phase else -1)
    trigger: Trigger = "phase_complete" if on else "phase_reopened"
    values = _saved(at, state, trigger, moved)
    if on and progress.phase:
        values["progress.transition"] = _transition(at, session, progress.phase, wanted, artifacts)
    elif artifacts:
        raise Refused("only a phase that is completed leaves documents to the next; leave --artifact out")
    before = f"{progress.phase} is {'completed' if on else 'left'}, " if progress.phase else ""
    text = f"Status: {before}phase {wanted} begins"
    return _done(at, session, values, text, moved, f"{session.id}: {text.removeprefix('Status: ')}")


def save(at: Occasion, note: str = "") -> Outcome:
    """Saves a checkpoint of a workflow session, from which a resume goes on."""
    session, state = _of_workflow(at)
    progress = progress_of(state)
    note = " ".join(note.split())
    where = f" in phase {progress.phase}" if progress.phase else ""
    text = f"Status: checkpoint saved{where}" + (f": {note}" if note else "")
    values = _saved(at, state, "user_request", progress, note)
    return _done(at, session, values, text, progress, f"Saved a checkpoint of {session.id}{where}")


def tasks(at: Occasion, add: Sequence[str] = (), remove: Sequence[str] = ()) -> Outcome:
    """Lists the tasks that a workflow session works on; adds some and takes others off.

    Raises:
        Refused: a task that is to be taken off is not among them.
    """
    session, state = _of_workflow(at)
    progress = progress_of(state)
    gone = [task for task in remove if task not in progress.tasks]
    if gone:
        raise Refused(f"{gone[0]} is none of the tasks: {', '.join(progress.tasks) or 'there are none'}")
    kept = tuple(dict.fromkeys(task for task in (*progress.tasks, *add) if task not in remove))
    listed = f"works on {', '.join(kept)}" if kept else "works on no task"
    if kept == progress.tasks:
        return Outcome(f"{session.id} {listed}", data=_data(session, progress, state))
    changed = replace(progress, tasks=kept)
    values = {"progress.current_tasks": list(kept)}
    return _done(at, session, values, f"Status: {listed}", changed, f"{session.id} {listed}")


def _of_workflow(at: Occasion) -> tuple[Session, Document]:
    """The session, or where none is active the temporary one, and its state, which can be read."""
    session = at.workplace()
    if not session.dialect.state_file:
        raise Refused(f"{session.id} is no workflow session; only those have phases and checkpoints")
    if session.state is None:
        raise Refused(f"{session.folder} has no {session.dialect.state_file}; `mdtm doctor --fix` makes it")
    return session, session.state


def _saved(at: Occasion, state: Document, trigger: Trigger, progress: Progress, note: str = "") -> dict[str, object]:
    values = checkpoint(state, at.now, trigger, progress, note=note)
    if not values:
        raise Refused(f"progress in {state.path} is no object, so nothing can be saved in it; write {{}} there")
    return values


def _transition(at: Occasion, session: Session, left: str, begun: str, artifacts: Sequence[str]) -> dict[str, object]:
    """What one phase leaves to the next (workflow, "Simple State Transitions").

    Those are the documents that are named, else the usual ones as far as they are there.
    """
    name, usual = HANDED_OVER[left]
    there = below(at.files, session.folder)
    artifacts = [inner_path(session.folder, path) for path in artifacts]
    if missing := next((path for path in artifacts if path not in there), ""):
        raise Refused(f"there is no {missing} in {session.folder}; paths are from the session's folder")
    found = artifacts or [path for path in there if path == usual or (path.startswith(usual) and "/" in usual)]
    handed = {name: found[0] if len(found) == 1 else found} if found else {}
    return {"phase_completed": left, "next_phase": begun, "completed_at": spell_time(at.now), "artifacts": handed}


def _done(
    at: Occasion, session: Session, values: Mapping[str, object], entry: str, progress: Progress, text: str
) -> Outcome:
    steps: tuple[Step, ...] = (*state_written(at, session, values), *logged(at, session, [entry]))
    data = {**_data(session, progress, None), "last_checkpoint": values.get("progress.last_checkpoint")}
    return Outcome(said_of(session, text), steps, data)


def _standing(session: Session, state: Document, progress: Progress) -> str:
    """Where a session stands, in words."""
    found = last_checkpoint(state)
    parts = [f"{session.id}: {f'phase {progress.phase}' if progress.phase else 'no phase yet'}"]
    parts += [f"completed {', '.join(progress.completed)}"] if progress.completed else []
    parts += [f"tasks {', '.join(progress.tasks)}"] if progress.tasks else []
    saved = f"; saved in {told(found)}" if found else ""
    return said_of(session, "; ".join(parts) + saved)


def _data(session: Session, progress: Progress, state: Document | None) -> dict[str, object]:
    data: dict[str, object] = {
        "session": session.id,
        "folder": session.folder,
        "phase": progress.phase,
        "completed_phases": list(progress.completed),
        "tasks": list(progress.tasks),
    }
    return {**data, "checkpoint": as_data(last_checkpoint(state))} if state else data


VERBS = (
    Verb(
        "workflow.phase", ("workflow", "phase"), "Move to Phase", phase, "mdtm workflow phase IMPLEMENT",
        (
            Parameter(
                "phase", "the phase that begins now", positional=True, choices=PHASES,
                question="Which phase begins now?",
            ),
            Parameter(
                "artifacts", "a document that the next phase builds on, from the session's folder", "texts",
                option="artifact", is_path=True,
            ),
        ),
    ),
    Verb(
        "workflow.checkpoint", ("workflow", "checkpoint"), "Save Checkpoint", save,
        'mdtm workflow checkpoint "before the schema changes"',
        (Parameter("note", "what there is to say about it", positional=True),),
    ),
    Verb(
        "workflow.tasks", ("workflow", "tasks"), "Set Current Tasks", tasks,
        "mdtm workflow tasks --add IMPL-2 --remove IMPL-1",
        (
            Parameter("add", "a task that is worked on now; may be given several times", "texts"),
            Parameter("remove", "a task that is not worked on any more", "texts"),
        ),
    ),
)  # fmt: skip
