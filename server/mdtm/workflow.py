"""Workflow sessions: where they lie, the phase each is in, and what a checkpoint saves of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from mdtm.dialect import DIALECTS
from mdtm.document import Document
from mdtm.files import Files
from mdtm.plan import Move
from mdtm.schema.sessions import WORKFLOW_PHASES
from mdtm.schema.statuses import OVER, session_place
from mdtm.sessions import WORKFLOW, Session, dialect_in_use, session_in
from mdtm.templates import filled
from mdtm.times import spell_time

_OVER = re.compile(r"\b(?:archived|completed)$|_completed$")
PHASES = WORKFLOW_PHASES.canonical
Trigger = Literal["phase_complete", "phase_reopened", "user_request", "session_end"]
DIALECT = next(dialect for dialect in DIALECTS if dialect.state_file)
OPEN_PLACE = f"{WORKFLOW}/active"
DONE_PLACES = (f"{WORKFLOW}/completed", f"{WORKFLOW}/archives")
"""The folders for completed sessions: in the layout with markers only, and in the one with folders."""
TEMPORARY = f"{WORKFLOW}/.temporary"
"""The folder in which commands work while no session is active; it is no session, and none is listed for it."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a session has come, at phase level."""

    phase: str
    """One of the phases; empty when the state names none."""
    completed: tuple[str, ...]
    tasks: tuple[str, ...]
    """The ids of those that are being worked on."""

    def moved_to(self, phase: str) -> Progress:
        """The same in another phase: the one that is left behind is completed, those that lie ahead are not."""
        number = PHASES.index(phase)
        done = {*self.completed, self.phase}
        return replace(self, phase=phase, completed=tuple(one for one in PHASES[:number] if one in done))

    def ended(self) -> Progress:
        """The same with its phase completed."""
        done = {*self.completed, self.phase}
        return replace(self, completed=tuple(one for one in PHASES if one in done))


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What was saved last."""

    when: str
    progress: Progress
    note: str


def is_over(status: str) -> bool:
    """Whether a status tells that the session has ended, in whatever words the tool has that wrote it."""
    place = session_place(status)
    return place in OVER or (place is None and _OVER.search(status.lower()) is not None)


def progress_of(state: Document) -> Progress:
    """How far a session has come, as its state tells."""
    values = state.frontmatter.values
    inner = _table(values, "progress")
    phase = _text(values, "current_phase").upper()
    return Progress(
        phase if phase in PHASES else "",
        tuple(one for one in PHASES if one in _texts(inner, "completed_phases")),
        tuple(_texts(inner, "current_tasks")),
    )


def is_own_task(session: Session, task: str) -> bool:
    """Whether a task is one of those that a workflow session works on, which lie with it, and not among the others."""
    return session.state is not None and task in progress_of(session.state).tasks


def checkpoint(
    state: Document, now: datetime, trigger: Trigger, progress: Progress, status: str = "", note: str = ""
) -> dict[str, object]:
    """What the keys of a state become with a checkpoint; nothing when its progress is none of ours.

    Saved are the status of each phase, the active tasks, and what the session is (workflow, "Checkpoint Data").
    """
    field = state.frontmatter.get("progress")
    if field and field.value.kind != "table":
        return {}
    old, values = progress_of(state), state.frontmatter.values
    known = {key: _text(values, key) for key in ("session_id", "project", "type", "status")}
    meta = {key: text for key, text in {**known, "status": status or known["status"]}.items() if text}
    saved: dict[str, object] = {
        "trigger": trigger,
        "phase_status": {phase: _phase_status(phase, progress) for phase in PHASES},
        "active_tasks": list(progress.tasks),
        "session_meta": meta,
    }
    changed: dict[str, object] = {"current_phase": progress.phase} if progress.phase != old.phase else {}
    if progress.completed != old.completed:
        changed["progress.completed_phases"] = list(progress.completed)
    if progress.tasks != old.tasks:
        changed["progress.current_tasks"] = list(progress.tasks)
    saved |= {"note": note} if note else {}
    return {**changed, "progress.last_checkpoint": spell_time(now), "progress.checkpoint": saved}


def last_checkpoint(state: Document) -> Checkpoint | None:
    """The checkpoint that a session can go on from; one that only has its time stands for the state as it is."""
    inner = _table(state.frontmatter.values, "progress")
    when, saved = _text(inner, "last_checkpoint"), _table(inner, "checkpoint")
    if not when:
        return None
    phases = _table(saved, "phase_status")
    if not phases:
        return Checkpoint(when, progress_of(state), "")
    progress = Progress(
        next((phase for phase in PHASES if phases.get(phase) == "active"), ""),
        tuple(phase for phase in PHASES if phases.get(phase) == "completed"),
        tuple(_texts(saved, "active_tasks")),
    )
    return Checkpoint(when, progress, _text(saved, "note"))


def told(found: Checkpoint) -> str:
    """A checkpoint in words."""
    progress = found.progress
    parts = [f"phase {progress.phase}"] if progress.phase else []
    parts += [f"completed {', '.join(progress.completed)}"] if progress.completed else []
    parts += [f"tasks {', '.join(progress.tasks)}"] if progress.tasks else []
    parts += [found.note] if found.note else []
    return f"the checkpoint of {found.when}" + (f" ({'; '.join(parts)})" if parts else "")


def as_data(found: Checkpoint | None) -> dict[str, Any] | None:
    """A checkpoint as JSON has it."""
    if found is None:
        return None
    progress = found.progress
    data = {"phase": progress.phase, "completed_phases": list(progress.completed), "tasks": list(progress.tasks)}
    return {"when": found.when, **data, "note": found.note}


def has_folders(files: Files) -> bool:
    """Whether the workspace has the layout with a folder for open sessions and one for archived ones."""
    return not {"active", "archives"}.isdisjoint(files.folders_in(WORKFLOW))


def put_away(files: Files, session: Session) -> tuple[Move, ...]:
    """The move of a workflow session to the folder for completed ones, of the layout that the workspace has."""
    home, _, name = session.folder.rpartition("/")
    if not session.dialect.state_file or home in DONE_PLACES:
        return ()
    return (Move(session.folder, f"{DONE_PLACES[has_folders(files)]}/{name}"),)


def open_home(files: Files) -> str:
    """The folder in which open workflow sessions lie."""
    return OPEN_PLACE if has_folders(files) else WORKFLOW


def temporary(files: Files, template: Callable[[str], str], now: datetime, chosen: str = "") -> Session | None:
    """Where a command works while no session is active; None where new sessions are none of workflow.

    Its state may be one that no file holds yet.
    """
    if not dialect_in_use(files, chosen).state_file:
        return None
    found = session_in(files, TEMPORARY, TEMPORARY)
    if found and found.state:
        return found
    state = Document.read(f"{TEMPORARY}/{DIALECT.state_file}", new_state(template, TEMPORARY, "Temporary work", now))
    return Session(TEMPORARY, DIALECT, found.log if found else None, state, True)


def new_state(
    template: Callable[[str], str], folder: str, title: str, now: datetime, status: str = "", kind: str = ""
) -> str:
    """The text of a state file as the template has it."""
    name = folder.rpartition("/")[2]
    values = {"id": name, "title": title, "status": status or DIALECT.active, "type": kind or "medium"}
    written = {key: json.dumps(text, ensure_ascii=False)[1:-1] for key, text in values.items()}
    return filled(template(DIALECT.state_file), {**written, "start_time": spell_time(now)})


def _phase_status(phase: str, progress: Progress) -> str:
    if phase in progress.completed:
        return "completed"
    return "active" if phase == progress.phase else "pending"


def _table(values: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = values.get(key)
    return found if isinstance(found, Mapping) else {}


def _text(values: Mapping[str, Any], key: str) -> str:
    found = values.get(key)
    return found if isinstance(found, str) else ""


def _texts(values: Mapping[str, Any], key: str) -> list[str]:
    found = values.get(key)
    return [item for item in found if isinstance(item, str)] if isinstance(found, list) else []
