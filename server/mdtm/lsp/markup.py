"""Texts that an editor shows beside the file: Markdown, or without its signs where the client cannot read them."""

from __future__ import annotations

import re

from lsprotocol import types
from pygls.uris import from_fs_path

from mdtm import disk
from mdtm.features.meanings import PAGES

_ADDRESS = re.compile(r"\[([^\]]*)\]\((\w+://[^)\s]*)\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)\s]*\)")
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_QUOTE = re.compile(r"^> ", re.MULTILINE)
RULE = "\n\n---\n\n"


def markup(text: str, is_markdown: bool) -> types.MarkupContent:
    if is_markdown:
        return types.MarkupContent(types.MarkupKind.Markdown, text)
    text = _ADDRESS.sub(r"\1: \2", text)  # words that lead nowhere help nobody
    for signs in (_LINK, _BOLD, _CODE):
        text = signs.sub(r"\1", text)
    return types.MarkupContent(types.MarkupKind.PlainText, _QUOTE.sub("", text))


def page_link(key: str) -> str:
    """A line that leads to the page with more about a key, or a rule; empty where there is none."""
    page = disk.rule_page(PAGES.get(key, key))
    return f"\n\n[More about it]({from_fs_path(str(page))})" if page else ""
