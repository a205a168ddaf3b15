"""The verbs as commands: what is missing is asked for, what comes out is handed to the editor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from lsprotocol import types

from mdtm.completion import wanted_by
from mdtm.instructions import carried_out
from mdtm.lsp.desk import Desk
from mdtm.lsp.edits import changed_uris, workspace_edit
from mdtm.lsp.folder import NOWHERE, Folder
from mdtm.lsp.overlay import Overlay
from mdtm.lsp.state import Server
from mdtm.lsp.view_texts import OF_SESSION
from mdtm.lsp.views import VIEW_OF, uri_of
from mdtm.occasion import Outcome
from mdtm.offers import choices
from mdtm.operations import VERBS, verb_named
from mdtm.plan import Refused, StalePlan
from mdtm.sessions import sessions
from mdtm.verb import Verb
from mdtm.world import occasion

PREFIX = "mdtm."
MOST_BUTTONS = 4
"""How many answers a message of an editor has room for."""
PROPOSE = "proposal.create"
NAMES = tuple(PREFIX + verb.name for verb in VERBS)
Answer = dict[str, Any]
"""`done` and `text`, what the verb has to tell, and `changed`, the URIs; or `ask`, for what is missing."""


async def execute(server: Server, name: str, arguments: Sequence[Any]) -> Answer:
    """Carries a command out; what it needs may be one object, or texts in the order of its parameters."""
    verb = verb_named(name.removeprefix(PREFIX))
    if verb is None:
        return _told(server, f"there is no command {name}")
    given = _given(verb, arguments)
    try:
        uri = given.pop("uri", None)
        folder = _folder(server.desk, uri)
        files = Overlay(server.desk, folder)
        _take_buffer(server.desk, files, verb, given, uri)
        if question := _missing(verb, given, files):
            if server.client.asks:
                return {"done": False, "ask": question}
            if len(question["choices"]) not in range(1, MOST_BUTTONS + 1):
                return _told(server, _needs(verb, question["name"]))
            given[question["name"]] = await _chosen(server, question, given)
            if given[question["name"]] is None:
                return {"done": False, "text": "nothing was chosen"}
        return await _carried_out(server, verb, given, folder, files)
    except Refused as refused:
        return await _refused(server, verb, refused)
    except StalePlan as error:
        return _told(server, str(error))
    except OSError as error:
        return _told(server, f"{error.filename or 'a file'} cannot be read: {error.strerror}")


async def _carried_out(server: Server, verb: Verb, given: dict[str, Any], folder: Folder, files: Overlay) -> Answer:
    at = occasion(files, folder.settings, session=given.pop("session", "") or "", source="editor")
    outcome = carried_out(at, verb, _typed(verb, given))
    changed: list[str] = []
    if outcome.plan:
        edit = workspace_edit(server.desk, files, outcome.plan, server.client)
        changed = changed_uris(edit)
        applied = await server.workspace_apply_edit_async(
            types.ApplyWorkspaceEditParams(edit, f"Session: {verb.title}")
        )
        if not applied.applied:
            return _told(
                server, f"the editor did not change the files: {applied.failure_reason or 'it does not say why'}"
            )
    view = _view(server, verb, folder, outcome)
    await _show(server, files, outcome, view)
    show = {"show": files.uri(server.desk, outcome.show)} if outcome.show else {}
    next_steps = {"instructions": outcome.instructions} if outcome.instructions else {}
    return {**outcome.data, "done": True, "text": outcome.text, "changed": changed, **show, **view, **next_steps}


async def _refused(server: Server, verb: Verb, refused: Refused) -> Answer:
    """Asks for what is missing, or whether to do it all the same, where that can be; else says why it is not done."""
    ask: dict[str, Any] = {"title": verb.title, "choices": []}
    if server.client.asks and (wanted := wanted_by(refused)):
        return {"done": False, "ask": {**ask, "name": wanted["name"], "question": wanted["question"]}}
    if server.client.asks and "checklist" in refused.data and any(one.name == "force" for one in verb.parameters):
        message, force = str(refused).partition("\n")[0], types.MessageActionItem("Do it all the same")
        params = types.ShowMessageRequestParams(types.MessageType.Error, f"mdtm: {message}", [force])
        if await server.window_show_message_request_async(params):
            return {"done": False, "ask": {**ask, "name": "force", "question": "Why does that not matter?"}}
        return {**refused.data, "done": False, "text": str(refused)}
    return {**refused.data, **_told(server, str(refused))}


def _typed(verb: Verb, given: Mapping[str, Any]) -> dict[str, Any]:
    """What the verb is told; a person's answer is a text, whatever was asked for."""
    needed = {parameter.name for parameter in verb.parameters if parameter.required}
    told = {name: value for name, value in given.items() if name in needed or value != ""}
    for parameter in verb.parameters:
        value = told.get(parameter.name)
        if isinstance(value, str) and parameter.kind == "texts":
            told[parameter.name] = [value]
        elif isinstance(value, str) and parameter.kind == "number":
            if not value.strip().isdecimal():
                raise Refused(f"{parameter.name} is a number, which {value} is not")
            told[parameter.name] = int(value)
    return told


