"""Finds the two `+++` lines of a file, also where one is missing or does not stand alone."""

from __future__ import annotations

import re

from mdtm.fence_lines import (
    BOM,
    COMMENT_OR_BLANK,
    DAMAGED_FENCE,
    FENCE,
    GLUED_FENCE,
    INLINE_FENCE,
    KNOWN_KEY,
    LIKE_A_FENCE,
    LINES_BEFORE,
    SEARCHED_LINES,
    STATEMENT,
    YAML_FENCE,
    Fences,
    closing_line,
    end_of_statements,
    first_line,
    keys_follow,
)
from mdtm.fields import Edit, Fault
from mdtm.text import Span, Text


def may_have_fences(text: str) -> bool:
    """Whether it is worth looking for frontmatter: a text without one of these signs has none."""
    return "++" in text or "=" in text or text.lstrip().removeprefix(BOM).lstrip().startswith("---")


def find_fences(text: Text) -> Fences | None:
    """Where the frontmatter stands; None when the file has none."""
    return _usual(text) or _unusual(text)


def _usual(text: Text) -> Fences | None:
    """The fences that nearly every file has: on the first line and soon after it, each alone on its line."""
    whole = text.blocks[0].text
    closing = whole.find("\n+++\n", 3) + 1
    if not closing or not whole.startswith("+++\n"):
        return None
    content = whole[4:closing]
    if content.startswith((BOM, "+++")) or "\n+++" in content or "\r" in content:
        return None
    return Fences("toml", Span(0, closing + 3), Span(4, closing), (), True, content.count("\n") + 2)


def _unusual(text: Text) -> Fences | None:
    number, start = first_line(text)
    line = text.line(number).removeprefix(BOM)
    damaged = DAMAGED_FENCE.match(line) and closing_line(text, number + 1) is not None
    if (LIKE_A_FENCE.match(line) or damaged) and not FENCE.match(line) and keys_follow(text, number):
        return _mistaken(text, number, start)
    if line.startswith("+++"):
        return _opened(text, number, start, line)
    if YAML_FENCE.match(line):
        return _yaml(text, number, start)
    if (STATEMENT.match(line) or line.startswith("#")) and (found := _unopened(text, start)):
        return found
    return _displaced(text, number)


def _opened(text: Text, number: int, start: int, line: str) -> Fences:
    faults = [*_blank_lines_before(text, start)]
    content = text.line_start(number + 1)
    if number + 1 < text.line_count and text.line(number + 1).startswith(BOM):
        content += 1
    if not FENCE.match(line):
        if inline := INLINE_FENCE.search(line, 3):
            return _on_one_line(start, line, inline, faults)
        content = start + 3 if STATEMENT.match(line, 3) else content
        faults.append(_not_alone(start, line))
    closing = closing_line(text, number + 1)
    if closing is not None:
        end = text.line_span(closing).end
        return Fences("toml", Span(start, end), Span(content, text.line_start(closing)), tuple(faults), True)
    return _unclosed(text, number, start, content, faults)


def _unclosed(text: Text, number: int, start: int, content: int, faults: list[Fault]) -> Fences:
    """Frontmatter that ends where its keys end, or at a line that was meant to be `+++`."""
    end = end_of_statements(text, number + 1)
    if glued := _glued(text, number, start, content, end):
        return glued._replace(faults=(*faults, *glued.faults))
    meant = text.line_at(end)
    while meant < text.line_count - 1 and not text.line(meant).strip():
        meant += 1
    line = text.line(meant)
    if meant > number and (LIKE_A_FENCE.match(line) or DAMAGED_FENCE.match(line)) and not FENCE.match(line):
        place = text.line_span(meant)
        faults.append(_mistaken_fence("missing-closing-fence", place, "ends"))
        return Fences("toml", Span(start, place.end), Span(content, place.start), tuple(faults), True)
    faults.append(_missing_closing(text, start, end))
    return Fences("toml", Span(start, end), Span(content, end), tuple(faults), False)


def _glued(text: Text, number: int, start: int, content: int, end: int) -> Fences | None:
    """Frontmatter whose closing `+++` stands behind the last value."""
    for last in range(number, text.line_at(max(start, end - 1)) + 1):
        line = text.line(last)
        if match := GLUED_FENCE.search(line):
            behind, fence = text.line_start(last) + match.start(), text.line_start(last) + match.start(1)
            place, edit = Span(fence, fence + 3), Edit(Span(behind, fence), "\n")
            message = "+++ stands alone on its line"
            fault = Fault("missing-closing-fence", place, message, "Begin a new line", (edit,))
            return Fences("toml", Span(start, place.end), Span(content, behind), (fault,), True)
    return None


def _mistaken(text: Text, number: int, start: int) -> Fences:
    """Keys behind a line like `++` or `---`."""
    faults = [_mistaken_fence("missing-opening-fence", Span(start, text.line_span(number).end), "begins")]
    content = text.line_start(number + 1)
    closing = closing_line(text, number + 1)
    if closing is not None and text.line_start(closing) <= _unclosed(text, number, start, content, []).span.end + 4:
        end = text.line_span(closing).end
        return Fences("toml", Span(start, end), Span(content, text.line_start(closing)), tuple(faults), True)
    return _unclosed(text, number, start, content, faults)


