"""Where in the frontmatter somebody writes: a key or a value, what of it is begun, and what stands around it.

The lines up to the cursor are read as they stand, so that nothing that is still missing behind it matters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from mdtm.document import Document
from mdtm.features.completions.yaml_place import yaml_place
from mdtm.text import Span
from mdtm.toml.reader import NEXT_STATEMENT


class Place(NamedTuple):
    """What is begun at the cursor."""

    what: Literal["key", "value"]
    span: Span
    """What an offer replaces, on the line of the cursor; what stands behind the cursor and belongs to it too."""
    path: tuple[str, ...]
    """Of a value its key and the tables that it lies in, of a key these tables alone."""
    syntax: Literal["toml", "yaml", "json"]
    quote: str = ""
    """The quote that a text was begun with."""
    closed: bool = False
    """Whether it ends with that quote too."""
    item: bool = False
    """Whether a value lies in an array."""
    beside: tuple[tuple[str, str], ...] = ()
    """The texts of the keys that stand before it in the same table in braces."""
    follows: bool = False
    """Whether a key has its value already."""


_TOKEN = re.compile(
    r"(?P<comment>#[^\r\n]*)|(?P<long>\"\"\"|''')|(?P<text>\"(?:[^\"\\\r\n]|\\[^\r\n])*\"?|'[^'\r\n]*'?)"
    r"|(?P<sign>[\[\]{},=:])|(?P<end>\r?\n|\r)|(?P<space>[ \t]+)|(?P<word>[^\s\[\]{},=:#\"']+)"
)
_HEADER = re.compile(r"^\[\[?[ \t]*([\w.-]+)[ \t]*\]", re.MULTILINE)
_REST = {True: re.compile(r"(?:(?![,\]}]|[ \t]#).)*"), False: re.compile(r"(?:(?![ \t]#).)*")}
"""What belongs to a text that is not closed, in brackets and outside of them."""
_SIGNS = {"toml": "=", "json": ":"}


@dataclass
class _Frame:
    """What brackets hold that are open, or the file itself."""

    bracket: str
    start: int = 0
    key: str = ""
    valued: bool = False
    """Whether the sign behind the key has come."""
    done: bool = False
    """Whether its value has come too."""
    texts: list[tuple[str, str]] = field(default_factory=list)

    def next(self) -> None:
        """Goes on behind a comma, or on a new line."""
        self.key, self.valued, self.done = "", False, False


class _Written(NamedTuple):
    """The lines up to that of the cursor, and what is begun there."""

    text: str
    at: int
    """Where the cursor stands, as all here from the start of the text."""
    span: Span
    start: int
    """The offset of the text in the file."""

    @property
    def begun(self) -> str:
        return self.text[self.span.start : self.span.end]


def place_at(document: Document, offset: int) -> Place | None:
    """What is begun at an offset in the frontmatter; None where nothing can be, and outside of it."""
    head, line = document.frontmatter, document.text.line_span(document.text.line_at(offset))
    end = head.content.end
    if not head.closed and document.text.line_at(offset) == head.lines:
        end = line.end  # the next key of frontmatter that has no end yet
    if head.syntax == "none" or not head.content.start <= offset <= end:
        return None
    if document.text[line].startswith(("+++", "---")) and offset >= line.start:
        return None
    if head.syntax == "yaml":
        found = yaml_place(document.text[Span(head.content.start, line.end)], offset - head.content.start)
        return Place(found[0], found[1].moved(head.content.start), found[2], "yaml", *found[3:]) if found else None
    if any(_is_inside_long(document, one.value.span, offset) for one in head.fields):
        return None
    start = head.content.start if head.syntax == "json" else _statement_start(document, line.end)
    return _scanned(document, start, offset, line.end)


def _is_inside_long(document: Document, span: Span, offset: int) -> bool:
    """Whether an offset stands in a text of several lines."""
    if not span.start < offset <= span.end:
        return False
    return document.text[Span(span.start, min(span.start + 3, span.end))] in ('"""', "'''")


def _statement_start(document: Document, line_end: int) -> int:
    """Where the key stands that a line belongs to: the last line up to it that begins one."""
    start = document.frontmatter.content.start
    begun = [match.start() for match in NEXT_STATEMENT.finditer(document.text[Span(start, line_end)])]
    return start + (begun[-1] if begun else 0)


