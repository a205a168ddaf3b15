"""Formatting: of a file, of some of its lines, and while one types."""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol import types

from mdtm.features.entries import continued, stamped_bullet
from mdtm.features.formatting import Wishes, document_edits, range_edits
from mdtm.lsp import convert
from mdtm.lsp.desk import OpenFile
from mdtm.lsp.feature import Feature
from mdtm.lsp.state import Server

ENTER = "\n"
ON_TYPE = types.DocumentOnTypeFormattingOptions(" ", [ENTER])


def formatted(server: Server, file: OpenFile, params: types.DocumentFormattingParams) -> list[types.TextEdit]:
    """The whole file in form."""
    return convert.lsp_edits(
        file.document, document_edits(file.document, _wishes(params.options)), server.desk.encoding
    )


def range_formatted(
    server: Server, file: OpenFile, params: types.DocumentRangeFormattingParams
) -> list[types.TextEdit]:
    """Some of its lines."""
    return _in_ranges(server, file, [params.range], params.options)


def ranges_formatted(
    server: Server, file: OpenFile, params: types.DocumentRangesFormattingParams
) -> list[types.TextEdit]:
    """Several stretches of lines at once."""
    return _in_ranges(server, file, params.ranges, params.options)


def typed(server: Server, file: OpenFile, params: types.DocumentOnTypeFormattingParams) -> list[types.TextEdit]:
    """The time behind a bullet that was just typed in a log; on a new line what goes on with the list above it."""
    at = server.occasion(file)
    offset = convert.our_offset(file.document, params.position, server.desk.encoding)
    begin = continued if params.ch == ENTER else stamped_bullet
    edit = begin(file.document, offset, at.now, at.actor)
    return convert.lsp_edits(file.document, [edit], server.desk.encoding) if edit else []


def _in_ranges(
    server: Server, file: OpenFile, ranges: Sequence[types.Range], options: types.FormattingOptions
) -> list[types.TextEdit]:
    spans = [convert.our_span(file.document, one, server.desk.encoding) for one in ranges]
    return convert.lsp_edits(file.document, range_edits(file.document, spans, _wishes(options)), server.desk.encoding)


def _wishes(options: types.FormattingOptions) -> Wishes:
    """What there is to wish; how deep lines are indented is settled."""
    return Wishes(
        bool(options.trim_trailing_whitespace), bool(options.insert_final_newline), bool(options.trim_final_newlines)
    )


FEATURES = (
    Feature(types.TEXT_DOCUMENT_FORMATTING, formatted),
    Feature(types.TEXT_DOCUMENT_RANGE_FORMATTING, range_formatted, wanted=lambda client: not client.formats_ranges),
    Feature(
        types.TEXT_DOCUMENT_RANGE_FORMATTING,
        range_formatted,
        types.DocumentRangeFormattingOptions(ranges_support=True),
        lambda client: client.formats_ranges,
    ),
    Feature(types.TEXT_DOCUMENT_RANGES_FORMATTING, ranges_formatted, wanted=lambda client: client.formats_ranges),
    Feature(types.TEXT_DOCUMENT_ON_TYPE_FORMATTING, typed, ON_TYPE),
)
