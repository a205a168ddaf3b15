from __future__ import annotations

import re
from collections.abc import Iterator

from mdtm.asking import has_signs, only
from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.markdown import Reading
from mdtm.problem import Fix, Problem, Severity
from mdtm.signs import ENTITY
from mdtm.text import Span
from mdtm.workspace import Workspace

_MEANT = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "#39": "'", "#039": "'"}
_ENTITY = re.compile(r"&(amp|lt|gt|quot|apos|#0?39);")
_CODE_SPAN = re.compile(r"(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)")
_NEEDED = {"amp": re.compile(r"#?\w+;"), "lt": re.compile(r"[A-Za-z/!?]")}
"""Before what the entity has to stay, because the character itself would mean something else."""


@only(when=has_signs)
def html_entity(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """An HTML entity stands where the character itself can stand.

    TOML knows no entities, so that `&amp;` in a title is five characters; in a log they make the text hard to read.
    They come from tools that write Markdown as if it were HTML.
    Code is let be, and so are entities that Markdown needs, such as that for `<` before a letter.

    Bad:
        title = "Pick up slots &amp; opening times"

    Good:
        title = "Pick up slots & opening times"
    """
    if ENTITY not in document.signs or not document.schema or document.frontmatter.syntax != "toml":
        return
    yield from _in_frontmatter(document)
    if not document.schema.logs:
        return
    for index, reading in enumerate(document.body):
        if ENTITY in reading.signs:
            start = document.text.block_start(index)[1]
            for problem in _in_block(reading):
                yield problem.moved(start)


def _in_frontmatter(document: Document) -> Iterator[Problem]:
    start, end = document.frontmatter.content
    content = document.text[Span(start, end)]
    for field in document.frontmatter.fields:
        values = field.value.items or (field.value,)
        for value in values:
            if value.kind != "string":
                continue
            for match in _ENTITY.finditer(content, value.span.start - start, value.span.end - start):
                character = _MEANT[match[1]]
                quote = content[value.span.start - start]
                if character == quote and (quote == "'" or content.startswith('"""', value.span.start - start)):
                    continue
                new = f"\\{character}" if character == quote else character
                yield _problem(match, Span(*match.span()).moved(start), new, Severity.INFORMATION)


def _in_block(reading: Reading) -> Iterator[Problem]:
    """The entities in entries, but for those in code."""
    start = 0
    for number, line in enumerate(reading.block.lines):
        mark = reading.mark(number) if "&" in line and ";" in line else None
        if mark and (mark.entry or mark.continues) and not mark.code:
            code = [match.span() for match in _CODE_SPAN.finditer(line)]
            for match in _ENTITY.finditer(line):
                needed = _NEEDED.get(match[1])
                begins_quote = match[1] == "gt" and not line[: match.start()].strip()
                in_code = any(first <= match.start() < behind for first, behind in code)
                if not (in_code or begins_quote or (needed and needed.match(line, match.end()))):
                    yield _problem(match, Span(*match.span()).moved(start), _MEANT[match[1]], Severity.HINT)
        start += len(line)


def _problem(match: re.Match[str], span: Span, new: str, severity: Severity) -> Problem:
    message = f"{match[0]} is {new[-1]} in HTML; write the character"
    return Problem("html-entity", severity, span, message, (Fix(f"Write {new[-1]}", (Edit(span, new),)),))
