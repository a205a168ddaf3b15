"""New artifacts of a session: their names, their texts, and the steps that make them."""

from __future__ import annotations

from datetime import timezone
from typing import NamedTuple

from mdtm.artifacts import ArtifactKind, artifact_folder
from mdtm.document import Document
from mdtm.draft import Draft
from mdtm.field_edit import insert_field
from mdtm.occasion import Occasion
from mdtm.own_template import ARTIFACT_NAMES, made_from, own_readme, own_template
from mdtm.paths import stem
from mdtm.plan import Create, Refused
from mdtm.session_id import sanitised
from mdtm.sessions import Session
from mdtm.templates import filled
from mdtm.times import spell_time
from mdtm.toml.writing import text_value

TEMPLATE = "artifact.md"
_KEYS = ("id", "session_id", "type", "created_time", "related_task_id", "tags")


class Made(NamedTuple):
    """A new file among a session's artifacts."""

    steps: tuple[Create, ...]
    """Those that make it, itself the last."""
    said: str = ""
    """What a message says of the workspace's templates that are broken."""

    @property
    def path(self) -> str:
        return self.steps[-1].path


def new_artifact(
    at: Occasion, session: Session, kind: ArtifactKind, title: str, text: str = "", task: str = ""
) -> Made:
    """A new artifact, from the workspace's own template for the kind or from ours.

    Raises:
        Refused: the title says nothing.
    """
    title = " ".join(title.split())
    description = sanitised(title)
    if not description:
        raise Refused(
            f'the title "{title}" has no letter and no digit that a name could be made of; say it in other words'
        )
    stamp = at.now.astimezone(timezone.utc).strftime("%y%m%d%H%M")
    path = free_path(at, session, kind, f"{kind.prefix}-{description}-{stamp}")
    text = text.replace("\r\n", "\n").strip("\n")
    values = {
        "id": stem(path),
        "session_id": session.id,
        "type": kind.name,
        "created_time": spell_time(at.now),
    }
    own, said = own_template(at.files, session.folder, ARTIFACT_NAMES.get(kind.name, ()))
    if own:
        asked = {"related_task_id": task} if task else {}
        known = {"type": own.frontmatter.text("type") or kind.name}  # some templates have words of their own
        keys = {**values, **known, **_about(own, kind, title), **asked}
        document = made_from(own, path, keys, title, text)
    else:
        written = filled(at.template(TEMPLATE), {**values, "task": task, "title": title, "text": text})
        document = _with_own_keys(Document.read(path, written.rstrip() + "\n"), kind, title)
    made = with_readme(at, session, path, str(document.text))
    return Made(made.steps, said + made.said)


def _with_own_keys(artifact: Document, kind: ArtifactKind, title: str) -> Document:
    """An artifact with the keys that only its kind has."""
    draft = Draft(artifact)
    names: tuple[str, ...] = _KEYS
    for key in kind.keys:
        name, _, value = key.partition("=")
        written = "[]" if name.endswith("[]") else text_value(value or _first_value(name, title))
        names = (*names, name.removesuffix("[]"))
        draft.edit([insert_field(draft.document, names[-1], written, names)])
    return draft.document


def _about(own: Document, kind: ArtifactKind, title: str) -> dict[str, str]:
    """The keys that ask what an artifact is about, and that a template has empty."""
    names = (key.partition("=")[0] for key in kind.keys)
    return {name: said for name in names if own.frontmatter.text(name) == "" and (said := _first_value(name, title))}


def with_readme(at: Occasion, session: Session, path: str, text: str) -> Made:
    """A new file among a session's artifacts, before it the README of its folder if that has none."""
    folder = path.rpartition("/")[0]
    place = folder[len(session.folder) + 1 :]
    made = Create(path, text)
    if not place or any(name.upper() == "README.MD" for name in at.files.files_in(folder)):
        return Made((made,))
    about, said = own_readme(at.files, at.template, session.folder, place)
    return Made((Create(f"{folder}/README.md", about), made), said)


def free_path(at: Occasion, session: Session, kind: ArtifactKind, stem: str) -> str:
    """The path of a new artifact; a name that is taken, be it in other case, gets a number."""
    folder = f"{session.folder}/{artifact_folder(session.dialect, kind)}".rstrip("/")
    taken = {name.casefold() for name in at.files.files_in(folder)}
    name, number = f"{stem}.md", 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}-{number}.md"
    return f"{folder}/{name}"


def made_entry(inner: str, kind: ArtifactKind) -> str:
    """What the log says of a new artifact; its path is from the session's folder."""
    return f"Created artifact: `{inner}` ({kind.name})"


def _first_value(name: str, title: str) -> str:
    """What a key has at first: the title where it asks what the artifact is about."""
    return title if name in ("question", "query", "issue", "feedback_topic", "description", "problem") else ""
