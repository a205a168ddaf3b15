"""What folders hold, each looked into once: the documents below it, the files of a session, its workspace."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from mdtm.dialect import DIALECTS, TASK_ROOTS
from mdtm.document import STATE_FILES, Document
from mdtm.schema import SETTINGS_FILE, SETTINGS_FILES
from mdtm.trace import Trace
from mdtm.workspace import Workspace

NAMES_OF_OURS = (".md", *SETTINGS_FILES, *STATE_FILES)
"""How the names of files end that may be ours."""
SKIPPED = frozenset({".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv", "venv"})
"""Folders that are never looked into."""
ARTIFACT_ROOTS = frozenset(root for dialect in DIALECTS for root in dialect.artifact_roots)
MARKS_OF_A_ROOT = (*TASK_ROOTS, SETTINGS_FILE, ".git")
_FIRST_OF_MARKS = frozenset(mark.partition("/")[0] for mark in (*MARKS_OF_A_ROOT, *SETTINGS_FILES))


Excluded = Callable[[str], object]
"""Whether a name in some folder is left out; that of a folder ends with `/`."""


class Listing(NamedTuple):
    """The names in one folder, in order."""

    folders: tuple[str, ...]
    files: tuple[str, ...]
    others: tuple[str, ...]
    """Pipes and their like, links to folders, and links that lead nowhere, as editors' locks are."""
    may_be_root: bool
    """Whether any name may be the mark of a workspace, or has settings; without one those above hold."""


