"""What is wrong with the paths in a session's `related_artifacts`: for each path one fault at the most.

Every path is judged once; the rules, one for each fault, pick out theirs.
"""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from mdtm.artifacts import BY_FOLDER, BY_PREFIX, artifact_folder, is_artifact
from mdtm.dialect import DIALECTS, TASK_ROOTS, Dialect
from mdtm.document import Document
from mdtm.field_edit import remove_item
from mdtm.fields import Edit, Field
from mdtm.paths import plain, plain_paths, without_place
from mdtm.problem import Fix, Problem, Severity
from mdtm.schema.sessions import RELATED_ARTIFACTS
from mdtm.toml.writing import text_value
from mdtm.workspace import Workspace

_DEVICE = re.compile(r"(?:^|/)(?:CON|PRN|AUX|NUL|COM[1-9]|LPT[1-9])(?:\.[^/]*)?(?:/|$)", re.IGNORECASE)
_NAMED_AS_USUAL = re.compile(r"(?:.*/)?(?P<prefix>[A-Z][A-Z_]*)-.+-(?:\d{10}|\d{12}|\d{8}-\d{6})(?:-\d+)?\.\w+")
_NO_FILE_NAME = re.compile(r"[<>\"|?*\x00-\x1f]|:(?!\d+(?:[:-]\d+)?$)")
_ABSOLUTE = re.compile(r"file://|~?/|\\|[A-Za-z]:(?![^/\\])")
_USUAL = re.compile(r"^([a-z_]{4,}(?:/[a-z_]{4,})?)/([A-Z]{4,})-[\w-]+\.\w+$", re.ASCII | re.MULTILINE)
"""A path that any system can have, as nearly all are: its folder and the prefix of its name."""
_PREFIX = re.compile(r"[A-Z][A-Z_]*(?=-)")
_DIALECTS = {dialect.name: dialect for dialect in DIALECTS}
_WORKSPACE_FOLDERS = tuple(f"{root}/" for root in TASK_ROOTS)


class Fault(NamedTuple):
    """What is wrong with one path of the list."""

    number: int
    """Its place in the list, from 0."""
    code: str
    message: str
    target: str = ""
    """The path that is surely meant, when there is one."""
    there: bool = False
    """Whether the path leads to a file all the same."""


def problems(document: Document, workspace: Workspace, code: str, severity: Severity) -> Iterator[Problem]:
    """The problems of one code among the paths in a session's list."""
    field, files = document.frontmatter.get(RELATED_ARTIFACTS), workspace.files_in(document.folder)
    if field is None or files is None or not field.value.items:
        return
    paths = document.frontmatter.texts(RELATED_ARTIFACTS)
    for fault in _faults(paths, files, document.folder, document.dialect.name, workspace.leading_out).get(code, ()):
        fixes = _fixes(document, field, fault, paths, files)
        yield Problem(code, severity, field.value.items[fault.number].span, fault.message, fixes)


def any_faulty(document: Document, workspace: Workspace) -> bool:
    """Whether anything is wrong with a path in a session's list."""
    files, paths = workspace.files_in(document.folder), document.frontmatter.texts(RELATED_ARTIFACTS)
    if not paths or files is None or _are_usual(paths, files, document.dialect.name, workspace.leading_out):
        return False
    return bool(_faults(paths, files, document.folder, document.dialect.name, workspace.leading_out))


def _are_usual(
    paths: tuple[str | None, ...], files: frozenset[str], dialect_name: str, leading_out: frozenset[str]
) -> bool:
    """Whether all paths surely are those of files, each in the folder that its name shows."""
    if leading_out or not files.issuperset(paths):
        return False
    lines = "\n".join(map(str, paths))
    found = _USUAL.findall(lines)
    if not len(found) == len(paths) == lines.count("\n") + 1:
        return False
    return all(_belongs(folder, prefix, dialect_name) for folder, prefix in {*found})


@functools.lru_cache(maxsize=16)
def _faults(
    paths: tuple[str | None, ...], files: frozenset[str], folder: str, dialect_name: str, leading_out: frozenset[str]
) -> Mapping[str, tuple[Fault, ...]]:
    """The faults of all paths by their codes."""
    found: dict[str, tuple[Fault, ...]] = {}
    there, dialect, session = plain_paths(files), _DIALECTS[dialect_name], folder.rpartition("/")[2]
    for index, path in enumerate(paths):
        if path is not None and leading_out and _is_behind(f"{folder}/{plain(path)}", leading_out):
            fault: Fault | None = Fault(index, "escaping-path", f"{path} is a link that leads out of the workspace")
        else:
            fault = _fault(index, path, files, there, session, dialect) if path is not None else None
        if fault:
            found[fault.code] = (*found.get(fault.code, ()), fault)
    return found


def _fault(
    index: int, path: str, files: frozenset[str], there: Mapping[str, str], session: str, dialect: Dialect
) -> Fault | None:
    clean = plain(path)
    if not clean.strip():
        return None  # which empty-item tells of
    if path in files or (clean in there and "\\" not in path):
        return _fault_of_name(index, path, clean, files, dialect)
    if ("://" in path and not path.startswith("file://")) or _is_folder(clean, files):
        return None
    if clean in there:
        return Fault(index, "backslash-path", f"{path} has \\ between its folders, not /", there[clean])
    wanted = _wanted(path, clean)
    target = _target(wanted, session, there)
    code, message = _kind(path, clean, wanted, target)
    if not target and code == "backslash-path":
        target = path.replace("\\", "/")
    return Fault(index, code, message, target)


