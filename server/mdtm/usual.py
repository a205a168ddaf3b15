"""Tells quickly that a document is as most are, so that rules about what is odd need not be asked.

Each condition may only be wider than its rules: they look again, and more closely.
"""

from __future__ import annotations

import functools
import unicodedata

from mdtm.document import Document
from mdtm.frontmatter import Frontmatter
from mdtm.joined import joined, numbered
from mdtm.markdown import Reading
from mdtm.schema import Schema
from mdtm.sessions import place_by_status
from mdtm.timeline import Timeline
from mdtm.times import day_of, in_order, is_certain
from mdtm.workspace import Workspace

_TYPES = {"text": str, "time": str, "texts": list}
_USUAL = bytes(byte for byte in range(32, 127) if byte not in b"<{(\\'") + b"\n"
"""The bytes that no placeholder, comment of a template or escape begins with."""
_PLACEHOLDERS = ("YY", "...", '"[')
"""What a placeholder holds that is made of usual characters."""
_FENCE = len("+++")


def odd_shape(frontmatter: Frontmatter, document: Document) -> bool:
    """Whether a key is not one of its schema, or has another type than it takes; files have one of a few shapes."""
    values = frontmatter.values
    return not frontmatter.is_plain or _is_odd_shape(document.schema, tuple(values), tuple(map(type, values.values())))


@functools.lru_cache(maxsize=256)
def _is_odd_shape(schema: Schema | None, keys: tuple[str, ...], types: tuple[type, ...]) -> bool:
    known = [schema.key(name) if schema else None for name in keys]
    return any(key is None or _TYPES.get(key.type) is not type for key, type in zip(known, types, strict=True))


def odd_text(frontmatter: Frontmatter, document: Document) -> bool:
    """Whether a text may be empty, padded or a placeholder, or has odd characters; or a comment or a fence may be."""
    source, whole, content = frontmatter.source, frontmatter.span, frontmatter.content
    if not frontmatter.is_plain or frontmatter.padded or "" in frontmatter.words:
        return True
    if content.start - whole.start > _FENCE + 1 or whole.end - content.end > _FENCE:
        return True
    if any(sign in source for sign in _PLACEHOLDERS):
        return True
    rare = source.encode("utf-8", "replace").translate(None, _USUAL)
    return bool(rare) and _has_odd(rare.decode())


@functools.lru_cache(maxsize=256)
def _has_odd(characters: str) -> bool:
    """Whether any of the characters is odd; those of other languages, and emoji, are not."""
    return any(sign.isascii() or unicodedata.category(sign)[0] == "C" for sign in characters)


def may_repeat(frontmatter: Frontmatter, document: Document) -> bool:
    """Whether two items of a list may be the same, or differ only in how a path is written."""
    lists = [items for items in frontmatter.values.values() if isinstance(items, list)]
    if not frontmatter.is_plain or frontmatter.padded or any(len(frozenset(items)) < len(items) for items in lists):
        return True
    whole = "\n".join([*map("\n".join, lists), ""])
    return "./" in whole or "/\n" in whole or not unicodedata.is_normalized("NFC", whole)


def odd_times(frontmatter: Frontmatter, document: Document) -> bool:
    """Whether a time is written in another way than most."""
    if not frontmatter.is_plain or document.schema is None:
        return True
    times = [text for key in document.schema.times if (text := frontmatter.values.get(key))]
    return not all(isinstance(text, str) and is_certain(text) for text in times)


def beyond_ends(timeline: Timeline, workspace: Workspace) -> bool:
    """Whether an entry may be earlier than the start of its session, later than its end, or still to come."""
    first, last = timeline.stamps
    if not first:
        return not timeline.regular
    start, end = map(timeline.document.frontmatter.text, ("start_time", "end_time"))
    within = (not start or in_order(start, first)) and (not end or in_order(last, end))
    return not within or workspace.now is None or last[:10] > day_of(workspace.now)


def odd_parts(document: Document, workspace: Workspace) -> bool:
    """Whether a log may lack its frontmatter or its section for entries, or have an odd one of either."""
    begun = log_lines(document)
    if len(begun) != 1 or begun[0][1].startswith("*") or document.frontmatter.syntax == "none":
        return True
    last = document.body[-1].after
    return not last.log or bool(last.fence)


@joined(numbered)
def log_lines(reading: Reading) -> tuple[str, ...]:
    """The lines that begin a section for entries."""
    return tuple(reading.block.lines[number] for number in reading.log_lines)


def odd_end(document: Document, workspace: Workspace) -> bool:
    """Whether the end of a session may be missing, not fit its status, or be earlier than its start."""
    start, end, place = *map(document.frontmatter.data, ("start_time", "end_time")), place_by_status(document)
    if end and not in_order(str(start), str(end)):
        return True
    return place is not None and bool(end) is not (place > 0)


def has_state_file(document: Document, workspace: Workspace) -> bool:
    """Whether a session keeps its state in a file beside its log."""
    return bool(document.dialect.state_file)
