"""Whether the sessions of a workspace, their markers and their places agree: what is found, and what would be right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mdtm.dialect import TASK_ROOTS, Dialect, dialect_of
from mdtm.document import Document
from mdtm.files import Files, below, exists
from mdtm.schema.find import SESSION_LOG_NAME
from mdtm.schema.sessions import WORKFLOW_STATE
from mdtm.schema.statuses import session_place
from mdtm.sessions import MARKER, Session, marked_folder, markers, session_folders, session_in
from mdtm.workflow import DONE_PLACES, OPEN_PLACE, TEMPORARY, is_over, put_away

_TEMPORARY_FILE = re.compile(r"\..+\.[0-9a-f]{8}\.tmp")
"""The names that files have while a plan is carried out."""
_PAST = {
    "remove": "removed", "put": "put", "make": "made", "fill": "filled", "move": "moved", "write": "wrote",
}  # fmt: skip
"""For each word that a cure begins with the one that says it is done."""
NOT_UTF8 = "\ufffd"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not agree."""

    path: str
    message: str
    cure: str
    """What mends it, as an order; empty where only a person can."""

    @property
    def done(self) -> str:
        """The same as what has been done."""
        first, _, rest = self.cure.partition(" ")
        return f"{_PAST[first]} {rest}".replace(", and keep ", ", and kept ")


@dataclass(frozen=True, slots=True)
class Case:
    """One session's folder, what is wrong there, and how it should be."""

    folder: str
    dialect: Dialect
    log: Document | None
    state: Document | None
    findings: tuple[Finding, ...] = ()
    place: int | None = None
    """The place that its status should have; None where that cannot be told."""
    wrong_status: bool = False
    new_state: bool = False
    new_log: bool = False
    to: str = ""
    """The folder that it should be; empty when it is."""

    @property
    def name(self) -> str:
        return self.folder.rpartition("/")[2]

    @property
    def documents(self) -> tuple[Document, ...]:
        """The files that say where it stands, the one that decides first."""
        return tuple(document for document in (self.state, self.log) if document)


def kept_marker(files: Files) -> str:
    """The newest marker that names a session which is not over; empty when there is none."""
    return next((marker for marker in markers(files) if not _marker_fault(files, marker)), "")


def marker_findings(files: Files) -> dict[str, Finding]:
    """What is wrong with markers, by their paths."""
    kept = kept_marker(files)
    found = {}
    for marker in sorted(markers(files)):
        fault = _marker_fault(files, marker)
        if not fault and marker != kept:
            fault = f"{kept} is newer, and only one session is active at a time"
        if fault:
            empty = not (files.text(marker) or "").strip()
            found[marker] = Finding(marker, fault, "remove the marker" if empty else "put the marker aside")
    return found


def _marker_fault(files: Files, marker: str) -> str:
    name = marker.rpartition("/")[2].removeprefix(MARKER)
    folder = marked_folder(files, marker)
    if folder is None or folder not in session_folders(files):
        return f"the marker names {name}, and there is no such session"
    if folder.rpartition("/")[0] in DONE_PLACES:
        return f"the marker names {name}, which lies among the completed sessions"
    return ""


def cases(files: Files) -> Iterator[Case]:
    """Every folder of a session in which something is wrong."""
    kept = kept_marker(files)
    marked = marked_folder(files, kept) if kept else None
    for folder in (*session_folders(files), TEMPORARY):
        case = _case(files, folder, folder in (marked, TEMPORARY))
        if case and case.findings:
            yield case


def leftovers(files: Files) -> list[str]:
    """The files that a crash in the middle of a change has left behind, below the folders of the systems."""
    found = [f"{root}/{path}" for root in TASK_ROOTS for path in below(files, root)]
    return [path for path in (*files.files_in(""), *found) if _TEMPORARY_FILE.fullmatch(path.rpartition("/")[2])]


def is_json(state: Document) -> bool:
    return all(fault.code == "duplicate-key" for fault in state.frontmatter.faults)


def takes_status(document: Document) -> bool:
    """Whether a file can be given another status."""
    if NOT_UTF8 in str(document.text):
        return False
    if document.schema is WORKFLOW_STATE:
        return not document.frontmatter.faults
    fields = (document.frontmatter.get(name) for name in ("status", "end_time"))
    return document.frontmatter.syntax == "toml" and not any(one and one.value.kind == "broken" for one in fields)


