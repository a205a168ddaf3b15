"""What can be folded in a file, and how a selection grows there."""

from __future__ import annotations

from functools import lru_cache

from lsprotocol import types

from mdtm.document import Document
from mdtm.features.folding import LARGE, folds
from mdtm.features.selections import selections
from mdtm.lsp import convert
from mdtm.lsp.convert import Ruler
from mdtm.lsp.desk import OpenFile
from mdtm.lsp.feature import Feature
from mdtm.lsp.protocol import Ready
from mdtm.lsp.state import Server

KINDS = {"frontmatter": ',"kind":"region"', "day": ',"kind":"region"', "comment": ',"kind":"comment"'}
"""Those of our kinds for which LSP has one."""


def folding_ranges(server: Server, file: OpenFile, _: types.FoldingRangeParams) -> Ready:
    """The lines that can be folded; not more than the client takes."""
    return _folding(file.document, server.client.most_folds)


@lru_cache(maxsize=4)
def _folding(document: Document, most: int) -> Ready:
    found = folds(document)
    if most and len(found) > most:
        chosen = sorted(found, key=lambda fold: fold.kind not in LARGE)[:most]
        found = sorted(chosen, key=lambda fold: (fold.first, -fold.last))
    written = (f'{{"startLine":{one.first},"endLine":{one.last}{KINDS.get(one.kind, "")}}}' for one in found)
    return Ready.list(written)


def selection_ranges(server: Server, file: OpenFile, params: types.SelectionRangeParams) -> list[types.SelectionRange]:
    """For each position the selections around it, each in the larger one."""
    ruler = Ruler(file.document.text, server.desk.encoding)
    offsets = [convert.our_offset(file.document, place, server.desk.encoding) for place in params.positions]
    return [_chain(file.document, offset, ruler) for offset in offsets]


def _chain(document: Document, offset: int, ruler: Ruler) -> types.SelectionRange:
    outer: types.SelectionRange | None = None
    for span in reversed(selections(document, offset)):
        outer = types.SelectionRange(convert.ruled(span, ruler), outer)
    assert outer, "the file is always one"
    return outer


FEATURES = (
    Feature(types.TEXT_DOCUMENT_FOLDING_RANGE, folding_ranges),
    Feature(types.TEXT_DOCUMENT_SELECTION_RANGE, selection_ranges),
)