def _wanted(path: str, clean: str) -> str:
    """A path without what can be taken off it: where it begins, `..`, and the place in the file."""
    wanted = without_place(clean.removeprefix("file://"))
    if _ABSOLUTE.match(path):
        wanted = re.sub(r"^(?:[A-Za-z]:|~)?/*", "", wanted)
    return posixpath.normpath(wanted) if ".." in wanted else wanted


def _target(wanted: str, session: str, there: Mapping[str, str]) -> str:
    """The one file that a path surely means; empty when there is none, or more than one."""
    inner = wanted.rpartition(f"{session}/")[2] if session and f"/{session}/" in f"/{wanted}" else wanted
    for path in (inner, inner.removeprefix("artifacts/")):
        if path in there:
            return there[path]
    if not wanted or (wanted.startswith(_WORKSPACE_FOLDERS) and inner == wanted):
        return ""
    small = inner.casefold()
    exact = [real for name, real in there.items() if name.casefold() == small]
    ending = f"/{small}"
    below = [real for name, real in there.items() if name.casefold().endswith(ending)] if "/" in small else []
    for found in (exact, below):
        if found:
            return found[0] if len(found) == 1 else ""
    return ""


def _kind(path: str, clean: str, wanted: str, target: str) -> tuple[str, str]:
    """The code and the message for a path that leads nowhere as it stands."""
    meant = f"; {target} is meant" if target else ""
    if _ABSOLUTE.match(path):
        return "absolute-path", f"{path} begins at the root of a disk, not in the session's folder{meant}"
    if ".." in clean.split("/"):
        return "escaping-path", f"{path} goes up with .., but artifacts lie in the session's folder{meant}"
    if _DEVICE.search(clean) or _NO_FILE_NAME.search(clean):
        return "device-name", f"{path} cannot be the name of a file on every system{meant}"
    based = clean.startswith(_WORKSPACE_FOLDERS) or (target and plain(target).casefold() != wanted.casefold())
    if based:
        return "wrong-base-path", f"{path} does not count from the session's folder{meant}"
    if "\\" in path:
        return "backslash-path", f"{path} has \\ between its folders, not /"
    if target and wanted != clean:
        return "path-with-place", f"{path} goes on behind the file's name{meant}"
    if target:
        return "case-mismatch", f"{path} has other letters, small or large, than the file {target}"
    return "dangling-artifact", f"there is no file {path}"


def _is_behind(path: str, links: frozenset[str]) -> bool:
    """Whether a path is a link, or leads through one."""
    return any(f"{path}/".startswith(f"{plain(link)}/") for link in links)


def _fault_of_name(index: int, path: str, clean: str, files: frozenset[str], dialect: Dialect) -> Fault | None:
    """What is wrong with the name of a file that is there."""
    if (usual := _USUAL.fullmatch(clean)) and _belongs(usual[1], usual[2], dialect.name):
        return None
    if _DEVICE.search(clean) or _NO_FILE_NAME.search(clean):
        return Fault(index, "device-name", f"{path} cannot be the name of a file on every system", there=True)
    *folders, name = clean.split("/")
    kind = (
        BY_FOLDER.get(folders[-1])
        if folders and len(folders) < 3 and is_artifact(clean, dialect.artifact_roots)
        else None
    )
    if kind is None:
        return None
    prefix = match[0] if (match := _PREFIX.match(name)) else ""
    own = BY_PREFIX.get(prefix)
    if own is None and not _has_custom(files, dialect):
        return None
    if own is None:
        message = f"{name} is not named like {kind.prefix}-[description]-[YYMMDDHHMM].md, as files in {kind.folder} are"
        return Fault(index, "artifact-name-form", message, there=True)
    place = artifact_folder(dialect, own)
    if place != "/".join(folders):
        message = f"{name} lies in {kind.folder}; its prefix is that of files in {place}"
        return Fault(index, "artifact-wrong-folder", message, there=True)
    return None


@functools.lru_cache(maxsize=256)
def _belongs(folder: str, prefix: str, dialect_name: str) -> bool:
    """Whether files with a prefix lie in a folder, as nearly all do."""
    kind = BY_PREFIX.get(prefix)
    return kind is not None and artifact_folder(_DIALECTS[dialect_name], kind) == folder


def _has_custom(files: frozenset[str], dialect: Dialect) -> bool:
    """Whether some artifact of the session is named as the guidelines say; where none is, nobody follows them."""
    named = (match for path in files if (match := _NAMED_AS_USUAL.fullmatch(path)))
    return any(match["prefix"] in BY_PREFIX and is_artifact(match[0], dialect.artifact_roots) for match in named)


def _fixes(
    document: Document, field: Field, fault: Fault, paths: tuple[str | None, ...], files: frozenset[str]
) -> tuple[Fix, ...]:
    """The path that is surely meant; else the files of the same name, and taking the path off the list."""
    if fault.there:
        return ()
    item = field.value.items[fault.number]
    in_array = field.value.kind == "array" and document.frontmatter.syntax == "toml"
    removed = (remove_item(document, field.value, fault.number),) if in_array else ()
    if fault.target and fault.target in paths and removed:
        return (Fix(f"Take it off the list, which has {fault.target} already", removed),)
    if fault.target:
        return (Fix(f"Write {fault.target}", (Edit(item.span, text_value(fault.target)),)),)
    name = _name(plain(item.data))
    alike = sorted(path for path in files if _name(plain(path)) == name)
    fixes = [Fix(f"Write {path}", (Edit(item.span, text_value(path)),), safe=False) for path in alike]
    if removed:
        fixes.append(Fix("Take it off the list", removed, safe=False))
    return tuple(fixes)


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _is_folder(path: str, files: frozenset[str]) -> bool:
    return bool(path) and any(plain(name).startswith(f"{path}/") for name in files)
