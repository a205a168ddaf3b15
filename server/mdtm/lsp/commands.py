"""The verbs as commands: what is missing is asked for, what comes out is handed to the editor."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from getpass import getuser
from typing import Any

from lsprotocol import types

from mdtm.disk import read_template
from mdtm.lsp.desk import Desk, Folder
from mdtm.lsp.edits import changed_uris, workspace_edit
from mdtm.lsp.overlay import Overlay
from mdtm.lsp.state import Server
from mdtm.occasion import Occasion, Outcome
from mdtm.operations import VERBS, verb_named
from mdtm.plan import Refused, StalePlan
from mdtm.verb import Parameter, Verb

PREFIX = "mdtm."
NAMES = tuple(PREFIX + verb.name for verb in VERBS)
Answer = dict[str, Any]
"""`done` and `text`, what the verb has to tell, and `changed`, the URIs; or `ask`, for what is missing."""


async def execute(server: Server, name: str, arguments: Sequence[Any]) -> Answer:
    """Carries a command out; what it needs may be one object, or texts in the order of its parameters."""
    verb = verb_named(name.removeprefix(PREFIX))
    if verb is None:
        return _told(server, f"there is no command {name}")
    given = _given(verb, arguments)
    for parameter in verb.parameters:
        if parameter.name not in given and parameter.question:
            if parameter.choices:
                given[parameter.name] = await _chosen(server, parameter, given)
            elif parameter.required:
                return _ask(server, verb, parameter)
    if any(value is None for value in given.values()):
        return {"done": False, "text": "nothing was chosen"}
    try:
        return await _carried_out(server, verb, given)
    except (Refused, StalePlan) as error:
        return _told(server, str(error))
    except OSError as error:
        return _told(server, f"{error.filename or 'a file'} cannot be read: {error.strerror}")


def occasion(desk: Desk, folder: Folder, files: Overlay, session: str = "") -> Occasion:
    """The world as the editor has it now."""
    actor = folder.settings.actor or os.environ.get("MDTM_ACTOR") or _user()
    session = session or os.environ.get("MDTM_SESSION", "")
    return Occasion(files, datetime.now(timezone.utc), actor, read_template, session, folder.settings)


async def _carried_out(server: Server, verb: Verb, given: dict[str, Any]) -> Answer:
    folder = _folder(server.desk, given.pop("uri", None))
    files = Overlay(server.desk, folder)
    at = occasion(server.desk, folder, files, given.pop("session", "") or "")
    needed = {parameter.name for parameter in verb.parameters if parameter.required}
    outcome = verb.run(at, **{name: value for name, value in given.items() if name in needed or value != ""})
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
    await _show(server, files, outcome)
    return {"done": True, "text": outcome.text, "changed": changed, **outcome.data}


async def _show(server: Server, files: Overlay, outcome: Outcome) -> None:
    if "\n" not in outcome.text:
        server.window_show_message(types.ShowMessageParams(types.MessageType.Info, outcome.text))
    if outcome.show and server.client.shows_documents:
        uri = files.uri(server.desk, outcome.show)
        await server.window_show_document_async(types.ShowDocumentParams(uri, take_focus=True))


def _given(verb: Verb, arguments: Sequence[Any]) -> dict[str, Any]:
    """What came with the command, by the names of the parameters."""
    if arguments and isinstance(arguments[0], Mapping):
        known = {"uri", "session", *(parameter.name for parameter in verb.parameters)}
        return {str(name): value for name, value in arguments[0].items() if name in known and value is not None}
    names = [parameter.name for parameter in verb.parameters]
    return dict(zip(["session", *names] if verb.session_first else names, arguments, strict=False))


async def _chosen(server: Server, parameter: Parameter, given: Mapping[str, Any]) -> str | None:
    """What a person chooses of a few answers; every editor can ask that."""
    actions = [types.MessageActionItem(choice[0].upper() + choice[1:]) for choice in parameter.choices]
    subject = next((f" {value}" for value in given.values() if isinstance(value, str)), "")
    params = types.ShowMessageRequestParams(types.MessageType.Info, f"{parameter.question}{subject}", actions)
    answer = await server.window_show_message_request_async(params)
    return answer.title.lower() if answer else None


def _ask(server: Server, verb: Verb, parameter: Parameter) -> Answer:
    """What is missing, for a client that can ask for a text; LSP itself has no way to."""
    if server.client.asks:
        return {"done": False, "ask": {"name": parameter.name, "question": parameter.question, "title": verb.title}}
    message = f'mdtm.{verb.name} needs {parameter.name}: {parameter.meaning}; give {{"{parameter.name}": "…"}} with it'
    return _told(server, message)


def _folder(desk: Desk, uri: Any) -> Folder:
    """The workspace folder of a file, else the first."""
    if isinstance(uri, str) and uri:
        return desk.place(uri)[0]
    if not desk.folders:
        raise Refused("no folder is open in the editor; a session needs one")
    return desk.folders[0]


def _told(server: Server, message: str) -> Answer:
    server.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"mdtm: {message}"))
    return {"done": False, "text": message}


def _user() -> str:
    try:
        return getuser()
    except (KeyError, OSError):  # an account without a name
        return "user"
