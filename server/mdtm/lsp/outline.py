"""The outline of a file: its symbols in each other, or one after the other for a client that knows no other way.

The answer is written as JSON right away, for it may be long, and kept until the document changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from json.encoder import encode_basestring_ascii as quoted

from lsprotocol import types

from mdtm.document import Document
from mdtm.features.shape.outlined import Leaves, Run, Symbol, spread
from mdtm.features.symbols import symbols
from mdtm.lsp.convert import Ruler, written
from mdtm.lsp.desk import OpenFile
from mdtm.lsp.feature import Feature
from mdtm.lsp.protocol import Ready
from mdtm.lsp.state import Server
from mdtm.text import Encoding, Text

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
_LINE = re.compile(r'(?<="line":)\d+')
"""The number of a line; in a text the quotes are escaped."""
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


def _nested(symbol: Symbol | Run, ruler: Ruler, tags: bool) -> str:
    if isinstance(symbol, Run):
        return _in_place(symbol, ruler.encoding)
    inner = ",".join([_nested(one, ruler, tags) for one in symbol.inner]) if symbol.inner else ""
    place = written(symbol.span, ruler)
    selection = place if symbol.selection == symbol.span else written(symbol.selection, ruler)
    return (
        f'{{"name":{quoted(symbol.name)},"detail":{quoted(symbol.detail)},"kind":{KINDS[symbol.kind]},'
        f'{DEPRECATED if tags and symbol.deprecated else ""}"range":{place},"selectionRange":{selection},'
        f'"children":[{inner}]}}'
    )


class _Written:
    """Entries of a block as they are written, less the numbers of lines, which change when some come in above."""

    def __init__(self, leaves: Leaves, encoding: Encoding) -> None:
        ruler = Ruler(Text((leaves.block,)), encoding)
        text = ",".join([_nested(one, ruler, tags=False) for one in leaves.symbols])
        self.encoding, self.line, self.text = encoding, 0, text
        self._form = _LINE.sub("%d", text.replace("%", "%%"))
        self._numbers = list(map(int, _LINE.findall(text)))

    def move(self, line: int) -> str:
        """The text where the block begins at a line."""
        if line != self.line:
            self.line, self.text = line, self._form % tuple([line + number for number in self._numbers])
        return self.text


def _in_place(run: Run, encoding: Encoding) -> str:
    known = run.leaves.written
    if not isinstance(known, _Written) or known.encoding != encoding:
        known = run.leaves.written = _Written(run.leaves, encoding)
    return known.move(run.line)


def _flat(found: Iterable[Symbol | Run], uri: str, above: str, ruler: Ruler, tags: bool) -> Iterator[str]:
    for one in spread(found):
        yield (
            f'{{"name":{quoted(one.name)},"kind":{KINDS[one.kind]},"containerName":{quoted(above)},'
            f"{DEPRECATED if tags and one.deprecated else ''}"
            f'"location":{{"uri":{uri},"range":{written(one.span, ruler)}}}}}'
        )
        yield from _flat(one.inner, uri, one.name, ruler, tags)


FEATURES = (Feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, document_symbols),)
