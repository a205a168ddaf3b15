"""Reads one JSON scalar: a string, a number or a word, and what was meant for one.

What is sound goes to the `json` module; what is not gives a value of the kind "broken" and a fault.
"""

from __future__ import annotations

import json
import re

from mdtm.fields import Edit, Fault, Value
from mdtm.text import Span

BLANK = " \t\r\n"
GOOD = r'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"'
NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
GOOD_STRING = re.compile(GOOD)
LINE = re.compile(r"[^\r\n]*")

_BETWEEN = re.compile(r"[ \t\r\n]+|(?P<comment>(?://|#)[^\r\n]*|/\*(?s:.*?)(?:\*/|\Z))")
_STRING = re.compile(r'"[^"\\\r\n]*(?:\\[^\r\n][^"\\\r\n]*)*"')
_SINGLE_QUOTED = re.compile(r"'[^'\\\r\n]*(?:\\[^\r\n][^'\\\r\n]*)*'(?!\w)")
_QUOTE = re.compile(r"""\\.|\"""")
_ESCAPE = re.compile(r'\\["\\/bfnrt]|\\u[0-9a-fA-F]{4}|(?P<bad>\\u|\\.)|(?P<raw>[\x00-\x1f])')
_AFTER_A_LINE = re.compile(r'\s*(?:["}\]]|\Z)')
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?(?!,?[\w.])")
_WORD = re.compile(r'(?:[^,\[\]{}"\r\n/#]|/(?![/*]))+')
_WORDS = {"true": True, "false": False, "null": None}
_MEANT = {"true": "true", "false": "false", "null": "null", "none": "null", "undefined": "null", "nan": "null"}


class Reader:
    """A text, the place where it is read, and the faults found so far."""

    __slots__ = ("at", "end", "faults", "lost", "open", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 1 if text.startswith("\ufeff") else 0
        self.end = self.lost = self.at
        """Where the last thing read ends, and the last with a fault; blanks and comments do not count."""
        self.open: list[str] = []
        """What closes the brackets that are open, outermost first."""
        self.faults: list[Fault] = []

    def next(self) -> str:
        """The character at hand; empty at the end."""
        return self.text[self.at : self.at + 1]

    def matched(self, pattern: re.Pattern[str]) -> str:
        """The text at hand that fits a pattern; empty when it does not."""
        found = pattern.match(self.text, self.at)
        return found[0] if found else ""

    def take(self, taken: str) -> Span:
        """Go past the text at hand."""
        start, self.at = self.at, self.at + len(taken)
        self.end = self.at
        return Span(start, self.end)

    def skip(self) -> None:
        """Go past white space and comments."""
        while found := _BETWEEN.match(self.text, self.at):
            self.at = found.end()
            if found["comment"]:
                span = Span(*found.span())
                self.fault(span, "JSON has no comments", "Remove the comment", Edit(span, ""), safe=False)

    def fault(self, span: Span, message: str, cure: str = "", *edits: Edit, safe: bool = True) -> None:
        self.faults.append(Fault("broken-json", span, message, cure if edits else "", edits, safe))
        if span.end == self.end:
            self.lost = self.end

    def broken(self, taken: str, message: str, new: str = "") -> Value:
        """Go past a value that has a fault and say how it is written."""
        span = self.take(taken)
        self.fault(span, message, f"Write {new}", *[Edit(span, new)] if new else [])
        return Value("broken", span, None)

    def missing(self, new: str, name: str) -> None:
        """Say that `new` is missing after what was read last; not when that is a fault itself."""
        if self.lost != self.end:
            edit = Edit(Span(self.end, self.end), new)
            self.fault(Span(self.end - 1, self.end), f"{name} is missing after this", f"Add {name}", edit)


def read_scalar(reader: Reader) -> Value:
    """The value at hand, which is neither an object nor an array."""
    if reader.next() == '"':
        return _string(reader)
    if single := reader.matched(_SINGLE_QUOTED):
        inside = _QUOTE.sub(lambda quote: {r"\'": "'", '"': r"\""}.get(quote[0], quote[0]), single[1:-1])
        return reader.broken(single, "a string must stand in double quotes", f'"{inside}"')
    if reader.open[-1] == "}" and (number := reader.matched(_THOUSANDS)):
        return reader.broken(number, "a number has no commas inside", number.replace(",", ""))
    return _word(reader)


def _string(reader: Reader) -> Value:
    if good := reader.matched(GOOD_STRING):
        return Value("string", reader.take(good), json.loads(good))
    if not (closed := reader.matched(_STRING)):
        return _unclosed(reader)
    span = reader.take(closed)
    for found in _ESCAPE.finditer(reader.text, span.start + 1, span.end - 1):
        if found.lastgroup:
            new = "\\" + found[0] if found["bad"] else json.dumps(found[0])[1:-1]
            edit = Edit(Span(*found.span()), new)
            message = f"in a string this is written {new}"
            reader.fault(edit.span, message, f"Write {new}", edit, safe=found[0] != r"\u")
    return Value("broken", span, None)


def _unclosed(reader: Reader) -> Value:
    """A string that ends with its line, before the commas and brackets there."""
    line = reader.matched(LINE)
    string = '"' + line[1:].rstrip(" \t," if "{" in line or "[" in line else " \t,]}")
    safe = '"' not in string[1:] and _AFTER_A_LINE.match(reader.text, reader.at + len(line)) is not None
    span = reader.take(string)
    edits = [Edit(Span(span.end, span.end), '"')] if _STRING.fullmatch(string + '"') else []
    reader.fault(span, "the string has no closing quote", "Add the closing quote", *edits, safe=safe)
    return Value("broken", span, None)


def _word(reader: Reader) -> Value:
    word = reader.matched(_WORD).rstrip(" \t")
    if word in _WORDS:
        return Value("null" if word == "null" else "boolean", reader.take(word), _WORDS[word])
    if re.fullmatch(NUMBER, word):
        try:
            number = json.loads(word)
        except ValueError:  # Python refuses integers of more than some thousand digits
            return reader.broken(word, "this number has too many digits")
        return Value("float" if isinstance(number, float) else "integer", reader.take(word), number)
    if new := _MEANT.get(word.lower()):
        return reader.broken(word, f"JSON writes this as {new}", new)
    return reader.broken(word, "this is no value; text must stand in double quotes")
