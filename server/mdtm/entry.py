"""Reads the first line of a log entry, in every form that real logs have.

- [2025-06-05T10:02:15Z] `dev-api`: text          * **2025-06-05 10:02 Prime Coordinator:** text
- 2025-06-05 10:02:15 - `dev-api` - text          [250605100215] [Roo Commander] INFO: text
- `[2025-06-05T10:02:15Z]` RooCommander: text     ## 2025-06-05T10:02 - Title
timestamp: 2025-06-05T10:02:15Z                   (the first key of a YAML block)
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from mdtm.text import Span
from mdtm.times import CERTAIN, STAMP, Moment, read_time

Form = Literal["list", "heading", "bare", "yaml"]


class Who(NamedTuple):
    """Who acted, as far as a line says."""

    name: str
    start: int
    """Where the name begins, with what marks it; where there is none, the text."""
    end: int
    """Where the text begins that says what was done."""
    certain: bool = False
    """Whether it surely is a name: in backticks, or a mode in brackets, with a colon or a dash behind it."""


class Entry(NamedTuple):
    """The first line of a log entry; spans count from the start of that line.

    Only where the time stands is found out when the line is read, the rest when it is asked for.
    """

    form: Form
    line: str
    """The line without its end."""
    stamp_span: Span
    """The time as it is written; empty for an entry without one."""
    after: int = 0
    """The offset behind the time and its bracket."""
    bold: bool = False
    """Whether the time stands in bold text, which may hold a name too."""

    @property
    def span(self) -> Span:
        return Span(0, len(self.line))

    @property
    def stamp(self) -> str:
        return self.line[self.stamp_span.start : self.stamp_span.end]

    @property
    def timed(self) -> bool:
        return self.stamp_span.start < self.stamp_span.end

    @property
    def moment(self) -> Moment | None:
        """What the stamp means; None when there is no stamp, or none that can be read."""
        return read_time(self.stamp)

    @property
    def actor(self) -> str:
        """Who did it; empty when the entry does not say."""
        return self.who.name

    @property
    def who(self) -> Who:
        """The same with its place."""
        return _who(self)

    @property
    def text(self) -> str:
        """What was done, as far as the line says."""
        return self.line[self.text_span.start :]

    @property
    def text_span(self) -> Span:
        """Where that stands."""
        return Span(min(self.who.end, len(self.line)), len(self.line))


_LOOSE_STAMP = (
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
    r"(?:(?:[Tt ][ ]*\d{1,2}:\d{1,2}(?:[:.]\d{1,2}(?:[.,]\d+)?)?|[Tt]\d\d[.-]\d\d(?:[.-]\d\d)?)"
    r"(?:[Zz]|[ ]?[+-]\d\d:?\d\d|[ ][A-Z]{3,4}\b)?)?"
)
"""What is meant for a time, be it one or not."""
_HEAD = re.compile(
    r"(?P<indent>[ ]{0,3})(?:(?P<bullet>[-*+])[ \t]+(?:\[[ xX✅]\][ \t]+)?|(?P<hashes>#{2,6})[ \t]+)?"
    r"(?P<bold>\*\*|__)?(?P<tick>`)?"
    rf"(?:(?P<bracket>\[)(?P<inner>[^\]\r\n]{{0,60}})\]|(?P<stamp>{_LOOSE_STAMP})(?!\d))",
)
_IN_BRACKETS = re.compile(
    rf"(?P<stamp>{_LOOSE_STAMP}|\d{{12,14}}|\d{{8}}[-T]\d{{4,6}}Z?|YYYY[^\]]*|\\?\{{\{{[^\]]*\}}\}}|[Tt]imestamp)"
)
_LAST_WORD = re.compile(r" [A-Z]{3,4}$")
_USUAL = re.compile(rf"- \[({CERTAIN})\]", re.ASCII)
_EXACT = re.compile(STAMP, re.ASCII)
_NAME_IN_BOLD = re.compile(
    r"[ \t]{0,4}(?:\((?P<in>[^)*\r\n]{1,60})\)|(?P<name>[^*\r\n:]{1,60}?))?[ \t]{0,4}:?[ \t]{0,4}(?:\*\*|__)"
)
_AFTER = re.compile(r"`?(?:\*\*|__)?[ \t]*(?:[-–—:](?=[ \t]|$)[ \t]*)?", re.MULTILINE)
_ACTOR = re.compile(
    r"(?:`(?P<ticked>[\w@:+-]{1,60}|[\w@:+.' -]{1,60}(?=`[ \t]*:))`"
    r"|\*\*(?P<bold>[^*\r\n]{1,60}?):?\*\*|\[(?P<bracket>[^\]\r\n]{1,60})\](?!\()"
    r"|\((?P<round>[\w@ .-]{1,60})\)|(?P<slug>[a-z][a-z0-9]*(?:-[a-z0-9]+)+|[A-Z][a-z]+[A-Z]\w*)"
    r"|(?P<name>[A-Z][\w.]*(?: [A-Z][\w.]*){0,2}|[a-z][\w-]*(?=[ \t]+[-–—][ \t]|:[ \t])))"
    r"(?P<end>[ \t]*:[ \t]*|[ \t]+[-–—][ \t]+|[ \t]+|$)"
)
_MODE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")
_BULLET = re.compile(r"[ ]{0,3}[-*+][ \t]+(?=\S)(?!\[.{1,2}\][ \t])(?!(?:[-*_][ \t]*){2,}$)")
_ODD_STAMP = re.compile(r"[ ]{0,3}[-*+][ \t]+(?:\*\*|__|`)?\[(?P<stamp>[^\]\r\n]{3,40})\](?!\()")
_LIKE_A_TIME = re.compile(
    r"\d{1,2}[:.]\d{2}|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{8}|[<{].*time|\b(?:yesterday|today|tomorrow|now)\b", re.I
)
_YAML_STAMP = re.compile(r"(?:timestamp|time|date):[ \t]*[\"']?(?P<stamp>[^\"'\r\n]*[^\"'\r\n \t])")
_ACTOR_KINDS = ("ticked", "bold", "bracket", "round", "slug", "name")
_FIRST = frozenset(" -*+#[`_0123456789")
_NO_NAMES = frozenset({
    "session", "task", "error", "note", "status", "decision", "goal", "result", "phase", "log", "info", "warning",
    "update", "updated", "start", "started", "end", "ended", "complete", "completed", "paused", "resumed", "created",
    "fixed", "added", "next", "todo", "done", "summary", "action", "outcome", "reason", "context", "details", "debug",
    "step", "artifact", "test", "tests", "commit", "build", "success", "failed", "finished", "changed", "removed",
    "verified", "issue", "problem", "solution", "question", "answer", "plan", "review", "file", "files",
})  # fmt: skip
"""Words that begin a sentence of a log, and are nobody's name."""


