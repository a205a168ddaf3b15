"""The kinds of artifacts: where each lies, how it is named, and what its frontmatter has."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import NamedTuple

from mdtm.dialect import Dialect
from mdtm.paths import without_place
from mdtm.templates import filled


class ArtifactKind(NamedTuple):
    """What people call it, and its conventions."""

    name: str
    folder: str
    """The folder for it among a session's artifacts."""
    prefix: str
    """How the names of its files begin."""
    purpose: str
    """What belongs there, in one sentence."""
    keys: tuple[str, ...] = ()
    """The keys that its frontmatter has beside those of every artifact.

    One that ends with [] is a list; what stands behind a = is its first value.
    """


ARTIFACT_KINDS = (
    ArtifactKind("note", "notes", "NOTE", "Whatever is worth keeping and has no better place."),
    ArtifactKind(
        "learning", "learnings", "LEARNING", "What was found out, so that nobody has to find it out again.",
        ("problem", "solution", "recommendation"),
    ),
    ArtifactKind(
        "environment", "environment", "ENV", "What the work ran on: machines, versions, settings.",
        ("component", "version", "source"),
    ),
    ArtifactKind(
        "doc_snippet", "docs", "DOC", "Pieces of documentation that are still to find their place.",
        ("feature_area", "target_audience"),
    ),
    ArtifactKind(
        "research", "research", "RESEARCH", "What was looked up, where, and what came of it.",
        ("query", "sources_checked[]", "key_finding"),
    ),
    ArtifactKind(
        "blocker", "blockers", "BLOCKER", "What keeps the work from going on, and what was tried.",
        ("issue", "attempts[]", "resolution_status=⚪ Unresolved"),
    ),
    ArtifactKind(
        "qna", "questions", "QUESTION", "Questions, and the answers once there are some.",
        ("question", "answer", "source"),
    ),
    ArtifactKind(
        "snippet", "snippets", "SNIPPET", "Code that is worth keeping but has no file yet.",
        ("language", "description"),
    ),
    ArtifactKind("feedback", "feedback", "FDBK", "What people said about the work.", ("feedback_topic", "sentiment")),
    ArtifactKind("feature_note", "features", "FEATURE", "Notes on one feature.", ("feature_id", "aspect")),
    ArtifactKind(
        "context_item", "context", "CONTEXT", "Files, links and data that the work builds on.",
        ("source_type", "source_path_or_url", "summary"),
    ),
    ArtifactKind("deferred", "deferred", "DEFERRED", "What was put off, and why.", ("item_type", "priority=Medium")),
    ArtifactKind("summary", "summaries", "SESSUM", "Summaries of the session."),
    ArtifactKind("design", "design_outputs", "DESIGN", "What the work was for: plans, designs and other deliverables."),
)  # fmt: skip
BY_NAME = {kind.name: kind for kind in ARTIFACT_KINDS}
BY_FOLDER = {kind.folder: kind for kind in ARTIFACT_KINDS}
BY_PREFIX = {kind.prefix: kind for kind in ARTIFACT_KINDS} | {
    "SUMMARY": BY_NAME["summary"], "FEEDBACK": BY_NAME["feedback"], "QNA": BY_NAME["qna"],
    "FEAT": BY_NAME["feature_note"],
}  # fmt: skip
"""The kinds by how the names of their files begin, older ways included."""
NO_KIND = ArtifactKind("note", "", "NOTE", "What comes out of the session.")


def readme(template: str, place: str) -> str:
    """The README of a folder for artifacts; `place` is its path from the session's folder."""
    name = place.rpartition("/")[2]
    kind = BY_FOLDER.get(name, NO_KIND)
    title = name.replace("_", " ").capitalize()
    return filled(template, {"folder": title, "purpose": kind.purpose, "prefix": kind.prefix, "kind": kind.name})


def artifact_folder(dialect: Dialect, kind: ArtifactKind) -> str:
    """The folder for a kind of artifact, from the session's folder; empty where that is the session's folder itself."""
    if not dialect.artifact_roots:
        return ""
    first = dialect.artifact_roots[0]
    if first in BY_FOLDER:
        return kind.folder if kind.folder in dialect.artifact_roots else first
    return first if dialect.flat_artifacts else f"{first}/{kind.folder}"


def is_artifact(path: str, roots: tuple[str, ...]) -> bool:
    """Whether a file of a session, with its path from the session's folder, is an artifact."""
    parts = path.split("/")
    hidden = any(part.startswith(".") for part in parts)
    return parts[0] in roots and len(parts) > 1 and not hidden and parts[-1].upper() != "README.MD"


def unlisted(there: Mapping[str, str], listed: Set[str], roots: tuple[str, ...]) -> list[str]:
    """The plain paths of the artifacts that are there and not listed, in order.

    One that is listed under a wrong path is not meant: somebody has to mend that path.
    """
    meant = {_name(path) for path in listed - there.keys()}
    return sorted(path for path in there.keys() - listed if is_artifact(path, roots) and _name(path) not in meant)


def _name(path: str) -> str:
    """The name by which a file is known again under a wrong path."""
    return without_place(path).rpartition("/")[2].casefold()
