"""The state file of a workflow session, `workflow-session.json`: the same fields with spans, from JSON.

The structure is read here and only sound scalars go to the `json` module, which stops at the first
fault and keeps no positions. Every text gives an answer: a broken place is one fault, its value has the
kind "broken", and what stands beside it is read as if nothing had happened.
A file without faults means here what it means to `json.loads`.
"""

from __future__ import annotations

import json
import re
from typing import cast

from mdtm.fields import Edit, Fault, Field, Kind, Value
from mdtm.text import Span

DEEPEST = 100
"""How many brackets may be open at once."""

_CLOSING = {"{": "}", "[": "]"}
_MEANT = dict.fromkeys(["None", "NULL", "Null", "nil", "undefined", "NaN", "Infinity", "-Infinity"], "null")
_MEANT |= {"True": "true", "TRUE": "true", "False": "false", "FALSE": "false"}
_BLANK = " \t\r\n"
_QUOTES = "\"'“”„‘’"

_S = r"[ \t\r\n]*"
_GOOD = r'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"'
_ON_A_LINE = r'[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*'
_INTEGER = r"-?(?:0|[1-9][0-9]*)"
_ANY_SCALAR = (
    rf"(?:(?P<boolean>true|false)|(?P<null>null)|(?P<float>{_INTEGER}(?:\.[0-9]+(?:[eE][+-]?[0-9]+)?"
    rf"|[eE][+-]?[0-9]+))|(?P<integer>{_INTEGER}))(?=[\s,\]}}\"'\[{{/#]|\Z)"
)
_PLAIN = r"[^,\[\]{}\"\r\n/#]|/(?![/*])"

_SPACE = re.compile(_S)
_COMMENT = re.compile(r"//|#|/\*")
_REST_OF_LINE = re.compile(r"[^\r\n]*")
_GOOD_STRING = re.compile(_GOOD)
_STRING = re.compile(f'"{_ON_A_LINE}"')
_STRING_OF_LINES = re.compile(
    rf'"{_ON_A_LINE}(?:[\r\n]\s*(?=[^\s"{{}}\[\],]){_ON_A_LINE})+(?:[\r\n]\s*)?"(?=[ \t]*(?:[,\]}}\r\n]|\Z))'
)
_SINGLE_QUOTED = re.compile(r"'[^'\\\r\n]*(?:\\[^\r\n][^'\\\r\n]*)*'(?!\w)")
_ESCAPE = re.compile(
    r'\\["\\/bfnrt]|\\u[0-9a-fA-F]{4}|(?P<escape>\\u[0-9a-fA-F]{0,3}|\\[^\r\n]?)|(?P<raw>\r\n|[\x00-\x1f])'
)
_SCALAR = re.compile(_ANY_SCALAR)
_WITH_COMMAS = re.compile(r"-?[0-9]+(?:,[0-9]+)+(?:\.[0-9]+)?(?![\w.]|\s*:)")
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_ODD_NUMBER = re.compile(r"(?=[+-]?\.?[0-9])([+-]?)0*(?!0)([0-9]*)(\.[0-9]*)?((?:[eE][+-]?[0-9]+)?)")
_KEY = re.compile(rf"({_GOOD}){_S}:")
_LOOSE_KEY = re.compile(rf"[{_QUOTES}]?([\w$.-]+)[{_QUOTES}]?(?={_S}:)")
_NEXT_MEMBER = re.compile(rf"{_S}(?:,{_S})?{_GOOD}{_S}:")
_NO_COLON = re.compile(rf"[ \t]*(?:(=>?)[ \t]*)?(?=[{{\[]|{_GOOD}|{_ANY_SCALAR})")
_NEXT_ITEM = re.compile(rf"[{{\['“]|{_GOOD}|{_ANY_SCALAR}")
_BARE = re.compile(rf'(?:{_PLAIN})+(?:"(?=[ \t]*(?:[,\]}}\r\n]|\Z)))?')
_STRAY = re.compile(rf'(?:{_PLAIN}|(?!{_GOOD}{_S}:)"{_ON_A_LINE}"?)+')
_BRACKET = re.compile(rf'"{_ON_A_LINE}"?|[\[\]{{}}]')


def read(text: str) -> tuple[tuple[Field, ...], tuple[Fault, ...], Value]:
    """The fields of the object that the text is, the faults in the order of the text, and the object."""
    reader = _Reader(text)
    reader.skip()
    value = reader.value(())
    if value.kind != "table":
        span = value.span if value.kind != "array" else Span(value.span.start, value.span.start + 1)
        empty = "the file is empty" if not text[span.start :].strip() else "this is no object"
        return (), (Fault("broken-json", span, f"{empty}; a state file is one object in {{ }}"),), value
    reader.finish()
    return value.fields, tuple(sorted(reader.faults, key=lambda fault: fault.span.start)), value


