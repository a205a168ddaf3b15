"""Hover: what is to be told of a place, in a few lines, and below that the page of a rule that has found something."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from lsprotocol import types

from mdtm.document import Document
from mdtm.features.cards import card_of
from mdtm.features.meanings import told_at
from mdtm.features.moments import moment_at
from mdtm.features.names.mentions import named_at
from mdtm.features.telling import Told
from mdtm.lsp import convert
from mdtm.lsp.desk import OpenFile
from mdtm.lsp.feature import Feature
from mdtm.lsp.looking import look_around
from mdtm.lsp.markup import RULE, markup, page_link
from mdtm.lsp.state import Server
from mdtm.pages import page
from mdtm.rules import rule_named
from mdtm.text import Span


async def hover(server: Server, file: OpenFile, params: types.HoverParams) -> types.Hover | None:
    """What there is to tell of a position; None where there is nothing."""
    document, offset = file.document, convert.our_offset(file.document, params.position, server.desk.encoding)
    if named_at(document, offset):
        await look_around(server, file)
    told = [*_things(server, file, document, offset), *_findings(file, offset)]
    if not told:
        return None
    text = RULE.join(one.text.strip("\n") for one in told) + "\n"
    content = markup(text, server.client.shows_markdown)
    return types.Hover(content, convert.lsp_range(document, told[0].span, server.desk.encoding))


def _findings(file: OpenFile, offset: int) -> Iterator[Told]:
    """The pages of the rules whose findings are here, which begin with the code, for there may be several."""
    here = convert.touching(file.problems(), Span(offset, offset))
    for code, problem in {problem.code: problem for problem in reversed(here)}.items():
        if rule := rule_named(code):
            _, _, text = page(rule).partition("\n\n")
            yield Told(problem.span, f"**{code}**: {text}")


def _things(server: Server, file: OpenFile, document: Document, offset: int) -> Iterator[Told]:
    if key := told_at(document, offset):
        yield key._replace(text=key.text + page_link(key.key))
    if named := named_at(document, offset):
        at, trace = server.occasion(file), file.folder.workspace.trace
        if text := card_of(named, at.files, trace, at.now, file.folder.uses):
            yield Told(named.span, text)
    if moment := moment_at(document, offset, datetime.astimezone):
        yield moment


FEATURES = (Feature(types.TEXT_DOCUMENT_HOVER, hover),)
