"""A workspace's own template for session logs, which wins over the one that comes with mdtm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mdtm.comments import comments_like
from mdtm.dialect import Dialect
from mdtm.document import Document
from mdtm.draft import Draft
from mdtm.fields import Edit
from mdtm.files import Files
from mdtm.log_edit import appended, with_key
from mdtm.schema.sessions import SESSION_LOG
from mdtm.text import Span

NAMES = ("toml-md/19_mdtm_session.md", "sessions/template_00_mdtm_session_generic.md")
"""The names of such templates in the folder `templates`, beside that for sessions."""
LISTS = ("related_tasks", "related_artifacts", "tags", "source_summaries")
_HINT = re.compile(r"#\s*\([^()]*\b(?:required|optional)\b|#.*<<.*>>|#.*\bplaceholder\b", re.IGNORECASE)
"""A comment that tells whoever fills the template in what a key is for."""


def own_template(files: Files, dialect: Dialect) -> Document | None:
    """The workspace's template for logs of a dialect, if it has one."""
    home = dialect.roots[0].removesuffix("sessions/")
    paths = (f"{home}templates/{name}" for name in NAMES)
    return next((Document.read(path, text) for path in paths if (text := files.text(path)) is not None), None)


def fault_of(template: Document) -> str:
    """Why a log cannot be made from a template; empty when one can."""
    frontmatter = template.frontmatter
    if frontmatter.syntax != "toml":
        return "there is no +++ frontmatter in it"
    if frontmatter.faults:
        fault = frontmatter.faults[0]
        return f"line {template.text.line_at(fault.span.start) + 1}: {fault.message}"
    if "\ufffd" in str(template.text):
        return "it is not UTF-8"
    for name in LISTS:
        if (field := frontmatter.get(name)) and field.value.kind != "array":
            return f"line {template.text.line_at(field.key_span.start) + 1}: {name} is no list"
    return ""


def log_from(template: Document, path: str, keys: Mapping[str, str], start: str) -> str:
    """The text of a new log: the template with its keys filled in, and the entry of the start for those to fill in."""
    draft = Draft(Document.read(path, str(template.text)))
    draft.edit([comment.removal for comment in comments_like(draft.document, _HINT)])
    draft.edit(_without_examples(draft.document))
    for name, text in keys.items():
        draft.edit([with_key(draft.document, _name_in(draft.document, name), text)])
    draft.edit([appended(draft.document, [start])])
    return str(draft.document.text)


def _name_in(document: Document, name: str) -> str:
    """What the template calls a key; older ones have other names."""
    key = SESSION_LOG.key(name)
    names = (name, *(key.aliases if key else ()))
    return next((one for one in names if document.frontmatter.get(one)), name)


def _without_examples(document: Document) -> Iterator[Edit]:
    """The edits that take out the entries whose time is a placeholder, with their further lines."""
    example, offset = False, 0
    for reading in document.body:
        for line, mark in zip(reading.block.lines, reading.marks, strict=True):
            if mark and mark.entry:
                example = mark.entry.timed and mark.entry.moment is None
            elif not (mark and mark.continues):
                example = False
            if example and line.strip():
                yield Edit(Span(offset, offset + len(line)), "")
            offset += len(line)
