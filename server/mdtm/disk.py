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

SKIPPED = frozenset({".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv", "venv"})
"""Folders that are never looked into."""
ARTIFACT_ROOTS = frozenset(root for dialect in DIALECTS for root in dialect.artifact_roots)
MARKS_OF_A_ROOT = (*TASK_ROOTS, SETTINGS_FILE, ".git")


def root_of(path: Path, known: dict[Path, bool] | None = None) -> Path:
    """The workspace that a file or folder lies in: the nearest folder upwards that holds a known root.

    `known` remembers from call to call which folders do.
    """
    known = {} if known is None else known
    path = Path(os.path.abspath(path))
    start = path if path.is_dir() else path.parent
    for folder in (start, *start.parents):
        if folder not in known:
            known[folder] = any(os.path.exists(os.path.join(folder, mark)) for mark in MARKS_OF_A_ROOT)
        if known[folder]:
            return folder
    return start


def workspace_of(folder: Path) -> Path:
    """The workspace that an editor's folder is, or lies in when it is a folder of one of the systems."""
    root = root_of(folder)
    return root if any(folder.is_relative_to(root / mark) for mark in TASK_ROOTS) else folder


def read_document(root: Path, path: str) -> Document:
    """A file, read; bytes that are not UTF-8 become U+FFFD, and the document knows the first of them.

    Raises:
        OSError: the file cannot be read.
    """
    name = os.path.join(root, path)
    mode = os.stat(name).st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise OSError(errno.EINVAL, "it is no regular file", name)  # a pipe would be waited for without end
    text, bad_byte = decoded(Path(name).read_bytes())
    return Document.read(path, text, bad_byte)


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


def documents_under(folder: Path, failed: Callable[[OSError], object] = lambda error: None) -> Iterator[Path]:
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
                yield from documents_under(Path(entry.path), failed)
        elif not entry.is_file():
            continue  # a pipe would wait for ever, and editors lock files with links that lead nowhere
        elif entry.name.endswith(".md") or entry.name in STATE_FILES or entry.name == SETTINGS_FILE:
            yield Path(entry.path)


def list_files(root: Path, folder: str) -> frozenset[str]:
    """The files below a session's folder, as paths from it; empty when it cannot be read.

    In the root of a workspace, which holds much else, only those among artifacts are listed.
    """
    base = os.path.join(root, folder)
    names: list[str] = []
    for parent, folders, files in os.walk(base):
        inner = parent[len(base) :].replace(os.sep, "/").strip("/")
        wanted = ARTIFACT_ROOTS if not folder and not inner else set(folders) - SKIPPED
        folders[:] = [name for name in folders if name in wanted]
        names += [f"{inner}/{name}" for name in files] if inner else files
    return frozenset(names)


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
    texts = {path: (root / path).read_bytes().decode("utf-8") for path in paths}
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
