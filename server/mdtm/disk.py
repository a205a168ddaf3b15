"""Reads files and folders, and writes plans: the only file that touches the disk."""

from __future__ import annotations

import errno
import functools
import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from mdtm.dialect import DIALECTS, TASK_ROOTS
from mdtm.document import STATE_FILES, Document
from mdtm.plan import Plan, Refused, apply
from mdtm.schema import SETTINGS_FILE
from mdtm.settings import DEFAULTS, Settings
from mdtm.workspace import Workspace

NAMES_OF_OURS = (".md", SETTINGS_FILE, *STATE_FILES)
"""How the names of files end that may be ours."""
SKIPPED = frozenset({".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv", "venv"})
"""Folders that are never looked into."""
ARTIFACT_ROOTS = frozenset(root for dialect in DIALECTS for root in dialect.artifact_roots)
MARKS_OF_A_ROOT = (*TASK_ROOTS, SETTINGS_FILE, ".git")


def root_of(path: Path | str, known: dict[str, str | None] | None = None) -> Path:
    """The workspace that a file or folder lies in: the nearest folder upwards that holds a known root.

    `known` remembers from call to call which folder has which.
    """
    whole = os.path.abspath(path)
    start = whole if os.path.isdir(whole) else os.path.dirname(whole)
    return Path(_marked(start, {} if known is None else known) or start)


def _marked(folder: str, known: dict[str, str | None]) -> str | None:
    if folder not in known:
        above = os.path.dirname(folder)
        if any(os.path.exists(f"{folder}/{mark}") for mark in MARKS_OF_A_ROOT):
            known[folder] = folder
        else:
            known[folder] = _marked(above, known) if above != folder else None
    return known[folder]


def workspace_of(folder: Path) -> Path:
    """The workspace that an editor's folder is, or lies in when it is a folder of one of the systems."""
    root = root_of(folder)
    return root if any(folder.is_relative_to(root / mark) for mark in TASK_ROOTS) else folder


def read_document(root: Path, path: str) -> Document:
    """A file, read; bytes that are not UTF-8 become U+FFFD, and the document knows the first of them.

    Raises:
        OSError: the file cannot be read.
    """
    text, bad_byte = decoded(_read_bytes(f"{root}/{path}"))
    return Document.read(path, text, bad_byte)


def _read_bytes(name: str) -> bytes:
    """The bytes of a regular file; a pipe, which has no end to wait for, is refused."""
    with open(name, "rb", buffering=0, opener=_open_at_once) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is no regular file", name)
        return file.readall()


def _open_at_once(name: str, flags: int) -> int:
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def read_settings(root: Path) -> Settings:
    """The settings of a workspace; what its settings file says wrongly is left out, and is found by the rules.

    Raises:
        OSError: the settings file is there and cannot be read.
    """
    if not (root / SETTINGS_FILE).exists():
        return DEFAULTS
    return DEFAULTS.with_values(read_document(root, SETTINGS_FILE).frontmatter.values)


def read_template(name: str) -> str:
    """The text of one of the templates that come with mdtm.

    Raises:
        FileNotFoundError: there is no such template.
    """
    return _shipped("templates", name).read_text(encoding="utf-8")


@functools.cache
def rule_page(code: str) -> Path | None:
    """The file of a rule's page, which lies beside the package or, in a checkout, in its docs."""
    try:
        return _shipped("rule_pages", f"{code}.md")
    except FileNotFoundError:
        return None


def _shipped(folder: str, name: str) -> Path:
    """A file that comes with mdtm: in the package when it is installed, elsewhere in a checkout."""
    package = Path(__file__).parent
    checkout = package.parent.parent / {"templates": "templates", "rule_pages": "docs/rules"}[folder]
    for place in (package / folder / name, checkout / name):
        if place.is_file():
            return place
    raise FileNotFoundError(f"{folder}/{name} does not come with mdtm")


def decoded(data: bytes) -> tuple[str, int | None]:
    """The text of some bytes, and the offset of the first that is not UTF-8."""
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        return data.decode("utf-8", "replace"), len(data[: error.start].decode("utf-8"))


def documents_under(folder: Path | str, failed: Callable[[OSError], object] = lambda error: None) -> Iterator[str]:
    """The files below a folder that may be ours, in the order of their names.

    A folder that cannot be looked into is told to `failed`, and passed over.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        failed(error)
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in SKIPPED:
                yield from documents_under(entry.path, failed)
        elif entry.name.endswith(NAMES_OF_OURS) and entry.is_file():
            yield entry.path  # no pipe, which would be waited for, and no editor's lock, a link that leads nowhere


def list_files(root: Path, folder: str) -> frozenset[str]:
    """The files below a session's folder, as paths from it; empty when it cannot be read.

    In the root of a workspace, which holds much else, only those among artifacts are listed.
    """
    wanted = None if folder else ARTIFACT_ROOTS
    return frozenset(_names_below(os.path.join(root, folder), "", wanted))


def _names_below(folder: str, inner: str, wanted: frozenset[str] | None) -> Iterator[str]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if not entry.is_dir(follow_symlinks=False):
            yield inner + entry.name
        elif entry.name in wanted if wanted is not None else entry.name not in SKIPPED:
            yield from _names_below(entry.path, f"{inner}{entry.name}/", None)


def workspace_around(root: Path, documents: Iterable[Document]) -> Workspace:
    """What the rules may know of the files around some documents."""
    folders = {document.folder for document in documents if document.is_session}
    return Workspace({folder: list_files(root, folder) for folder in folders})


def write(root: Path, plan: Plan) -> None:
    """Carries out a plan, each file whole or not at all.

    Raises:
        StalePlan: a file is not what it was when the plan was made; nothing is written.
        Refused: a file is a link that leads out of the workspace.
        OSError: a file cannot be read or written.
    """
    paths = {replace.path for replace in plan}
    texts = {path: _read_bytes(f"{root}/{path}").decode("utf-8") for path in paths}
    for path, text in apply(plan, texts).items():
        _write_file(root, root / path, text)


def _write_file(root: Path, path: Path, text: str) -> None:
    """Writes beside the file and renames, so that a reader sees the old file or the new one."""
    target = path.resolve()
    if not target.is_relative_to(root.resolve()):
        raise Refused(f"{path} is a link that leads out of the workspace; it is not written")
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, stat.S_IMODE(target.stat().st_mode))
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise
