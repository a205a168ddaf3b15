"""The outline of a file: its symbols in each other, or one after the other for a client that knows no other way.

The answer is written as JSON right away, for it may be long, and kept until the document changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from json.encoder import encode_basestring_ascii as quoted

from lsprotocol import types

from mdtm.document import Document
from mdtm.features.symbols import Symbol, symbols
from mdtm.lsp.convert import written
from mdtm.lsp.desk import OpenFile
from mdtm.lsp.feature import Feature
from mdtm.lsp.protocol import Ready
from mdtm.lsp.state import Server
from mdtm.text import Encoding, Ruler

_Kind = types.SymbolKind
_KINDS = {
    "frontmatter": _Kind.Module, "section": _Kind.Namespace, "day": _Kind.Package, "box": _Kind.Boolean,
    "id": _Kind.Key, "string": _Kind.String, "integer": _Kind.Number, "float": _Kind.Number,
    "boolean": _Kind.Boolean, "datetime": _Kind.Constant, "date": _Kind.Constant, "time": _Kind.Constant,
    "array": _Kind.Array, "table": _Kind.Object, "null": _Kind.Null, "broken": _Kind.Null,
    "entry": _Kind.Field, "entry.start": _Kind.Event, "entry.pause": _Kind.Event, "entry.resume": _Kind.Event,
    "entry.end": _Kind.Event, "entry.status": _Kind.Event, "entry.context": _Kind.Event,
    "entry.proposal": _Kind.Interface, "entry.asked": _Kind.Interface, "entry.given": _Kind.Interface,
    "entry.skipped": _Kind.Interface, "entry.delegation": _Kind.Method, "entry.artifact": _Kind.File,
    "entry.decision": _Kind.Constant, "entry.result": _Kind.Property, "entry.error": _Kind.Operator,
    "entry.prompt": _Kind.String, "entry.question": _Kind.Variable, "entry.next": _Kind.Function,
    "entry.update": _Kind.Field, "entry.note": _Kind.Field,
}  # fmt: skip
"""What LSP has for each kind of symbol: it knows of programs only."""
KINDS: dict[str, int] = {name: kind.value for name, kind in _KINDS.items()}
DEPRECATED = f'"tags":[{types.SymbolTag.Deprecated.value}],'


def document_symbols(server: Server, file: OpenFile, _: types.DocumentSymbolParams) -> Ready:
    """All symbols of a file."""
    uri = "" if server.client.nests_symbols else file.uri
    return _answer(file.document, server.desk.encoding, server.client.tags_symbols, uri)


@lru_cache(maxsize=4)
def _answer(document: Document, encoding: Encoding, tags: bool, flat_for: str) -> Ready:
    ruler = Ruler(document.text, encoding)
    found = symbols(document)
    if flat_for:
        return Ready.list(_flat(found, quoted(flat_for), "", ruler, tags))
    return Ready.list([_nested(one, ruler, tags) for one in found])


def _nested(symbol: Symbol, ruler: Ruler, tags: bool) -> str:
    if symbol.named and not symbol.inner:
        if not symbol.named.written:
            symbol.named.written = _template(symbol, ruler)
        line = symbol.line
        return symbol.named.written % (line, line, line, line)
    inner = ",".join([_nested(one, ruler, tags) for one in symbol.inner]) if symbol.inner else ""
    place = written(symbol.span, ruler)
    selection = place if symbol.selection is symbol.span else written(symbol.selection, ruler)
    return (
        f'{{"name":{quoted(symbol.name)},"detail":{quoted(symbol.detail)},"kind":{KINDS[symbol.kind]},'
        f'{DEPRECATED if tags and symbol.deprecated else ""}"range":{place},"selectionRange":{selection},'
        f'"children":[{inner}]}}'
    )


def _template(symbol: Symbol, ruler: Ruler) -> str:
    """An entry of one line, less the number of that, which alone changes when lines are written above it."""
    width = ruler.position(symbol.span.end)[1]
    place = f'{{"start":{{"line":%d,"character":0}},"end":{{"line":%d,"character":{width}}}}}'
    head = f'{{"name":{quoted(symbol.name)},"detail":{quoted(symbol.detail)},"kind":{KINDS[symbol.kind]},'
    return f'{head.replace("%", "%%")}"range":{place},"selectionRange":{place},"children":[]}}'


def _flat(found: list[Symbol], uri: str, above: str, ruler: Ruler, tags: bool) -> Iterator[str]:
    for one in found:
        yield (
            f'{{"name":{quoted(one.name)},"kind":{KINDS[one.kind]},"containerName":{quoted(above)},'
            f"{DEPRECATED if tags and one.deprecated else ''}"
            f'"location":{{"uri":{uri},"range":{written(one.span, ruler)}}}}}'
        )
        yield from _flat(one.inner, uri, one.name, ruler, tags)


FEATURES = (Feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, document_symbols),)
