"""Runs the rules: over what changed only, for what was found is kept with the part that it is about."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from mdtm.document import Document
from mdtm.entry import Entry
from mdtm.markdown import Reading
from mdtm.plan import Pieces, Plan, Replace
from mdtm.problem import Fix, Problem
from mdtm.rules import RULES, Rule
from mdtm.settings import DEFAULTS, Settings
from mdtm.text import Span, shared_ends
from mdtm.workspace import Workspace

MOST_ROUNDS = 10_000
"""How often fixing starts again; each round cures at least one problem."""


_NAMES = re.compile(r"\w+")


def _rules_of(part: str) -> tuple[Rule, ...]:
    """The rules whose first parameter is of a type."""
    return tuple(rule for rule in RULES if part in _NAMES.findall(str(next(iter(rule.__annotations__.values())))))


FRONTMATTER_RULES = _rules_of("Frontmatter")
ENTRY_RULES = _rules_of("Entry")
DOCUMENT_RULES = _rules_of("Document")
assert {*FRONTMATTER_RULES, *ENTRY_RULES, *DOCUMENT_RULES} == {*RULES}, "a rule judges nothing we know"


class _Kept(NamedTuple):
    """What was found in the entries of a block."""

    before: Entry | None
    """The last entry before the block."""
    entries: tuple[Entry, ...]
    problems: tuple[tuple[Problem, ...], ...]
    """For each entry its problems; spans count from the start of its line."""
    clean: bool


def judge(document: Document, workspace: Workspace, settings: Settings = DEFAULTS) -> list[Problem]:
    """All problems of a document, in the order of their places."""
    if document.schema is None:
        return []
    problems = [*_of_frontmatter(document), *_of_entries(document)]
    for rule in DOCUMENT_RULES:
        problems += rule(document, workspace)
    chosen = (settings.applied(problem) for problem in problems)
    kept = [problem for problem in chosen if problem is not None]
    if document.bad_byte is not None:
        kept = [replace(problem, fixes=()) for problem in kept]
    return sorted(kept, key=lambda problem: (problem.span, problem.code))


def fixed(document: Document, workspace: Workspace, settings: Settings = DEFAULTS, unsafe: bool = False) -> Plan:
    """The plan that cures all that can be cured, round after round, until nothing is left to do."""
    original, pieces = document, Pieces(len(document.text))
    seen = set[str]()
    for _ in range(MOST_ROUNDS):
        problems = judge(document, workspace, settings)
        fixes = _apart(fix for problem in problems for fix in problem.fixes[:1] if fix.safe or unsafe)
        edits = [edit for fix in fixes for edit in fix.edits]
        text = str(document.text)
        if not edits or text in seen:
            break
        seen.add(text)
        pieces.edit(edits)
        for span, new in sorted(edits, reverse=True):
            document = document.edited(span, new)
    return tuple(Replace(document.path, span, original.text[span], new) for span, new in pieces.edits())


def fix_plan(document: Document, fix: Fix) -> Plan:
    """The plan that carries out one fix."""
    return tuple(Replace(document.path, span, document.text[span], new) for span, new in fix.edits)


def _apart(fixes: Iterator[Fix]) -> list[Fix]:
    """The fixes that do not touch each other; the others wait for the next round."""
    taken: list[Fix] = []
    spans: list[Span] = []
    """The edited spans of those taken, in order."""
    for fix in fixes:
        edited = [span for span, _ in fix.edits]
        if not any(_touches(span, spans) for span in edited):
            taken.append(fix)
            for span in edited:
                insort(spans, span)
    return taken


def _touches(span: Span, spans: list[Span]) -> bool:
    at = bisect_left(spans, span)
    return any(other.start <= span.end and span.start <= other.end for other in spans[max(0, at - 1) : at + 1])


def _of_frontmatter(document: Document) -> tuple[Problem, ...]:
    if not isinstance(document.kept, tuple):
        found: list[Problem] = []
        for rule in FRONTMATTER_RULES:
            found += rule(document.frontmatter, document)
        document.kept = tuple(found)
    kept: tuple[Problem, ...] = document.kept
    return kept


def _of_entries(document: Document) -> Iterator[Problem]:
    if not document.schema or not document.schema.logs:
        return
    before: Entry | None = None
    for index, reading in enumerate(document.body):
        if not reading.entries:
            continue
        kept = reading.kept
        if not isinstance(kept, _Kept) or kept.entries is not reading.entries or kept.before is not before:
            kept = reading.kept = _judge_block(reading, before, kept if isinstance(kept, _Kept) else None)
        if not kept.clean:
            start = document.text.block_start(index)[1]
            for number, problems in zip(reading.entry_lines, kept.problems, strict=True):
                for problem in problems:
                    yield problem.moved(start + reading.line_start(number))
        before = reading.entries[-1]


def _judge_block(reading: Reading, before: Entry | None, old: _Kept | None) -> _Kept:
    """Judges the entries of a block, but for those that `old` has, each behind the same one as now."""
    entries = reading.entries
    head, tail = shared_ends(old.entries, entries) if old else (0, 0)
    if old is None or old.before is not before:
        head = 0
    tail = max(0, tail - 1)  # the first of them may stand behind another entry now
    found = list(old.problems[:head]) if old else []
    for number in range(head, len(entries) - tail):
        last = entries[number - 1] if number else before
        found.append(tuple(problem for rule in ENTRY_RULES for problem in rule(entries[number], last)))
    if old and tail:
        found += old.problems[-tail:]
    return _Kept(before, entries, tuple(found), not any(found))
