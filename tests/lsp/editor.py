"""A stand-in for an editor: keeps its own text, and does its own arithmetic on positions.

`VSCODE` holds what VS Code announces, as it was recorded on the wire.
"""

from __future__ import annotations

import asyncio
import copy
import json
import re
import sys
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Union

import pytest_lsp
from lsprotocol import converters, types
from pygls.protocol import default_converter
from pygls.uris import to_fs_path
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, LanguageClient, register_lsp_features

from mdtm.lsp.client import REFRESHES
from tests.checks import files_in

COMMAND = [sys.executable, "-m", "mdtm", "lsp"]
PATIENCE = 20.0
"""Seconds after which an answer is missing."""
VSCODE: dict[str, Any] = json.loads((Path(__file__).parent / "vscode_capabilities.json").read_text())
_SIZES = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


def capabilities(pulls: bool = False, asks: bool = False, encodings: Sequence[str] = ("utf-16",)) -> dict[str, Any]:
    """What VS Code announces; without pulling, and without settings to ask for, unless wanted."""
    chosen = copy.deepcopy(VSCODE)
    chosen["general"]["positionEncodings"] = list(encodings)
    if not pulls:
        del chosen["textDocument"]["diagnostic"]
    if not asks:
        chosen["workspace"]["configuration"] = False
    return chosen


def fill(root: Path, text: str) -> None:
    """Writes the files of a text, each begun by `-- path --`."""
    for path, content in files_in(text).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content.encode())


