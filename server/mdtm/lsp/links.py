"""Links: every path and id that leads somewhere; where to is looked up when somebody follows it."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from mdtm.document import Document
from mdtm.features.destinations import behind, destinations
from mdtm.features.links import links
from mdtm.features.mentions import Named
from mdtm.lsp.desk import OpenFile
from mdtm.lsp.feature import Feature, Request
from mdtm.lsp.places import Around
from mdtm.lsp.state import Server
from mdtm.text import Span


def document_links(server: Server, file: OpenFile, _: types.DocumentLinkParams) -> list[types.DocumentLink]:
    """The links of a file, without their targets."""
    around, document = Around.of(server.desk, file), file.document
    return [
        types.DocumentLink(around.range(document, named.span), data=_data(file, named))
        for named in links(document, around.files, around.trace)
    ]


def resolve(server: Server, link: types.DocumentLink) -> types.DocumentLink:
    """The link with its target and, for clients that show that, what it leads to."""
    data: Any = link.data
    file = server.desk.files.get(data.get("uri", "")) if isinstance(data, dict) else None
    if file is None:
        return link
    around = Around.of(server.desk, file)
    named = Named(data["kind"], data["name"], Span(0, 0), False, tuple(data["bases"]))
    there = destinations(named, data["place"], around.files, around.trace)
    document = around.document(there[0].path) if there else None
    if document:
        line = document.text.line_at(there[0].span_in(document).start) if data["place"] else 0
        link.target = around.uri(document.path) + (f"#L{line + 1}" if line else "")
        link.tooltip = _told(document) if server.client.shows_tooltips else None
    return link


def _data(file: OpenFile, named: Named) -> dict[str, Any]:
    place = behind(file.document, named)
    return {"uri": file.uri, "kind": named.kind, "name": named.name, "bases": list(named.bases), "place": place}


def _told(document: Document) -> str:
    """What a document is, in a line."""
    keys = (document.frontmatter.text(key) for key in ("title", "status"))
    return " · ".join([text for text in keys if text] or [document.path])


FEATURES = (
    Feature(types.TEXT_DOCUMENT_DOCUMENT_LINK, document_links),
    Request(types.DOCUMENT_LINK_RESOLVE, resolve),
)
