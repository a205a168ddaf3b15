"""Going from a name to what it names, and from there to every place that names it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from lsprotocol import types

from mdtm import disk
from mdtm.features.destinations import Destination, behind, destinations, template_of
from mdtm.features.names.meant import holds_name, places_in
from mdtm.features.names.mentions import Named
from mdtm.lsp import convert
from mdtm.lsp.convert import Ruler
from mdtm.lsp.desk import OpenFile
from mdtm.lsp.feature import Feature
from mdtm.lsp.places import Around
from mdtm.lsp.protocol import Ready
from mdtm.lsp.state import Server

Places = list[types.Location] | list[types.LocationLink] | None
_KINDS = {True: types.DocumentHighlightKind.Write, False: types.DocumentHighlightKind.Read}


def definition(server: Server, file: OpenFile, params: types.TextDocumentPositionParams) -> Places:
    """The file of what is named: where its id stands, else where the path says, else its beginning."""
    return _went(server, file, params, types.TEXT_DOCUMENT_DEFINITION)


def declaration(server: Server, file: OpenFile, params: types.TextDocumentPositionParams) -> Places:
    """The same, for an id is declared where it is defined."""
    return _went(server, file, params, types.TEXT_DOCUMENT_DECLARATION)


def type_definition(server: Server, file: OpenFile, params: types.TextDocumentPositionParams) -> Places:
    """The page or the template that tells of the kind of what is named; at no name, of the file's own kind."""
    around = server.around(file)
    found = around.thing_at(file.document, params.position)
    document = around.document(found[1].path) if found else file.document
    template = template_of(document, around.files) if document else None
    if template is None:
        return None
    named = found[0] if found else None
    if template.path:
        there = Destination(template.path)
        return _places(server, file, named, around, [there], types.TEXT_DOCUMENT_TYPE_DEFINITION)
    shipped = disk.template_path(template.shipped)
    return _as_links(server, file, named, [_location(shipped)], types.TEXT_DOCUMENT_TYPE_DEFINITION)


async def references(server: Server, file: OpenFile, params: types.ReferenceParams) -> Ready | None:
    """Every place that names what is named here; in this file first, then in the open ones."""
    around = server.around(file)
    found = around.thing_at(file.document, params.position)
    if found is None:
        return None
    thing, locations = found[1], list[str]()
    async for document in around.documents(lambda _, text: holds_name(text, thing)):
        uri, ruler = json.dumps(around.uri(document.path)), Ruler(document.text, server.desk.encoding)
        for named in places_in(document, thing, around.files):
            if params.context.include_declaration or not named.own:
                locations.append(f'{{"uri":{uri},"range":{convert.written(named.span, ruler)}}}')
    return Ready.list(locations)


def highlights(server: Server, file: OpenFile, params: types.DocumentHighlightParams) -> Ready:
    """All places of the file that name the same; where its own id stands, it is said for all the others."""
    around, ruler = server.around(file), Ruler(file.document.text, server.desk.encoding)
    found = _same(file, params.position, around)
    places = (f'{{"range":{convert.written(one.span, ruler)},"kind":{_KINDS[one.own].value}}}' for one in found)
    return Ready.list(places)


def linked(server: Server, file: OpenFile, params: types.LinkedEditingRangeParams) -> types.LinkedEditingRanges | None:
    """The places of the file where an id is spelled just as it is here, which can be changed together."""
    around, offset = server.around(file), convert.our_offset(file.document, params.position, server.desk.encoding)
    places = [named.span for named in _same(file, params.position, around) if named.kind != "file"]
    here = next((span for span in places if span.start <= offset <= span.end), None)
    if here is None:
        return None
    text, ruler = file.document.text, Ruler(file.document.text, server.desk.encoding)
    alike = [span for span in places if text[span] == text[here]]
    ranges = [convert.ruled(span, ruler) for span in alike]
    return types.LinkedEditingRanges(ranges, r"[\w.-]+") if len(ranges) > 1 else None


def _same(file: OpenFile, position: types.Position, around: Around) -> list[Named]:
    found = around.thing_at(file.document, position)
    return places_in(file.document, found[1], around.files) if found else []


def _went(server: Server, file: OpenFile, params: types.TextDocumentPositionParams, method: str) -> Places:
    around = server.around(file)
    found = around.thing_at(file.document, params.position)
    if found is None:
        return None
    named = found[0]
    if named.own:
        there = [Destination(file.document.path)]
    else:
        there = destinations(named, behind(file.document, named), around.files, around.trace)
    return _places(server, file, named, around, there, method)


def _places(
    server: Server, file: OpenFile, named: Named | None, around: Around, there: Iterable[Destination], method: str
) -> Places:
    locations = []
    for one in there:
        document = around.document(one.path)
        if document:
            span = one.span_in(document)
            locations.append(types.Location(around.uri(one.path), around.range(document, span)))
    return _as_links(server, file, named, locations, method)


def _as_links(
    server: Server, file: OpenFile, named: Named | None, locations: list[types.Location], method: str
) -> Places:
    """The places with what led to them, for clients that underline it."""
    if not locations or named is None or method not in server.client.links:
        return locations or None
    origin = convert.lsp_range(file.document, named.span, server.desk.encoding)
    return [types.LocationLink(one.uri, one.range, one.range, origin) for one in locations]


def _location(path: Path) -> types.Location:
    return types.Location(path.as_uri(), convert.START)


FEATURES = (
    Feature(types.TEXT_DOCUMENT_DEFINITION, definition),
    Feature(types.TEXT_DOCUMENT_DECLARATION, declaration),
    Feature(types.TEXT_DOCUMENT_TYPE_DEFINITION, type_definition),
    Feature(types.TEXT_DOCUMENT_REFERENCES, references),
    Feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, highlights),
    Feature(types.TEXT_DOCUMENT_LINKED_EDITING_RANGE, linked),
)
