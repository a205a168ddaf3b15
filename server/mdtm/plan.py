"""A change to files, as data. Only the walls carry one out; a plan that no longer fits refuses itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mdtm.text import Span


class Refused(Exception):
    """What was wished for makes no sense now; the message says why and what to do."""

    def __init__(self, message: str, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.data: dict[str, Any] = dict(data or {})
        """The same for programs, where there is more to tell: what JSON can say."""


class StalePlan(Exception):
    """The text that a plan replaces is not what it was when the plan was made."""


@dataclass(frozen=True, slots=True)
class Replace:
    """New text for a span of a file."""

    path: str
    span: Span
    old: str
    """The text that stood at the span; the plan holds only while it still does."""
    new: str


@dataclass(frozen=True, slots=True)
class Create:
    """A new file; the folders that it needs are made."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Move:
    """A file or a whole folder with another path."""

    path: str
    to: str


@dataclass(frozen=True, slots=True)
class Delete:
    """A file that goes."""

    path: str
    old: str
    """The text that it had; the plan holds only while it still has."""


Step = Replace | Create | Move | Delete
Plan = tuple[Step, ...]
"""Steps in order, the one that makes the change visible last.

Spans count in the file as it was before the plan; a file is moved only after its text has been replaced.
"""


def apply(plan: Plan, files: Mapping[str, str]) -> dict[str, str]:
    """The files as the plan leaves them.

    Raises:
        StalePlan: a file is missing, is there already, or has other text where the plan replaces it.
    """
    changed = dict(files)
    for path, steps in in_turn(plan):
        first = steps[0]
        if isinstance(first, Create):
            if path in changed:
                raise StalePlan(f"{path} is there already")
            changed[path] = first.text
        elif isinstance(first, Move):
            _move(changed, first)
        elif isinstance(first, Delete):
            if changed.pop(path, None) != first.old:
                raise StalePlan(f"{path} has changed since the plan was made")
        else:
            changed[path] = replaced(changed.get(path), steps)
    return changed


def in_turn(plan: Plan) -> Iterator[tuple[str, list[Step]]]:
    """The steps one after the other; all that replace text of one file are one, in the place of the first."""
    replaces: dict[str, list[Step]] = {}
    for step in plan:
        if isinstance(step, Replace):
            replaces.setdefault(step.path, []).append(step)
    for step in plan:
        if not isinstance(step, Replace):
            yield step.path, [step]
        elif step.path in replaces:
            yield step.path, replaces.pop(step.path)


def replaced(text: str | None, steps: Iterable[Step]) -> str:
    """A text with spans of it replaced.

    Raises:
        StalePlan: there is none, or other text stands at a span.
    """
    pieces, at = list[str](), 0
    for replace in sorted((step for step in steps if isinstance(step, Replace)), key=lambda step: step.span):
        start, end = replace.span
        if text is None or start < at or end > len(text) or text[start:end] != replace.old:
            raise StalePlan(f"{replace.path} has changed since the plan was made")
        pieces += text[at:start], replace.new
        at = end
    return "".join([*pieces, (text or "")[at:]])


def _move(files: dict[str, str], step: Move) -> None:
    moved = {path: step.to + path[len(step.path) :] for path in files if _is_at(path, step.path)}
    if not moved:
        raise StalePlan(f"{step.path} is not there any more")
    if any(_is_at(path, step.to) for path in files):
        raise StalePlan(f"{step.to} is there already")
    for path, to in moved.items():
        files[to] = files.pop(path)


def _is_at(path: str, place: str) -> bool:
    return path == place or path.startswith(f"{place}/")