is_usual = _USUAL.match
"""Whether a line begins an entry in the form that templates have, with a time that exists, as most do."""
STAMP_PLACE = slice(3, 23)
"""Where such an entry has its time: the last character is the `Z`, or the bracket where there is none."""


def read_entry(line: str) -> Entry | None:
    """The timed entry that a line begins, if it begins one."""
    if usual := is_usual(line):
        return Entry("list", line.rstrip("\r\n"), Span(*usual.span(1)), usual.end())
    if line[:1] not in _FIRST:
        return None
    head = _HEAD.match(line)
    if not head:
        return None
    span = Span(*head.span("stamp"))
    if head["bracket"]:
        inner = _IN_BRACKETS.fullmatch(head["inner"].strip())
        if not inner:
            return None
        start = head.start("inner") + head["inner"].index(inner[0])
        span = Span(start, start + len(inner[0]))
    form: Form = "list" if head["bullet"] else "heading" if head["hashes"] else "bare"
    if form == "bare" and head["tick"] and not head["bracket"]:
        return None
    span = _without_zone_word(line, span)
    after = head.end() if head["bracket"] else span.end
    return Entry(form, line.rstrip("\r\n"), span, after, bool(head["bold"]))


def read_untimed(line: str) -> Entry | None:
    """The entry that a list item is where a log is kept, without a time or with one in a spelling of its own."""
    odd = _ODD_STAMP.match(line)
    if odd and _LIKE_A_TIME.search(odd["stamp"]):
        return Entry("list", line.rstrip("\r\n"), Span(*odd.span("stamp")), odd.end())
    bullet = _BULLET.match(line)
    return Entry("list", line.rstrip("\r\n"), Span(bullet.end(), bullet.end()), bullet.end()) if bullet else None


def read_yaml_entry(line: str) -> Entry | None:
    """The entry whose YAML block this line begins."""
    match = _YAML_STAMP.match(line)
    return Entry("yaml", line.rstrip("\r\n"), Span(*match.span("stamp")), match.end()) if match else None


def _without_zone_word(line: str, span: Span) -> Span:
    """The span of a stamp, less a word behind it that only looks like a zone: `10:02 INFO`."""
    raw = line[span.start : span.end]
    word = _LAST_WORD.search(raw)
    if word and not _EXACT.fullmatch(raw):
        return Span(span.start, span.start + word.start())
    return span


def _who(entry: Entry) -> Who:
    line, at = entry.line, entry.after
    if entry.form == "yaml":
        return Who("", len(line), len(line))
    if entry.bold and (name := _NAME_IN_BOLD.match(line, at)):
        start, at = at, _AFTER.match(line, name.end()).end()  # type: ignore[union-attr]
        if actor := (name["in"] or name["name"] or "").strip(" -"):
            return Who(actor, start, at)
    elif entry.stamp_span.start < entry.stamp_span.end:
        at = _AFTER.match(line, at).end()  # type: ignore[union-attr]
    return _actor(line, at)


def _actor(line: str, at: int) -> Who:
    """Who acted, when the text at `at` begins with that."""
    match = _ACTOR.match(line, at)
    if not match:
        return Who("", at, at)
    kind = next(kind for kind in _ACTOR_KINDS if match[kind])
    name, closed = match[kind], bool(match["end"].strip())
    if kind == "ticked" and not closed:
        return Who(name, at, at)  # "`dev-api` finished …": the name is part of the sentence
    if not closed and kind in ("bold", "slug", "name"):
        return Who("", at, at)
    if kind == "name" and name.split()[0].lower() in _NO_NAMES:
        return Who("", at, at)
    mode = kind == "round" and closed and _MODE.fullmatch(name) is not None
    return Who(name, at, match.end(), kind == "ticked" or mode)
