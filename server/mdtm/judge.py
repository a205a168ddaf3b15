"""Runs the rules: over what changed only, for what was found in the other parts is kept."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import replace

from mdtm.allowing import Insertion, allowing
from mdtm.asking import Group, groups
from mdtm.document import Document
from mdtm.entry import Entry
from mdtm.fields import Edit
from mdtm.joined import joined, numbered
from mdtm.markdown import Reading
from mdtm.pieces import Pieces
from mdtm.plan import Replace, replaced
from mdtm.problem import Fix, Problem
from mdtm.rules import FAMILY_OF, RULES, Rule, code_of, rules_about
from mdtm.schema.documents import PROPOSED_EDIT
from mdtm.schema.settings import SETTINGS
from mdtm.settings import DEFAULTS, OFF, Settings
from mdtm.suppression import Suppressions, comments_of, less_allowed
from mdtm.text import Span
from mdtm.timeline import Timeline
from mdtm.workspace import Workspace

MOST_ROUNDS = 10_000
"""How often fixing starts again; each round cures at least one problem."""
FEW = 50
"""How many edits are made one by one; with more of them it is quicker to read the text anew."""


_NAMES = re.compile(r"\w+")


def _rules_of(part: str) -> tuple[Rule, ...]:
    """The rules whose first parameter is of a type."""
    return tuple(rule for rule in RULES if part in _NAMES.findall(str(next(iter(rule.__annotations__.values())))))


_PARTS = ("Frontmatter", "Entry", "Timeline", "Reading", "Document", "Suppressions")
_RULES = {part: _rules_of(part) for part in _PARTS}
assert {rule for rules in _RULES.values() for rule in rules} == {*RULES}, "a rule judges nothing we know"


def judge(document: Document, workspace: Workspace, settings: Settings = DEFAULTS) -> list[Problem]:
    """All problems of a document, in the order of their places."""
    if document.schema is None:
        return []
    kind = document.schema.name
    if settings.idle_minutes:
        workspace = replace(workspace, idle_minutes=settings.idle_minutes)
    problems = [*_of_frontmatter(document, kind)]
    if document.schema is not PROPOSED_EDIT:  # whose text is kept as it was proposed
        problems += _moved(_in_lines(document), document)
    if document.schema.logs:
        problems += _moved(_in_entries(document), document)
        problems += _answers("Timeline", kind, Timeline(document), workspace)
    problems += _answers("Document", kind, document, workspace)
    comments = comments_of(document)
    if comments or document.schema is SETTINGS:
        problems, used = less_allowed(problems, comments)
        idle = _idle(document, workspace, settings) if comments else ()
        suppressions = Suppressions(comments, used, idle, workspace.allowed_for_nothing)
        for rule in _RULES["Suppressions"]:
            problems += rule(suppressions, document)
    return _chosen(problems, document, settings) if problems else []


def _chosen(problems: list[Problem], document: Document, settings: Settings) -> list[Problem]:
    """The problems that the settings let be told, as they want them, in the order of their places."""
    if settings.allow and (allowed := settings.allowed_in(document.path)):
        problems = [one for one in problems if one.code not in allowed and FAMILY_OF[one.code] not in allowed]
    chosen = (settings.applied(problem, FAMILY_OF[problem.code]) for problem in problems)
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
        document = _edited(document, edits)
    return tuple(Replace(document.path, span, original.text[span], new) for span, new in pieces.edits())


def _edited(document: Document, edits: list[Edit]) -> Document:
    """The document with all of some edits made: one by one where they are few, for then most of it need not be read."""
    if len(edits) > FEW:
        text = replaced(
            str(document.text), (Replace(document.path, span, document.text[span], new) for span, new in edits)
        )
        return Document.read(document.path, text, document.bad_byte)
    for span, new in sorted(edits, reverse=True):
        document = document.edited(span, new)
    return document


def fix_plan(document: Document, fix: Fix) -> tuple[Replace, ...]:
    """The plan that carries out one fix."""
    return tuple(Replace(document.path, span, document.text[span], new) for span, new in fix.edits)


def allowance(
    document: Document, workspace: Workspace, settings: Settings, problems: list[Problem], problem: Problem
) -> Insertion | None:
    """The comment that allows one of a document's problems, and has no other effect; None where there is none."""
    for insertion in allowing(document, problem):
        span, new = insertion.edit("for a reason")
        if len(judge(document.edited(span, new), workspace, settings)) < len(problems):
            return insertion
    return None


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


def _answers(part: str, kind: str, *subject: object) -> list[Problem]:
    """What the rules about a part of a document say of it."""
    found: list[Problem] = []
    for when, rules in _groups(part, kind):
        if when is None or when(*subject):
            for rule in rules:
                found += rule(*subject)
    return found


@functools.cache
def _groups(part: str, kind: str) -> tuple[Group, ...]:
    return groups(rules_about(_RULES[part], kind), kind)


def _of_frontmatter(document: Document, kind: str) -> tuple[Problem, ...]:
    if not isinstance(document.kept, tuple):
        document.kept = tuple(_answers("Frontmatter", kind, document.frontmatter, document))
    kept: tuple[Problem, ...] = document.kept
    return kept


@joined(numbered)
def _in_entries(reading: Reading) -> tuple[Problem, ...]:
    """What is wrong with entries by themselves, which is nothing where they have the form of most.

    Those that were there before the last edit are not judged again.
    """
    if not reading.unusual:
        return ()
    kept = reading.kept_entries if isinstance(reading.kept_entries, dict) else {}
    found = {entry: kept[entry] if entry in kept else _of_entry(entry) for _, entry in reading.unusual}
    reading.kept_entries = found
    return tuple(
        problem.moved(reading.line_start(number)) for number, entry in reading.unusual for problem in found[entry]
    )


@joined(numbered)
def _in_lines(reading: Reading) -> tuple[Problem, ...]:
    """What is wrong with the text, whatever it is."""
    return tuple(_answers("Reading", "", reading))


def _moved(found: list[tuple[int, Problem]], document: Document) -> list[Problem]:
    """Problems of blocks where they are in the file."""
    return [problem.moved(document.text.block_start(index)[1]) for index, problem in found]


def _idle(document: Document, workspace: Workspace, settings: Settings) -> frozenset[str]:
    """The codes of the rules that could not find all that they would find now."""
    if document.frontmatter.faults or document.bad_byte is not None:
        return frozenset(FAMILY_OF)
    off = (code for code, family in FAMILY_OF.items() if settings.level(code, family) == OFF)
    unlisted = document.is_session and workspace.files_in(document.folder) is None
    unknown = unlisted or workspace.trace is None or workspace.now is None
    return frozenset((*off, *(map(code_of, (*_RULES["Timeline"], *_RULES["Document"])) if unknown else ())))


def _of_entry(entry: Entry) -> tuple[Problem, ...]:
    return tuple(problem for rule in _RULES["Entry"] for problem in rule(entry))
