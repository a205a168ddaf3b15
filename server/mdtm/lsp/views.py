"""The views as documents with URIs of their own, and which of them the client has."""

from __future__ import annotations

from collections.abc import Iterator

from pygls.uris import urlparse, urlunparse

from mdtm.lsp.desk import Desk
from mdtm.lsp.folder import Folder
from mdtm.lsp.overlay import Overlay
from mdtm.lsp.view_texts import OF_SESSION, text_of
from mdtm.world import occasion

SCHEME = "mdtm"
VIEW_OF = {"session.brief": "brief", "session.show": "trace", "session.report": "clock", "session.agenda": "agenda"}
"""For some verbs the view that shows what they tell, and stays true while the files change."""


def uri_of(name: str, folder: Folder, part: str = "") -> str:
    """The URI of a view of a workspace folder, such as `mdtm:/brief/SESSION-1.md?/home/jane/bakery`.

    `part` is the session that it is of, or the days.
    """
    whole = f"{name}/{part}" if part else name
    return urlunparse((SCHEME, "", f"/{whole}.md", "", str(folder.root), ""))


class Views:
    """Makes the views, and knows their texts as the client has them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.shown: dict[str, str] = {}

    def show(self, uri: str) -> str:
        """The text of a view, which the client has from now on."""
        self.shown[uri] = text = self._text(uri)
        return text

    def stale(self) -> Iterator[str]:
        """The views that are others than the client has; one that it still shows is to be shown anew."""
        for uri, old in list(self.shown.items()):
            if self._text(uri) != old:
                del self.shown[uri]
                yield uri

    def _text(self, uri: str) -> str:
        """The text of a view now, or what is wrong with its URI."""
        _, _, path, _, root, _ = urlparse(uri)
        folder = self._folder(root)
        if folder is None:
            return "No folder is open in the editor; a view is of one.\n"
        name, session = path.strip("/").removesuffix(".md"), ""
        for view in OF_SESSION:
            if name.startswith(f"{view}/"):
                name, session = view, name.removeprefix(f"{view}/")
        files = Overlay(self._desk, folder)
        at = occasion(files, folder.settings, session=session)
        return text_of(at, name, lambda path: files.uri(self._desk, path))

    def _folder(self, root: str) -> Folder | None:
        """The workspace folder that is meant: the one named, else the first."""
        folders = self._desk.folders
        return next((one for one in folders if str(one.root) == root), folders[0] if folders else None)
