"""Semantic tokens: all of a file, those of a range, or what has changed since the last answer."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from functools import lru_cache, partial

from lsprotocol import types

from mdtm.document import Document
from mdtm.features import tokens as parts
from mdtm.features.shape.keeping import kept
from mdtm.features.tokens import MODIFIERS, TYPES, Token
from mdtm.lsp import convert
from mdtm.lsp.desk import OpenFile
from mdtm.lsp.feature import Feature
from mdtm.lsp.protocol import Ready
from mdtm.lsp.state import Server
from mdtm.markdown import Reading
from mdtm.text import Encoding, Text, width

LEGEND = types.SemanticTokensLegend(list(TYPES), list(MODIFIERS))
_NUMBER = {name: number for number, name in enumerate(TYPES)}
_ANSWERS = itertools.count(1)
_STRIDE = 1000
"""How many numbers are compared at once."""


def full(server: Server, file: OpenFile, _: types.SemanticTokensParams) -> Ready:
    """The tokens of the whole file."""
    data = encoded(file.document, server.desk.encoding)
    return Ready(f'{{"resultId":"{_note(file, data)}","data":{data}}}')


def delta(server: Server, file: OpenFile, params: types.SemanticTokensDeltaParams) -> Ready:
    """What has changed since an answer; the whole where it was not the last one."""
    known, old = file.told_tokens
    if params.previous_result_id != known:
        return full(server, file, types.SemanticTokensParams(params.text_document))
    data = encoded(file.document, server.desk.encoding)
    start, gone, new = difference(old, data)
    edit = f'{{"start":{start},"deleteCount":{gone},"data":{new}}}' if gone or new else ""
    return Ready(f'{{"resultId":"{_note(file, data)}","edits":[{edit}]}}')


def in_range(server: Server, file: OpenFile, params: types.SemanticTokensRangeParams) -> types.SemanticTokens:
    """The tokens of the lines that a range touches."""
    document, encoding = file.document, server.desk.encoding
    span = convert.our_span(document, params.range, encoding)
    first, last = document.text.line_at(span.start), document.text.line_at(span.end)
    found = (token for token in parts.tokens(document, first, last) if first <= token.line <= last)
    return types.SemanticTokens(_numbers(found, document.text, encoding))


@lru_cache(maxsize=4)
def encoded(document: Document, encoding: Encoding) -> list[int]:
    """The tokens as LSP counts them: five numbers each, lines and columns from the token before."""
    data = _numbers(parts.of_frontmatter(document), document.text, encoding)
    line = sum(data[::5])
    for index, reading in enumerate(document.body):
        found = parts.of_block(reading)
        if found:
            numbers = kept(reading, encoding, partial(_of_block, encoding=encoding))
            first = document.text.block_start(index)[0]
            data.append(first + found[0].line - line)
            data += numbers[1:]
            line = first + found[-1].line
    return data


def difference(old: list[int], new: list[int]) -> tuple[int, int, list[int]]:
    """The edit that makes one list of numbers the other: where it begins, how many go, which come."""
    most = min(len(old), len(new))
    start = 0
    while start < most and old[start : start + _STRIDE] == new[start : start + _STRIDE]:
        start += _STRIDE
    start = min(start, most)
    while start < most and old[start] == new[start]:
        start += 1
    most, behind = most - start, 0
    while behind + _STRIDE <= most and _before(old, behind) == _before(new, behind):
        behind += _STRIDE
    while behind < most and old[-1 - behind] == new[-1 - behind]:
        behind += 1
    return start, len(old) - start - behind, new[start : len(new) - behind]


def _before(numbers: list[int], end: int) -> list[int]:
    """The numbers of a stride that ends so far before the end."""
    return numbers[len(numbers) - end - _STRIDE : len(numbers) - end]


def _of_block(reading: Reading, encoding: Encoding) -> list[int]:
    return _numbers(parts.of_block(reading), Text((reading.block,)), encoding)


def _numbers(found: Iterable[Token], text: Text, encoding: Encoding) -> list[int]:
    data: list[int] = []
    line = column = 0
    for token in found:
        start, end = token.start, token.end
        written = text.line(token.line)
        if not written.isascii():
            start, end = width(written[:start], encoding), width(written[:end], encoding)
        data += (
            token.line - line, start - (column if token.line == line else 0), end - start,
            _NUMBER[token.type], token.modifiers,
        )  # fmt: skip
        line, column = token.line, start
    return data


def _note(file: OpenFile, data: list[int]) -> str:
    """Notes what was answered last, and gives its number."""
    file.told_tokens = (str(next(_ANSWERS)), data)
    return file.told_tokens[0]


FEATURES = (
    Feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, full, LEGEND),
    Feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA, delta, LEGEND),
    Feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE, in_range, LEGEND),
)
