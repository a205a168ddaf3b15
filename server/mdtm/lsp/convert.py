"""Our words in LSP's, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lsprotocol import types

from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.lsp.desk import Change, OpenFile
from mdtm.plan import Replace
from mdtm.problem import Problem
from mdtm.text import Encoding, Position, Span, Text, width

SOURCE = "mdtm"
START = types.Range(types.Position(0, 0), types.Position(0, 0))
SYMBOL_KINDS = {
    "session": types.SymbolKind.Class, "task": types.SymbolKind.Method, "sprint": types.SymbolKind.Package,
    "artifact": types.SymbolKind.File, "document": types.SymbolKind.File, "file": types.SymbolKind.File,
    "heading": types.SymbolKind.String,
}  # fmt: skip
"""What LSP has for each kind of file and for what stands in it: it knows of programs only."""


class Ruler:
    """Tells the positions of many offsets of one text, one block after the other, faster than the text does."""

    def __init__(self, text: Text, encoding: Encoding) -> None:
        self._text, self.encoding = text, encoding
        self._block, self._line, self._start, self._end = text.blocks[0], 0, 0, 0
        """The block that was asked for last, and where it begins and ends."""

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset in the text."""
        if not self._start <= offset < self._end:
            index = self._text.block_at(offset)
            self._block = self._text.blocks[index]
            self._line, self._start = self._text.block_start(index)
            self._end = self._start + self._block.length
        block, within = self._block, offset - self._start
        number = block.line_at(within)
        line, column = block.lines[number], within - block.starts[number]
        return self._line + number, column if line.isascii() else width(line[:column], self.encoding)


def our_encoding(kind: types.PositionEncodingKind | str | None) -> Encoding:
    name = str(getattr(kind, "value", kind))
    return "utf-8" if name == "utf-8" else "utf-32" if name == "utf-32" else "utf-16"


def lsp_range(document: Document, span: Span, encoding: Encoding) -> types.Range:
    start, end = (document.text.position(offset, encoding) for offset in span)
    return types.Range(types.Position(*start), types.Position(*end))


def ruled(span: Span, ruler: Ruler) -> types.Range:
    """The same, where there are many in one document."""
    start, end = map(ruler.position, span)
    return types.Range(types.Position(*start), types.Position(*end))


def written(span: Span, ruler: Ruler) -> str:
    """A range as JSON, for answers that hold thousands."""
    first, column = ruler.position(span.start)
    last, end = ruler.position(span.end)
    return f'{{"start":{{"line":{first},"character":{column}}},"end":{{"line":{last},"character":{end}}}}}'


def our_offset(document: Document, place: types.Position, encoding: Encoding) -> int:
    return document.text.offset(Position(place.line, place.character), encoding)


def our_span(document: Document, place: types.Range, encoding: Encoding) -> Span:
    start, end = (our_offset(document, end, encoding) for end in (place.start, place.end))
    return Span(min(start, end), max(start, end))


def our_change(change: Mapping[str, Any]) -> Change:
    """A change as it came; `range` is left out, or null, where the whole text is new.

    Raises:
        ValueError, TypeError, KeyError: it is none that LSP knows.
    """
    place, new = change.get("range"), change["text"]
    if not isinstance(new, str):
        raise TypeError(f"the new text is no string: {new!r}")
    return Change(new, *(_our_position(place[end]) for end in ("start", "end")) if place is not None else ())


def _our_position(place: Mapping[str, Any]) -> Position:
    line, column = int(place["line"]), int(place["character"])
    if line < 0 or column < 0:
        raise ValueError(f"there is no place before the beginning: {place}")
    return Position(line, column)


def lsp_edits(document: Document, edits: Iterable[Edit], encoding: Encoding) -> list[types.TextEdit]:
    return [types.TextEdit(lsp_range(document, span, encoding), new) for span, new in edits]


def file_edit(file: OpenFile, plan: Iterable[Replace], encoding: Encoding, versioned: bool) -> types.WorkspaceEdit:
    """A plan for one open file, with the file's version where the client can hold it against its own."""
    edits = lsp_edits(file.document, (Edit(replace.span, replace.new) for replace in plan), encoding)
    if not versioned:
        return types.WorkspaceEdit(changes={file.uri: edits})
    identifier = types.OptionalVersionedTextDocumentIdentifier(uri=file.uri, version=file.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(identifier, edits)])


def touching(problems: Sequence[Problem], span: Span) -> list[Problem]:
    """The problems that a selection or a cursor touches."""
    return [problem for problem in problems if problem.span.start <= span.end and span.start <= problem.span.end]
