"""Bringing what an editor shows into form: the whole of it, or some stretches; what cannot be read stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from mdtm.conversion import is_for_tools
from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.layout import are_formed, edits_in_place, entry_edits, key_edits
from mdtm.pieces import Pieces
from mdtm.plan import Refused
from mdtm.text import Span

_SPACE = " \t"
_BREAK = "  "
"""What ends a line of Markdown that shall stay a line of its own."""


class Wishes(NamedTuple):
    """What the editor wishes besides."""

    trim: bool = False
    """No space at the ends of lines, but where it means something."""
    final_newline: bool = False
    trim_final: bool = False
    """No blank lines at the end of the file."""


def document_edits(document: Document, wishes: Wishes) -> list[Edit]:
    """The edits that bring a session log, task, sprint or artifact into form; none for any other file."""
    if not is_for_tools(document):
        return []
    pieces = Pieces(len(document.text))
    formed = (*_key_edits(document), *entry_edits(document))
    pieces.edit(formed)
    after = Document.read(document.path, _edited(document, formed)) if formed else document
    pieces.edit(_spaces(after, wishes, 0, after.text.line_count - 1))
    return pieces.edits()


def range_edits(document: Document, spans: Iterable[Span], wishes: Wishes) -> list[Edit]:
    """Those of the edits that change nothing but the lines of some stretches, so that no key moves."""
    if not is_for_tools(document):
        return []
    lines = [_lines(document, span) for span in spans]
    stretches = [Span(document.text.line_start(first), document.text.line_start(last + 1)) for first, last in lines]
    untidy = not all(are_formed(document, stretch) for stretch in stretches)
    formed = (*edits_in_place(document), *(entry_edits(document) if untidy else ()))
    chosen = dict[Edit, None]()
    for stretch, (first, last) in zip(stretches, lines, strict=True):
        inside = [edit for edit in formed if stretch.start <= edit.span.start < stretch.end >= edit.span.end]
        spaces = _spaces(document, wishes, first, last)
        free = [edit for edit in spaces if not any(_meet(edit.span, other.span) for other in inside)]
        chosen |= dict.fromkeys([*inside, *free])
    return sorted(chosen)


def _key_edits(document: Document) -> tuple[Edit, ...]:
    try:
        return key_edits(document)
    except Refused:
        return ()


def _edited(document: Document, edits: Iterable[Edit]) -> str:
    text = str(document.text)
    for span, new in sorted(edits, reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text


def _lines(document: Document, span: Span) -> tuple[int, int]:
    """The first and the last line of a selection; one that ends where a line begins has nothing of that line."""
    text = document.text
    first, last = text.line_at(span.start), text.line_at(span.end)
    return first, last - (last > first and text.line_start(last) == span.end)


def _meet(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def _spaces(document: Document, wishes: Wishes, first: int, last: int) -> list[Edit]:
    """The edits of white space that the editor wishes for in some lines."""
    ends = list(_ended(document, wishes)) if last == document.text.line_count - 1 else []
    trimmed = _trimmed(document, first, last) if wishes.trim else ()
    return [*(edit for edit in trimmed if not any(_meet(edit.span, end.span) for end in ends)), *ends]


def _ended(document: Document, wishes: Wishes) -> Iterator[Edit]:
    """The edit of the line ends at the end of the file."""
    text, number = document.text, document.text.line_count - 1
    if text.line(number).strip():
        yield from (Edit(Span(len(text), len(text)), document.newline),) if wishes.final_newline else ()
        return
    if wishes.trim_final and not _is_code(document, number):
        while number and not text.line(number - 1).strip():
            number -= 1
        start = text.line_start(number)
        yield from (Edit(Span(start, len(text)), ""),) if start < len(text) else ()


def _trimmed(document: Document, first: int, last: int) -> Iterator[Edit]:
    """The edits that take the space off the ends of lines; it stays in code, in texts, and where it breaks a line."""
    text, head = document.text, document.frontmatter
    lines = [*islice(text.lines(first), last + 2 - first), ""]
    values = (value for field in head.fields for value in field.value.all())
    texts = [value.span for value in values if value.kind == "string" and "\n" in text[value.span]]
    at = text.line_start(first)
    for number in range(first, last + 1):
        line, below = lines[number - first : number - first + 2]
        bare = line.rstrip("\r\n")
        kept = len(bare.rstrip(_SPACE))
        span = Span(at + kept, at + len(bare))
        at += len(line)
        if kept == len(bare):
            continue
        if number < head.lines:
            in_text = any(one.start < span.end and span.start < one.end for one in texts)
            between = head.content.start <= span.start and span.end <= head.content.end
            sound = between and head.syntax == "toml" and not head.faults and not in_text
        else:
            breaks = kept and bare.endswith(_BREAK) and below.strip()
            sound = not breaks and not _is_code(document, number)
        if sound:
            yield Edit(span, "")


def _is_code(document: Document, number: int) -> bool:
    """Whether a line lies in a code block, its fences included."""
    found = document.line_of(number)
    return bool(found and (found[0].state_before(found[1]).fence or found[0].states[found[1]].fence))