def _view(server: Server, verb: Verb, folder: Folder, outcome: Outcome) -> dict[str, str]:
    """The URI of the view that shows what a verb tells, for a client that can show one."""
    name = VIEW_OF.get(verb.name)
    if name is None or not server.client.shows_views:
        return {}
    part = str(outcome.data.get("session" if name in OF_SESSION else "span", ""))
    return {"view": uri_of(name, folder, part)}


async def _show(server: Server, files: Overlay, outcome: Outcome, view: Mapping[str, str]) -> None:
    """What a verb tells, in a message where nothing else shows it, and the file that it is about."""
    client = server.client
    is_shown = client.has_commands or (view and client.shows_documents)  # a client of our own shows long texts itself
    if outcome.text and not ("\n" in outcome.text and is_shown):
        server.window_show_message(types.ShowMessageParams(types.MessageType.Info, outcome.text))
    uri = files.uri(server.desk, outcome.show) if outcome.show else ""
    if not client.has_commands:
        uri = view.get("view", uri)
    if uri and client.shows_documents:
        await server.window_show_document_async(types.ShowDocumentParams(uri, take_focus=True))


def _given(verb: Verb, arguments: Sequence[Any]) -> dict[str, Any]:
    """What came with the command, by the names of the parameters."""
    if arguments and isinstance(arguments[0], Mapping):
        known = {"uri", "session", *(parameter.name for parameter in verb.parameters)}
        return {str(name): value for name, value in arguments[0].items() if name in known and value is not None}
    names = [parameter.name for parameter in verb.parameters]
    return dict(zip(["session", *names] if verb.session_first else names, arguments, strict=False))


def _take_buffer(desk: Desk, files: Overlay, verb: Verb, given: dict[str, Any], uri: Any) -> None:
    """Proposes what the editor has of a file, over what is on the disk, where nothing else is given."""
    file = desk.files.get(uri) if isinstance(uri, str) else None
    if verb.name != PROPOSE or file is None or given.keys() & {"text", "file", "diff"}:
        return
    if given.setdefault("target", file.document.path) == file.document.path:
        given["text"] = str(file.document.text)
        files.forget_buffer(file.document.path)


def _missing(verb: Verb, given: Mapping[str, Any], files: Overlay) -> dict[str, Any] | None:
    """The first question that is to be asked before the verb can be carried out."""
    if verb.states and not given.get("session"):
        found = [one for one in sessions(files) if one.place in verb.states]
        known = [{"value": one.id, "label": one.title or one.id, "description": one.id} for one in found]
        return {"name": "session", "question": "Which session?", "title": verb.title, "choices": known}
    for parameter in verb.parameters:
        if parameter.name not in given and parameter.question:
            return {
                "name": parameter.name,
                "question": parameter.question,
                "title": verb.title,
                "choices": [one._asdict() for one in choices(files, parameter, given)],
            }
    return None


async def _chosen(server: Server, question: Mapping[str, Any], given: Mapping[str, Any]) -> str | None:
    """What a person chooses of a few answers; every editor can ask that."""
    used = Counter(choice["label"] for choice in question["choices"])
    labels = {
        choice["label"] if used[choice["label"]] == 1 else f"{choice['label']} ({choice['value']})": choice["value"]
        for choice in question["choices"]
    }
    subject = next((f" {value}" for value in given.values() if isinstance(value, str)), "")
    actions = [types.MessageActionItem(label) for label in labels]
    params = types.ShowMessageRequestParams(types.MessageType.Info, f"{question['question']}{subject}", actions)
    answer = await server.window_show_message_request_async(params)
    return labels[answer.title] if answer else None


def _needs(verb: Verb, name: str) -> str:
    """What a client that cannot ask for a text is told; LSP itself has no way to."""
    meaning = next((one.meaning for one in verb.parameters if one.name == name), "the session that is meant")
    line = f"`mdtm {' '.join(verb.words)}` on the command line"
    return f'mdtm.{verb.name} needs {name}: {meaning}; give {{"{name}": "…"}} with it, or use {line}'


def _folder(desk: Desk, uri: Any) -> Folder:
    """The workspace folder of a file, else the first."""
    if isinstance(uri, str) and uri and (folder := desk.place(uri)[0]).root != NOWHERE:
        return folder
    if not desk.folders:
        raise Refused("no folder is open in the editor; a session needs one")
    return desk.folders[0]


def _told(server: Server, message: str) -> Answer:
    first = message.partition("\n")[0]
    server.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"mdtm: {first}"))
    return {"done": False, "text": message}
