"""What holds of every fix, over logs made of sound and broken lines."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.judge import fix_plan, fixed, judge
from mdtm.pieces import Pieces
from mdtm.plan import apply
from mdtm.problem import Fix, Problem
from mdtm.text import Span
from tests.broken import AROUND, PLAIN_BODY, broken_files, broken_logs, broken_tasks
from tests.checks import SESSION_PATH

seeded = settings(
    derandomize=True, deadline=None, database=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow]
)
File = tuple[str, str]
"""The path and the text of a file."""


def read(file: File) -> Document:
    return Document.read(*file)


def after(document: Document, fix: Fix) -> Document:
    path = document.path
    return Document.read(path, apply(fix_plan(document, fix), {path: str(document.text)})[path])


def named(problems: list[Problem]) -> Counter[tuple[str, str]]:
    return Counter((problem.code, problem.message) for problem in problems)


def log(text: str) -> File:
    return SESSION_PATH, text


@seeded
@given(broken_files())
@example(log('+++id = 1\nrelated_artifacts = [\n"""\n'))
@example(log("t = {a = 1, b = 2\nrelated_artifacts = [\nt = {a = 1 b = 2}\n+++\n"))
@example(log("+++id = 1"))
def test_a_safe_fix_takes_its_own_problem_away(file: File):
    document = read(file)
    problems = judge(document, AROUND)
    for problem in problems:
        if problem.fix and problem.fix.safe:
            left = judge(after(document, problem.fix), AROUND)
            key = problem.code, problem.message
            here = any((other.code, other.message, other.span.start) == (*key, problem.span.start) for other in left)
            assert not here or named(left)[key] < named(problems)[key], key


@seeded
@given(broken_files())
def test_every_fix_changes_the_text_and_its_edits_do_not_overlap(file: File):
    document = read(file)
    for problem in judge(document, AROUND):
        for fix in problem.fixes:
            edits = sorted(fix.edits)
            assert str(after(document, fix).text) != file[1]
            for one, other in pairwise(edits):
                assert one.span.end <= other.span.start


@seeded
@given(broken_files(), st.booleans())
@example(log('+++id = 1\nrelated_artifacts = [\n"""\n'), False)
def test_fixing_ends_and_then_there_is_nothing_left_to_fix(file: File, unsafe: bool):
    path, text = file
    plan = fixed(read(file), AROUND, unsafe=unsafe)
    whole = apply(plan, {path: text})[path]
    left = [problem for problem in judge(read((path, whole)), AROUND) if problem.fix and (problem.fix.safe or unsafe)]
    assert left == []
    assert fixed(read((path, whole)), AROUND, unsafe=unsafe) == ()


@seeded
@given(broken_files())
def test_fixing_touches_only_what_its_plan_names_and_keeps_the_line_ends(file: File):
    path, text = file
    plan = fixed(read(file), AROUND)
    whole = apply(plan, {path: text})[path]
    at, rebuilt = 0, ""
    for replace in sorted(plan, key=lambda replace: replace.span):
        assert text[replace.span.start : replace.span.end] == replace.old != replace.new
        rebuilt += text[at : replace.span.start] + replace.new
        at = replace.span.end
    assert rebuilt + text[at:] == whole
    if "\r\n" in text:
        assert "\n" not in whole.replace("\r\n", "")


@seeded
@given(st.one_of(broken_logs(PLAIN_BODY), broken_tasks(PLAIN_BODY)))
def test_fixing_loses_no_word_of_the_body(file: File):
    path, text = file
    document = read(file)
    whole = apply(fixed(document, AROUND), {path: text})[path]
    assert words(text[document.frontmatter.span.end :]) <= words(whole)


def words(text: str) -> set[str]:
    """The words of a text; times may be spelled anew, so digits are none."""
    return set(re.findall(r"[^\W\d_]{2,}", text))


@st.composite
def steps(draw: st.DrawFn) -> tuple[str, list[list[Edit]]]:
    """A text, and some rounds of edits that do not overlap, each of the text that the round before leaves."""
    original = text = draw(st.text("ab🟢\r\n", max_size=20))
    rounds = []
    for _ in range(draw(st.integers(0, 4))):
        places = draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True).map(sorted))
        spans = [Span(start, end) for start, end in zip(places[::2], places[1::2], strict=False)]
        edits = [Edit(span, draw(st.text("xyz\n", max_size=3))) for span in spans]
        rounds.append(draw(st.permutations(edits)))
        text = edited(text, edits)
    return original, rounds


def edited(text: str, edits: list[Edit]) -> str:
    for span, new in sorted(edits, reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text


@seeded
@given(steps())
@example(("ab", [[Edit(Span(1, 1), "x")], [Edit(Span(1, 2), "y")], [Edit(Span(0, 2), "")]]))
def test_edits_of_many_rounds_make_one_round_of_the_original(case: tuple[str, list[list[Edit]]]):
    original, rounds = case
    text, pieces = original, Pieces(len(original))
    for edits in rounds:
        pieces.edit(edits)
        text = edited(text, edits)
    composed = pieces.edits()
    assert edited(original, composed) == text
    assert all(one.span.end < other.span.start for one, other in pairwise(composed))
