"""Runs the rules: over what changed only, for what was found is kept with the part that it is about."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import replace

from mdtm.document import Document
from mdtm.entry import Entry
from mdtm.pieces import Pieces
from mdtm.plan import Replace
from mdtm.problem import Fix, Problem
from mdtm.rules import RULES, Rule, rules_about
from mdtm.settings import DEFAULTS, Settings
from mdtm.text import Span
from mdtm.timeline import Timeline
from mdtm.workspace import Workspace

MOST_ROUNDS = 10_000
"""How often fixing starts again; each round cures at least one problem."""


_NAMES = re.compile(r"\w+")


def _rules_of(part: str) -> tuple[Rule, ...]:
    """The rules whose first parameter is of a type."""
    return tuple(rule for rule in RULES if part in _NAMES.findall(str(next(iter(rule.__annotations__.values())))))


FRONTMATTER_RULES = _rules_of("Frontmatter")
ENTRY_RULES = _rules_of("Entry")
LOG_RULES = _rules_of("Timeline")
LINES_RULES = _rules_of("Reading")
DOCUMENT_RULES = _rules_of("Document")
_KINDS = (FRONTMATTER_RULES, ENTRY_RULES, LOG_RULES, LINES_RULES, DOCUMENT_RULES)
assert {rule for kind in _KINDS for rule in kind} == {*RULES}, "a rule judges nothing we know"


def judge(document: Document, workspace: Workspace, settings: Settings = DEFAULTS) -> list[Problem]:
    """All problems of a document, in the order of their places."""
    if document.schema is None:
        return []
    problems = [*_of_frontmatter(document), *_of_entries(document), *_of_lines(document)]
    if document.schema.logs:
        timeline = Timeline(document)
        for rule in LOG_RULES:
            problems += rule(timeline, workspace)
    for rule in rules_about(DOCUMENT_RULES, document.schema.name):
        problems += rule(document, workspace)
    chosen = (settings.applied(problem) for problem in problems)
    kept = [problem for problem in chosen if problem is not None]
    if document.bad_byte is not None:
        kept = [replace(problem, fixes=()) for problem in kept]
    return sorted(kept, key=lambda problem: (problem.span, problem.code))


def fixed(
    document: Document, workspace: Workspace, settings: Settings = DEFAULTS, unsafe: bool = False
) -> tuple[Replace, ...]:
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


def fix_plan(document: Document, fix: Fix) -> tuple[Replace, ...]:
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
        for rule in rules_about(FRONTMATTER_RULES, document.schema.name if document.schema else ""):
            found += rule(document.frontmatter, document)
        document.kept = tuple(found)
    kept: tuple[Problem, ...] = document.kept
    return kept


def _of_entries(document: Document) -> Iterator[Problem]:
    """What is wrong with entries by themselves, which is nothing where they have the form of most."""
    if not document.schema or not document.schema.logs:
        return
    for index, reading in enumerate(document.body):
        if not reading.unusual:
            continue
        kept = reading.kept_entries if isinstance(reading.kept_entries, dict) else {}
        found = {entry: kept[entry] if entry in kept else _of_entry(entry) for _, entry in reading.unusual}
        reading.kept_entries = found
        start = document.text.block_start(index)[1]
        for number, entry in reading.unusual:
            for problem in found[entry]:
                yield problem.moved(start + reading.line_start(number))


def _of_lines(document: Document) -> Iterator[Problem]:
    """What is wrong with the text, block by block."""
    for index, reading in enumerate(document.body):
        if not isinstance(reading.kept_lines, tuple):
            reading.kept_lines = tuple(problem for rule in LINES_RULES for problem in rule(reading))
        for problem in reading.kept_lines:
            yield problem.moved(document.text.block_start(index)[1])


def _of_entry(entry: Entry) -> tuple[Problem, ...]:
    return tuple(problem for rule in ENTRY_RULES for problem in rule(entry))
