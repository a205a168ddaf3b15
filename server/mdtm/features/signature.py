"""Which part of a log entry is being written, and what belongs there."""

from __future__ import annotations

import re
from typing import NamedTuple

from mdtm.document import Document
from mdtm.events import BY_NAME, KINDS, kind_of
from mdtm.features.shape.entry_forms import HEAD, Part, form_of_kind, parts_of, pieces_of
from mdtm.text import Span

_BULLET = re.compile(r"[ ]{0,3}[-*+][ \t]+")
_STAMP = re.compile(r"\[[^\]]*\][ \t]*")
_ACTOR = re.compile(r"`[^`]*`:?[ \t]*")
ANY = "an entry of any kind"


class Signature(NamedTuple):
    """How an entry of some kind is written; each part's name stands in the label once."""

    label: str
    meaning: str
    parts: tuple[Part, ...]


class Help(NamedTuple):
    """The forms that an entry may have, the likeliest first, and the number of the part that is being written."""

    signatures: tuple[Signature, ...]
    part: int


def help_at(document: Document, offset: int) -> Help | None:
    """The forms of the entry that is written at an offset; None where none is."""
    number = document.text.line_at(offset)
    line = document.text.line_span(number)
    before, whole = document.text[Span(line.start, offset)], document.text[line]
    bullet = _BULLET.match(whole)
    if bullet is None or len(before) < bullet.end() or not document.is_in_log(number):
        return None
    stamp = _STAMP.match(whole, bullet.end())
    if stamp is None and len(whole) > bullet.end() and whole[bullet.end()] != "[":
        return None  # an entry without a time, or a nested list
    if stamp is None or len(before) < stamp.end():
        return Help((_signature(""),), 0)
    actor = _ACTOR.match(whole, stamp.end())
    if whole[stamp.end() :].startswith("`") and (actor is None or len(before) < actor.end()):
        return Help((_signature(""),), 1)
    start = actor.end() if actor else stamp.end()
    return _of_text(before[start:], whole[start:], named=actor is not None)


def _of_text(begun: str, text: str, named: bool) -> Help:
    """The forms whose first words are begun, or the one whose words are there."""
    if not text.strip() and not named:
        return Help((_signature(""),), 1)
    kind = kind_of(text)
    if kind:
        return Help((_signature(kind),), len(HEAD) + _part(kind, begun))
    near = [one.name for one in KINDS if begun.strip() and pieces_of(one.name)[0].lower().startswith(begun.lower())]
    return Help((*map(_signature, near), _signature("")), len(HEAD))


def _part(kind: str, begun: str) -> int:
    """The number of the part of a text that its end belongs to."""
    at = passed = 0
    for piece in pieces_of(kind)[1:-1]:
        found = begun.find(piece.strip("` ") or piece, at + 1)
        if found < 0:
            break
        at, passed = found, passed + 1
    return passed


def _signature(kind: str) -> Signature:
    meaning = BY_NAME[kind].meaning if kind else ANY
    told = f"{meaning[0].upper()}{meaning[1:]}"
    return Signature(f"[stamp] `actor`: {form_of_kind(kind)}", told, (*HEAD, *parts_of(kind)))
