"""The trace as hierarchies: calls are what was delegated and made, types what is a part of what.

An item is known again by its URI, so what is asked later holds for the files as they are then.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from lsprotocol import types

from mdtm.document import Document
from mdtm.features.delegation import callers, delegated, parts, subject, wholes
from mdtm.features.names.meant import Thing, holds_name, places_in, thing_in
from mdtm.features.names.mentions import own_name
from mdtm.features.shape.subject import title_of
from mdtm.features.telling import in_line
from mdtm.lsp import convert
from mdtm.lsp.desk import OpenFile
from mdtm.lsp.feature import Feature, Request
from mdtm.lsp.places import Around
from mdtm.lsp.progress import in_turns
from mdtm.lsp.state import Server
from mdtm.text import Span

Item = TypeVar("Item", types.CallHierarchyItem, types.TypeHierarchyItem)


def prepare_calls(
    server: Server, file: OpenFile, params: types.CallHierarchyPrepareParams
) -> list[types.CallHierarchyItem] | None:
    """What is named at a position, as the root of a trace."""
    around, thing = _at(server, file, params.position)
    return [_item(types.CallHierarchyItem, around, thing)] if thing else None


async def outgoing(
    server: Server, params: types.CallHierarchyOutgoingCallsParams
) -> list[types.CallHierarchyOutgoingCall] | None:
    """What somebody delegated or made, each with the places where that is told."""
    around, path = _behind(server, params.item)
    document = around.document(path)
    if document is None:
        return None
    things = delegated(document, around.files, around.trace)
    found = []
    async for thing in in_turns(things):
        ranges = [around.range(document, named.span) for named in places_in(document, thing, around.files)]
        found.append(types.CallHierarchyOutgoingCall(_item(types.CallHierarchyItem, around, thing), ranges))
    return found


async def incoming(
    server: Server, params: types.CallHierarchyIncomingCallsParams
) -> list[types.CallHierarchyIncomingCall] | None:
    """Who delegated or made something, each with the places where it tells of that."""
    around, path = _behind(server, params.item)
    thing = thing_in(path, around.files, around.trace)
    known = {one.path for one in callers(thing, around.trace)}
    found = []
    async for document in around.documents(lambda path, text: path in known or holds_name(text, thing)):
        if document.path != path and thing in delegated(document, around.files, around.trace):
            caller = thing_in(document.path, around.files, around.trace)
            item = _item(types.CallHierarchyItem, around, caller)
            ranges = [around.range(document, named.span) for named in places_in(document, thing, around.files)]
            found.append(types.CallHierarchyIncomingCall(item, ranges))
    return found


def prepare_types(
    server: Server, file: OpenFile, params: types.TypeHierarchyPrepareParams
) -> list[types.TypeHierarchyItem] | None:
    """The task, the sprint or the session that is named at a position."""
    around, thing = _at(server, file, params.position)
    return [_item(types.TypeHierarchyItem, around, thing)] if thing and thing.kind != "file" else None


def supertypes(server: Server, params: types.TypeHierarchySupertypesParams) -> list[types.TypeHierarchyItem]:
    """What a task is a part of."""
    around, path = _behind(server, params.item)
    return _items(around, wholes(thing_in(path, around.files, around.trace), around.trace))


def subtypes(server: Server, params: types.TypeHierarchySubtypesParams) -> list[types.TypeHierarchyItem]:
    """The tasks that are parts of something."""
    around, path = _behind(server, params.item)
    return _items(around, parts(thing_in(path, around.files, around.trace), around.trace))


def _at(server: Server, file: OpenFile, position: types.Position) -> tuple[Around, Thing | None]:
    around = server.around(file)
    offset = convert.our_offset(file.document, position, server.desk.encoding)
    return around, subject(file.document, offset, around.files, around.trace)


def _behind(server: Server, item: types.CallHierarchyItem | types.TypeHierarchyItem) -> tuple[Around, str]:
    """The workspace folder that an item lies in, and its path there."""
    folder, path = server.desk.place(item.uri)
    return Around(server.desk, folder), path


def _items(around: Around, things: Iterable[Thing]) -> list[types.TypeHierarchyItem]:
    return [_item(types.TypeHierarchyItem, around, thing) for thing in things]


def _item(kind: type[Item], around: Around, thing: Thing) -> Item:
    """A thing as LSP has it: the whole file, with the place of its id selected."""
    document = around.document(thing.path) or Document.read(thing.path, "")
    own = own_name(document)
    status = document.frontmatter.text("status") or ""
    title = title_of(document) or thing.id or document.name
    detail = in_line(thing.id if thing.id != title else "", status)
    symbol, uri = convert.SYMBOL_KINDS[thing.kind], around.uri(thing.path)
    whole = around.range(document, Span(0, len(document.text)))
    selection = around.range(document, own.span) if own else convert.START
    return kind(title, symbol, uri, whole, selection, detail=detail or None)


FEATURES = (
    Feature(types.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY, prepare_calls),
    Request(types.CALL_HIERARCHY_OUTGOING_CALLS, outgoing),
    Request(types.CALL_HIERARCHY_INCOMING_CALLS, incoming),
    Feature(types.TEXT_DOCUMENT_PREPARE_TYPE_HIERARCHY, prepare_types),
    Request(types.TYPE_HIERARCHY_SUPERTYPES, supertypes),
    Request(types.TYPE_HIERARCHY_SUBTYPES, subtypes),
)
