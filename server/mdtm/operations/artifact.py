"""Makes artifacts, and keeps the list of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from mdtm.artifacts import ARTIFACT_KINDS, BY_FOLDER, BY_NAME, unlisted
from mdtm.draft import Draft
from mdtm.files import below
from mdtm.log_edit import without_item
from mdtm.occasion import Occasion, Outcome
from mdtm.paths import plain, plain_paths
from mdtm.plan import Refused
from mdtm.schema.find import SESSION_LOG_NAME
from mdtm.schema.sessions import RELATED_ARTIFACTS, RELATED_TASKS
from mdtm.session_paths import inner_path, there_as
from mdtm.sessions import Session
from mdtm.steps.artifact import made_entry, new_artifact
from mdtm.steps.session import logged, said_of
from mdtm.tasks import named_task
from mdtm.verb import Parameter, Verb
from mdtm.workflow import is_own_task


def create(at: Occasion, kind: str, title: str, text: str = "", task: str = "") -> Outcome:
    """Makes an artifact of a kind from the template, in the folder for that kind; it is logged and listed.

    Raises:
        Refused: there is no such kind or task, or the title says nothing.
    """
    if kind not in BY_NAME:
        raise Refused(f"there is no kind {kind}; there are {', '.join(BY_NAME)}")
    session = at.workplace()
    if task and not is_own_task(session, task):
        task = named_task(at.files, task)
    made = new_artifact(at, session, BY_NAME[kind], title, text, task)
    path = made.path
    inner = path[len(session.folder) + 1 :]
    items = [(RELATED_ARTIFACTS, inner), *([(RELATED_TASKS, task)] if task else [])]
    plan = (*made.steps, *logged(at, session, [made_entry(inner, BY_NAME[kind])], items=items))
    data = {"session": session.id, "path": path, "artifact": inner}
    return Outcome(said_of(session, f"Created {path}{made.said}"), plan, data, path)


def link(at: Occasion, paths: Sequence[str]) -> Outcome:
    """Lists files of the session's folder in related_artifacts, and logs that.

    Raises:
        Refused: one of them is not there, lies elsewhere, is no file, or is listed already.
    """
    session = at.workplace()
    listed = _listed(session)
    found = dict.fromkeys(there_as(at.files, session.folder, inner_path(session.folder, path)) for path in paths)
    for path in found:
        at.files.check_place(f"{session.folder}/{path}")
        if path in (SESSION_LOG_NAME, session.dialect.state_file):
            raise Refused(f"{path} is the session itself, not one of its artifacts")
        if _is_readme_of_folder(path, session.dialect.artifact_roots):
            raise Refused(f"{path} tells what belongs into its folder, and is no artifact itself")
        if plain(path) in listed:
            raise Refused(f"{path} is in {RELATED_ARTIFACTS} already")
    return _linked(at, session, found)


def link_all(at: Occasion) -> Outcome:
    """Lists and logs every artifact that related_artifacts lacks."""
    session = at.workplace()
    there = plain_paths(frozenset(below(at.files, session.folder)))
    missing = _not_listed(session, there)
    if not missing:
        text = f"{RELATED_ARTIFACTS} of {session.id} lacks nothing"
        return Outcome(text, data={"session": session.id, "artifacts": []})
    return _linked(at, session, [there[path] for path in missing])


def unlink(at: Occasion, path: str) -> Outcome:
    """Takes a path off related_artifacts, and logs that; the file stays.

    Raises:
        Refused: it is not listed.
    """
    session = at.workplace()
    listed = _listed(session)
    wanted = plain(path.strip())
    if wanted not in listed:
        wanted = inner_path(session.folder, path)
    if session.log is None or wanted not in listed:
        raise Refused(f"{path} is not in {RELATED_ARTIFACTS}; `mdtm artifact list` shows what is")
    draft, item = Draft(session.log), listed[wanted]
    while edits := without_item(draft.document, RELATED_ARTIFACTS, item):
        draft.edit(edits)
    plan = logged(at, session, [f"Artifact taken off the list: `{item}`"], draft=draft)
    said = said_of(session, f"Took {item} off {RELATED_ARTIFACTS}")
    return Outcome(said, plan, {"session": session.id, "artifact": item})


def list_artifacts(at: Occasion) -> Outcome:
    """Shows the session's artifacts: those that are listed, those that are not, and those that are missing."""
    session = at.workplace()
    there = plain_paths(frozenset(below(at.files, session.folder)))
    listed = _listed(session)
    missing = [item for path, item in listed.items() if path not in there and not _is_elsewhere(path, there)]
    others = [there[path] for path in _not_listed(session, there)]
    sound = [item for item in listed.values() if item not in missing]
    lines = [*sound, *(f"{item}  (missing)" for item in missing), *(f"{item}  (not listed)" for item in others)]
    data = {"session": session.id, "listed": sound, "missing": missing, "unlisted": others}
    return Outcome("\n".join(lines) or said_of(session, f"{session.id} has no artifacts."), data=data)


