"""Whom and what a workspace knows by name: those who act, and tasks, sessions and sprints by their ids."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from mdtm.document import Document
from mdtm.features.completions.offer import About, Kind, Surroundings
from mdtm.features.names.mentions import ACTOR_KEYS
from mdtm.features.shape.keeping import kept
from mdtm.features.shape.subject import id_by_place
from mdtm.markdown import Reading
from mdtm.paths import plain
from mdtm.schema.base import Names
from mdtm.tasks import is_over


class Known(NamedTuple):
    """A task, a session or a sprint."""

    id: str
    kind: Kind
    title: str
    status: str
    about: About


def named(document: Document, names: Names, beside: frozenset[str], around: Surroundings) -> list[Known]:
    """Those of a kind: first the ones that are not beside yet, then the open ones, the ones in use, the newest."""
    held = around.uses.of_kind(names) if names in ("task", "session", "sprint") else {}
    here = Counter(document.frontmatter.words)
    own = plain(document.frontmatter.text("id") or id_by_place(document))
    order = sorted((one for key, one in held.items() if key != own), key=lambda one: one.id, reverse=True)
    often = {one.id: here[one.id] + around.uses.of(one.id) for one in order}
    order.sort(key=lambda one: (plain(one.id) in beside, is_over(one.status), -often[one.id]))
    return [Known(one.id, one.kind, one.title, one.status, About(one.kind, one.id)) for one in order]


def actors(document: Document, around: Surroundings) -> list[str]:
    """Who acts: who writes now, then those of the log and of the workspace, the busiest first."""
    here = Counter(name for reading in document.body for name in kept(reading, "actors", _actors_in))
    there = sum((around.uses.texts(key) for key in ACTOR_KEYS), Counter[str]())
    names = [around.actor, *(name for name, _ in here.most_common()), *(name for name, _ in there.most_common())]
    return [name for name in dict.fromkeys(names) if name and not name.startswith("TASK-")]


def _actors_in(reading: Reading) -> tuple[str, ...]:
    """Who surely acted in the entries of a block of lines."""
    return tuple(entry.actor for entry in reading.entries if entry.who.certain)