def _mistaken_fence(code: str, place: Span, does: str) -> Fault:
    return Fault(code, place, f"the frontmatter {does} with a line +++", "Write +++", (Edit(place, "+++"),))


def _displaced(text: Text, first: int) -> Fences | None:
    """Frontmatter with other text before it, such as a title."""
    for number in range(first + 1, min(text.line_count, first + LINES_BEFORE)):
        line = text.line(number)
        if FENCE.match(line) and keys_follow(text, number):
            closing = closing_line(text, number + 1)
            if closing is None:
                return None
            start, end = text.line_start(number), text.line_span(closing).end
            content = Span(text.line_start(number + 1), text.line_start(closing))
            return Fences("toml", Span(start, end), content, (_text_before(text, start, end),), True)
    return None


def _text_before(text: Text, start: int, end: int) -> Fault:
    before = Span(1 if text.line(0).startswith(BOM) else 0, start)
    moved = "\n\n" + text[before].replace("\r\n", "\n").strip("\n")
    edits = (Edit(before, ""), Edit(Span(end, end), moved))
    message = "the frontmatter begins on the first line, and this text stands before it"
    place = text.line_span(text.line_at(before.start))
    return Fault("missing-opening-fence", place, message, "Move the text behind it", edits, safe=False)


def _blank_lines_before(text: Text, start: int) -> tuple[Fault, ...]:
    before = Span(1 if text.line(0).startswith(BOM) else 0, start)
    if before.start >= before.end:
        return ()
    message = "the frontmatter begins on the first line"
    place = Span(start, start + 3)
    return (Fault("missing-opening-fence", place, message, "Remove the blank lines", (Edit(before, ""),)),)


def _not_alone(start: int, line: str) -> Fault:
    """What follows `+++` on its line gets a line of its own, as a comment when it is no key."""
    rest = line[3:].strip()
    begin = start + line.index(rest, 3)
    slashes = 2 if rest.startswith("//") else 0
    new = "\n#" if slashes else "\n" if STATEMENT.match(rest) or rest.startswith("#") else "\n# "
    edit = Edit(Span(start + 3, begin + slashes), new)
    place = Span(begin, begin + len(rest))
    return Fault("missing-opening-fence", place, "+++ stands alone on its line", "Begin a new line", (edit,))


def _on_one_line(start: int, line: str, inline: re.Match[str], faults: list[Fault]) -> Fences:
    """`+++ id = "…" +++ text`: everything on one line."""
    first = len(line) - len(line[3:].lstrip(" \t"))
    last = len(line[: inline.end() - 3].rstrip(" \t"))
    edits = [Edit(Span(3, first), "\n"), Edit(Span(last, inline.end() - 3), "\n")]
    rest = line[inline.end() :]
    if rest.strip():
        edits.append(Edit(Span(inline.end(), len(line) - len(rest.lstrip(" \t"))), "\n"))
    placed = tuple(Edit(span.moved(start), new) for span, new in edits)
    message = "+++ stands alone on its line"
    faults.append(Fault("missing-opening-fence", Span(start, start + 3), message, "Begin new lines", placed))
    span = Span(start, start + inline.end())
    return Fences("toml", span, Span(start + 3, start + last), tuple(faults), True)


def _yaml(text: Text, number: int, start: int) -> Fences | None:
    for closing in range(number + 1, min(text.line_count, number + SEARCHED_LINES)):
        if YAML_FENCE.match(text.line(closing)):
            content = Span(text.line_start(number + 1), text.line_start(closing))
            return Fences("yaml", Span(start, text.line_span(closing).end), content, (), True)
    return None


def _unopened(text: Text, start: int) -> Fences | None:
    """Keys that no `+++` opens, closed by one or by nothing."""
    first_key: Span | None = None
    known = 0
    for number in range(min(text.line_count, SEARCHED_LINES)):
        line = text.line(number).removeprefix(BOM)
        if FENCE.match(line):
            return first_key and _only_closed(text, start, number, first_key)
        if first_key is None and STATEMENT.match(line):
            first_key = text.line_span(number)
        elif first_key is None and not COMMENT_OR_BLANK.match(line):
            return None
        known += bool(KNOWN_KEY.match(line))
    if first_key is None or known < 2 or first_key.start > start:
        return None
    end = end_of_statements(text, 0)
    faults = (_missing_opening(start, first_key), _missing_closing(text, start, end))
    return Fences("toml", Span(start, end), Span(start, end), faults, False)


def _only_closed(text: Text, start: int, closing: int, first_key: Span) -> Fences:
    content = Span(start, text.line_start(closing))
    fault = _missing_opening(start, first_key)
    return Fences("toml", Span(start, text.line_span(closing).end), content, (fault,), True)


def _missing_opening(start: int, first_key: Span) -> Fault:
    edit = Edit(Span(start, start), "+++\n")
    message = "the frontmatter does not begin with a line +++"
    return Fault("missing-opening-fence", first_key, message, "Add the line +++", (edit,))


def _missing_closing(text: Text, start: int, end: int) -> Fault:
    at_line_start = end == 0 or text.line_start(text.line_at(end)) == end
    edit = Edit(Span(end, end), "+++\n" if at_line_start else "\n+++\n")
    message = "the frontmatter does not end with a line +++"
    return Fault("missing-closing-fence", Span(start, start + 3), message, "Add the line +++", (edit,))
