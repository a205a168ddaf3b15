"""What may be written behind the frontmatter: entries, who acts, kinds of events, ids, and targets of links."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from mdtm.document import Document
from mdtm.features.completions.entries import kinds_in_use, suggestions
from mdtm.features.completions.named import actors, named
from mdtm.features.completions.offer import NOTHING, About, Offer, Surroundings, by_title, plain_snippet, stop
from mdtm.features.completions.paths import Reached, artifacts_of, reached
from mdtm.features.names.mentions import session_folder_of
from mdtm.features.names.renaming import encoded
from mdtm.features.names.words import KIND_BY_PREFIX
from mdtm.features.shape.entry_forms import FORMS, parts_of, pieces_of
from mdtm.fields import Edit
from mdtm.text import Span

_ID = re.compile(r"(?<![\w-])(?P<begun>(?P<prefix>{})-[\w.-]*)\Z".format("|".join(KIND_BY_PREFIX)))
_BEGUN_ID = re.compile(r"(?<![\w`-])(?P<begun>[A-Z]{2,7})\Z")
"""The beginning of a word that may become an id."""
_CODE = re.compile(r"`(?P<begun>[^\s`]*)\Z")
_REST_OF_ID = re.compile(r"[\w.-]*")
_LINK = re.compile(r"\]\((?P<begun>[^\s()<>]*)\Z")
_REST_OF_LINK = re.compile(r"[^\s()<>]*")
_ARTIFACT = re.compile(r"(?:^|[\s`(\"'])(?P<begun>(?:artifacts|notes|learnings|summaries)/[^\s`()\"']*)\Z")
_REST_OF_PATH = re.compile(r"[^\s`()\"']*")
_ACTOR = re.compile(r"[ ]{0,3}[-*+][ \t]+\[[^\]]+\][ \t]+(?P<begun>`?[\w@.+-]*)\Z")
_REST_OF_ACTOR = re.compile(r"[\w@.+-]*`?:?[ ]?")
_TEXT = re.compile(r"[ ]{0,3}[-*+][ \t]+\[[^\]]+\][ \t]+`[^`]+`:[ \t]*(?P<begun>[A-Za-z]*(?: [a-z]*)?)\Z")


def prose_offers(document: Document, offset: int, around: Surroundings) -> Iterator[Offer]:
    """What may be written at an offset that is in no frontmatter."""
    number = document.text.line_at(offset)
    line = document.text.line_span(number)
    before, behind = document.text[Span(line.start, offset)], document.text[Span(offset, max(offset, line.end))]
    if match := _LINK.search(before):
        span = _span(match, line.start, offset, behind, _REST_OF_LINK)
        yield from (_path(one, span) for one in reached(around.files, document.folder, match["begun"]))
    elif match := _ID.search(before):
        yield from _ids(document, _span(match, line.start, offset, behind, _REST_OF_ID), [match["prefix"]], around)
    elif (match := _BEGUN_ID.search(before)) and (prefixes := _prefixes(match["begun"])):
        span = _span(match, line.start, offset, behind, _REST_OF_ID)
        yield from _ids(document, span, prefixes, around)
    elif document.is_in_log(number):
        yield from _in_log(document, offset, before, behind, around)


def id_offers(document: Document, offset: int, around: Surroundings) -> Iterator[Offer]:
    """The ids that may be meant where one is begun, be it in a text of the frontmatter."""
    line = document.text.line_span(document.text.line_at(offset))
    match = _ID.search(document.text[Span(line.start, offset)])
    if match:
        behind = document.text[Span(offset, line.end)]
        yield from _ids(document, _span(match, line.start, offset, behind, _REST_OF_ID), [match["prefix"]], around)


def _in_log(document: Document, offset: int, before: str, behind: str, around: Surroundings) -> Iterator[Offer]:
    start = offset - len(before)
    if match := _ARTIFACT.search(before):
        span = _span(match, start, offset, behind, _REST_OF_PATH)
        found = artifacts_of(around.files, session_folder_of(document), document.dialect, frozenset())
        yield from (_path(one, span) for one in found)
    elif (match := _TEXT.fullmatch(before)) and not behind.strip():
        yield from _kinds(document, Span(start + match.start("begun"), offset))
    elif match := _ACTOR.fullmatch(before):
        ticked = match["begun"].startswith("`")
        span = _span(match, start, offset, behind if ticked else "", _REST_OF_ACTOR)
        for name in actors(document, around):
            yield Offer("actor", name, Edit(span, f"`{name}`: "), f"`{name}" if ticked else name, "who acts")
        if not ticked and not behind.strip():
            yield from _kinds(document, span)
    elif (match := _CODE.search(before)) and before.count("`") % 2:
        yield from _names(document, _span(match, start, offset, behind, _REST_OF_PATH), around)
    else:
        for entry in suggestions(document, offset, around.now, around.actor):
            snippet = plain_snippet(entry.opening) + form_snippet(entry.kind) if entry.kind else ""
            label, filter = entry.label, before + entry.label
            yield Offer("entry", label, entry.edit, filter, entry.detail, "", snippet, About("event", entry.kind))


def _kinds(document: Document, span: Span) -> Iterator[Offer]:
    """How the text of an entry begins, for each kind of event."""
    for kind in kinds_in_use(document):
        phrase = pieces_of(kind.name)[0].rstrip("`")
        snippet, about = form_snippet(kind.name), About("event", kind.name)
        yield Offer("entry", phrase.rstrip(" :"), Edit(span, phrase), phrase, kind.meaning, "", snippet, about)


def form_snippet(kind: str) -> str:
    """The text of an entry with a place for each thing that it tells."""
    if kind not in FORMS:
        return ""
    first, *others = pieces_of(kind)
    stops = [stop(number, part.name) for number, part in enumerate(parts_of(kind), 1)]
    filled = (place + plain_snippet(rest) for place, rest in zip(stops, others, strict=True))
    return plain_snippet(first) + "".join(filled)


def _ids(document: Document, span: Span, prefixes: Collection[str], around: Surroundings) -> Iterator[Offer]:
    """The ids that begin in some ways, kind by kind."""
    begun = tuple(f"{prefix}-" for prefix in prefixes)
    for kind in dict.fromkeys(KIND_BY_PREFIX[prefix] for prefix in prefixes):
        for one in named(document, kind, frozenset(), around):
            if one.id.startswith(begun):
                filter = by_title(one.id, one.title)
                yield Offer(one.kind, one.id, Edit(span, one.id), filter, one.title, one.status, about=one.about)


def _prefixes(begun: str) -> list[str]:
    """How the ids begin that a word may become."""
    return [prefix for prefix in KIND_BY_PREFIX if prefix.startswith(begun)]


def _names(document: Document, span: Span, around: Surroundings) -> Iterator[Offer]:
    """What stands in backticks in the text of an entry: ids, the artifacts of the session, those who act."""
    yield from _ids(document, span, [*KIND_BY_PREFIX], around)
    for one in artifacts_of(around.files, session_folder_of(document), document.dialect, frozenset()):
        yield _path(one, span)
    for name in actors(document, around):
        yield Offer("actor", name, Edit(span, name), name)


def _path(one: Reached, span: Span) -> Offer:
    about = NOTHING if one.is_folder else About("file", one.path)
    written = encoded(one.written)
    return Offer("folder" if one.is_folder else "file", one.written, Edit(span, written), written, about=about)


def _span(match: re.Match[str], line: int, offset: int, behind: str, rest: re.Pattern[str]) -> Span:
    """What is begun, with what belongs to it behind the cursor."""
    more = rest.match(behind)
    return Span(line + match.start("begun"), offset + (more.end() if more else 0))
