"""Real files, when there is a folder of them: one folder a repository, and an `INDEX.tsv` that lists the files."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import NamedTuple

from mdtm.disk import Folders, Tree, read_document
from mdtm.document import Document
from mdtm.judge import judge
from mdtm.problem import Problem
from mdtm.rules import SYNTAX, code_of
from mdtm.trace import Trace
from mdtm.workspace import Workspace

FOLDER = os.environ.get("MDTM_CORPUS")
REASON = "MDTM_CORPUS names no folder of real files with an INDEX.tsv"
WHEN = datetime(2026, 6, 1, tzinfo=timezone.utc)
"""When the files were gathered."""
SYNTAX_CODES = {code_of(rule) for rule in SYNTAX}


class Sample(NamedTuple):
    """A real file, read and judged."""

    repository: str
    kind: str
    sound: bool
    """Whether its frontmatter is known to be TOML."""
    document: Document
    workspace: Workspace
    problems: list[Problem]

    @property
    def syntax_problems(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.code in SYNTAX_CODES]


def read_samples(folder: Path) -> Iterator[Sample]:
    """The files of the index, each judged in the workspace that its repository is."""
    folders = Folders()
    traces: dict[str, Trace] = {}
    with (folder / "INDEX.tsv").open(encoding="utf-8", newline="") as index:
        for row in csv.DictReader(index, delimiter="\t", quoting=csv.QUOTE_NONE):
            repository, _, path = row["path"].partition("/")
            root = folder / repository
            trace = traces.setdefault(repository, Trace(Tree(root, folders)))
            document = read_document(root, path)
            workspace = folders.around(root, [document], trace, WHEN)
            problems = judge(document, workspace)
            yield Sample(repository, row["kind"], row["parses_as_toml"] == "yes", document, workspace, problems)
