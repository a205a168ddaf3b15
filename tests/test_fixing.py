"""What holds of every fix, over logs made of sound and broken lines."""

from __future__ import annotations

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
from mdtm.workspace import Workspace
from tests.checks import SESSION_FOLDER, SESSION_PATH

seeded = settings(
    derandomize=True, deadline=None, database=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow]
)
FILES = frozenset({"session_log.md", "artifacts/notes/NOTE-slots-2506050310.md", "artifacts/docs/b.md"})
AROUND = Workspace({SESSION_FOLDER: FILES})

KEYS = """
id = "SESSION-Pick_up_slots-2506050301"
id = SESSION-Pick_up_slots-2506050301
title = "Pick up slots"
title = "no end
title: Pick up slots # soon
title = "the "new" slots"
title = “Slots”
title = 'it's'
status = "🟢 Active"
status = "🟡 Active"
status = "⏸ Paused"
status = "Done"
status = ðŸŸ¢ Active
+status = "🟢 Active"
start_time = "2025-06-05T03:01:00Z"
start_time = 2025-06-05T03:01:00Z
start_time = "2025-06-05T03-01-00Z"
end_time = ""
end_time = null
end_time =
end_time = "2025-02-30T04:20:00Z"
coordinator = "dev-api" // who leads
coordinator = ["dev-api"]
coordinator = "dev-api" tags = ["a"], n = 5,
tags = ["a" "b"]
tags = ["a", "b"
tags = "a, b"
tags = ["a", b, "c]
tags = [1, true,, 2]
tags: [a, "b"]
related_tasks = [
  "TASK-1" # first
  "TASK-2",
]
related_artifacts = []
related_artifacts = ["artifacts/docs/b.md"]
related_artifacts = ["artifacts/docs/gone.md", "b.md"
related_artifacts = "artifacts/docs/b.md"
# a comment \x07
> **In progress:** prose between
prose = with words
[context]
[context
[[steps]] x = 1
note = \"\"\"
two lines
\"\"\"
path = "C:\\slots"
{
t = {a = 1, b = 2
t = {a = 1 b = 2,}
}
x = .5
x = 012;
x == True
é = 1
+++
---
""".splitlines()
BODY = """
# Pick up slots
## Log Entries
- [2025-06-05T03:01:00Z] `dev-api`: Started 🟢
- [2025-13-05T03:01:00Z] bad month
**[2025-06-05 03:35:00]** `dev-api`: See artifacts/docs/b.md
```
x = 1
+++
| a | b |
---
""".splitlines()


@st.composite
def broken_logs(draw: st.DrawFn) -> str:
    """A session log with its frontmatter in some disorder."""
    opening = draw(st.sampled_from(["+++", "+++", "+++", "", "+++ ", "+++ # log", "+++id = 1"]))
    closing = draw(st.sampled_from(["+++", "+++", "+++", "", "+++ "]))
    keys = draw(st.lists(st.sampled_from(KEYS), max_size=8))
    body = draw(st.lists(st.sampled_from(BODY), max_size=5))
    lines = [line for line in (opening, *keys, closing) if line or line in keys] + body
    line_end = draw(st.sampled_from(["\n", "\r\n"]))
    return draw(st.sampled_from(["", "", "\ufeff"])) + line_end.join(lines) + draw(st.sampled_from(["", line_end]))


def read(text: str) -> Document:
    return Document.read(SESSION_PATH, text)


def after(document: Document, fix: Fix) -> Document:
    return read(apply(fix_plan(document, fix), {SESSION_PATH: str(document.text)})[SESSION_PATH])


def named(problems: list[Problem]) -> Counter[tuple[str, str]]:
    return Counter((problem.code, problem.message) for problem in problems)


@seeded
@given(broken_logs())
@example('+++id = 1\nrelated_artifacts = [\n"""\n')
@example("t = {a = 1, b = 2\nrelated_artifacts = [\nt = {a = 1 b = 2}\n+++\n")
@example("+++id = 1")
def test_a_safe_fix_takes_its_own_problem_away(text: str):
    document = read(text)
    problems = judge(document, AROUND)
    for problem in problems:
        if problem.fix and problem.fix.safe:
            left = judge(after(document, problem.fix), AROUND)
            key = problem.code, problem.message
            here = any((other.code, other.message, other.span.start) == (*key, problem.span.start) for other in left)
            assert not here or named(left)[key] < named(problems)[key], key


@seeded
@given(broken_logs())
def test_every_fix_changes_the_text_and_its_edits_do_not_overlap(text: str):
    document = read(text)
    for problem in judge(document, AROUND):
        for fix in problem.fixes:
            edits = sorted(fix.edits)
            assert str(after(document, fix).text) != text
            for one, other in pairwise(edits):
                assert one.span.end <= other.span.start


@seeded
@given(broken_logs(), st.booleans())
@example('+++id = 1\nrelated_artifacts = [\n"""\n', False)
def test_fixing_ends_and_then_there_is_nothing_left_to_fix(text: str, unsafe: bool):
    plan = fixed(read(text), AROUND, unsafe=unsafe)
    whole = apply(plan, {SESSION_PATH: text})[SESSION_PATH]
    left = [problem for problem in judge(read(whole), AROUND) if problem.fix and (problem.fix.safe or unsafe)]
    assert left == []
    assert fixed(read(whole), AROUND, unsafe=unsafe) == ()


@seeded
@given(broken_logs())
def test_fixing_touches_only_what_its_plan_names_and_keeps_the_line_ends(text: str):
    plan = fixed(read(text), AROUND)
    whole = apply(plan, {SESSION_PATH: text})[SESSION_PATH]
    at, rebuilt = 0, ""
    for replace in sorted(plan, key=lambda replace: replace.span):
        assert text[replace.span.start : replace.span.end] == replace.old != replace.new
        rebuilt += text[at : replace.span.start] + replace.new
        at = replace.span.end
    assert rebuilt + text[at:] == whole
    if "\r\n" in text:
        assert "\n" not in whole.replace("\r\n", "")


@seeded
@given(broken_logs())
def test_fixing_keeps_the_body_as_it_is(text: str):
    document = read(text)
    whole = apply(fixed(document, AROUND), {SESSION_PATH: text})[SESSION_PATH]
    assert whole.endswith(text[document.frontmatter.span.end :])


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
