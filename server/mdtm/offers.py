"""What of a workspace a person may choose from, where a verb asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from mdtm.document import Document
from mdtm.files import Files
from mdtm.sessions import active_folder
from mdtm.sprints import sprint_id, sprints
from mdtm.suggestion import RESUME, suggested
from mdtm.tasks import is_closed, status_of, task_id, tasks, title_of
from mdtm.verb import Parameter


class Offer(NamedTuple):
    """Something to choose."""

    value: str
    label: str
    description: str


def offers(files: Files, what: str, told: Mapping[str, Any]) -> list[Offer]:
    """What there is of a kind that a parameter offers, what is open first; `told` is what has been said already."""
    kind = str(told.get("type", "")) if what == "context" else what
    if kind in ("task", "subtask"):
        return [_offer(task, task_id(task)) for task in sorted(tasks(files), key=is_closed)]
    if kind == "sprint":
        return [_offer(sprint, sprint_id(sprint)) for sprint in sorted(sprints(files), key=is_closed)]
    return _rests(files, str(told.get("goal", ""))) if kind == "rest" else []


def choices(files: Files, asked: Parameter, told: Mapping[str, Any]) -> list[Offer]:
    """What a person may answer who is asked for a parameter; none when any text may be the answer."""
    idle = asked.while_active if active_folder(files) is None else ()
    fixed = [Offer(one, one[0].upper() + one[1:], "") for one in asked.choices if one not in idle]
    return [*fixed, *offers(files, asked.offers, told)]


def _rests(files: Files, goal: str) -> list[Offer]:
    """The session at rest that somebody may want to resume who starts another one while none is active."""
    found = suggested(files, goal) if active_folder(files) is None else None
    return [Offer(RESUME, f"Resume {found.session.title or found.session.id}", found.why)] if found else []


def _offer(document: Document, own_id: str) -> Offer:
    return Offer(own_id, title_of(document) or own_id, f"{own_id}  {status_of(document)}".rstrip())
