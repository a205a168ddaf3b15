"""Comments that allow a fault where it stands: `# mdtm: allow bad-time: why`, in Markdown `<!-- mdtm: allow … -->`.

At the end of a line such a comment is for that line; alone on a line it is for the next one that is neither blank
nor a comment, and for those between; `allow-file` is for the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from mdtm.document import NOT_MARKDOWN, Document
from mdtm.fields import Field, Value
from mdtm.joined import joined, numbered
from mdtm.markdown import Reading
from mdtm.problem import Problem
from mdtm.schema.settings import SETTINGS
from mdtm.text import Span

ALLOW, ALLOW_FILE = "allow", "allow-file"
ONLY_IN_SETTINGS = frozenset({
    "not-utf8", "broken-toml", "broken-yaml", "broken-json",
    "unknown-suppression", "suppression-without-reason", "unused-suppression",
})  # fmt: skip
"""The rules that no comment can speak of: it could not be read for sure, or it would speak of itself."""
CALL = "mdtm:"
_IN_TOML = re.compile(r"#[ \t]*mdtm:[^\r\n]*")
_IN_MARKDOWN = re.compile(r"<!--[ \t]*mdtm:[^\r\n]*?-->")
_SAID = re.compile(
    r"mdtm:[ \t]*(?P<verb>[A-Za-z][\w-]*)(?P<codes>[^:\r\n]*)(?::[ \t]*(?P<reason>[^\r\n]*?))?[ \t]*(?:-->)?\Z"
)
_CODE = re.compile(r"[^\s,;]+")


class Code(NamedTuple):
    """A rule that a comment names."""

    name: str
    span: Span


class Comment(NamedTuple):
    """A comment that speaks to mdtm; spans count from the start of the file."""

    span: Span
    alone: bool
    """Whether nothing else stands on its line."""
    verb: Code
    codes: tuple[Code, ...]
    reason: str
    cover: Span
    """Where the faults begin that it allows, both ends included."""

    @property
    def works(self) -> bool:
        """Whether it begins with a word that mdtm knows."""
        return self.verb.name in (ALLOW, ALLOW_FILE)


class Suppressions(NamedTuple):
    """The comments of a document, and what became of them."""

    comments: tuple[Comment, ...]
    used: Collection[Code]
    """What allowed a fault that is there."""
    idle: Collection[str]
    """The rules that could not be judged now, so that nobody knows whether they are allowed for nothing."""
    in_settings: Collection[tuple[str, str]] = ()
    """The paths and rules of `allow` in the settings that are surely there for nothing."""


def comments_of(document: Document) -> tuple[Comment, ...]:
    """The comments of a document that speak to mdtm; of a log without one only new blocks are looked through."""
    found: list[Comment] = []
    for index, (number, span) in _comments(document) if not document.name.endswith(NOT_MARKDOWN) else ():
        line, start = document.text.block_start(index)
        found += _comment(document, line + number, span.moved(start + document.body[index].line_start(number)))
    if document.schema is SETTINGS and CALL in (whole := str(document.text)):
        for match in _IN_TOML.finditer(whole):
            if document.frontmatter.span.start <= match.start() < document.frontmatter.span.end:
                found += _comment(document, document.text.line_at(match.start()), Span(*match.span()))
    return tuple(found)


def less_allowed(problems: list[Problem], comments: Iterable[Comment]) -> tuple[list[Problem], set[Code]]:
    """The problems that no comment allows, and what allowed the others."""
    named: dict[str, list[tuple[Span, Code]]] = {}
    for comment in comments:
        for code in comment.codes if comment.works else ():
            if code.name not in ONLY_IN_SETTINGS:
                named.setdefault(code.name, []).append((comment.cover, code))
    kept, used = list[Problem](), set[Code]()
    for problem in problems:
        at = problem.span.start
        codes = [code for cover, code in named.get(problem.code, ()) if cover.start <= at <= cover.end]
        used.update(codes)
        if not codes:
            kept.append(problem)
    return kept, used


def string_at(document: Document, at: int) -> Value | None:
    """The string of the frontmatter that an offset stands in."""
    return next(
        (value for value in _strings(document.frontmatter.fields) if value.span.start < at < value.span.end), None
    )


@joined(numbered)
def _comments(reading: Reading) -> tuple[tuple[int, Span], ...]:
    """The numbers of the lines of a block with such comments, and where those stand on them."""
    return tuple(_places(reading)) if reading.holds(CALL, ":") else ()


def _places(reading: Reading) -> Iterator[tuple[int, Span]]:
    for number, line in enumerate(reading.block.lines):
        if CALL in line:
            state = reading.state_before(number)
            if state.skip:
                yield from ((number, Span(*match.span())) for match in _IN_TOML.finditer(line))
            elif not state.fence and not state.comment:
                for match in _IN_MARKDOWN.finditer(line):
                    if not line.count("`", 0, match.start()) % 2:  # else it is code, which tells of comments
                        yield number, Span(*match.span())


def _comment(document: Document, number: int, span: Span) -> Iterator[Comment]:
    """The comment at a place, if it is one."""
    text = document.text[span]
    in_toml = text[0] == "#"
    said = _SAID.search(text)
    if not said or (in_toml and string_at(document, span.start)):
        return
    verb = Code(said["verb"], Span(*said.span("verb")).moved(span.start))
    codes = tuple(
        Code(match[0], Span(*match.span()).moved(span.start))
        for match in _CODE.finditer(text, said.start("codes"), said.end("codes"))
    )
    line = document.text.line_span(number)
    alone = not (document.text[Span(line.start, span.start)] + document.text[Span(span.end, line.end)]).strip()
    cover = Span(line.start, line.end)
    if verb.name == ALLOW_FILE:
        cover = Span(0, len(document.text))
    elif alone:
        end = _end_in_toml(document, number + 1) if in_toml else _end_in_markdown(document, number + 1)
        cover = Span(line.start, end)
    yield Comment(span, alone, verb, codes, said["reason"] or "", cover)


def _end_in_toml(document: Document, first: int) -> int:
    """The end of the next line that says something, or of the string that begins there."""
    for number, line in enumerate(document.text.lines(first), first):
        if line.strip() and not line.lstrip().startswith("#"):
            end = document.text.line_span(number).end
            string = string_at(document, end)
            return string.span.end if string else end
    return len(document.text)


def _end_in_markdown(document: Document, first: int) -> int:
    """The end of the next line that is neither blank nor a comment, or of the code block that begins there."""
    number, fenced = 0, False
    for index, reading in enumerate(document.body):
        start = document.text.block_start(index)[0]
        if start + len(reading.states) <= first:
            continue
        for inner in range(max(0, first - start), len(reading.states)):
            number, line = start + inner, reading.block.lines[inner]
            before, after = reading.state_before(inner), reading.states[inner]
            fenced = fenced or bool(after.fence)
            is_comment = before.comment or line.lstrip().startswith("<!--")
            if not after.fence and (fenced or (line.strip() and not is_comment)):
                return document.text.line_span(number).end
    return len(document.text)


def _strings(fields: Iterable[Field]) -> Iterator[Value]:
    for field in fields:
        yield from _strings_in(field.value)


def _strings_in(value: Value) -> Iterator[Value]:
    if value.kind == "string":
        yield value
    for item in value.items:
        yield from _strings_in(item)
    yield from _strings(value.fields)
