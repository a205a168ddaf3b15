"""Where somebody gets to who follows a name: the file, and the place in it."""

from __future__ import annotations

import re
from typing import NamedTuple

from mdtm.document import Document
from mdtm.features.names.mentions import Named, named_in, own_name
from mdtm.features.names.targets import target_of
from mdtm.files import Files
from mdtm.own_template import ANY_TASK, ARTIFACT_NAMES, LOG_NAMES, SPRINT_NAMES, TASK_NAMES, own_template
from mdtm.paths import plain
from mdtm.text import Span
from mdtm.trace import Trace

_PLACE = re.compile(r":(?P<line>\d+)|#L(?P<mark>\d+)|#(?P<heading>[^\s)>`\"']+)")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)[ \t#]*$")
_NOT_IN_SLUG = re.compile(r"[^\w\- ]")
SCHEMA_PAGE = "template_schema_doc"


class Destination(NamedTuple):
    """A file, and the place in it that a link goes on with."""

    path: str
    line: int = -1
    """From 0; -1 where the link names none."""
    heading: str = ""
    """As links spell it."""

    def span_in(self, document: Document) -> Span:
        """What is shown of the file: the place that is meant, else its own id, else its beginning."""
        text = document.text
        if 0 <= self.line < text.line_count:
            return text.line_span(self.line)
        if self.heading:
            for number, line in enumerate(text.lines()):
                match = _HEADING.match(line.rstrip("\r\n"))
                if match and _slug(match[1]) == self.heading.lower():
                    return text.line_span(number)
        own = own_name(document)
        return own.span if own else Span(0, 0)


class Template(NamedTuple):
    """What tells of a kind of document."""

    path: str
    """From the workspace root; empty where the workspace has nothing of its own."""
    shipped: str
    """The template that comes with mdtm."""


def behind(document: Document, named: Named) -> str:
    """The place in the file that a path of a document goes on with, such as `#goal` or `:12`; empty without one."""
    if named.kind != "file" or document.text[Span(named.span.end, named.span.end + 1)] not in (":", "#"):
        return ""
    text = document.text
    place = _PLACE.match(text[Span(named.span.end, text.line_span(text.line_at(named.span.end)).end)])
    return place[0] if place else ""


def destinations(named: Named, place: str, files: Files, trace: Trace | None) -> list[Destination]:
    """Where a name and the place behind it lead: for an id that is given twice to all that have it."""
    path = target_of(named, files, trace)
    if path is None:
        return []
    if named.kind == "task" and trace:
        same = trace.tasks.get(plain(trace.task_named(named.name)), ())
        return [Destination(row.path) for row in same]
    if named.kind != "file":
        return [Destination(path)]
    match = _PLACE.match(place)
    if match is None:
        return [Destination(path)]
    line = match["line"] or match["mark"]
    return [Destination(path, int(line) - 1 if line else -1, match["heading"] or "")]


def template_of(document: Document, files: Files) -> Template | None:
    """The page that a document names as its template's, else the template of its kind; None for other documents."""
    page = document.frontmatter.get(SCHEMA_PAGE)
    named = [one for one in named_in(document) if page and page.span.start <= one.span.start < page.span.end]
    if path := next((path for one in named if (path := target_of(one, files, None))), ""):
        return Template(path, "")
    kind = document.schema.name if document.schema else ""
    known = _TEMPLATES.get(kind) or _TEMPLATES.get(kind.partition("-")[0])
    if known is None:
        return None
    names, shipped = known
    own = own_template(files, document.folder, names).template
    return Template(own.path if own else "", shipped)


_TEMPLATES: dict[str, tuple[tuple[str, ...], str]] = {
    "session-log": (LOG_NAMES, "session_log.md"),
    "workflow-state": ((), "workflow-session.json"),
    "sprint": (SPRINT_NAMES, "sprint.md"),
    "task": ((ANY_TASK,), "feature.md"),
    **{f"task-{name}": ((own, ANY_TASK), f"{name}.md") for name, own in TASK_NAMES.items()},
    **{f"artifact-{name}": (own, "artifact.md") for name, own in ARTIFACT_NAMES.items()},
    "artifact": ((), "artifact.md"),
    "artifact-proposed_edit": ((), "proposed_edit.md"),
}
"""For each kind of document the workspace's own templates for it, and the one that comes with mdtm."""


def _slug(heading: str) -> str:
    """A heading as links spell it."""
    return _NOT_IN_SLUG.sub("", heading.strip().lower()).replace(" ", "-")
