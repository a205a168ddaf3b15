"""The handlers: from LSP, one call, to LSP."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from typing import Any

from lsprotocol import types
from pygls.capabilities import ServerCapabilitiesBuilder
from pygls.exceptions import JsonRpcException

from mdtm.lsp import actions, commands, convert, moving
from mdtm.lsp.client import Client
from mdtm.lsp.parts import FEATURES
from mdtm.lsp.protocol import NOTHING, Ended
from mdtm.lsp.refreshing import News
from mdtm.lsp.state import Server
from mdtm.lsp.transport import serve_stdio, serve_tcp

WATCHED = (
    "**/workflow-session.json", "**/.active-*", "**/.mdtm.toml", "**/pyproject.toml", "**/sessions/**", "**/*.md",
)  # fmt: skip

server = Server()


@server.feature(types.INITIALIZE)
def initialize(ls: Server, params: types.InitializeParams) -> None:
    ls.client = Client.of(params.capabilities, params.initialization_options)
    for feature in FEATURES:
        if feature.wanted(ls.client):
            feature.add_to(ls)
    for name in () if ls.client.has_commands else commands.NAMES:
        ls.command(name)(_announced)
    chosen = ServerCapabilitiesBuilder.choose_position_encoding(params.capabilities)
    ls.desk.encoding = convert.our_encoding(chosen)
    folders = [folder.uri for folder in params.workspace_folders or ()]
    for uri in folders or ([params.root_uri] if params.root_uri else []):
        ls.desk.add_folder(uri)
    ls.follow(ls.desk.folders)
    ls.first_settings = _settings(params.initialization_options)
    ls.desk.set_editor_settings(ls.first_settings)


@server.feature(types.INITIALIZED)
async def initialized(ls: Server, _: types.InitializedParams) -> None:
    registering = asyncio.ensure_future(_register(ls))
    try:
        if ls.client.has_settings:
            await _pull_settings(ls)
    finally:
        ls.settled.set()
    with contextlib.suppress(JsonRpcException):  # a client that refuses is one that tells us less
        await registering
    ls.tell_of_settings(ls.desk.folders)
    await _read_traces(ls)


@server.feature(types.SHUTDOWN)
def shutdown(ls: Server, _: None) -> None:
    ls.reports.end()


@server.feature(types.TEXT_DOCUMENT_DID_OPEN)
def did_open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    document = params.text_document
    file = ls.desk.open(document.uri, document.version, document.text)
    ls.follow([file.folder], file.document.path)
    ls.judge_again([file])


@server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
def did_change(ls: Server, params: Mapping[str, Any]) -> None:
    document = params["textDocument"]
    changes = list(map(convert.our_change, params["contentChanges"]))
    old = ls.desk.files.get(document["uri"])
    frontmatter = old.document.frontmatter if old else None
    if file := ls.desk.change(document["uri"], document["version"], changes):
        if file.document.frontmatter is not frontmatter:
            ls.follow([file.folder], file.document.path)
        ls.judge_again([file])


@server.feature(types.TEXT_DOCUMENT_DID_SAVE)
def did_save(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    _disk_changed(ls, [params.text_document.uri])


@server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
def did_close(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    if file := ls.desk.files.get(params.text_document.uri):
        ls.desk.close(file.uri)
        ls.follow([file.folder], file.document.path)
    ls.reports.something_changed()
    if not ls.client.pulls:
        ls.publish(params.text_document.uri, None, NOTHING)


@server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
def did_change_watched_files(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
    _disk_changed(ls, [change.uri for change in params.changes])


@server.feature(types.WORKSPACE_DID_CREATE_FILES, moving.EVERY_FILE)
def did_create_files(ls: Server, params: types.CreateFilesParams) -> None:
    _disk_changed(ls, [file.uri for file in params.files])


@server.feature(types.WORKSPACE_DID_RENAME_FILES, moving.EVERY_FILE)
def did_rename_files(ls: Server, params: types.RenameFilesParams) -> None:
    _disk_changed(ls, [uri for file in params.files for uri in (file.old_uri, file.new_uri)])


@server.feature(types.WORKSPACE_DID_DELETE_FILES, moving.EVERY_FILE)
def did_delete_files(ls: Server, params: types.DeleteFilesParams) -> None:
    _disk_changed(ls, [file.uri for file in params.files])


@server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
async def did_change_folders(ls: Server, params: types.DidChangeWorkspaceFoldersParams) -> None:
    for folder in params.event.removed:
        ls.desk.remove_folder(folder.uri)
    for folder in params.event.added:
        ls.desk.add_folder(folder.uri)
    ls.follow(ls.desk.folders)
    ls.judge_all_again(News.FOLDERS)
    await _pull_settings(ls)


@server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
async def did_change_configuration(ls: Server, params: types.DidChangeConfigurationParams) -> None:
    if ls.client.has_settings:
        await _pull_settings(ls)
    else:
        with ls.noticing():
            ls.desk.set_editor_settings(_settings(params.settings))


@server.feature(types.CODE_ACTION_RESOLVE)
def code_action_resolve(ls: Server, action: types.CodeAction) -> types.CodeAction:
    file = ls.desk.files.get(str(action.data))
    return actions.resolved(action, file, ls.desk.encoding, ls.client) if file else action


@server.feature(types.WORKSPACE_EXECUTE_COMMAND)
async def execute_command(ls: Server, params: types.ExecuteCommandParams) -> commands.Answer:
    return await commands.execute(ls, params.command, params.arguments or ())


def _announced(ls: Server, *_: Any) -> None:
    """Stands for a command in the capabilities; `execute_command` carries all of them out."""


def serve(host: str, port: int | None) -> int:
    """Runs the server until its client has gone; gives the exit status."""
    if port is None:
        serve_stdio(server)
    else:
        serve_tcp(server, host, port)
    return 0


def _disk_changed(ls: Server, uris: list[str]) -> None:
    with ls.noticing():
        ls.desk.disk_changed(uris)
        ls.follow(ls.desk.all_folders())
    ls.reports.something_changed()
    ls.tell_of_settings(ls.desk.folders)


async def _register(ls: Server) -> None:
    """Asks the client to tell us when files or settings change, where it can."""
    registrations = []
    if ls.client.registers_watchers:
        watchers = [types.FileSystemWatcher(pattern) for pattern in WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registrations.append(types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options))
    if ls.client.registers_settings:
        section = types.DidChangeConfigurationRegistrationOptions("mdtm")
        registrations.append(types.Registration("settings", types.WORKSPACE_DID_CHANGE_CONFIGURATION, section))
    if registrations:
        await ls.client_register_capability_async(types.RegistrationParams(registrations))


async def _pull_settings(ls: Server) -> None:
    """Asks for the settings of every workspace folder, where the client can be asked."""
    if ls.client.has_settings:
        folders = list(ls.desk.folders)
        items = [types.ConfigurationItem(folder.root.as_uri(), "mdtm") for folder in folders]
        items.append(types.ConfigurationItem(section="mdtm"))
        answers = await ls.workspace_configuration_async(types.ConfigurationParams(items))
        with ls.noticing():
            for folder, answer in zip([*folders, None], answers, strict=False):
                ls.desk.set_editor_settings(answer if isinstance(answer, Mapping) else ls.first_settings, folder)


async def _read_traces(ls: Server) -> None:
    """Reads what tasks and sprints say of each other before anybody asks, so that no answer has to wait for it."""
    with contextlib.suppress(Ended):
        async with ls.working("Reading tasks") as progress:
            for folder in list(ls.desk.folders):
                for _ in folder.workspace.trace.read() if folder.workspace.trace else ():
                    await progress.step()


def _settings(given: Any) -> Mapping[str, Any]:
    """The settings in what a client sent, which may or may not lie under our name."""
    values = given.get("mdtm", given) if isinstance(given, Mapping) else {}
    return values if isinstance(values, Mapping) else {}
