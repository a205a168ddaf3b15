"""What a document is: its kind, its id, its title."""

from __future__ import annotations

from mdtm.document import Document
from mdtm.fields import Field
from mdtm.paths import stem
from mdtm.schema.documents import SPRINT
from mdtm.sessions import TITLE_KEYS
from mdtm.tasks import is_task

KINDS = ("session", "task", "sprint", "artifact", "document")


def kind_of(document: Document) -> str:
    """What a document is, of KINDS; empty for one that is none of ours."""
    if document.is_session:
        return "session"
    if is_task(document):
        return "task"
    if document.schema is SPRINT:
        return "sprint"
    if document.schema is None or document.schema.name == "settings":
        return ""
    return "artifact" if document.schema.name.startswith("artifact-") else "document"


def id_by_place(document: Document) -> str:
    """The id that a document has by its place: a session by its folder, the others by their names."""
    return stem(document.folder if document.is_session else document.path)


def id_field(document: Document) -> Field | None:
    """The field that says what a document's id is."""
    names = ("id", "session_id") if document.is_session else ("id",)
    fields = (document.frontmatter.get(name) for name in names)
    return next((one for one in fields if one and one.value.kind == "string" and one.value.data), None)


def title_of(document: Document) -> str:
    """The title of a document; empty where it has none."""
    titles = (document.frontmatter.text(key) for key in TITLE_KEYS)
    return next((title.strip() for title in titles if title and title.strip()), "")
