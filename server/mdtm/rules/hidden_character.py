from __future__ import annotations

import re
from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.fields import Edit, Value
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Fix, Problem, Severity
from mdtm.text import Span
from mdtm.toml.writing import text_value
from mdtm.usual import odd_text

_HIDDEN = "\u200b\u200e\u200f\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_SET = frozenset(_HIDDEN)
_ASCII = bytes(range(128))
_CHARACTER = re.compile(f"[{_HIDDEN}\x00-\x08\x0b-\x1f\x7f]")


@only(when=odd_text)
def hidden_character(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """A value has a character that nobody sees.

    Characters without width make two ids that look alike differ, and those that turn the direction of writing
    show a text in another order than tools read it.
    Joiners and variation selectors, which emoji need, are let be.

    Bad:
        related_tasks = ["TASK-DEV-20250605\u200b-101500"]

    Good:
        related_tasks = ["TASK-DEV-20250605-101500"]
    """
    source = frontmatter.source
    if frontmatter.syntax != "toml" or not ("\\u" in source or _shows_less(source)):
        return
    for field in frontmatter.fields:
        for value in (field.value, *field.value.items):
            if isinstance(value.data, str) and (match := _CHARACTER.search(value.data)):
                yield _problem(field.key, value, match[0], document)


def _shows_less(source: str) -> bool:
    """Whether some text has hidden characters; most has only few beyond ASCII, and they are quick to take out."""
    rare = source.encode("utf-8", "replace").translate(None, _ASCII)
    return bool(rare) and not _SET.isdisjoint(rare.decode())


def _problem(key: str, value: Value, character: str, document: Document) -> Problem:
    message = f"{key} has the character U+{ord(character):04X}, which nobody sees"
    raw = document.text[value.span]
    places = [Span(*match.span()).moved(value.span.start) for match in _CHARACTER.finditer(raw)]
    if len(places) == len(_CHARACTER.findall(value.data)):
        edits, span = tuple(Edit(place, "") for place in places), places[0]
    else:
        edits, span = (Edit(value.span, text_value(_CHARACTER.sub("", value.data))),), value.span
    return Problem("hidden-character", Severity.WARNING, span, message, (Fix("Remove what nobody sees", edits),))
