"""Whole texts inside Markdown: each in a fence that gives it back to the character.

An editor or git may give the file other line ends than those it was written with. So the fence says which ones the
text has, and they are put back when it is read; only a text that mixes them has to stand there as it is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from mdtm.text import Span, split_lines

_ENDS = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}
_END = re.compile(r"\r\n|\n|\r")
_HEADING = re.compile(r"#{1,6} +(.*?)\s*$")
_OPENING = re.compile(r"(`{3,})([^`]*)$")


class Kept(NamedTuple):
    """A text that was found in a fence."""

    text: str
    span: Span
    """From the opening fence to the end of the closing one."""


def fenced(text: str, language: str, newline: str) -> str:
    """A text in a fence, for a file with some line end; `language` is one word, for those who colour it."""
    found = set(_END.findall(text))
    name = next((name for name, end in _ENDS.items() if found <= {end}), "mixed")
    words = [language, *([name] if name != "lf" else [])]
    if text and not text.endswith(("\n", "\r")):
        words.append("unfinished")
        text += _ENDS.get(name, newline)
    shown = text if name == "mixed" else _END.sub(newline, text)
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{' '.join(words)}{newline}{shown}{fence}"


def fenced_texts(markdown: str) -> dict[str, Kept]:
    """The texts in fences by the heading that each stands under; of several under one heading the first."""
    found: dict[str, Kept] = {}
    heading, fence, words, start, at = "", "", [""], 0, 0
    content: list[str] = []
    for line in split_lines(markdown):
        bare = line.rstrip("\r\n")
        if fence and bare == fence:
            found.setdefault(heading, Kept(_read(content, words), Span(start, at + len(bare))))
            fence = ""
        elif fence:
            content.append(line)
        elif opening := _OPENING.match(bare):
            fence, words, start, content = opening[1], opening[2].split(), at, []
        elif title := _HEADING.match(bare):
            heading = title[1]
        at += len(line)
    return found


def _read(content: list[str], words: list[str]) -> str:
    """The text that the lines between two fences stand for; `words` are those behind the opening one."""
    flags = words[1:]  # the first is the language
    text = "".join(content)
    if "mixed" not in flags:
        end = next((_ENDS[flag] for flag in flags if flag in _ENDS), "\n")
        text = _END.sub(lambda _: end, text)
    if "unfinished" in flags:
        text = text[: -2 if text.endswith("\r\n") else -1]
    return text