class _Reader:
    """A place in the text that moves on, and the faults met on the way."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 1 if text.startswith("\ufeff") else 0
        self.faults: list[Fault] = []
        self.open: list[str] = []
        """What closes the brackets that are open, outermost first."""
        self.unclosed = ""
        """What is missing at the end of the text, innermost first."""
        self.cut = False
        """Whether the end of the text was passed unread."""
        self.lost = -1
        """The end of the last stretch that is no item; what is missing behind it cannot be told."""
        self.comment_end = -1
        """The end of the last comment."""
        self.missing: tuple[str, Fault] | None = None
        """The last brackets that were missing before the end of the text, as one fault."""
        self.last_block_end = text.rfind("*/")

    def fault(self, span: Span, message: str, cure: str = "", *edits: Edit, safe: bool = True) -> None:
        self.faults.append(Fault("broken-json", span, message, cure if edits else "", edits, safe))

    def broken(self, span: Span, message: str, cure: str = "", *edits: Edit, safe: bool = True) -> Value:
        self.fault(span, message, cure, *edits, safe=safe)
        return Value("broken", span, None)

    def next(self) -> str:
        """The character at hand; empty at the end."""
        return self.text[self.at : self.at + 1]

    def taken(self, end: int) -> Span:
        """The stretch up to `end`, which is now behind us."""
        start, self.at = self.at, end
        return Span(start, end)

    def back(self, at: int) -> None:
        """Go back to `at`; what was said about the text behind it will be said again."""
        self.at = at
        while self.faults and self.faults[-1].span.start >= at:
            self.faults.pop()

    def skip(self) -> None:
        """Pass white space and comments."""
        while True:
            self.at = _end(_SPACE, self.text, self.at)
            comment = _COMMENT.match(self.text, self.at)
            if not comment:
                return
            if comment[0] == "/*" and comment.end() <= self.last_block_end:
                span = self.taken(self.text.index("*/", comment.end()) + 2)
            else:
                span = self.taken(_end(_REST_OF_LINE, self.text, self.at))
            self.comment_end = span.end
            self.fault(span, "JSON has no comments", "Remove the comment", Edit(span, ""), safe=False)

    def finish(self) -> None:
        """Judge what the text lacks or has too much of after the object."""
        self.skip()
        rest = self.text[self.at :].rstrip(_BLANK)
        if rest:
            span = self.taken(self.at + len(rest))
            edits = () if rest.strip("}]," + _BLANK) else (Edit(span, ""),)
            self.fault(span, "this stands after the end of the object", "Remove it", *edits)
        if self.unclosed and not self.cut:
            size, end = len(self.text), len(self.text.rstrip(_BLANK))
            new = "\n" + self.unclosed if size in (self.comment_end, self.lost) else self.unclosed
            message = f"the text ends here, but {self.unclosed} is missing"
            self.fault(Span(end - 1, end), message, f"Add {self.unclosed}", Edit(Span(size, size), new))

    def value(self, path: tuple[str, ...]) -> Value:
        char = self.next()
        if char == '"' or (char == "'" and _SINGLE_QUOTED.match(self.text, self.at)):
            return self.string()
        if char in _CLOSING:
            return self.container(path)
        if self.open and self.open[-1] == "}" and (number := _WITH_COMMAS.match(self.text, self.at)):
            return self.number_with_commas(number)
        if scalar := _SCALAR.match(self.text, self.at):
            return self.scalar(scalar)
        return self.bare()

    def container(self, path: tuple[str, ...]) -> Value:
        """An object or an array; members in square brackets are taken for an object."""
        start, close = self.at, _CLOSING[self.next()]
        if len(self.open) == DEEPEST:
            return self.too_deep()
        keyed = close == "}" or _KEY.match(self.text, _end(_SPACE, self.text, start + 1)) is not None
        self.at += 1
        if keyed and close == "]":
            self.fault(Span(start, self.at), "keys and values stand in { }, not in [ ]")
        fields: list[Field] = []
        items: list[Value] = []
        self.open.append(close)
        first = True
        while self.more(close, first, keyed):
            first = False
            if not keyed:
                items.append(self.value(path))
            elif field := self.member(path):
                fields.append(field)
        self.open.pop()
        span = Span(start, self.at)
        if not keyed:
            return Value("array", span, [item.data for item in items], items=tuple(items))
        self.compare_keys(fields)
        data = {field.path[-1]: field.value.data for field in fields}
        return Value("table", span, data, fields=tuple(fields))

    def compare_keys(self, fields: list[Field]) -> None:
        first: dict[str, Span] = {}
        for field in fields:
            name, span = field.path[-1], field.key_span
            if name in first:
                message = f'"{name}" stands here twice; most programs see the last one only'
                self.faults.append(Fault("duplicate-key", span, message, related=first[name]))
            first.setdefault(name, span)

    def more(self, close: str, first: bool, keyed: bool) -> bool:
        """Go to the next item; when there is none, past the closing bracket."""
        end, comma = self.at, None
        if not first and not keyed and "}" in self.open and _NEXT_MEMBER.match(self.text, end):
            self.missing_close(close, end)
            return False
        while True:
            self.skip()
            char = self.next()
            if char == ",":
                comma = self.comma(comma, first)
            elif not char or char in self.open:
                self.leave(close, end, comma)
                return False
            elif char in "}]":
                self.fault(self.taken(self.at + 1), f"this {char} closes nothing")
            elif comma or first:
                return True
            elif self.item_follows(keyed):
                self.missing_comma(end)
                return True
            else:
                end = self.stray()

    def comma(self, before: Span | None, first: bool) -> Span | None:
        """Take a comma; gives the one that separates."""
        span = self.taken(self.at + 1)
        if not before and not first:
            return span
        safe = first or self.open[-1] == "}"
        self.fault(span, "there is nothing before this comma", "Remove the comma", Edit(span, ""), safe=safe)
        return before

    def leave(self, close: str, end: int, comma: Span | None) -> None:
        """Go past the closing bracket, or say that it is missing."""
        char = self.next()
        if char and char != close:
            self.missing_close(close, end)
            return
        if comma:
            self.fault(comma, "there is nothing after this comma", "Remove the comma", Edit(comma, ""))
        self.at += len(char)
        self.unclosed += close if not char else ""

    def missing_close(self, close: str, end: int) -> None:
        """Say that a bracket should have been closed at `end`, and go back there."""
        self.back(end)
        if self.missing and self.missing[1].span.end == end:
            close = self.missing[0] + close
            self.faults.remove(self.missing[1])
        edits = (Edit(Span(end, end), close),) if end != self.lost else ()
        self.fault(Span(end - 1, end), f"{close} is missing after this", f"Add {close}", *edits)
        self.missing = close, self.faults[-1]

    def missing_comma(self, end: int) -> None:
        if end != self.lost:
            edit = Edit(Span(end, end), ",")
            self.fault(Span(end - 1, end), "a comma is missing after this", "Add the comma", edit)

    def item_follows(self, keyed: bool) -> bool:
        if not keyed:
            return _NEXT_ITEM.match(self.text, self.at) is not None
        member = _KEY.match(self.text, self.at) or _LOOSE_KEY.match(self.text, self.at)
        return member is not None or self.next() in _CLOSING

    def stray(self) -> int:
        """Pass text that belongs nowhere; gives its end."""
        found = _STRAY.match(self.text, self.at)
        size = len(found[0].rstrip(" \t")) if found else 1
        message = 'this belongs to no value; a quote inside a string is written \\"'
        self.fault(self.taken(self.at + size), message)
        self.lost = self.at
        return self.at

    def member(self, path: tuple[str, ...]) -> Field | None:
        """A key with its value; None when there is no key."""
        start = self.at
        if key := _KEY.match(self.text, start):
            name, self.at = json.loads(key[1]), key.end(1)
        elif key := _LOOSE_KEY.match(self.text, start):
            name, span = key[1], self.taken(key.end())
            cure, edit = f'Write "{name}"', Edit(span, f'"{name}"')
            self.fault(span, f"the key {name} must stand in double quotes", cure, edit)
        elif self.next() == '"' or _SINGLE_QUOTED.match(self.text, start):
            string = self.string()
            name = string.data or self.text[start + 1 : self.at].removesuffix(self.text[start])
        elif self.next() in _CLOSING:
            self.fault(Span(start, start + 1), "this value has no key")
            self.value(path)
            return None
        else:
            self.stray()
            return None
        span = Span(start, self.at)
        return Field((*path, name), span, self.value_of(span, (*path, name)))

    def value_of(self, key: Span, path: tuple[str, ...]) -> Value:
        """The value that follows a key."""
        self.skip()
        if self.next() == ":":
            self.at += 1
            after_colon = self.at
            self.skip()
            if self.next() not in ("", ",", "}", "]") and not _KEY.match(self.text, self.at):
                return self.value(path)
            self.back(after_colon)
        else:
            self.back(key.end)
            gap = _NO_COLON.match(self.text, self.at)
            if gap and not _KEY.match(self.text, gap.end()):
                edit = Edit(Span(*gap.span(1)) if gap[1] else Span(key.end, key.end), ":")
                self.fault(key, f'after the key "{path[-1]}" a colon is missing', "Add the colon", edit)
                self.at = gap.end()
                return self.value(path)
        self.lost = self.at
        self.fault(key, f'"{path[-1]}" has no value')
        return Value("broken", Span(self.at, self.at), None)

    def scalar(self, found: re.Match[str]) -> Value:
        span = self.taken(found.end())
        try:
            return Value(cast(Kind, found.lastgroup), span, json.loads(found[0]))
        except ValueError:  # Python refuses integers of more than some thousand digits
            return self.broken(span, "this number has too many digits")

    def number_with_commas(self, found: re.Match[str]) -> Value:
        span, new = self.taken(found.end()), found[0].replace(",", "")
        edits = (Edit(span, new),) if _THOUSANDS.fullmatch(found[0]) else ()
        return self.broken(span, "a number has no commas between its digits", f"Write {new}", *edits)

    def bare(self) -> Value:
        """What is no value as it stands: another language's word, an odd number, text without quotes."""
        found = _BARE.match(self.text, self.at)
        word = found[0].rstrip(" \t") if found else ""
        span = self.taken(self.at + len(word))
        new = _MEANT.get(word) or _plain_number(word)
        if new:
            return self.broken(span, f"JSON writes this as {new}", f"Write {new}", Edit(span, new))
        new = json.dumps(word.strip(_QUOTES), ensure_ascii=False)
        return self.broken(span, "text must stand in quotes", "Put it in quotes", Edit(span, new), safe=False)

    def string(self) -> Value:
        start, quote = self.at, self.next()
        if good := _GOOD_STRING.match(self.text, start):
            return Value("string", self.taken(good.end()), json.loads(good[0]))
        if quote == "'":
            return self.single_quoted()
        found = _STRING.match(self.text, start) or _STRING_OF_LINES.match(self.text, start)
        span = self.taken(found.end() if found else self.line_of_string())
        for escape in _ESCAPE.finditer(self.text, start + 1, span.end):
            self.escape(escape)
        return Value("broken", span, None)

    def single_quoted(self) -> Value:
        found = cast("re.Match[str]", _SINGLE_QUOTED.match(self.text, self.at))
        span = self.taken(found.end())
        inside = re.sub(r"\\'|\\.|\"", lambda m: {"\\'": "'", '"': '\\"'}.get(m[0], m[0]), found[0][1:-1])
        edit = Edit(span, f'"{inside}"')
        return self.broken(span, "a string must stand in double quotes", "Use double quotes", edit)

    def line_of_string(self) -> int:
        """Where a string without a closing quote ends: on its line, before a comma or bracket at the end."""
        line_end = _end(_REST_OF_LINE, self.text, self.at)
        following = _end(_SPACE, self.text, line_end)
        content = self.text[self.at + 1 : line_end]
        outside = " \t," if "{" in content or "[" in content else " \t," + "".join(self.open)
        content = content.rstrip(outside)
        end = self.at + 1 + len(content)
        edits = (Edit(Span(end, end), '"'),) if _STRING.fullmatch(f'"{content}"') else ()
        goes_on = self.text[following : following + 1] not in '"{}[],/#'
        safe = content != "" and not content.endswith('\\"') and not goes_on
        message = "the string has no closing quote"
        self.fault(Span(self.at, end), message, "Add the closing quote", *edits, safe=safe)
        return end

    def escape(self, found: re.Match[str]) -> None:
        """Judge an escape or a raw control character in a string."""
        span = Span(*found.span())
        if found["raw"]:
            new = "\\n" if found[0][0] in "\r\n" else json.dumps(found[0])[1:-1]
            self.fault(span, f"in a string this is written {new}", f"Write {new}", Edit(span, new))
        elif found["escape"]:
            edit, safe = Edit(Span(span.start, span.start), "\\"), not found[0].startswith("\\u")
            message = f"{found[0]} is no escape; a backslash itself is written \\\\"
            self.fault(span, message, "Double the backslash", edit, safe=safe)

    def too_deep(self) -> Value:
        """Pass all that a bracket holds."""
        start, depth = self.at, 0
        self.fault(Span(start, start + 1), f"more than {DEEPEST} levels of brackets")
        for found in _BRACKET.finditer(self.text, start):
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
            if not depth:
                return Value("broken", self.taken(found.end()), None)
        self.cut = True
        return Value("broken", self.taken(len(self.text)), None)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where a match at `at` ends."""
    found = pattern.match(text, at)
    return found.end() if found else at


def _plain_number(word: str) -> str:
    """A number as JSON writes it; empty when the word is none."""
    found = _ODD_NUMBER.fullmatch(word)
    if not found:
        return ""
    sign, whole, fraction, exponent = found.groups(default="")
    return sign.strip("+") + (whole or "0") + (fraction if len(fraction) > 1 else "") + exponent