def _case(files: Files, folder: str, marked: bool) -> Case | None:
    session = session_in(files, folder)
    if session is None:
        return _without_files(folder, marked) if folder != TEMPORARY else None
    found = _broken_files(_of(session))
    place = _right_place(found, marked)
    found = _judged(replace(found, place=place), marked)
    moves = put_away(files, session) if place == 2 and not marked and folder.startswith(f"{OPEN_PLACE}/") else ()
    for move in moves:
        free = not exists(files, move.to)
        message = "the session is completed, but lies among the open ones"
        cure = f"move it to {move.to}" if free else ""
        found = _with(found, Finding(folder, message if free else f"{message}; {move.to} is there already", cure))
        found = replace(found, to=move.to if free else "")
    return found


def _without_files(folder: str, marked: bool) -> Case | None:
    """The case of a folder that is named like a session, or by a marker, and holds neither log nor state."""
    home, _, name = folder.rpartition("/")
    dialect = dialect_of(f"{folder}/{SESSION_LOG_NAME}")
    if not marked and not dialect.id_pattern.fullmatch(name):
        return None
    missing = dialect.state_file or SESSION_LOG_NAME
    finding = Finding(folder, f"the session has no {missing}", "make it from the template")
    place = 0 if marked else 2 if home in DONE_PLACES else 1
    has_state = bool(dialect.state_file)
    return Case(folder, dialect, None, None, (finding,), place, new_state=has_state, new_log=not has_state)


def _of(session: Session) -> Case:
    return Case(session.folder, session.dialect, session.log, session.state)


def _with(case: Case, finding: Finding) -> Case:
    return replace(case, findings=(*case.findings, finding))


def _broken_files(case: Case) -> Case:
    """The case with what is wrong in each file alone."""
    state_name = case.dialect.state_file
    if case.state and not is_json(case.state):
        cure = f"make it anew from the template, and keep the old text as {state_name}.broken"
        case = replace(_with(case, Finding(case.state.path, "the state is not JSON", cure)), new_state=True)
    elif state_name and not case.state and case.dialect.id_pattern.fullmatch(case.name):
        cure = "make it from the template"
        case = replace(_with(case, Finding(case.folder, f"the session has no {state_name}", cure)), new_state=True)
    if case.log and is_blank(case.log):
        finding = Finding(case.log.path, "the log is empty", "fill it from the template")
        case = replace(_with(case, finding), new_log=True)
    return case


def is_blank(log: Document) -> bool:
    """Whether a log holds nothing, or nothing but a title."""
    lines = [line for line in str(log.text).lstrip("\ufeff").splitlines() if line.strip()]
    return not lines or (len(lines) == 1 and lines[0].startswith("# "))


def _right_place(case: Case, marked: bool) -> int | None:
    """The place that the status should have: the folder for completed sessions decides, then the marker."""
    statuses = [document.frontmatter.text("status") or "" for document in case.documents]
    known = [place for place in map(session_place, statuses) if place is not None]
    place = session_place(statuses[0])
    if place is None and (case.new_state or case.new_log):
        place = known[0] if known else 0
    if case.folder.rpartition("/")[0] in DONE_PLACES:
        return place if is_over(statuses[0]) else 2
    if marked:
        return None if place is None else 0
    return 1 if place == 0 else place


def _judged(case: Case, marked: bool) -> Case:
    """The case with the statuses that are not as they should be."""
    if case.place is None:
        return case
    right = case.dialect.statuses[case.place]
    for document in case.documents:
        made = case.new_state if document is case.state else case.new_log
        status = document.frontmatter.text("status") or ""
        told = session_place(status)
        decides = document is case.documents[0]
        if made or told == case.place or (told is None and not (decides and status)):
            continue
        able = takes_status(document)
        message = f'the status is "{status}", but {_reason(case, marked, decides)}'
        cure = f'write "{right}"' if able else ""
        by_hand = "" if able else f"; `mdtm check {document.path}` shows what must be mended first"
        case = _with(case, Finding(document.path, message + by_hand, cure))
        case = replace(case, wrong_status=case.wrong_status or able)
    return case


def _reason(case: Case, marked: bool, decides: bool) -> str:
    if case.folder.rpartition("/")[0] in DONE_PLACES:
        return "the session lies among the completed ones"
    if not decides and case.state and session_place(case.state.frontmatter.text("status") or "") == case.place:
        return f"{case.state.name} says otherwise"
    return "the marker names the session" if marked else "no marker names the session"
