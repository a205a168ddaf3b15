"""Hover: at the place of a finding the page of its rule."""

from __future__ import annotations

from lsprotocol import types

from mdtm.lsp import convert
from mdtm.lsp.client import Client
from mdtm.lsp.desk import OpenFile
from mdtm.pages import page
from mdtm.rules import rule_named
from mdtm.text import Encoding


def at(file: OpenFile, position: types.Position, encoding: Encoding, client: Client) -> types.Hover | None:
    """The pages of the rules whose findings a position touches; None where there is none."""
    span = convert.our_span(file.document, types.Range(position, position), encoding)
    here = convert.touching(file.problems(), span)
    rules = [rule for code in dict.fromkeys(problem.code for problem in here) if (rule := rule_named(code))]
    if not rules:
        return None
    kind = types.MarkupKind.Markdown if client.shows_markdown else types.MarkupKind.PlainText
    pages = (page(rule).partition("\n\n")[2] for rule in rules)  # without the heading: the finding shows the code
    content = types.MarkupContent(kind, "\n---\n\n".join(pages))
    return types.Hover(content, convert.lsp_range(file.document, here[0].span, encoding))