def _scanned(document: Document, start: int, offset: int, line_end: int) -> Place | None:
    text, at = document.text[Span(start, line_end)], offset - start
    frames, sign = [_Frame("")], _SIGNS[document.frontmatter.syntax]
    here = Span(at, at)
    for token in _TOKEN.finditer(text):
        begins, ends = token.span()
        if token.lastgroup in ("text", "word") and begins <= at <= ends and not _is_closed(token, at):
            here = Span(begins, ends)
        if begins >= at or here.end > here.start:
            break
        if token.lastgroup in ("comment", "long") and ends >= at:
            return None
        _take(frames, token, sign, start)
    return _place(document, _Written(text, at, here, start), frames)


def _is_closed(token: re.Match[str], at: int) -> bool:
    """Whether a cursor stands behind a text, quotes and all."""
    written = token[0]
    return token.lastgroup == "text" and at == token.end() and len(written) > 1 and written[-1] == written[0]


def _take(frames: list[_Frame], token: re.Match[str], sign: str, start: int) -> None:
    """Goes past a token."""
    frame, written = frames[-1], token[0]
    if token.lastgroup in ("text", "word", "long"):
        if frame.bracket == "[" or frame.valued:
            frame.done = True
            frame.texts += [(frame.key, written.strip("\"'"))] if frame.valued else []
        else:
            frame.key += written.strip("\"'")
    elif token.lastgroup == "end" and (not frame.bracket or (frame.bracket == "{" and frame.done)):
        frame.next()
    elif token.lastgroup == "sign":
        if written == sign and frame.bracket != "[":
            frame.valued = True
        elif written in "[{":
            frames.append(_Frame(written, start + token.start()))
        elif written in "]}" and len(frames) > 1:
            frames.pop()
            frames[-1].done = True
        elif written == ",":
            frame.next()


def _place(document: Document, written: _Written, frames: list[_Frame]) -> Place | None:
    syntax: Literal["toml", "json"] = "json" if document.frontmatter.syntax == "json" else "toml"
    if syntax == "toml" and frames[-1].bracket == "[" and _begins_key(document, written, frames):
        frames = [_Frame("")]
    frame = frames[-1]
    path = (*_table(document, written.start + written.span.start), *(one.key for one in frames if one.valued))
    quote = written.begun[:1] if written.begun[:1] in ("'", '"') else ""
    span, closed = _text_span(written, len(frames) > 1) if quote else (written.span, False)
    if frame.bracket != "[" and not frame.valued:
        if (syntax == "toml" and (frame.done or quote)) or (syntax == "json" and not frame.bracket):
            return None
        follows = written.text[span.end :].lstrip(" \t").startswith(_SIGNS[syntax])
        if follows and written.at == span.start:
            return None  # before a key that is there
        return Place("key", span.moved(written.start), path, syntax, quote, closed, False, tuple(frame.texts), follows)
    if frame.done or (syntax == "toml" and len(frames) > 1 and not frames[0].valued):
        return None  # behind a value, or in the name of a table
    item = frame.bracket == "["
    return Place("value", span.moved(written.start), path, syntax, quote, closed, item, tuple(frame.texts))


def _text_span(written: _Written, in_brackets: bool) -> tuple[Span, bool]:
    """What belongs to the text that is begun, and whether it is closed: its quote may be that of the next text."""
    text, at, span = written.text, written.at, written.span
    rest = text[at : span.end]
    if rest.endswith(text[span.start]) and not (in_brackets and "," in rest):
        return span, True
    match = _REST[in_brackets].match(text, at)
    return Span(span.start, at + len(match[0].rstrip()) if match else at), False


def _begins_key(document: Document, written: _Written, frames: list[_Frame]) -> bool:
    """Whether a bare word, or nothing, stands at the begin of a line behind an array that is never closed."""
    line = written.text.rfind("\n", 0, written.span.start) + 1
    if not line or line != written.span.start or written.begun[:1] in ("'", '"'):
        return False
    arrays = (one.value for one in document.frontmatter.fields if one.value.span.start == frames[1].start)
    return any(value.kind == "broken" for value in arrays)


def _table(document: Document, start: int) -> tuple[str, ...]:
    """The table whose keys stand at an offset."""
    if document.frontmatter.syntax == "json":
        return ()
    headers = _HEADER.findall(document.text[Span(document.frontmatter.content.start, start)])
    return tuple(headers[-1].split(".")) if headers else ()
