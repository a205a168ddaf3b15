"""The sessions of a workspace: where they lie, which one is active, and which one is meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mdtm.dialect import DEFAULT, DIALECTS, Dialect, dialect_of
from mdtm.document import Document
from mdtm.files import Files, exists
from mdtm.near import closest
from mdtm.plan import Refused
from mdtm.schema.find import SESSION_LOG_NAME
from mdtm.schema.statuses import ACTIVE, PAUSED, session_place
from mdtm.session_id import goal_of

MARKER = ".active-"
"""How the name of the empty file begins that marks the active session; the session's id follows."""
WORKFLOW = ".workflow"
TITLE_KEYS = ("title", "goal", "project")
"""The keys that may have the title of a session, which is its goal."""
HOMES = tuple(dict.fromkeys((
    *(root.rstrip("/") for dialect in DIALECTS for root in dialect.roots),
    ".roopm/sessions", ".bmad-core/sessions", ".tasks/sessions", "sessions",
    ".ruru/sessions/sessions", ".roopm/sessions/sessions",
)))  # fmt: skip
"""The folders in which sessions lie, the later conventions' too, and some that real workspaces have by mistake."""
NO_SESSION = 'there is no active session; `mdtm start "goal"` starts one, `mdtm list` shows those that can be resumed'


@dataclass(frozen=True, slots=True)
class Session:
    """One session, as its files tell of it."""

    folder: str
    """Its folder, from the workspace root."""
    dialect: Dialect
    log: Document | None
    state: Document | None
    """The file of a workflow session that holds its state."""
    active: bool
    """Whether the marker names it."""

    @property
    def id(self) -> str:
        return self.folder.rpartition("/")[2]

    @property
    def main(self) -> Document:
        """The file that says where the session stands."""
        document = self.state or self.log
        assert document, "a session has one of the two"
        return document

    @property
    def status(self) -> str:
        return self.main.frontmatter.text("status") or ""

    @property
    def place(self) -> int | None:
        """The place of its status in the order active, paused, completed, error; the marker decides on active."""
        place = session_place(self.status)
        return ACTIVE if self.active else PAUSED if place == ACTIVE else place

    @property
    def standing(self) -> str:
        """Its status in the words of its dialect, with the marker's say; as it is written where its word is unknown."""
        return self.status if self.place is None else self.dialect.statuses[self.place]

    @property
    def title(self) -> str:
        frontmatter = self.main.frontmatter
        return next((text for key in TITLE_KEYS if (text := frontmatter.text(key))), "")

    @property
    def goal(self) -> str:
        """What it is for: its title, else what its id says; empty where that says nothing."""
        return self.title or goal_of(self.id)


def place_by_status(document: Document) -> int | None:
    """The place that the status of a session's file tells, in the order active, paused, completed, error."""
    return session_place(document.frontmatter.text("status") or "")


def is_active(document: Document, workspace: object) -> bool:
    """Whether a session is active by its status."""
    return place_by_status(document) == ACTIVE


def marker_home(home: str) -> str:
    """The folder in which the markers for the sessions of a folder stand."""
    return WORKFLOW if home.startswith(f"{WORKFLOW}/") else home


def marker_path(folder: str) -> str:
    """The path of the marker that makes the session of a folder the active one."""
    home, _, name = folder.rpartition("/")
    return f"{marker_home(home)}/{MARKER}{name}"


def markers(files: Files) -> list[str]:
    """The paths of all markers, the newest first."""
    found = [
        f"{home}/{name}"
        for home in HOMES
        if home == marker_home(home)
        for name in files.files_in(home)
        if name.startswith(MARKER) and len(name) > len(MARKER)
    ]
    return sorted(found, key=files.modified, reverse=True)


def marked_folder(files: Files, marker: str) -> str | None:
    """The folder of the session that a marker names; None when there is none."""
    home, _, name = marker.rpartition("/")
    wanted = name.removeprefix(MARKER)
    homes = [place for place in HOMES if marker_home(place) == home]
    return next((f"{place}/{wanted}" for place in homes if wanted in files.folders_in(place)), None)


