"""Symbols of the workspace: what has a name that fits a query, over all folders, the best first.

Files that no editor has open are read once and again when they have changed; of each only the names are kept.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from heapq import nsmallest
from pathlib import Path
from typing import Any, NamedTuple

from lsprotocol import types

from mdtm import disk
from mdtm.document import Document
from mdtm.features.search import KINDS, Found, Rank, named, rank
from mdtm.lsp import convert
from mdtm.lsp.feature import Request
from mdtm.lsp.folder import NOWHERE
from mdtm.lsp.progress import in_turns
from mdtm.lsp.state import Server

MOST = 300
"""How many symbols are given at most."""
MOST_KEPT = 2**16
"""Of how many files the names are kept."""


class _Match(NamedTuple):
    """A name that fits, and where it stands; matches compare as they are to be shown."""

    rank: Rank
    kind: int
    name: str
    file: str
    """Its URI or its path."""
    number: int
    """Which it is of all names of its file, from 0."""
    found: Found


async def workspace_symbols(
    server: Server, params: types.WorkspaceSymbolParams
) -> list[types.WorkspaceSymbol] | list[types.SymbolInformation]:
    """The names that fit a query; all, as many as are given, for an empty one."""
    matches: list[_Match] = []
    async for file, names in in_turns(_all_names(server)):
        for number, found in enumerate(names):
            if fits := rank(params.query, found.name):
                matches.append(_Match(fits, KINDS.index(found.kind), found.name, file, number, found))
    best = [match._replace(file=_uri(server, match.file)) for match in nsmallest(MOST, matches)]
    if server.client.resolves_places:
        return [_symbol(match) for match in best]
    return [_whole(server, match) for match in best]


def resolve(server: Server, symbol: types.WorkspaceSymbol) -> types.WorkspaceSymbol:
    """The symbol with its range; at the beginning of its file when it is not there any more."""
    data: Any = symbol.data
    number = data.get("number", 0) if isinstance(data, dict) else 0
    uri = symbol.location.uri
    symbol.location = types.Location(uri, _place(server, uri, number if isinstance(number, int) else 0, symbol.name))
    return symbol


def _all_names(server: Server) -> Iterator[tuple[str, list[Found]]]:
    """The names of every file, by its URI where it is open, else by its path: the open ones first."""
    desk = server.desk
    for file in list(desk.files.values()):
        yield file.uri, [found for found, _ in named(file.document)]
    nested = len(desk.folders) > 1
    for folder in list(desk.folders):
        for path in disk.Folders().documents_under(str(folder.root), excluded_in=folder.excluded_in):
            if not desk.is_open(Path(path)) and not (nested and desk.place(desk.uri(Path(path)))[0] is not folder):
                with suppress(OSError):
                    status = os.stat(path)
                    yield path, _names(path, str(folder.root), status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=MOST_KEPT)
def _names(path: str, root: str, modified: int, size: int) -> list[Found]:
    """The names of a file as it was at a time; kept until many others have been looked at."""
    place = os.path.relpath(path, root).replace(os.sep, "/")
    return [found for found, _ in named(disk.read_document(Path(root), place))]


def _uri(server: Server, file: str) -> str:
    return file if file in server.desk.files else server.desk.uri(Path(file))


def _symbol(match: _Match) -> types.WorkspaceSymbol:
    found = match.found
    kind, data = convert.SYMBOL_KINDS[found.kind], {"number": match.number}
    return types.WorkspaceSymbol(
        types.LocationUriOnly(match.file), found.name, kind, data=data, container_name=found.within
    )


def _whole(server: Server, match: _Match) -> types.SymbolInformation:
    found = match.found
    location = types.Location(match.file, _place(server, match.file, match.number, found.name))
    return types.SymbolInformation(location, found.name, convert.SYMBOL_KINDS[found.kind], container_name=found.within)


def _place(server: Server, uri: str, number: int, name: str) -> types.Range:
    """Where a name stands now: the one of its number, or another one like it, or the beginning of the file."""
    document = _document(server, uri)
    there = named(document) if document else []
    alike = [(abs(at - number), span) for at, (found, span) in enumerate(there) if found.name == name]
    if not document or not alike:
        return convert.START
    return convert.lsp_range(document, min(alike)[1], server.desk.encoding)


def _document(server: Server, uri: str) -> Document | None:
    if file := server.desk.files.get(uri):
        return file.document
    folder, path = server.desk.place(uri)
    if folder.root == NOWHERE:
        return None
    try:
        return disk.read_document(folder.root, path)
    except OSError:
        return None


FEATURES = (
    Request(types.WORKSPACE_SYMBOL, workspace_symbols),
    Request(types.WORKSPACE_SYMBOL_RESOLVE, resolve, wanted=lambda client: client.resolves_places),
)
