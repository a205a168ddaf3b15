"""The comments in frontmatter of YAML, and where each may stand in TOML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mdtm.fields import Field, Value
from mdtm.frontmatter import Frontmatter
from mdtm.text import Span, Text

_HASH = re.compile(r"(?:^|(?<=[ \t\r]))#", re.MULTILINE)
_COMMENT = re.compile(r"#[^\r\n]*")
_BLOCK_HEAD = re.compile(r"[|>][^\s#]*")
"""What a YAML text of several lines begins with; a comment may follow it."""


class Comment(NamedTuple):
    """A comment of the frontmatter, and where it may stand in TOML."""

    start: int
    text: str
    key: str = ""
    """The key that it belongs to; empty for one at the end."""
    place: str = ""
    """`above` or `behind` the key, or `above item` or `behind item` in its list, or `end`; empty where none is sure."""
    item: int = -1
    """The item that it belongs to, from 0; as many as there are for one behind the last; -1 for none."""


def comments_of(frontmatter: Frontmatter, whole: Text) -> Iterator[Comment]:
    """The comments of YAML, each with the place that it certainly has; JSON has none."""
    if frontmatter.syntax != "yaml":
        return
    content = frontmatter.content
    text = whole[Span(0, content.end)]
    scalars = [span for field in frontmatter.fields for span in _scalars(field, text)]
    at, number = content.start, 0
    for hash_sign in _HASH.finditer(text, content.start):
        start = hash_sign.start()
        while number < len(scalars) and scalars[number].end <= start:
            number += 1
        if start >= at and (number == len(scalars) or start < scalars[number].start):
            comment = _COMMENT.match(text, start)
            assert comment
            at = comment.end()
            yield _placed(Comment(start, comment[0].rstrip()), frontmatter.fields, text)


def _scalars(field: Field, text: str) -> Iterator[Span]:
    """Where nothing is a comment: the keys and the single values of a field, in order."""
    yield field.key_span
    yield from _scalars_in(field.value, text)


def _scalars_in(value: Value, text: str) -> Iterator[Span]:
    for field in value.fields:
        yield from _scalars(field, text)
    for item in value.items:
        yield from _scalars_in(item, text)
    if not value.fields and not value.items:
        head = _BLOCK_HEAD.match(text, value.span.start)
        line_end = text.find("\n", value.span.start)
        yield Span(line_end, max(line_end, value.span.end)) if head and line_end >= 0 else value.span


def _placed(comment: Comment, fields: Sequence[Field], text: str) -> Comment:
    """The comment with its place, as far as that is certain."""
    line_start = max(text.rfind("\n", 0, comment.start), text.rfind("\r", 0, comment.start)) + 1
    alone = not text[line_start : comment.start].strip()
    before = [field for field in fields if field.key_span.start < comment.start]
    if before and (inside := _in_list(comment, before[-1], text, alone)):
        return inside
    if not alone:
        own = before[-1] if before else None
        on_line_of_key = own and own.key_span.start >= line_start
        return comment._replace(key=own.path[0], place="behind") if own and on_line_of_key else comment
    last = max((span.end for field in before[-1:] for span in _scalars(field, text)), default=0)
    if comment.start > line_start or comment.start < last:
        return comment
    if len(before) == len(fields):
        return comment._replace(place="end")
    return comment._replace(key=fields[len(before)].path[0], place="above")


def _in_list(comment: Comment, field: Field, text: str, alone: bool) -> Comment | None:
    """The comment with its place among the items of a list of single values; None where it has none there."""
    items = field.value.items
    if not items or any(item.fields or item.items or item.data is None for item in items):
        return None
    ends = [max(span.end for span in _scalars_in(item, text)) for item in items]
    passed = sum(item.span.start < comment.start for item in items)
    indented = text[: comment.start].endswith((" ", "\t"))
    if not alone and passed and "\n" not in text[ends[passed - 1] : comment.start]:
        last_there = passed == len(items) or "\n" in text[comment.start : items[passed].span.start]
        return comment._replace(key=field.path[0], item=passed - 1, place="behind item") if last_there else None
    if alone and (passed < len(items) or (indented and comment.start < field.value.span.end)):
        return comment._replace(key=field.path[0], item=passed, place="above item")
    return None
