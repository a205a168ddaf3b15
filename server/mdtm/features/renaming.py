"""What gets other names with a session, a task, a sprint or a file: its id, its file or folder, its marker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mdtm.features.names.meant import Thing, thing_in
from mdtm.features.names.mentions import Named
from mdtm.features.names.renaming import NewId, Renaming
from mdtm.features.names.words import Kind, read_id
from mdtm.files import Files, exists
from mdtm.paths import inside, is_at, parent, plain, stem
from mdtm.plan import Move, Refused
from mdtm.schema.find import SESSION_LOG_NAME
from mdtm.sessions import HOMES, marker_path
from mdtm.sprints import sprint_meant
from mdtm.trace import Trace

LONGEST = 200
"""How many characters an id or a name may have; more than that, and some systems have no room for the file."""
_FORMS: dict[Kind, str] = {
    "session": "let it begin with SESSION-, and have a digit",
    "task": "let it begin with TASK-, and have a digit",
    "sprint": "give a number, or let it begin with SPRINT-, and have a digit",
}
_NOT_IN_PATHS = re.compile(r"[<>:\"|?*\\\x00-\x1f\x7f]")
_ID = re.compile(r"[^\W_][\w.-]*(?<!\.)")


def renamed(thing: Thing, new: str, files: Files, trace: Trace | None) -> Renaming:
    """What changes when a session, a task or a sprint gets another id.

    Raises:
        Refused: it cannot have this one.
    """
    new = sprint_meant(new) if thing.kind == "sprint" else new.strip()
    if new == thing.id:
        return Renaming()
    _check_id(thing, new, files, trace)
    ids = [NewId(thing.kind, thing.id, new)]
    moves: tuple[Move, ...] = ()
    if thing.folder:
        home = parent(thing.folder)
        moves = (Move(thing.folder, f"{home}/{new}"),)
    elif thing.kind != "session" and (rest := _rest(thing)) is not None:
        moves = (Move(thing.path, f"{parent(thing.path)}/{new}{rest}.md"),)
        ids += [NewId(thing.kind, thing.stem, f"{new}{rest}")] if rest else []
    for move in moves:
        _check_free(move.to, files)
    return Renaming(tuple(ids), moves, tuple(_markers(moves, files)))


def path_renamed(named: Named, thing: Thing, target: str, new: str, files: Files, trace: Trace | None) -> Renaming:
    """What changes when a path in a text shall be another one; `target` is where it leads now.

    Raises:
        Refused: no file can be there.
    """
    wanted = _wanted_path(named, target, new.strip())
    if wanted == target:
        return Renaming()
    if thing.folder and is_at(target, thing.folder):
        rest = target[len(thing.folder) :]
        folder = wanted.removesuffix(rest) if rest else wanted
        if wanted.endswith(rest) and parent(folder) == parent(thing.folder):
            return renamed(thing, folder.rpartition("/")[2], files, trace)
    _check_free(wanted, files)
    return moving([Move(target, wanted)], files, trace)


def moving(moves: Iterable[Move], files: Files, trace: Trace | None) -> Renaming:
    """What changes when files and folders are moved: with a task's file or a session's folder its id, if it can be."""
    moves = tuple(moves)
    ids: list[NewId] = []
    for move in moves:
        thing = held(move.path, files, trace)
        new = _new_id(thing, move.to)
        if new and new != thing.id:
            try:
                _check_id(thing, new, files, trace)
            except Refused:  # the paths change all the same, and a finding tells of the id
                continue
            ids.append(NewId(thing.kind, thing.id, new))
            if thing.kind != "session" and thing.stem != thing.id:
                ids.append(NewId(thing.kind, thing.stem, stem(move.to)))
    return Renaming(tuple(ids), moves, tuple(_markers(moves, files)))


def _check_id(thing: Thing, new: str, files: Files, trace: Trace | None) -> None:
    what = f"a {thing.kind}"
    if not new:
        raise Refused(f"{what} must have an id, so that others can name it")
    if not _ID.fullmatch(new) or len(new) > LONGEST:
        raise Refused(f'"{new}" cannot be the id of {what}: letters, digits, "-", "_" and "." can stand in it')
    if read_id(thing.id) and (read_id(new) or ("", ""))[0] != thing.kind:
        raise Refused(f'"{new}" cannot be the id of {what}: nobody would know it for one; {_FORMS[thing.kind]}')
    if _is_taken(thing.kind, new, files, trace):
        raise Refused(f"there is {what} {new} already; an id can be had once")
    if thing.kind == "task" and trace and len(trace.tasks.get(plain(thing.id), ())) > 1:
        paths = ", ".join(row.path for row in trace.tasks[plain(thing.id)])
        raise Refused(f"several tasks have the id {thing.id}: {paths}; rename the file of one, then write its id there")


def _is_taken(kind: Kind, new: str, files: Files, trace: Trace | None) -> bool:
    if kind == "session":
        return any(new in files.folders_in(home) for home in HOMES)
    if trace is None:
        return False
    return trace.has_task(new) if kind == "task" else kind == "sprint" and plain(new) in trace.sprints


def _check_free(path: str, files: Files) -> None:
    files.check_place(path)
    if exists(files, path):
        raise Refused(f"{path} is there already")


def _wanted_path(named: Named, target: str, new: str) -> str:
    """Where a new path leads that stands where another one did."""
    if not new:
        raise Refused("a path must name a file; to take it out, remove the text")
    if _NOT_IN_PATHS.search(new) or len(new.rpartition("/")[2]) > LONGEST:
        raise Refused(f'"{new}" cannot be the path of a file on every system')
    base = next((base for base in named.bases if inside(f"{base}/{named.name}") == target), "")
    wanted = inside(new if new.startswith("/") else f"{base}/{new}")
    if not wanted:
        raise Refused(f"{new} leads out of the workspace")
    return wanted


def held(path: str, files: Files, trace: Trace | None) -> Thing:
    """What a file holds, or the folder of a session."""
    home, _, name = path.rpartition("/")
    if home in HOMES and name in files.folders_in(home):
        return Thing("session", name, f"{path}/{SESSION_LOG_NAME}")
    thing = thing_in(path, files, trace)
    return thing if thing.kind != "session" else Thing("file", "", path)


def _new_id(thing: Thing, to: str) -> str:
    """The id that a thing gets with another name of its file or folder; empty when it has none of that name."""
    if thing.kind == "session":
        return to.rpartition("/")[2]
    rest = _rest(thing) if thing.id else None
    if rest is None or not to.endswith(f"{rest}.md") or (rest and stem(to).startswith(thing.id)):
        return ""
    return stem(to).removesuffix(rest) if rest else stem(to)


def _rest(thing: Thing) -> str | None:
    """What the name of a file goes on with behind the id; None when it does not begin with that."""
    match = re.match(rf"{re.escape(thing.id)}(?![A-Za-z0-9])", thing.stem) if thing.path else None
    return thing.stem[match.end() :] if match else None


def _markers(moves: Iterable[Move], files: Files) -> Iterator[Move]:
    for move in moves:
        if parent(move.path) in HOMES and parent(move.to) in HOMES:
            old, new = marker_path(move.path), marker_path(move.to)
            if old != new and exists(files, old):
                yield Move(old, new)
