"""Links: every path and id that leads somewhere; where to is looked up when somebody follows it."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from lsprotocol import types

from mdtm.document import Document
from mdtm.features.destinations import behind, destinations
from mdtm.features.links import links
from mdtm.features.names.mentions import Named
from mdtm.features.telling import in_line
from mdtm.lsp import convert
from mdtm.lsp.convert import Ruler
from mdtm.lsp.desk import OpenFile
from mdtm.lsp.feature import Feature, Request
from mdtm.lsp.protocol import Ready
from mdtm.lsp.state import Server
from mdtm.text import Span


def document_links(server: Server, file: OpenFile, _: types.DocumentLinkParams) -> Ready:
    """The links of a file, without their targets."""
    around, ruler = server.around(file), Ruler(file.document.text, server.desk.encoding)
    found = links(file.document, around.files, around.trace)
    written = [f'{{"range":{convert.written(one.span, ruler)},"data":{_data(file, one)}}}' for one in found]
    return Ready.list(written)


def resolve(server: Server, link: types.DocumentLink) -> types.DocumentLink:
    """The link with its target and, for clients that show that, what it leads to."""
    data: Any = link.data
    file = server.desk.files.get(data.get("uri", "")) if isinstance(data, dict) else None
    if file is None:
        return link
    around = server.around(file)
    named = Named(data["kind"], data["name"], Span(0, 0), False, tuple(data["bases"]))
    there = destinations(named, data["place"], around.files, around.trace)
    document = around.document(there[0].path) if there else None
    if document:
        line = document.text.line_at(there[0].span_in(document).start) if data["place"] else 0
        link.target = around.uri(document.path) + (f"#L{line + 1}" if line else "")
        link.tooltip = _told(document) if server.client.shows_tooltips else None
    return link


def _data(file: OpenFile, named: Named) -> str:
    """What is needed to find the target, as JSON: the text may have changed by then."""
    return _written(file.uri, named.kind, named.name, named.bases, behind(file.document, named))


@lru_cache(maxsize=10_000)
def _written(uri: str, kind: str, name: str, bases: tuple[str, ...], place: str) -> str:
    return json.dumps({"uri": uri, "kind": kind, "name": name, "bases": bases, "place": place})


def _told(document: Document) -> str:
    """What a document is, in a line."""
    return in_line(*(document.frontmatter.text(key) or "" for key in ("title", "status"))) or document.path


FEATURES = (
    Feature(types.TEXT_DOCUMENT_DOCUMENT_LINK, document_links),
    Request(types.DOCUMENT_LINK_RESOLVE, resolve),
)