def active_folder(files: Files) -> str | None:
    """The folder of the active session: what the newest marker names."""
    found = markers(files)
    return marked_folder(files, found[0]) if found else None


def session_in(files: Files, folder: str, active: str | None = None, known: Document | None = None) -> Session | None:
    """The session of a folder; None when nothing there is of one. `active` is the active session's folder.

    A file of it that is `known` already is not read again.
    """
    names = {*files.files_in(folder), *([known.name] if known and known.folder == folder else ())}
    log = _document(files, f"{folder}/{SESSION_LOG_NAME}", known) if SESSION_LOG_NAME in names else None
    state_name = next((one.state_file for one in DIALECTS if one.state_file in names), "")
    state = _document(files, f"{folder}/{state_name}", known) if state_name else None
    if log is None and state is None:
        return None
    own_id = log.frontmatter.text("id") or "" if log else ""
    dialect = dialect_of(f"{folder}/{state_name or SESSION_LOG_NAME}", own_id)
    return Session(folder, dialect, log, state, folder == active)


def session_folders(files: Files) -> Iterator[str]:
    """The folders of all sessions, those of one home in the order of their names."""
    for home in HOMES:
        for name in files.folders_in(home):
            folder = f"{home}/{name}"
            if folder not in HOMES and not name.startswith("."):
                yield folder


def sessions(files: Files) -> list[Session]:
    """All sessions."""
    active = active_folder(files)
    found = (session_in(files, folder, active) for folder in session_folders(files))
    return [session for session in found if session]


def chosen(files: Files, wanted: str = "") -> Session:
    """The session with an id, or whose folder has a path; without one the active session.

    Raises:
        Refused: there is none.
    """
    active = active_folder(files)
    if not wanted:
        session = session_in(files, active, active) if active else None
        if session is None:
            raise Refused(NO_SESSION)
        return session
    folders = list(session_folders(files))
    wanted = wanted.rstrip("/").removesuffix(f"/{SESSION_LOG_NAME}")
    meant = [folder for folder in folders if folder == wanted] or [
        folder for folder in folders if folder.endswith(f"/{wanted}")
    ]
    found = [session for folder in meant if (session := session_in(files, folder, active))]
    if len(found) > 1:
        places = ", ".join(session.folder for session in found)
        raise Refused(f"there are {len(found)} sessions {wanted}; name the folder of the one that is meant: {places}")
    if found:
        return found[0]
    near = closest(wanted, [folder.rpartition("/")[2] for folder in folders])
    raise Refused(f"there is no session {wanted}; {f'did you mean {near}?' if near else 'see `mdtm list`'}")


def dialect_in_use(files: Files, chosen: str = "") -> Dialect:
    """The dialect that a new session takes.

    The one that is chosen by its name, else that of the session that was changed last, else the one prepared for.
    """
    if named := next((dialect for dialect in DIALECTS if dialect.name == chosen), None):
        return named
    names = (SESSION_LOG_NAME, *(dialect.state_file for dialect in DIALECTS if dialect.state_file))

    def changed(folder: str) -> float:
        return max(files.modified(f"{folder}/{name}") for name in names)

    newest = max(session_folders(files), key=changed, default="")
    session = session_in(files, newest) if newest else None
    return session.dialect if session else _dialect_prepared(files)


def _dialect_prepared(files: Files) -> Dialect:
    """The dialect whose folder for sessions is there without a session; the default when that is not one alone."""
    found = [dialect for dialect in DIALECTS if exists(files, dialect.roots[0].rstrip("/"))]
    return found[0] if len(found) == 1 else DEFAULT


def _document(files: Files, path: str, known: Document | None = None) -> Document | None:
    if known and known.path == path:
        return known
    text = files.text(path)
    return None if text is None else Document.read(path, text)
