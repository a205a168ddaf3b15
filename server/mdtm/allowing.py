"""The edits of comments that allow a fault: one is written where a fault stands, one is taken away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from mdtm.comments import comments_like
from mdtm.document import Document
from mdtm.field_edit import remove_item
from mdtm.fields import Edit
from mdtm.problem import Problem
from mdtm.said import Table
from mdtm.schema.settings import SETTINGS
from mdtm.suppression import ALLOW, ALLOW_FILE, ONLY_IN_SETTINGS, Comment, string_at
from mdtm.text import Span

_ANY = re.compile("#")
WHY = "why"
"""What stands for the reason until a person writes one."""


class Insertion(NamedTuple):
    """A comment that is to be written; the reason goes between its two parts."""

    at: int
    before: str
    after: str
    for_file: bool = False

    def edit(self, reason: str) -> Edit:
        return Edit(Span(self.at, self.at), f"{self.before}{reason}{self.after}")


def allowing(document: Document, problem: Problem) -> Iterator[Insertion]:
    """The comments that should allow a fault, the one nearest to it first; none where no comment can."""
    code, frontmatter = problem.code, document.frontmatter
    if code in ONLY_IN_SETTINGS or document.name.endswith(".json"):
        return
    number = document.text.line_at(problem.span.start)
    if document.schema is not SETTINGS and number >= frontmatter.lines:
        yield _in_markdown(document, number, code)
    elif frontmatter.syntax != "json" and (
        document.schema is SETTINGS or problem.span.start in range(*frontmatter.content)
    ):
        if string := string_at(document, document.text.line_start(number)):
            number = document.text.line_at(string.span.start)
        yield _above(document, number, f"# mdtm: {ALLOW} {code}: ", "")
    if document.schema is not SETTINGS:
        yield _for_file(document, code)


def removal(document: Document, comment: Comment, index: int) -> Edit:
    """The edit that takes one of a comment's rules away, and the comment with the last."""
    codes, span = comment.codes, comment.span
    if len(codes) > 1:
        last = index == len(codes) - 1
        return (
            Edit(Span(codes[index - 1].span.end, codes[index].span.end), "")
            if last
            else Edit(Span(codes[index].span.start, codes[index + 1].span.start), "")
        )
    text = document.text
    number = text.line_at(span.start)
    line = text.line_span(number)
    if comment.alone:
        return Edit(Span(line.start, text.line_start(number + 1)), "")
    before, after = text[Span(line.start, span.start)], text[Span(span.end, line.end)]
    spaces = len(after) - len(after.lstrip(" \t")) if not before.strip() else 0
    return Edit(Span(span.start - (len(before) - len(before.rstrip(" \t"))), span.end + spaces), "")


def removal_of_rule(document: Document, table: Table, index: int) -> Edit | None:
    """The edit that takes a rule out of a table of `allow`, and the table with the last; None if comments would go."""
    rules, text = table.fields["rules"].value, document.text
    if len(rules.items) > 1:
        return remove_item(document, rules, index)
    tables = document.frontmatter.get("allow")
    inline = [item.span for item in tables.value.items] if tables else []
    if tables and table.span in inline:
        return remove_item(document, tables.value, inline.index(table.span))
    last = max(field.value.span.end for field in table.fields.values())
    lines = Span(text.line_start(text.line_at(table.span.start)), text.line_start(text.line_at(last) + 1))
    commented = any(lines.start <= one.span.start < lines.end for one in comments_like(document, _ANY))
    return None if commented else Edit(lines, "")


def _in_markdown(document: Document, number: int, code: str) -> Insertion:
    """Above the line, or the block of code it stands in; in a table, which another line would end, behind it."""
    before, after = f"<!-- mdtm: {ALLOW} {code}: ", " -->"
    line = document.text.line(number)
    if line.startswith("|"):
        return Insertion(document.text.line_start(number) + len(line.rstrip()), f" {before}", after)
    return _above(document, _beginning(document, number), before, after)


def _beginning(document: Document, number: int) -> int:
    """The line that opens the code block or the comment which a line stands in; else that line."""
    for index in reversed(range(len(document.body))):
        first = document.text.block_start(index)[0]
        reading = document.body[index]
        for inner in reversed(range(min(number - first + 1, len(reading.states)))):
            state = reading.state_before(inner)
            if not state.fence and not state.comment:
                return first + inner
    return number


def _above(document: Document, number: int, before: str, after: str) -> Insertion:
    start = document.text.line_start(number)
    line = document.text.line(number)
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    return Insertion(start, f"{indent}{before}", f"{after}{document.newline}")


def _for_file(document: Document, code: str) -> Insertion:
    """The comment at the beginning that allows a rule's faults in the whole file."""
    frontmatter = document.frontmatter
    if frontmatter.syntax in ("none", "json"):
        at = document.text.line_start(frontmatter.lines)
        return Insertion(at, f"<!-- mdtm: {ALLOW_FILE} {code}: ", f" -->{document.newline}", True)
    return Insertion(frontmatter.content.start, f"# mdtm: {ALLOW_FILE} {code}: ", document.newline, True)
