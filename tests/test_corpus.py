"""The reader, the rules and the fixes over a folder of real files, when there is one."""

from __future__ import annotations

import csv
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from mdtm.disk import Folders, read_document
from mdtm.document import Document
from mdtm.judge import fixed, judge
from mdtm.plan import apply
from mdtm.problem import Problem
from mdtm.rules import SYNTAX, code_of
from mdtm.workspace import Workspace

FOLDER = os.environ.get("MDTM_CORPUS")
pytestmark = pytest.mark.skipif(not FOLDER, reason="MDTM_CORPUS names no folder of real files with an INDEX.tsv")
SYNTAX_CODES = {code_of(rule) for rule in SYNTAX}
OURS = {"session_log", "mdtm_task", "artifact", "context_doc"}


class Sample(NamedTuple):
    """A file of the corpus, read and judged."""

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
    with (folder / "INDEX.tsv").open(encoding="utf-8", newline="") as index:
        for row in csv.DictReader(index, delimiter="\t", quoting=csv.QUOTE_NONE):
            document = read_document(folder, row["path"])
            workspace = Folders().around(folder, [document])
            problems = judge(document, workspace)
            yield Sample(row["kind"], row["parses_as_toml"] == "yes", document, workspace, problems)


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    return list(read_samples(Path(FOLDER or "")))


def test_every_problem_lies_in_its_file(samples: list[Sample]):
    assert samples
    for sample in samples:
        for problem in sample.problems:
            assert 0 <= problem.span.start <= problem.span.end <= len(sample.document.text), sample.document.path


def test_sound_frontmatter_has_no_syntax_problem(samples: list[Sample]):
    assert [sample.document.path for sample in samples if sample.sound and sample.syntax_problems] == []


def test_frontmatter_that_is_no_toml_has_a_syntax_problem(samples: list[Sample]):
    broken = [sample for sample in samples if sample.kind in OURS and not sample.sound]
    with_frontmatter = [sample for sample in broken if sample.document.frontmatter.syntax != "none"]
    assert [sample.document.path for sample in with_frontmatter if not sample.syntax_problems] == []


def test_fixing_ends_with_nothing_left_to_fix_and_keeps_the_words_of_the_body(samples: list[Sample]):
    for document, workspace in ((sample.document, sample.workspace) for sample in samples if sample.problems):
        before = str(document.text)
        plan = fixed(document, workspace)
        after = Document.read(document.path, apply(plan, {document.path: before})[document.path], document.bad_byte)
        left = [problem for problem in judge(after, workspace) if problem.fix and problem.fix.safe]
        assert (left, fixed(after, workspace)) == ([], ()), document.path
        assert not words_of_body(document) - words_of_body(after), document.path


def words_of_body(document: Document) -> Counter[str]:
    """The words behind the frontmatter; times may be spelled anew, so digits are not counted."""
    return Counter(re.findall(r"[^\W\d_]+", str(document.text)[document.frontmatter.span.end :]))