class Folders:
    """The folders of the disk as they were when first asked for."""

    def __init__(self, current: str = "") -> None:
        """`current` is the absolute path of the folder that is the workspace of what lies below it in none."""
        self._current = current
        self._listings: dict[str, Listing] = {}
        self._roots: dict[str, str | None] = {}
        self._links: dict[str, str] = {}
        """Where the links lead that were seen among files; both are absolute paths."""

    def listing(self, folder: str) -> Listing:
        """The names in a folder.

        Raises:
            OSError: it cannot be looked into.
        """
        known = self._listings.get(folder)
        if known is None:
            known = self._listings[folder] = _listed(folder, self._links)
        return known

    def documents_under(
        self,
        folder: str,
        failed: Callable[[OSError], object] = lambda error: None,
        excluded_in: Callable[[str], Excluded | None] = lambda folder: None,
    ) -> Iterator[str]:
        """The files below a folder that may be ours, in the order of their names.

        A folder that cannot be looked into is told to `failed`, and passed over.
        `excluded_in` gives what tells of the names in a folder that they are left out; None where none is.
        """
        waiting = [(folder, True, True)]  # the next one last: folders may be nested deeper than calls may be
        while waiting:
            path, is_folder, within = waiting.pop()
            if not is_folder:
                yield path
                continue
            try:
                listing = self.listing(path)
            except OSError as error:
                failed(error)
                continue
            above = path if path.endswith(os.sep) else path + os.sep
            excluded = excluded_in(path) if within or listing.may_be_root else None
            files = [name for name in listing.files if name.endswith(NAMES_OF_OURS)]
            inner = [name for name in listing.folders if name not in SKIPPED]
            if excluded:
                files = [name for name in files if not excluded(name)]
                inner = [name for name in inner if not excluded(f"{name}/")]
            if not inner:
                for name in files:
                    yield above + name
                continue
            within = excluded is not None
            found = [(above + name, True, within) for name in inner]
            found += [(above + name, False, within) for name in files]
            waiting += sorted(found, reverse=True)

    def files_below(self, root: Path, folder: str) -> frozenset[str]:
        """The files below a session's folder, as paths from it; empty when it cannot be read.

        In the root of a workspace, which holds much else, only those among artifacts are listed.
        """
        wanted = None if folder else ARTIFACT_ROOTS
        whole = f"{root}{os.sep}{folder.replace('/', os.sep)}" if folder else str(root)
        names = frozenset(self._names_below(whole, wanted))
        if not self._links:
            return names
        return names.difference(path[len(folder) + 1 if folder else 0 :] for path in self.leading_out(root, folder))

    def leading_out(self, root: Path, folder: str) -> frozenset[str]:
        """The links below a folder whose files have been listed that lead out of the workspace, as paths from it."""
        if not self._links:
            return frozenset()
        above, here = os.path.join(root, ""), os.path.join(root, folder.replace("/", os.sep), "")
        inside = os.path.join(os.path.realpath(root), "")
        found = (name for name, real in self._links.items() if name.startswith(here) and not real.startswith(inside))
        return frozenset(name[len(above) :].replace(os.sep, "/") for name in found)

    def around(
        self, root: Path, documents: Iterable[Document], trace: Trace | None = None, now: datetime | None = None
    ) -> Workspace:
        """What the rules may know of the world around some documents."""
        folders = {document.folder for document in documents if document.is_session}
        files = {folder: self.files_below(root, folder) for folder in folders}
        if not self._links:
            return Workspace(files, trace, now)
        return Workspace(files, trace, now, frozenset().union(*(self.leading_out(root, folder) for folder in folders)))

    def root_of(self, path: Path | str) -> Path:
        """The workspace that a file or folder lies in: the nearest folder upwards that holds a known root."""
        whole = os.path.abspath(path)
        return Path(self.root_of_folder(whole if os.path.isdir(whole) else os.path.dirname(whole)))

    def root_of_folder(self, folder: str) -> str:
        """The same for the absolute path of a folder."""
        if marked := self._marked(folder):
            return marked
        return self._current if self._current and is_below(folder, self._current) else folder

    def workspace_of(self, folder: Path) -> Path:
        """The workspace that an editor's folder is, or lies in when it is a folder of one of the systems."""
        root = self.root_of(folder)
        return root if any(folder.is_relative_to(root / mark) for mark in TASK_ROOTS) else folder

    def has_mark(self, folder: str) -> bool:
        """Whether a folder says of itself that it is a workspace."""
        known = self._listings.get(folder)
        if known and not known.may_be_root:
            return False
        return any(os.path.exists(os.path.join(folder, mark)) for mark in MARKS_OF_A_ROOT)

    def _names_below(self, folder: str, wanted: frozenset[str] | None) -> list[str]:
        """The files below a folder, as paths from it; `wanted` are those of its own folders that are looked into."""
        found, waiting = list[str](), [(folder, "")]
        while waiting:
            folder, inner = waiting.pop()
            try:
                folders, files, others, _ = self.listing(folder)
            except OSError:
                continue
            found += [inner + name for name in files + others]
            waiting += [
                (f"{folder}{os.sep}{name}", f"{inner}{name}/")
                for name in folders
                if name not in SKIPPED and (wanted is None or inner or name in wanted)
            ]
        return found

    def _marked(self, folder: str) -> str | None:
        """The nearest folder upwards that holds a mark of a root."""
        if folder in self._roots:
            return self._roots[folder]
        passed, found = [folder], None
        while not self.has_mark(folder):
            above = os.path.dirname(folder)
            if above in self._roots or above == folder:
                found = self._roots.get(above)
                break
            folder = above
            passed.append(folder)
        else:
            found = folder
        self._roots.update(dict.fromkeys(passed, found))
        return found


def is_below(folder: str, other: str) -> bool:
    """Whether a folder is another one or lies in it, by their absolute paths."""
    return folder == other or folder.startswith(other if other.endswith(os.sep) else other + os.sep)


def _listed(folder: str, links: dict[str, str]) -> Listing:
    """What is in a folder; where its links lead is added to `links`."""
    folders, files, others = list[str](), list[str](), list[str]()
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_file(follow_symlinks=False):
                files.append(entry.name)
            elif entry.is_dir(follow_symlinks=False):
                folders.append(entry.name)
            elif entry.is_symlink():
                links[entry.path] = os.path.realpath(entry.path)
                (files if _leads_to_file(entry) else others).append(entry.name)
            else:
                others.append(entry.name)
    may_be_root = not _FIRST_OF_MARKS.isdisjoint(folders + files + others)
    return Listing(tuple(sorted(folders)), tuple(sorted(files)), tuple(sorted(others)), may_be_root)


def _leads_to_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link that leads in a circle, or through a file
        return False
