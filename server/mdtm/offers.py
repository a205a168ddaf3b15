"""What of a workspace a person may choose from, where a verb asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from mdtm.document import Document
from mdtm.files import Files
from mdtm.sprints import sprint_id, sprints
from mdtm.tasks import is_closed, status_of, task_id, tasks, title_of


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
    return []


def _offer(document: Document, own_id: str) -> Offer:
    return Offer(own_id, title_of(document) or own_id, f"{own_id}  {status_of(document)}".rstrip())
