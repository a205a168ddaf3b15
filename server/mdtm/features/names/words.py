"""What a text names, in whatever document it stands: sessions, tasks and sprints by their ids, files by their paths."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from mdtm.dialect import TASK_ROOTS
from mdtm.marks import read_mentions
from mdtm.paths import decoded, without_place
from mdtm.text import Span

Kind = Literal["session", "task", "sprint", "file"]
KIND_BY_PREFIX: dict[str, Kind] = {
    "TASK": "task", "BUG": "task", "FEAT": "task", "CHORE": "task", "SPIKE": "task",
    "SESSION": "session", "SESS": "session", "WFS": "session", "SPRINT": "sprint",
}  # fmt: skip
"""How ids begin that are known wherever they stand."""
FILE_ENDS = (".md", ".json", ".toml", ".txt", ".yaml", ".yml", ".csv")
"""How a word in backticks ends that names a file without its folder."""


class Word(NamedTuple):
    """An id, or a path without the place in the file that it may go on with."""

    kind: Kind
    name: str
    span: Span
    linked: bool = False
    """Whether it is the target of a link, which counts from the file's own folder."""


_ID = re.compile(
    r"(?:{})-(?:(?=[^\s/]*\d)|(?<=WFS-))\w+(?:(?:-+|\.)\w+)*".format("|".join(sorted(KIND_BY_PREFIX, reverse=True)))
)
_SPRINT, _BEFORE_NUMBER = re.compile(r"SPRINT-(\d+)"), ('"', "'", "rint-", "RINT-", "rint ", "RINT ")
_INSIDE_WORD = re.compile(r"[\w-]\Z")
_MARKER = ".active-"
_CODE = re.compile(r"`([^`\s]+)`")
_DEFINED = re.compile(r"^ {0,3}\[[^\]\r\n]+\]:[ \t]+(<[^<>\r\n]+>|\S+)", re.MULTILINE)
_ROOTED = re.compile(r"(?:{})/[\w@+%~./-]*[\w/]".format("|".join(map(re.escape, TASK_ROOTS))))
"""A path that begins with the folder of one of the systems is known in plain words too."""
_INSIDE_PATH = re.compile(r"[\w./~%-]\Z")
_NO_PATH = re.compile(r"[a-zA-Z][\w+.-]+:(?!\d)|#|//|[^/]*[{}<>*|\"]")
"""How web addresses, places in the same file and their like begin."""


def read_id(text: str) -> tuple[Kind, str] | None:
    """What a whole text names when it is an id by its form."""
    match = _ID.fullmatch(text)
    return (KIND_BY_PREFIX[text.partition("-")[0]], text) if match else None


def words_of(kind: Kind, own_id: str) -> tuple[str, ...]:
    """What a text holds that names something by its id: one of these at least; a sprint may be given by its number."""
    number = _SPRINT.fullmatch(own_id) if kind == "sprint" else None
    return (own_id, *(f"{sign}{number[1]}" for sign in _BEFORE_NUMBER)) if number else (own_id,)


def path_in(text: str) -> str:
    """The path that a text is, without the place in the file; empty when it is an address or no path at all."""
    return "" if _NO_PATH.match(text) else without_place(text).rstrip("?")


def read_words(text: str) -> list[Word]:
    """All that a text names, in its order; what is part of a path is no name of its own."""
    mentions = [mention.span for mention in read_mentions(text)]
    found = apart([], _links(text, mentions))
    found = apart(found, _code(text))
    found = apart(found, _plain_paths(text, mentions))
    return apart(found, _ids(text))


def apart(found: list[Word], more: Iterable[Word]) -> list[Word]:
    """Words in the order of the text with more of them; those that lie in others are left out."""
    starts, free, last = [word.span.start for word in found], list[Word](), 0
    for word in more:
        start, end = word.span
        after = bisect(starts, start)
        before = max(last, found[after - 1].span.end if after else 0)
        if before <= start and (after == len(found) or end <= starts[after]):
            free.append(word)
            last = end
    return sorted([*found, *free], key=lambda word: word.span) if free else found


def _links(text: str, mentions: Iterable[Span]) -> Iterator[Word]:
    spans = [span for span in mentions if text.startswith("](", span.start - 2)]
    if "]:" in text:
        spans = sorted([*spans, *(Span(*match.span(1)) for match in _DEFINED.finditer(text))])
    for span in spans:
        yield from _path(text, span, linked=True)


def _code(text: str) -> Iterator[Word]:
    for match in _CODE.finditer(text):
        word = without_place(match[1]) if ":" in match[1] or "#" in match[1] else match[1]
        if "/" in word or (word.endswith(FILE_ENDS) and not _ID.match(word)):
            yield from _path(text, Span(*match.span(1)))


def _plain_paths(text: str, mentions: Iterable[Span]) -> Iterator[Word]:
    rooted = [Span(*match.span()) for match in _ROOTED.finditer(text) if not _behind(_INSIDE_PATH, text, match.start())]
    for span in sorted([*rooted, *mentions], key=lambda span: (span.start, -span.end)):
        yield from _path(text, span)


def _path(text: str, span: Span, linked: bool = False) -> Iterator[Word]:
    """The path at a span, less the brackets around it."""
    if text[span.start] == "<":
        span = Span(span.start + 1, span.end - 1)
    written = path_in(text[span.start : span.end])
    if written:
        name = decoded(written) if linked else written
        yield Word("file", name, Span(span.start, span.start + len(written)), linked)


def _ids(text: str) -> Iterator[Word]:
    for match in _ID.finditer(text):
        start = match.start()
        if _behind(_INSIDE_WORD, text, start) and not text.endswith(_MARKER, 0, start):
            continue
        name = match[0].removesuffix(".md")
        yield Word(KIND_BY_PREFIX[name.partition("-")[0]], name, Span(start, start + len(name)))


def _behind(pattern: re.Pattern[str], text: str, at: int) -> bool:
    """Whether a pattern of one character matches the one before a place."""
    return at > 0 and pattern.match(text, at - 1, at) is not None
