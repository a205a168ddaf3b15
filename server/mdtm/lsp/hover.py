"""Hover: at the place of a finding the page of its rule."""

from __future__ import annotations

from lsprotocol import types

from mdtm.lsp import convert
from mdtm.lsp.desk import OpenFile
from mdtm.lsp.feature import Feature
from mdtm.lsp.state import Server
from mdtm.pages import page
from mdtm.rules import rule_named


def hover(server: Server, file: OpenFile, params: types.HoverParams) -> types.Hover | None:
    """The pages of the rules whose findings a position touches; None where there is none."""
    position, encoding = params.position, server.desk.encoding
    span = convert.our_span(file.document, types.Range(position, position), encoding)
    here = convert.touching(file.problems(), span)
    rules = [rule for code in dict.fromkeys(problem.code for problem in here) if (rule := rule_named(code))]
    if not rules:
        return None
    kind = types.MarkupKind.Markdown if server.client.shows_markdown else types.MarkupKind.PlainText
    pages = (page(rule).partition("\n\n")[2] for rule in rules)  # without the heading: the finding shows the code
    content = types.MarkupContent(kind, "\n---\n\n".join(pages))
    return types.Hover(content, convert.lsp_range(file.document, here[0].span, encoding))


FEATURES = (Feature(types.TEXT_DOCUMENT_HOVER, hover),)
