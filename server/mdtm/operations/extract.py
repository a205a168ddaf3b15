"""Makes artifacts of parts of files."""

from __future__ import annotations

import re
from contextlib import suppress

from mdtm.artifacts import ARTIFACT_KINDS, BY_NAME
from mdtm.document import Document
from mdtm.draft import Draft
from mdtm.fields import Edit
from mdtm.occasion import Occasion, Outcome
from mdtm.paths import plain
from mdtm.plan import Refused, Replace, Step
from mdtm.schema.sessions import RELATED_ARTIFACTS
from mdtm.session_paths import collapsed, inner_path, path_between
from mdtm.sessions import Session
from mdtm.steps.artifact import made_entry, new_artifact
from mdtm.steps.session import logged, said_of
from mdtm.text import Span
from mdtm.verb import Parameter, Verb

MARKDOWN = (".md", ".markdown", ".mdx")


def extract(at: Occasion, path: str, first: int, last: int, kind: str, title: str, replace: bool = False) -> Outcome:
    """Makes an artifact of some lines of a file, which stay there or give way to a link; it is logged and listed.

    Raises:
        Refused: there is no such kind, no such file, there are no such lines, or the file has no place for a link.
    """
    if kind not in BY_NAME:
        raise Refused(f"there is no kind {kind}; there are {', '.join(BY_NAME)}")
    session = at.workplace()
    source = _source(at, session, path)
    span = _lines(source, first, last)
    if replace:
        _check_link_fits(source, first)
    text = f"{_quoted(source, span)}\n\nFrom `{source.path}`, {_in_words(first, last)}."
    made = new_artifact(at, session, BY_NAME[kind], title, text)
    target = made.path
    draft, steps = _with_link(session, source, span, title, target) if replace else (None, ())
    inner = target[len(session.folder) + 1 :]
    entries = [made_entry(inner, BY_NAME[kind])]
    plan = (*made.steps, *steps, *logged(at, session, entries, items=[(RELATED_ARTIFACTS, inner)], draft=draft))
    data = {"session": session.id, "path": target, "artifact": inner, "source": source.path}
    return Outcome(said_of(session, f"Created {target}{made.said}"), plan, data, target)


def _source(at: Occasion, session: Session, given: str) -> Document:
    """The file that is meant: in the session's folder, else in the workspace."""
    paths = []
    with suppress(Refused):  # a source may lie elsewhere
        paths.append(f"{session.folder}/{inner_path(session.folder, given)}")
    path = plain(given.strip())
    if not (path.startswith("/") or path[1:2] == ":"):
        paths.append(collapsed(path, given))
    for path in paths:
        if (text := at.files.text(path)) is not None:
            at.files.check_place(path)
            return Document.read(path, text)
    raise Refused(f"there is no file {given}; a path is from the workspace root, or from the session's folder")


def _lines(source: Document, first: int, last: int) -> Span:
    """The span of some lines without the end of the last one."""
    count = source.text.line_count - (not source.text.line(source.text.line_count - 1))
    if not 1 <= first <= last <= count:
        raise Refused(f"{source.path} has the lines 1 to {count}, not {_in_words(first, last).partition(' ')[2]}")
    span = Span(source.text.line_start(first - 1), source.text.line_span(last - 1).end)
    if not source.text[span].strip():
        raise Refused(f"there is nothing in {_in_words(first, last)} of {source.path}")
    return span


def _in_words(first: int, last: int) -> str:
    return f"line {first}" if first == last else f"lines {first} to {last}"


def _check_link_fits(source: Document, first: int) -> None:
    if not source.name.lower().endswith(MARKDOWN):
        raise Refused(f"{source.path} is no Markdown, so a link would break it; without --replace the lines stay")
    if first <= (lines := source.frontmatter.lines):
        raise Refused(f"the frontmatter of {source.path} goes down to line {lines}, and has no place for a link")


def _quoted(source: Document, span: Span) -> str:
    """The lines as Markdown: as they are, or fenced when they are something else."""
    text = source.text[span].replace("\r\n", "\n")
    if source.name.lower().endswith(MARKDOWN):
        return text
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", text))])
    _, dot, language = source.name.rpartition(".")
    return f"{fence}{language if dot else ''}\n{text}\n{fence}"


def _with_link(
    session: Session, source: Document, span: Span, title: str, target: str
) -> tuple[Draft | None, tuple[Step, ...]]:
    """The link in the place of the lines: in a draft of the log when they are there, else as a step."""
    old = source.text[span]
    indent = old[: len(old) - len(old.lstrip(" \t"))]
    path = path_between(source.path, target)
    named = re.sub(r"([\[\]\\])", r"\\\1", " ".join(title.split()))
    link = f"{indent}[{named}]({f'<{path}>' if re.search('[ ()]', path) else path})"
    if session.log and source.path == session.log.path:
        draft = Draft(session.log)
        draft.edit([Edit(span, link)])
        return draft, ()
    return None, (Replace(source.path, span, old, link),)


VERBS = (
    Verb(
        "artifact.extract", ("artifact", "extract"), "Extract Artifact", extract,
        'mdtm artifact extract docs/plan.md 12 30 research "How tokens expire" --replace',
        (
            Parameter(
                "path", "the file that the lines are in", required=True, positional=True, question="Which file?",
                is_path=True,
            ),
            Parameter(
                "first", "the first line, counted from 1", "number", required=True, positional=True,
                question="From which line?",
            ),
            Parameter(
                "last", "the last line, which belongs to it", "number", required=True, positional=True,
                question="Up to which line?",
            ),
            Parameter(
                "kind", "what kind of artifact it is", required=True, positional=True,
                choices=tuple(kind.name for kind in ARTIFACT_KINDS), question="What kind of artifact?",
            ),
            Parameter("title", "what it is about", required=True, positional=True, question="What is it about?"),
            Parameter("replace", "put a link to the artifact in the place of the lines", "flag"),
        ),
    ),
)  # fmt: skip