def _linked(at: Occasion, session: Session, paths: Iterable[str]) -> Outcome:
    found = list(paths)
    texts = [f"Linked artifact: `{path}`" for path in found]
    plan = logged(at, session, texts, items=[(RELATED_ARTIFACTS, path) for path in found])
    return Outcome(said_of(session, f"Linked {', '.join(found)}"), plan, {"session": session.id, "artifacts": found})


def _is_readme_of_folder(path: str, roots: tuple[str, ...]) -> bool:
    """Whether a file is the README that a folder for artifacts has from its beginning."""
    folder, _, name = path.rpartition("/")
    place, kind = folder.rpartition("/")[::2]
    scaffold = folder in roots or (place in roots and kind in BY_FOLDER)
    return name.upper() == "README.MD" and scaffold


def _listed(session: Session) -> dict[str, str]:
    """The listed paths as they are written, by their plain forms."""
    items = session.log.frontmatter.strings(RELATED_ARTIFACTS) if session.log else ()
    return {plain(item.data): item.data for item in items}


def _not_listed(session: Session, there: Mapping[str, str]) -> list[str]:
    """The plain paths of the artifacts that are not listed; where there is no folder for them, of all other files."""
    listed = set(_listed(session))
    if roots := session.dialect.artifact_roots:
        return unlisted(there, listed, roots)
    own = (SESSION_LOG_NAME, session.dialect.state_file, "README.md")
    hidden = re.compile(r"(?:^|/)\.")
    return sorted(path for path in there.keys() - listed if not (path.startswith(own) or hidden.search(path)))


def _is_elsewhere(path: str, there: Iterable[str]) -> bool:
    """Whether a listed path is a folder or a web address, which is not looked up."""
    return "://" in path or any(name.startswith(f"{path}/") for name in there)


KIND = Parameter(
    "kind", "what kind of artifact it is", required=True, positional=True,
    choices=tuple(kind.name for kind in ARTIFACT_KINDS), question="What kind of artifact?",
)  # fmt: skip
VERBS = (
    Verb(
        "artifact.create", ("artifact", "create"), "Create Artifact", create,
        'mdtm artifact create note "Where the tokens are" --text "In the cookie."',
        (
            KIND,
            Parameter("title", "what it is about", required=True, positional=True, question="What is it about?"),
            Parameter("text", "what stands below its title"),
            Parameter("task", "the id of the task that it belongs to, which is listed in related_tasks"),
        ),
    ),
    Verb(
        "artifact.link", ("link",), "Link Artifact", link, "mdtm link artifacts/notes/NOTE-tokens-2506050310.md",
        (
            Parameter(
                "paths", "files in the session's folder, from there, the current folder or the workspace root", "texts",
                required=True, positional=True, question="Which file?", is_path=True,
            ),
        ),
    ),
    Verb("artifact.link_all", ("artifact", "link-all"), "Link All Artifacts", link_all, "mdtm artifact link-all"),
    Verb(
        "artifact.unlink", ("artifact", "unlink"), "Unlink Artifact", unlink,
        "mdtm artifact unlink artifacts/notes/NOTE-tokens-2506050310.md",
        (
            Parameter(
                "path", "a path that is listed", required=True, positional=True, question="Which artifact?",
                is_path=True,
            ),
        ),
    ),
    Verb("artifact.list", ("artifact", "list"), "List Artifacts", list_artifacts, "mdtm artifact list"),
)  # fmt: skip
