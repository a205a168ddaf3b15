"""Code actions that are verbs: what can be done now with the session, the task or the sprint of a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lsprotocol import types

from mdtm.features.authors import is_by_agent
from mdtm.features.entries import entry_at
from mdtm.features.lenses import session_verbs, verbs
from mdtm.fields import Edit
from mdtm.judge import fix_plan
from mdtm.log_edit import appended, opening
from mdtm.lsp import actions, commands, convert
from mdtm.lsp.desk import OpenFile
from mdtm.lsp.feature import Feature
from mdtm.lsp.folder import NOWHERE
from mdtm.lsp.state import Server
from mdtm.operations import verb_named
from mdtm.problem import Fix
from mdtm.proposals import possible
from mdtm.sessions import Session, active_folder, session_in
from mdtm.tasks import boxes, is_task
from mdtm.text import Span

MOST_WORDS = 8
KIND = f"{types.CodeActionKind.Refactor.value}.session"
TITLES = {
    "session.pause": "Pause this session", "session.resume": "Resume this session",
    "session.complete": "Complete this session", "session.reopen": "Reopen this session",
    "task.activate": "Work on this task", "task.deactivate": "Stop working on this task",
    "task.done": "Complete this task",
    "sprint.activate": "Work on this sprint", "sprint.complete": "Complete this sprint",
}  # fmt: skip
"""What the menu calls the verbs of what a file is about."""


def code_actions(server: Server, file: OpenFile, params: types.CodeActionParams) -> list[types.CodeAction]:
    """All that the menu offers for a selection: the cures of its findings, and the verbs."""
    found = actions.of_file(file, params, server.desk.encoding, server.client)
    if actions.wanted(KIND, params.context.only):
        found += of_file(server, file, convert.our_span(file.document, params.range, server.desk.encoding))
    return found


def of_file(server: Server, file: OpenFile, span: Span) -> Iterator[types.CodeAction]:
    """The verbs that make sense where the cursor is: in the frontmatter those of what the file is about."""
    if file.folder.root == NOWHERE:
        return
    files = server.around(file).files
    active = active_folder(files)
    document = file.document
    if session := session_in(files, document.folder, active, document) if document.is_session else None:
        yield from _of_session(server, file, span, session)
    elif span.start <= document.frontmatter.span.end:
        yield from (_command(TITLES[verb], verb, file.uri, **given) for verb, given in verbs(files, document))
    elif is_task(document):
        yield from _of_box(file, span)
    tags = [types.CodeActionTag.LlmGenerated] if server.client.marks_generated and is_by_agent(document) else None
    for title, verb in of_proposal(server, file):
        action = _command(title, verb, file.uri, proposal=document.path)
        action.tags = tags
        yield action
    if active and span.start < span.end:
        yield _extract(server, file, span)
    if active is None and server.client.asks:  # for its goal; what cannot be told is not offered
        yield _command("Start a session", "session.start", file.uri)


def _of_session(server: Server, file: OpenFile, span: Span, session: Session) -> Iterator[types.CodeAction]:
    """In the frontmatter the verbs of the session, in the log an entry."""
    document = file.document
    if span.start <= document.frontmatter.span.end:
        for verb in session_verbs(session):
            yield _command(TITLES[verb], verb, file.uri, session=session.id)
        if any(problem.code == "unlisted-artifact" for problem in file.problems()):
            yield _command("Link all unlisted artifacts, and log it", "artifact.link_all", file.uri, session=session.id)
        return
    at = server.occasion(file)
    if edit := entry_at(document, span.end, at.now, at.actor):
        yield _entry(server, file, "Insert a log entry here", edit)
    title = "Insert a log entry at the end"
    if server.client.asks:
        yield _command(title, "log.insert", file.uri, session=session.id)
    elif document.name.endswith(".md"):
        yield _entry(server, file, title, appended(document, [opening(at.now, at.actor)]))


def _entry(server: Server, file: OpenFile, title: str, edit: Edit) -> types.CodeAction:
    """An entry that is begun in the text, and goes on as somebody types."""
    plan = fix_plan(file.document, Fix("", (edit,)))
    changes = convert.file_edit(file, plan, server.desk.encoding, server.client.versions_edits)
    return types.CodeAction(title, KIND, edit=changes)


def _of_box(file: OpenFile, span: Span) -> Iterator[types.CodeAction]:
    """What can be done with the check box of a task on the line of the cursor."""
    document = file.document
    line = document.text.line_span(document.text.line_at(span.start))
    for box in boxes(document):
        if line.start <= box.span.start < line.end:
            title, more = ("Open this box again", {"untick": True}) if box.ticked else ("Tick this box", {})
            yield _command(title, "task.tick", file.uri, task=document.path, box=str(box.number), **more)


def _extract(server: Server, file: OpenFile, span: Span) -> types.CodeAction:
    text = file.document.text
    first, last = text.line_at(span.start) + 1, text.line_at(max(span.start, span.end - 1)) + 1
    known = {} if server.client.asks else {"kind": "note", "title": _title_of(text[span])}
    return _command(
        f"Extract the selection into {'a note' if known else 'an artifact'}", "artifact.extract", file.uri,
        path=file.document.path, first=first, last=last, replace=True, **known,
    )  # fmt: skip


def of_proposal(server: Server, file: OpenFile) -> list[tuple[str, str]]:
    """What can be done with a proposed edit, as titles and verbs; nothing with another file."""
    if file.folder.root == NOWHERE:
        return []
    names = possible(server.around(file).files, file.document)
    return [(verb.title, verb.name) for name in names if (verb := verb_named(name))]


def _title_of(selection: str) -> str:
    """What an artifact is called where nobody can be asked: by the first words that it has."""
    words = re.findall(r"[A-Za-z0-9][^\s`*_]*", selection)
    return " ".join(words[:MOST_WORDS]) or "Extract"


def _command(title: str, verb: str, uri: str, /, **given: Any) -> types.CodeAction:
    assert verb_named(verb), verb
    command = types.Command(title, commands.PREFIX + verb, arguments=[{"uri": uri, **given}])
    return types.CodeAction(title, KIND, command=command)


FEATURES = (Feature(types.TEXT_DOCUMENT_CODE_ACTION, code_actions, actions.OPTIONS),)
