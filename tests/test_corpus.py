"""The reader, the rules and the fixes over a folder of real files, when there is one."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from mdtm.document import Document
from mdtm.judge import fixed, judge
from mdtm.plan import apply
from tests.real_files import FOLDER, REASON, Sample, read_samples
from tests.write_real_files import PAGE, page

pytestmark = pytest.mark.skipif(not FOLDER, reason=REASON)
OURS = {"session_log", "mdtm_task", "artifact", "context_doc"}


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
    read = ((sample, sample.document.frontmatter) for sample in broken)
    with_frontmatter = [  # YAML without a status is a prompt or a plan, which nobody looks for as TOML
        sample
        for sample, found in read
        if found.syntax == "toml" or (found.syntax != "none" and "status" in found.values)
    ]
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
    """The words behind the frontmatter, but for lines of the template; times may be spelled anew, so digits are none."""
    body = re.sub(r"^.*\[YYYY-.*$", "", str(document.text)[document.frontmatter.span.end :], flags=re.MULTILINE)
    return Counter(re.findall(r"[^\W\d_]+", body))


def test_the_page_about_real_files_is_current(samples: list[Sample]):
    assert PAGE.read_text("utf-8") == page(samples), "docs/real-files.md is not current: run `make real-files`"