class Editor(LanguageClient):
    """The client of a conversation."""

    def __init__(self) -> None:
        super().__init__(converter_factory=_converter)
        self.root = Path()
        self.encoding = "utf-16"
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.published: list[types.PublishDiagnosticsParams] = []
        self.registered: list[str] = []
        self.asked: list[types.ShowMessageRequestParams] = []
        self.answers: list[str] = []
        """What the person answers to the next questions; nothing when there is none left."""
        self.shown: list[str] = []
        self.applied: list[types.WorkspaceEdit] = []
        self.refreshed: list[str] = []
        """What the server asked to be asked for again: methods, and the URIs of views."""
        self._arrived = asyncio.Event()
        register_lsp_features(self, DEFAULT_CLIENT_FEATURES | self._features())

    async def start(self, announced: dict[str, Any], *roots: Path, options: Any = None) -> types.InitializeResult:
        """Introduces itself, with some workspace folders."""
        params = types.InitializeParams(
            converters.get_converter().structure(announced, types.ClientCapabilities),
            initialization_options=options,
            workspace_folders=[types.WorkspaceFolder(root.as_uri(), root.name) for root in roots] or None,
        )
        self.result = result = await asyncio.wait_for(self.initialize_session(params), PATIENCE)
        kind = result.capabilities.position_encoding
        self.encoding = str(getattr(kind, "value", kind or "utf-16"))
        return result

    def open(self, where: Path | str, text: str) -> str:
        """Opens a file, or another URI, with a text that the disk need not have; gives its URI.

        Versions go on from where they were, so that no older finding can be taken for a new one.
        """
        uri = where if isinstance(where, str) else where.as_uri()
        if uri in self.texts:
            self.close(uri)
        version = self.versions.get(uri, 0) + 1
        self.texts[uri], self.versions[uri] = text, version
        document = types.TextDocumentItem(uri, "markdown", version, text)
        self.text_document_did_open(types.DidOpenTextDocumentParams(document))
        return uri

    def edit(self, uri: str, old: str, new: str) -> None:
        """Types over the only place where `old` stands."""
        text = self.texts[uri]
        assert text.count(old) == 1
        start = text.index(old)
        self.change(uri, self.range_of(uri, start, start + len(old)), new)

    def change(self, uri: str, place: types.Range | None, new: str) -> None:
        """Puts a new text at a place, or everywhere."""
        self.versions[uri] += 1
        if place is None:
            self.texts[uri] = new
            change: types.TextDocumentContentChangeEvent = types.TextDocumentContentChangeWholeDocument(new)
        else:
            start, end = self.offset(uri, place.start), self.offset(uri, place.end)
            self.texts[uri] = self.texts[uri][:start] + new + self.texts[uri][end:]
            change = types.TextDocumentContentChangePartial(place, new)
        identifier = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        self.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))

    def save(self, uri: str) -> None:
        self.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))

    def close(self, uri: str) -> None:
        self.texts.pop(uri, None)
        self.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))

    def changed_on_disk(self, *paths: Path) -> None:
        """Says what the editor's watcher says; the kind of change is left to the disk."""
        events = [types.FileEvent(path.as_uri(), types.FileChangeType.Changed) for path in paths]
        self.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(events))

    async def codes(self, uri: str, *wanted: str) -> list[types.Diagnostic]:
        """Waits until just these codes are published for the text as it is; gives their diagnostics."""
        found: list[types.Diagnostic] = []
        for _ in range(100):
            self._arrived.clear()
            last = next((publish for publish in reversed(self.published) if publish.uri == uri), None)
            found = list(last.diagnostics) if last and last.version in (None, self.versions[uri]) else []
            if last and last.version == self.versions[uri] and [str(one.code) for one in found] == list(wanted):
                return found
            try:
                await asyncio.wait_for(self._arrived.wait(), PATIENCE)
            except asyncio.TimeoutError:
                break
        shown = [f"{one.code}: {one.message}" for one in found]
        raise AssertionError(f"wanted {list(wanted)}, got {shown} for version {self.versions[uri]}")

    async def settled(self) -> None:
        """Waits until the server has handled and published all that was sent."""
        for _ in range(2):  # the answer to the first comes before what the server has put off
            await self.actions_at("file:///nowhere.md", 0, 0)

    async def actions(self, uri: str, word: str, only: Iterable[str] | None = None) -> list[types.CodeAction]:
        """The cures at the first place where a word stands."""
        start = self.texts[uri].index(word)
        place = self.range_of(uri, start, start + len(word))
        found = await self._ask_actions(uri, place, only)
        return [action for action in found if not _is_verb(action) and not _is_allowance(action)]

    async def allowances(self, uri: str, word: str) -> list[types.CodeAction]:
        """The actions at a word that write a comment instead of curing what is wrong."""
        start = self.texts[uri].index(word)
        found = await self._ask_actions(uri, self.range_of(uri, start, start + len(word)), None)
        return [action for action in found if _is_allowance(action)]

    async def actions_at(self, uri: str, line: int, column: int) -> list[types.CodeAction]:
        position = types.Position(line, column)
        found = await self._ask_actions(uri, types.Range(position, position), None)
        return [action for action in found if not _is_verb(action)]

    async def command(self, name: str, **given: Any) -> dict[str, Any]:
        """What a command answers."""
        params = types.ExecuteCommandParams(f"mdtm.{name}", [given] if given else [])
        asked: Any = self.workspace_execute_command_async(params)
        answer: dict[str, Any] = await asyncio.wait_for(asked, PATIENCE)
        return answer

    def take(self, edit: types.WorkspaceEdit | None) -> None:
        """Carries out an edit that the server gave, and tells it so, as an editor's watchers do of files too."""
        assert edit
        moved: list[Path] = []
        for change in edit.document_changes or ():
            if isinstance(change, types.CreateFile):
                path = self.path(change.uri)
                assert not path.exists()
                path.parent.mkdir(parents=True, exist_ok=True)
                path.touch()
                moved.append(path)
            elif isinstance(change, types.RenameFile):
                target = self.path(change.new_uri)
                assert not target.exists()
                target.parent.mkdir(parents=True, exist_ok=True)
                self.path(change.old_uri).rename(target)
                moved += [self.path(change.old_uri), target]
                for uri in [uri for uri in self.texts if f"{uri}/".startswith(f"{change.old_uri}/")]:
                    text = self.texts[uri]
                    self.close(uri)
                    self.open(change.new_uri + uri[len(change.old_uri) :], text)
            elif isinstance(change, types.DeleteFile):
                self.path(change.uri).unlink()
                moved.append(self.path(change.uri))
            else:
                place = change.text_document.uri
                assert change.text_document.version == (self.versions[place] if place in self.texts else None)
                self._take(place, change.edits)
        for uri, edits in (edit.changes or {}).items():
            self._take(uri, edits)
        if moved:
            self.changed_on_disk(*moved)

    def path(self, uri: str) -> Path:
        return Path(to_fs_path(uri) or "")

    async def pull(self, uri: str, known: str | None = None) -> types.DocumentDiagnosticReport:
        params = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri), previous_result_id=known)
        return await asyncio.wait_for(self.text_document_diagnostic_async(params), PATIENCE)

    def text_at(self, uri: str, place: types.Range) -> str:
        return self.texts[uri][self.offset(uri, place.start) : self.offset(uri, place.end)]

    def range_of(self, uri: str, start: int, end: int) -> types.Range:
        return types.Range(self.position(uri, start), self.position(uri, end))

    def position(self, uri: str, offset: int) -> types.Position:
        """Lines end at LF, CRLF and CR only; columns count units of the encoding agreed on."""
        lines = re.split(r"\r\n|\n|\r", self.texts[uri][:offset])
        codec, size = _SIZES[self.encoding]
        return types.Position(len(lines) - 1, len(lines[-1].encode(codec)) // size)

    def offset(self, uri: str, position: types.Position) -> int:
        text = self.texts[uri]
        starts = [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text))]
        codec, size = _SIZES[self.encoding]
        before = text[starts[position.line] :].encode(codec)[: position.character * size]
        return starts[position.line] + len(before.decode(codec))

    async def _ask_actions(self, uri: str, place: types.Range, only: Iterable[str] | None) -> list[types.CodeAction]:
        context = types.CodeActionContext([], only=list(only) if only is not None else None)
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), place, context)
        answer = await asyncio.wait_for(self.text_document_code_action_async(params), PATIENCE)
        return [action for action in answer or () if isinstance(action, types.CodeAction)]

    async def verbs(self, uri: str, word: str) -> list[types.CodeAction]:
        """The actions at a word that are about the session, not about what is wrong there."""
        start = self.texts[uri].index(word)
        found = await self._ask_actions(uri, self.range_of(uri, start, start + len(word)), None)
        return [action for action in found if _is_verb(action)]

    def _take(self, uri: str, edits: Sequence[Any]) -> None:
        """Changes a buffer, or on the disk a file that has none, as an editor does that saves what it did not show."""
        is_open = uri in self.texts
        text = self.texts[uri] if is_open else self.path(uri).read_bytes().decode()
        self.texts[uri] = text
        spans = sorted((self.offset(uri, e.range.start), self.offset(uri, e.range.end), _new_text(e)) for e in edits)
        for start, end, new in reversed(spans):
            text = text[:start] + new + text[end:]
        if is_open:
            self.change(uri, None, text)
        else:
            del self.texts[uri]
            self.path(uri).write_bytes(text.encode())

    def _refreshing(self, method: str) -> Any:
        return lambda params: self.refreshed.append(method)

    def _features(self) -> dict[str, Any]:
        def publish(params: types.PublishDiagnosticsParams) -> None:
            self.published.append(params)
            self._arrived.set()

        def register(params: types.RegistrationParams) -> None:
            self.registered += [registration.method for registration in params.registrations]

        def apply(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
            self.applied.append(params.edit)
            self.take(params.edit)
            return types.ApplyWorkspaceEditResult(applied=True)

        def ask(params: types.ShowMessageRequestParams) -> types.MessageActionItem | None:
            self.asked.append(params)
            return types.MessageActionItem(self.answers.pop(0)) if self.answers else None

        def show(params: types.ShowDocumentParams) -> types.ShowDocumentResult:
            self.shown.append(params.uri)
            return types.ShowDocumentResult(True)

        return {
            types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: publish,
            types.CLIENT_REGISTER_CAPABILITY: register,
            types.WORKSPACE_APPLY_EDIT: apply,
            types.WINDOW_SHOW_MESSAGE_REQUEST: ask,
            types.WINDOW_SHOW_DOCUMENT: show,
            **{method: self._refreshing(method) for method in REFRESHES},
            types.WORKSPACE_TEXT_DOCUMENT_CONTENT_REFRESH: lambda params: self.refreshed.append(params.uri),
        }


def _converter() -> Any:
    """Reads answers; lsprotocol's own takes a code action that has a command for a command."""
    converter = default_converter()

    def read(answer: Any, _: Any) -> Any:
        return converter.structure(
            answer, types.Command if isinstance(answer.get("command"), str) else types.CodeAction
        )

    converter.register_structure_hook(Union[types.Command, types.CodeAction], read)  # noqa: UP007, as lsprotocol has it
    return converter


def _is_allowance(action: types.CodeAction) -> bool:
    return action.title.startswith("Allow ")


def _new_text(edit: types.TextEdit | types.SnippetTextEdit) -> str:
    """What an edit writes; a snippet is left as it comes, and its special characters are taken for plain ones."""
    if isinstance(edit, types.SnippetTextEdit):
        return re.sub(r"\$\{1:(.*?)\}", r"\1", edit.snippet.value).replace("\\", "")
    return edit.new_text


def _is_verb(action: types.CodeAction) -> bool:
    return action.command is not None or action.kind == "refactor.session"


@asynccontextmanager
async def meeting(announced: dict[str, Any], *roots: Path, options: Any = None) -> AsyncIterator[Editor]:
    """An editor and a server of their own."""
    editor = Editor()
    await editor.start_io(*COMMAND)
    await editor.start(announced, *roots, options=options)
    yield editor
    await editor.shutdown_session()
    await editor.stop()


def conversation(announced: dict[str, Any], **more: Any) -> Any:
    """A fixture for a module: an editor and a server that have met, over a folder of their own."""

    @pytest_lsp.fixture(config=pytest_lsp.ClientServerConfig(COMMAND, client_factory=Editor), scope="module", **more)
    async def editor(request: Any, lsp_client: Editor, tmp_path_factory: Any) -> Any:
        lsp_client.root = tmp_path_factory.mktemp("workspace")
        await lsp_client.start(getattr(request, "param", announced), lsp_client.root)
        yield
        await lsp_client.shutdown_session()

    return editor
