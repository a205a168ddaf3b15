"""The names of a document that lead somewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mdtm.document import Document
from mdtm.features.names.mentions import Named, named_in
from mdtm.features.names.targets import target_of
from mdtm.files import Files
from mdtm.paths import plain
from mdtm.trace import Trace


def links(document: Document, files: Files, trace: Trace | None) -> Iterator[Named]:
    """The places that name something that is there; where it is, is looked up when somebody goes there."""
    there = _looking(files)
    known: dict[tuple[str, str, tuple[str, ...]], bool] = {}
    for named in named_in(document):
        key = named.kind, named.name, named.bases
        if key not in known:
            known[key] = not named.own and _is_there(named, files, trace, there)
        if known[key] and not named.own:
            yield named


def _is_there(named: Named, files: Files, trace: Trace | None, there: Callable[[str], bool]) -> bool:
    if named.kind == "file" and any("." in path.rpartition("/")[2][1:] and there(path) for path in named.paths):
        return True
    if named.kind == "task":
        return trace is not None and trace.has_task(named.name)
    if named.kind == "sprint":
        return trace is not None and plain(named.name) in trace.sprints
    return target_of(named, files, trace) is not None


def _looking(files: Files) -> Callable[[str], bool]:
    """What tells whether a file is there, with a look into each folder at most once."""
    names: dict[str, frozenset[str]] = {}

    def there(path: str) -> bool:
        folder, _, name = path.rpartition("/")
        if folder not in names:
            names[folder] = frozenset(files.files_in(folder))
        return name in names[folder]

    return there
