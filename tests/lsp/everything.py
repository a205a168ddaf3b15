"""The server in this process, asked everything that it announces; no answer may lie outside the text it is about.

What is asked is taken from the methods that the server has registered, so a new one is asked without a word here.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

from lsprotocol import types
from pygls.uris import from_fs_path, to_fs_path

from mdtm.lsp import server as wall
from mdtm.lsp.state import Server
from mdtm.plan import Refused
from tests.lsp.editor import VSCODE

NOT_ASKED = frozenset({
    types.INITIALIZE, types.SHUTDOWN,  # asked once in a conversation
    types.WORKSPACE_EXECUTE_COMMAND,  # every verb has tests of its own
    types.WORKSPACE_DIAGNOSTIC,  # waits for news
})  # fmt: skip
FOLLOWING = {
    types.COMPLETION_ITEM_RESOLVE: (types.TEXT_DOCUMENT_COMPLETION, ""),
    types.CODE_ACTION_RESOLVE: (types.TEXT_DOCUMENT_CODE_ACTION, ""),
    types.CODE_LENS_RESOLVE: (types.TEXT_DOCUMENT_CODE_LENS, ""),
    types.DOCUMENT_LINK_RESOLVE: (types.TEXT_DOCUMENT_DOCUMENT_LINK, ""),
    types.INLAY_HINT_RESOLVE: (types.TEXT_DOCUMENT_INLAY_HINT, ""),
    types.WORKSPACE_SYMBOL_RESOLVE: (types.WORKSPACE_SYMBOL, ""),
    types.CALL_HIERARCHY_INCOMING_CALLS: (types.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY, "item"),
    types.CALL_HIERARCHY_OUTGOING_CALLS: (types.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY, "item"),
    types.TYPE_HIERARCHY_SUPERTYPES: (types.TEXT_DOCUMENT_PREPARE_TYPE_HIERARCHY, "item"),
    types.TYPE_HIERARCHY_SUBTYPES: (types.TEXT_DOCUMENT_PREPARE_TYPE_HIERARCHY, "item"),
}
"""Methods about what another one answered, and the name under which that is given; it is the whole of it without one."""
MOST_FOLLOWED = 3
"""How many items of an answer are asked about further."""
_LINE_END = re.compile(r"\r\n|\n|\r")


class Asked(NamedTuple):
    """What was asked, for the message of a test that fails."""

    method: str
    uri: str
    place: Mapping[str, Any]


class Everything:
    """A conversation without a wire."""

    def __init__(self) -> None:
        self.server: Server = wall.server
        self.server.protocol.set_writer(_Nowhere())
        self._converter = self.server.protocol._converter
        self._names = cycle(("SESSION-Another-2506050301", "TASK-OTHER-20250605-030200", "SPRINT-99", "docs/other.md"))
        """What things are to be called from now on, by the kinds that there are."""
        self._lines: dict[str, list[int]] = {}
        self._followed: set[str] = set()
        self.counted: dict[str, int] = {}
        """How many answers that hold something each method gave."""

    @classmethod
    async def begun(cls, root: Path) -> Everything:
        """A server that has met VS Code in a folder; there is one in a process, which takes further folders."""
        found = cls()
        if types.TEXT_DOCUMENT_CODE_ACTION in found.server.protocol.fm.features:
            found.server.desk.add_folder(root.as_uri())
            found.server.follow(found.server.desk.folders)
        else:
            folders = [{"uri": root.as_uri(), "name": root.name}]
            params = {"capabilities": VSCODE, "workspaceFolders": folders}
            wall.initialize(found.server, found._read(params, types.InitializeParams))
            found.server.settled.set()
        return found

    @property
    def methods(self) -> list[str]:
        """All requests that are answered, but for those about what another one answered."""
        every = self.server.protocol.fm.features.keys() - NOT_ASKED - FOLLOWING.keys()
        return sorted(name for name in every if types.METHOD_TO_TYPES[name][1])

    @property
    def about_places(self) -> list[str]:
        """Those about a position or a range in a file."""
        return [name for name in self.methods if _fields(name) & {"position", "positions", "range", "ranges"}]

    @property
    def about_files(self) -> list[str]:
        """The others about a file."""
        wholes = (name for name in self.methods if "text_document" in _fields(name))
        return [name for name in wholes if name not in self.about_places]

    def open(self, uri: str, text: str) -> None:
        self._lines.pop(uri, None)
        file = self.server.desk.open(uri, 1, text)
        self.server.follow([file.folder], file.document.path)

    def close(self, uri: str) -> None:
        self.server.desk.close(uri)
        self._lines.pop(uri, None)

    async def ask(self, method: str, uri: str, start: Sequence[int] = (0, 0), end: Sequence[int] = (0, 0)) -> Any:
        """The answer to a method about a place, as JSON; whatever the method does not want is left out.

        Raises:
            AssertionError: the answer holds a place that the text does not have.
        """
        first, last = ({"line": line, "character": column} for line, column in (start, end))
        place = {"start": first, "end": last}
        params = {
            "textDocument": {"uri": uri}, "position": last, "positions": [first, last], "range": place,
            "ranges": [place, place], "options": {"tabSize": 4, "insertSpaces": True}, "ch": "\n",
            "context": {"diagnostics": [], "includeDeclaration": True, "triggerKind": 1, "isRetrigger": False},
            "newName": next(self._names), "previousResultId": "", "query": "s", "uri": "mdtm:/clock.md",
            "files": [{"uri": uri, "oldUri": uri, "newUri": f"{uri}.other.md"}],
        }  # fmt: skip
        found = await self._answer(method, params, Asked(method, uri, place))
        for further, (first_method, name) in FOLLOWING.items():
            if first_method == method and further in self.server.protocol.fm.features:
                for item in _items(found)[:MOST_FOLLOWED]:
                    key = further + json.dumps(item, sort_keys=True, default=str)
                    if key in self._followed:
                        continue
                    self._followed.add(key)
                    await self._answer(further, {name: item} if name else item, Asked(further, uri, place))
        return found

    async def _answer(self, method: str, params: Any, asked: Asked) -> Any:
        kind = types.METHOD_TO_TYPES[method][2]
        found = self.server.protocol.fm.features[method](self._read(params, kind))
        try:
            found = await found if inspect.isawaitable(found) else found
        except Refused as refused:  # what cannot be done is told a person in a sentence
            assert str(refused), asked
            return None
        answer = json.loads(found) if isinstance(found, str) else self._converter.unstructure(found)
        item = params.get("item", params)
        where = item.get("uri") if "textDocument" not in params else asked.uri
        for uri, place in _places(answer, where or asked.uri):
            assert self._lies_inside(uri, place), f"{asked} is answered with {place} in {uri}"
        if "semanticTokens" in method and answer:
            self._check_tokens(answer.get("data") or (), asked)
        self.counted[method] = self.counted.get(method, 0) + bool(_items(answer) or answer)
        return answer

    def _read(self, value: Any, kind: Any) -> Any:
        return self._converter.structure(value, kind)

    def _lies_inside(self, uri: str, place: Mapping[str, Any]) -> bool:
        lines = self._lengths(uri)
        if lines is None:
            return False
        ends = [place["start"], place["end"]] if "start" in place else [place]
        inside = all(
            0 <= one["line"] < len(lines) and 0 <= one["character"] <= lines[one["line"]]
            for one in ends
        )  # fmt: skip
        in_order = [(one["line"], one["character"]) for one in ends]
        return inside and in_order == sorted(in_order)

    def _check_tokens(self, data: Sequence[int], asked: Asked) -> None:
        lines = self._lengths(asked.uri) or []
        line = column = 0
        for delta_line, delta_column, length, _, _ in zip(*[iter(data)] * 5, strict=True):
            line, column = line + delta_line, delta_column + (0 if delta_line else column)
            assert line < len(lines) and length > 0 and column + length <= lines[line], f"{asked}: {line}:{column}"

    def _lengths(self, uri: str) -> list[int] | None:
        """The lengths of the lines of a file in UTF-16 units; None when there is no such file."""
        if uri not in self._lines:
            file, path = self.server.desk.files.get(uri), Path(to_fs_path(uri) or "")
            if file is None and not path.is_file():
                return None
            text = str(file.document.text) if file else path.read_bytes().decode("utf-8", "replace")
            self._lines[uri] = [len(line.encode("utf-16-le", "surrogatepass")) // 2 for line in _LINE_END.split(text)]
        return self._lines[uri]


def uri_of(path: Path) -> str:
    return from_fs_path(str(path)) or ""


def _fields(method: str) -> set[str]:
    kind: Any = types.METHOD_TO_TYPES[method][2]
    return {field.name for field in kind.__attrs_attrs__} if kind else set()


def _items(answer: Any) -> list[Any]:
    """The items of an answer that is a list, in one way or another."""
    if isinstance(answer, dict):
        answer = answer.get("items")
    return [item for item in answer or () if isinstance(item, dict)] if isinstance(answer, (list, tuple)) else []


def _places(answer: Any, uri: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The ranges and positions in an answer, each with the file that it is about."""
    if isinstance(answer, (list, tuple)):
        for one in answer:
            yield from _places(one, uri)
    elif isinstance(answer, Mapping):
        yield from _places_in(answer, uri)


def _places_in(answer: Mapping[str, Any], uri: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if answer.keys() in ({"start", "end"}, {"line", "character"}):
        yield uri, answer
        return
    if "startLine" in answer:
        yield uri, {name: {"line": answer[f"{name}Line"], "character": 0} for name in ("start", "end")}
    for name in answer.keys() - {"data", "command"}:
        changed = name if ":" in name else uri if name == "originSelectionRange" else _file_of(answer) or uri
        yield from _places(answer[name], changed)


def _file_of(answer: Mapping[str, Any]) -> str | None:
    """The file that the places in a part of an answer are about, where it says so."""
    named = answer.get("textDocument") or answer.get("from") or answer
    found = answer.get("targetUri") or (named.get("uri") if isinstance(named, Mapping) else None)
    return found if isinstance(found, str) else None


class _Nowhere:
    """Takes what the server sends by itself."""

    def write(self, data: bytes) -> None:
        """Drops it."""

    def close(self) -> None:
        """Has nothing to close."""
