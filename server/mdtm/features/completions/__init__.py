"""What may be written where somebody writes: the keys that are missing, values, ids, paths, people, entries."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice

from mdtm.document import Document
from mdtm.features.completions.keys import head_offer, key_offers
from mdtm.features.completions.offer import IDS, NOTHING, About, Offer, Surroundings, by_title, plain_snippet
from mdtm.features.completions.place import Place, place_at
from mdtm.features.completions.prose import id_offers, prose_offers
from mdtm.features.completions.values import Value, values_at
from mdtm.fields import Edit
from mdtm.text import Span
from mdtm.toml.writing import text_value

__all__ = ["MOST", "NOTHING", "About", "Offer", "Surroundings", "offers"]

MOST = 200
"""How many offers are given at once; when there are more, those that fit what was begun."""
_SAFE_IN_YAML = re.compile(
    r"(?!(?:true|false|null|yes|no|on|off|~)\Z)[^\W\d_](?:[\w ./+@-]*[\w/+@])?|[^\x00-\x7f]+ [\w /-]+", re.IGNORECASE
)
"""A text that means itself in YAML without quotes."""


def offers(document: Document, offset: int, around: Surroundings) -> list[Offer]:
    """What may be written at an offset, the likeliest first; when there are more than MOST, some that fit."""
    place = place_at(document, offset)
    if place is None:
        inside = offset < document.text.line_start(document.frontmatter.lines)
        found: Iterator[Offer] = iter(()) if inside else _outside(document, offset, around)
    elif place.what == "key":
        found = key_offers(document, place, around)
    else:
        found = _values(document, place, offset, around)
    whole = list(found)
    if len(whole) <= MOST:
        return whole
    fitting = (offer for offer in whole if fits(document.text[Span(offer.edit.span.start, offset)], offer.filter))
    return list(islice(fitting, MOST))


def _outside(document: Document, offset: int, around: Surroundings) -> Iterator[Offer]:
    yield from head_offer(document, offset, around)
    yield from prose_offers(document, offset, around)


def fits(begun: str, text: str) -> bool:
    """Whether a text has the signs that were begun in their order, as clients hold them against each other."""
    signs = iter(text.casefold())
    return all(sign in signs for sign in begun.casefold().strip())


def _values(document: Document, place: Place, offset: int, around: Surroundings) -> Iterator[Offer]:
    begun = document.text[Span(place.span.start + len(place.quote), offset)]
    values = [value for value in values_at(document, place, begun, around) if not (value.bare and place.quote)]
    if not values:
        yield from id_offers(document, offset, around)
    before = document.text[Span(max(0, place.span.start - 1), place.span.start)]
    lead = " " if before in ("=", ":") else ""
    for value in values:
        label = value.text or '""'
        if value.kind == "folder":
            yield _folder(place, value, lead)
            continue
        edit = Edit(place.span, lead + (value.text if value.bare else _written(place, value.text)))
        about = value.about if value.about is not NOTHING else About("value", value.text, ".".join(place.path))
        filter = place.quote + (by_title(value.text, value.detail) if value.kind in IDS else value.text)
        yield Offer(value.kind, label, edit, filter, value.detail, value.note, about=about)


def _folder(place: Place, value: Value, lead: str) -> Offer:
    """A folder, behind which the path goes on: its quote stays open, or stays where it is."""
    quote = place.quote or '"'
    span = Span(place.span.start, place.span.end - len(quote) if place.closed else place.span.end)
    written = f"{lead}{quote}{value.text}"
    snippet = "" if place.closed else f"{plain_snippet(written)}$0{quote}"
    return Offer("folder", value.text, Edit(span, written), place.quote + value.text, snippet=snippet)


def _written(place: Place, text: str) -> str:
    """A text in the quotes that it was begun with, where it can be."""
    if place.syntax == "json":
        return json.dumps(text, ensure_ascii=False)
    if place.quote == "'" and "'" not in text:
        return f"'{text}'"
    if place.syntax == "yaml" and not place.quote and _SAFE_IN_YAML.fullmatch(text):
        return text
    return text_value(text)
