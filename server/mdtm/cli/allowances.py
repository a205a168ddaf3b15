"""What `allow` in the settings is there for: only who checks a whole workspace can know that it is for nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import NamedTuple

from mdtm.cli.places import Place
from mdtm.document import Document
from mdtm.globs import matches
from mdtm.judge import judge
from mdtm.rules import FAMILY_OF, NAMES
from mdtm.settings import OFF
from mdtm.workspace import Workspace

Row = tuple[str, str]
"""The path of a table of `allow`, and one of its rules."""


class Needed(NamedTuple):
    """What a document needs."""

    root: str
    """The root of its workspace."""
    rows: frozenset[Row]


class Allowances:
    """The rows of `allow` that the files of one run need."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._folders = tuple(os.path.join(os.path.abspath(path), "") for path in paths if os.path.isdir(path))
        self._needed: dict[str, set[Row]] = {}

    def note(self, needed: Needed) -> None:
        """Takes down what a document needs."""
        root, rows = needed
        self._needed.setdefault(root, set()).update(rows)

    def for_nothing(self, place: Place) -> frozenset[Row]:
        """The rows that no file needs, in a workspace all of which was named; to be asked behind all its files."""
        if not os.path.join(place.root, "").startswith(self._folders or ("\0",)):
            return frozenset()
        rows = ((one.path, rule) for one in place.settings.allow for rule in one.rules)
        judged = (row for row in rows if row[1] in NAMES and not self._is_off(row[1], place))
        return frozenset(judged) - self._needed.get(str(place.root), set())

    @staticmethod
    def _is_off(name: str, place: Place) -> bool:
        return place.settings.level(name, FAMILY_OF.get(name, "")) == OFF


def needed_by(document: Document, workspace: Workspace, place: Place) -> Needed | None:
    """What a document needs; one that cannot be read well may need all that is said of it."""
    rows = {(one.path, rule) for one in place.settings.allow if matches(one.path, document.path) for rule in one.rules}
    if not rows:
        return None
    codes = {problem.code for problem in judge(document, workspace)}
    names = codes | {FAMILY_OF[code] for code in codes}
    unsure = document.frontmatter.faults or document.bad_byte is not None
    return Needed(str(place.root), frozenset(row for row in rows if unsure or row[1] in names))
