"""Code actions: the quick fixes at a place, and all safe fixes of a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol import types

from mdtm.allowing import WHY, Insertion
from mdtm.features.completions.offer import plain_snippet
from mdtm.judge import allowance, fix_plan, fixed
from mdtm.lsp import convert
from mdtm.lsp.client import Client
from mdtm.lsp.desk import OpenFile
from mdtm.lsp.diagnostics import as_object
from mdtm.problem import Fix, Problem
from mdtm.text import Encoding, Span

QUICK_FIX = types.CodeActionKind.QuickFix
FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.mdtm"
OPTIONS = types.CodeActionOptions([QUICK_FIX, FIX_ALL, types.CodeActionKind.Refactor], resolve_provider=True)


def of_file(
    file: OpenFile, params: types.CodeActionParams, encoding: Encoding, client: Client
) -> list[types.CodeAction]:
    """The actions for a selection in a file, of the kinds that were asked for."""
    only = params.context.only
    span = convert.our_span(file.document, params.range, encoding)
    here = convert.touching(file.problems(), span)
    actions = []
    if wanted(QUICK_FIX.value, only):
        actions += [action for problem in here for action in _quick_fixes(file, problem, encoding, client)]
    if wanted(QUICK_FIX.value, only) and any(problem.fix and problem.fix.safe for problem in here):
        actions += _fix_all(file, QUICK_FIX, encoding, client, at_least=2)
    if wanted(QUICK_FIX.value, only):
        actions += _allowing(file, here, encoding, client)
    if wanted(FIX_ALL, only) and only:
        actions += _fix_all(file, FIX_ALL, encoding, client)
    return actions


def resolved(action: types.CodeAction, file: OpenFile, encoding: Encoding, client: Client) -> types.CodeAction:
    """The action with its edit."""
    plan = fixed(file.document, file.workspace, file.folder.settings)
    action.edit = convert.file_edit(file, plan, encoding, client.versions_edits)
    return action


def _quick_fixes(file: OpenFile, problem: Problem, encoding: Encoding, client: Client) -> Iterator[types.CodeAction]:
    told = as_object(file, problem, encoding)
    for number, fix in enumerate(problem.fixes):
        plan = fix_plan(file.document, fix)
        yield types.CodeAction(
            title=fix.title,
            kind=QUICK_FIX,
            diagnostics=[told],
            is_preferred=number == 0 and fix.safe,
            edit=convert.file_edit(file, plan, encoding, client.versions_edits),
        )


def _allowing(
    file: OpenFile, problems: Sequence[Problem], encoding: Encoding, client: Client
) -> Iterator[types.CodeAction]:
    """For each rule at a place the comment that allows its fault; no fix of the finding, which nothing else writes."""
    by_rule = {problem.code: problem for problem in reversed(problems)}
    for code, problem in reversed(by_rule.items()):
        if insertion := allowance(file.document, file.workspace, file.folder.settings, file.problems(), problem):
            yield types.CodeAction(
                title=f"Allow {code} {'in this file' if insertion.for_file else 'here'}",
                kind=QUICK_FIX,
                diagnostics=[as_object(file, problem, encoding)],
                edit=_comment_edit(file, insertion, encoding, client),
            )


def _comment_edit(file: OpenFile, insertion: Insertion, encoding: Encoding, client: Client) -> types.WorkspaceEdit:
    """The edit that writes a comment, with the reason selected where the client can do that."""
    if not (client.takes_snippets and client.versions_edits):
        plan = fix_plan(file.document, Fix("", (insertion.edit(WHY),)))
        return convert.file_edit(file, plan, encoding, client.versions_edits)
    before, after = map(plain_snippet, (insertion.before, insertion.after))
    place = convert.lsp_range(file.document, Span(insertion.at, insertion.at), encoding)
    edit = types.SnippetTextEdit(place, types.StringValue(f"{before}${{1:{WHY}}}{after}"))
    identifier = types.OptionalVersionedTextDocumentIdentifier(uri=file.uri, version=file.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(identifier, [edit])])


def _fix_all(
    file: OpenFile, kind: types.CodeActionKind | str, encoding: Encoding, client: Client, at_least: int = 1
) -> list[types.CodeAction]:
    count = sum(bool(problem.fix and problem.fix.safe) for problem in file.problems())
    if count < at_least:
        return []
    what = "the safe fix" if count == 1 else f"all {count} safe fixes"
    action = types.CodeAction(f"Apply {what} in this file", kind, data=file.uri)
    return [action if client.resolves_edits else resolved(action, file, encoding, client)]


def wanted(kind: str, only: Sequence[types.CodeActionKind | str] | None) -> bool:
    """Whether a kind of action was asked for, by its own name or that of a kind above it."""
    names = [str(getattr(wanted, "value", wanted)) for wanted in only or ()]
    return not names or any(not name or kind == name or kind.startswith(f"{name}.") for name in names)
