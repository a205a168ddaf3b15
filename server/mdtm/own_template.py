"""A workspace's own templates for logs, tasks, sprints and artifacts, which win over those that come with mdtm."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from mdtm.artifacts import readme
from mdtm.comments import comments_like
from mdtm.dialect import TASK_ROOTS
from mdtm.document import Document
from mdtm.draft import Draft
from mdtm.fields import Edit
from mdtm.files import Files
from mdtm.log_edit import appended, with_key
from mdtm.schema.sessions import RELATED_ARTIFACTS, RELATED_TASKS, SESSION_LOG
from mdtm.text import Span

LOG_NAMES = ("19_mdtm_session", "sessions/template_00_mdtm_session_generic")
"""The names of such templates in the folder `templates` of a system, or below it in `toml-md`, without their ends."""
TASK_NAMES = {
    "feature": "01_mdtm_feature", "bug": "02_mdtm_bug", "chore": "03_mdtm_chore",
    "documentation": "04_mdtm_documentation", "test": "05_mdtm_test", "spike": "06_mdtm_spike",
}  # fmt: skip
ANY_TASK = "tasks/template_00_mdtm_task_generic"
"""The one for tasks of all types, where a type has none of its own."""
SPRINT_NAMES = ("mdtm_sprint", "sprints/template_00_mdtm_sprint_generic")
ARTIFACT_NAMES = {
    "note": ("31_session_note",),
    "learning": ("32_session_learning",),
    "environment": ("33_session_environment",),
    "doc_snippet": ("34_session_doc_snippet",),
    "research": ("35_session_research",),
    "blocker": ("36_session_blocker",),
    "qna": ("37_session_qna",),
    "snippet": ("38_session_snippet",),
    "feedback": ("39_session_feedback_item",),
    "feature_note": ("40_session_feature_note",),
    "context_item": ("41_session_context_item", "41_session_context_ref"),
    "deferred": ("42_session_deferred",),
    "summary": ("50_session_summary",),
}
SCAFFOLD, README = "session_artifact_scaffold", "plain-md/session_artifact_subdir_readme.md"
"""The folder with a README for each folder of artifacts, and the one README for all of them."""
README_TEMPLATE = "artifact_readme.md"
"""Ours."""
LISTS = (RELATED_TASKS, RELATED_ARTIFACTS, "tags", "source_summaries", "depends_on", "tasks")
_HINT = re.compile(r"#\s*\([^()]*\b(?:required|optional)\b|#.*<<.*>>|#.*\bplaceholder\b", re.IGNORECASE)
"""A comment that tells whoever fills the template in what a key is for."""
_BLANK = re.compile(r"<<.*?>>|\{\{.*?\}\}|\[[^\[\]]*\](?!\()")
"""What a heading has where the title belongs."""
_FOLDER_BLANK = "[This Subdirectory Type]"


class Found(NamedTuple):
    """What there is of a workspace's own."""

    template: Document | None
    """A sound one; None where there is none, or a broken one."""
    said: str = ""
    """What a message says of a broken one, behind all else."""


def own_template(files: Files, folder: str, names: Iterable[str]) -> Found:
    """The first template with one of some names in the system that a folder belongs to."""
    for name in names:
        for path in (f"toml-md/{name}.md", f"{name}.md"):
            whole = f"{_templates(folder)}/{path}"
            if (text := files.text(whole)) is not None:
                template = Document.read(whole, text)
                fault = _fault_of(template)
                return Found(None, _passed_over(whole, fault)) if fault else Found(template)
    return Found(None)


def own_readme(files: Files, template: Callable[[str], str], folder: str, place: str) -> tuple[str, str]:
    """The README of a session's folder for artifacts, and what to say of a broken template.

    `folder` is that of the session; `place` is the path from there, whose last name is in the templates.
    """
    name = place.rpartition("/")[2]
    for path in (f"{SCAFFOLD}/{name}/README.md", README):
        whole = f"{_templates(folder)}/{path}"
        if (text := files.text(whole)) is None:
            continue
        if "\ufffd" not in text and text.strip():
            return text.replace(_FOLDER_BLANK, name.replace("_", " ").capitalize()), ""
        fault = "it is not UTF-8" if text.strip() else "it is empty"
        return readme(template(README_TEMPLATE), place), _passed_over(whole, fault)
    return readme(template(README_TEMPLATE), place), ""


def _templates(folder: str) -> str:
    """The folder for templates beside a folder for sessions or tasks."""
    root = next((root for root in TASK_ROOTS if f"{folder}/".startswith(f"{root}/")), "")
    home = f"{root}/" if root else folder.partition("sessions/")[0]
    return f"{home}templates"


def _passed_over(path: str, fault: str) -> str:
    return f"; the template {path} is broken, so that of mdtm was used ({fault})"


def _fault_of(template: Document) -> str:
    """Why nothing can be made from a template; empty when that can be."""
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
    draft = _filled_in(template, path, {})
    for name, text in keys.items():
        draft.edit([with_key(draft.document, _name_in(draft.document, name), text)])
    draft.edit([appended(draft.document, [start])])
    return str(draft.document.text)


def made_from(template: Document, path: str, keys: Mapping[str, str], title: str, text: str = "") -> Document:
    """A task or an artifact made from a template: its keys and its heading filled in, a text below the heading."""
    draft = _filled_in(template, path, keys)
    draft.edit([_headed(draft.document, title, text)])
    return draft.document


def _filled_in(template: Document, path: str, keys: Mapping[str, str]) -> Draft:
    draft = Draft(Document.read(path, str(template.text)))
    draft.edit([comment.removal for comment in comments_like(draft.document, _HINT)])
    draft.edit(_without_examples(draft.document))
    for name, text in keys.items():
        draft.edit([with_key(draft.document, name, text)])
    return draft


def _headed(document: Document, title: str, text: str) -> Edit:
    """The edit that writes a title into the first heading of a document, or above all else, and a text below it."""
    newline = document.newline
    below = f"{newline}{text.replace(chr(10), newline)}{newline}" if text else ""
    for number in range(document.frontmatter.lines, document.text.line_count):
        line, start = document.text.line(number), document.text.line_start(number)
        if line.startswith("# "):
            heading = line.rstrip()
            named = _BLANK.sub(lambda _: title, heading, count=1) if _BLANK.search(heading) else f"{heading}: {title}"
            return Edit(Span(start, start + len(line)), f"{named}{newline}{below}")
    at = document.text.line_start(document.frontmatter.lines)
    return Edit(Span(at, at), f"{newline}# {title}{newline}{below}")


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
