"""What a client is asked to ask for again when something has changed that it does not know of."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from enum import Flag, auto

from lsprotocol import types

from mdtm.lsp.client import Client


class News(Flag):
    """What has changed, other than the text of an open file, which the client knows best."""

    FILES = auto()
    """Which files there are, and how they name each other."""
    SETTINGS = auto()
    FOLDERS = auto()
    """The workspace folders, and so the paths of files, which tell their kinds."""


ALL = News.FILES | News.SETTINGS | News.FOLDERS
FOLLOWS_FROM = {
    types.WORKSPACE_DIAGNOSTIC_REFRESH: (types.TEXT_DOCUMENT_DIAGNOSTIC, ALL),
    types.WORKSPACE_CODE_LENS_REFRESH: (types.TEXT_DOCUMENT_CODE_LENS, ALL),
    types.WORKSPACE_INLAY_HINT_REFRESH: (types.TEXT_DOCUMENT_INLAY_HINT, News.SETTINGS | News.FOLDERS),
    types.WORKSPACE_SEMANTIC_TOKENS_REFRESH: (types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, News.FOLDERS),
    types.WORKSPACE_FOLDING_RANGE_REFRESH: (types.TEXT_DOCUMENT_FOLDING_RANGE, News.FOLDERS),
}
"""For each request to ask again: what would be asked, and what that follows from beside the text of its file."""


def needed(news: News, client: Client, offered: Collection[str]) -> Iterator[str]:
    """The requests to send after some news: of those that the client takes, about what it is offered."""
    for request, (method, sources) in FOLLOWS_FROM.items():
        if sources & news and request in client.refreshes and method in offered:
            yield request
