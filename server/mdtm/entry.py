"""Reads the first line of a log entry, in every form that real logs have.

- [2025-06-05T10:02:15Z] `dev-api`: text          * **2025-06-05 10:02 Prime Coordinator:** text
- 2025-06-05 10:02:15 - `dev-api` - text          [250605100215] [Roo Commander] INFO: text
- `[2025-06-05T10:02:15Z]` RooCommander: text     ## 2025-06-05T10:02 - Title
timestamp: 2025-06-05T10:02:15Z                   (the first key of a YAML block)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from mdtm.text import Span
from mdtm.times import STAMP, Moment, read_time

Form = Literal["list", "heading", "bare", "yaml"]


@dataclass(frozen=True, slots=True)
class Entry:
    """The first line of a log entry; spans count from the start of that line."""

    form: Form
    span: Span
    """The line without its end."""
    stamp: str
    """The time as it is written; empty for an entry without one."""
    stamp_span: Span
    moment: Moment | None
    """What the stamp means; None when there is no stamp, or none that can be read."""
    actor: str
    text_span: Span

    @property
    def timed(self) -> bool:
        return bool(self.stamp)


_LOOSE_STAMP = (
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
    r"(?:[Tt ][ ]*\d{1,2}[:.]\d{1,2}(?:[:.]\d{1,2}(?:[.,]\d+)?)?(?:[Zz]|[+-]\d\d:?\d\d|[ ][A-Z]{3,4}\b)?)?"
)
_HEAD = re.compile(
    r"(?P<indent>[ ]{0,3})(?:(?P<bullet>[-*+])[ \t]+(?:\[[ xX✅]\][ \t]+)?|(?P<hashes>#{2,6})[ \t]+)?"
    r"(?P<bold>\*\*|__)?(?P<tick>`)?"
    rf"(?:(?P<bracket>\[)(?P<inner>[^\]\r\n]{{0,60}})\]|(?P<stamp>{_LOOSE_STAMP})(?!\d))",
)
_IN_BRACKETS = re.compile(
    rf"(?P<stamp>{_LOOSE_STAMP}|\d{{12,14}}|\d{{8}}[-T]\d{{4,6}}|YYYY[^\]]*|\\?\{{\{{[^\]]*\}}\}}|[Tt]imestamp)"
)
_EXACT = re.compile(STAMP, re.ASCII)
_NAME_IN_BOLD = re.compile(
    r"[ \t]*(?:\((?P<in>[^)*\r\n]{1,60})\)|(?P<name>[^*\r\n:]{1,60}?))?[ \t]*:?[ \t]*(?:\*\*|__)"
)
_AFTER = re.compile(r"`?(?:\*\*|__)?[ \t]*(?:(?:[-–—]|:)(?=[ \t]|$))?[ \t]*", re.MULTILINE)
_ACTOR = re.compile(
    r"(?:`(?P<ticked>[\w@:+-]{1,60})`|\*\*(?P<bold>[^*\r\n]{1,60}?):?\*\*|\[(?P<bracket>[^\]\r\n]{1,60})\](?!\()"
    r"|\((?P<round>[\w@ .-]{1,60})\)|(?P<slug>[a-z][a-z0-9]*(?:-[a-z0-9]+)+|[A-Z][a-z]+[A-Z]\w*)"
    r"|(?P<name>[A-Z][\w.]*(?: [A-Z][\w.]*){1,2}))(?P<end>[ \t]*:[ \t]*|[ \t]+[-–—][ \t]+|[ \t]+|$)"
)
_BULLET = re.compile(r"[ ]{0,3}[-*+][ \t]+(?=\S)(?!\[.{1,2}\][ \t])(?!(?:[-*_][ \t]*){2,}$)")
_YAML_STAMP = re.compile(r"(?:timestamp|time|date):[ \t]*[\"']?(?P<stamp>[^\"'\r\n]*[^\"'\r\n \t])")
_FIRST = frozenset(" -*+#[`_0123456789")
_NO_NAMES = frozenset({"Session", "Task", "Error", "Note", "Status", "Decision", "Goal", "Result", "Phase", "Log"})


def read_entry(line: str) -> Entry | None:
    """The timed entry that a line begins, if it begins one."""
    if line[:1] not in _FIRST:
        return None
    head = _HEAD.match(line)
    if not head:
        return None
    stamp, span = head["stamp"], Span(*head.span("stamp"))
    if head["bracket"]:
        inner = _IN_BRACKETS.fullmatch(head["inner"].strip())
        if not inner:
            return None
        stamp, start = inner[0], head.start("inner") + head["inner"].index(inner[0])
        span = Span(start, start + len(stamp))
    form: Form = "list" if head["bullet"] else "heading" if head["hashes"] else "bare"
    if form == "bare" and head["tick"] and not head["bracket"]:
        return None
    span = _without_zone_word(line, span)
    return _finished(form, line, line[span.start : span.end], span, head)


def read_untimed(line: str) -> Entry | None:
    """The entry that a list item without a time is, where a log is kept."""
    bullet = _BULLET.match(line)
    if not bullet:
        return None
    end = len(line.rstrip("\r\n"))
    actor, start = _actor(line, bullet.end())
    return Entry("list", Span(0, end), "", Span(bullet.end(), bullet.end()), None, actor, Span(start, end))


def read_yaml_entry(line: str) -> Entry | None:
    """The entry whose YAML block this line begins."""
    match = _YAML_STAMP.match(line)
    if not match:
        return None
    end = len(line.rstrip("\r\n"))
    moment = read_time(match["stamp"])
    return Entry("yaml", Span(0, end), match["stamp"], Span(*match.span("stamp")), moment, "", Span(end, end))


def _without_zone_word(line: str, span: Span) -> Span:
    """The span of a stamp, less a word behind it that only looks like a zone: `10:02 INFO`."""
    raw = line[span.start : span.end]
    word = re.search(r" [A-Z]{3,4}$", raw)
    if word and not _EXACT.fullmatch(raw):
        return Span(span.start, span.start + word.start())
    return span


def _finished(form: Form, line: str, stamp: str, span: Span, head: re.Match[str]) -> Entry:
    end = len(line.rstrip("\r\n"))
    at, actor = span.end + (1 if head["bracket"] and line[span.end : span.end + 1] == "]" else 0), ""
    if head["bracket"]:
        at = head.end()
    if head["bold"] and (name := _NAME_IN_BOLD.match(line, at)):
        actor, at = (name["in"] or name["name"] or "").strip(" -"), name.end()
    after = _AFTER.match(line, at)
    at = after.end() if after else at
    if not actor:
        actor, at = _actor(line, at)
    return Entry(form, Span(0, end), stamp, span, read_time(stamp), actor, Span(min(at, end), end))


def _actor(line: str, at: int) -> tuple[str, int]:
    """Who acted, when the text at `at` begins with that, and where the rest begins."""
    match = _ACTOR.match(line, at)
    if not match:
        return "", at
    kind = match.lastgroup if match.lastgroup != "end" else next(k for k, v in match.groupdict().items() if v)
    name = match[kind or 0]
    if not match["end"].strip() and kind not in {"ticked", "bracket", "round"}:
        return "", at
    if kind == "name" and name.split()[0] in _NO_NAMES:
        return "", at
    if kind == "ticked" and not match["end"].strip():
        return name, at  # "`dev-api` finished …": the name is part of the sentence
    return name, match.end()
