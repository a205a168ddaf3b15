"""Finds text that was written as UTF-8 and read as something else, and reads it as it was meant.

The bytes of an emoji or a letter look like several letters and signs in each of the old tables of characters.
A stretch is taken for that only when its bytes are UTF-8 to the last one, and when no sound text looks like it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

from mdtm.schema.statuses import TASK_STATUSES
from mdtm.schema.tasks import PRIORITIES
from mdtm.signs import FIRSTS
from mdtm.text import Span

LIKELY = (*range(0xC2, 0xC6), *range(0xCE, 0xD2), *range(0xE2, 0xEA), 0xEF, 0xF0)
"""The first bytes of the characters that are looked for."""
_GATE = re.compile(f"[ü{FIRSTS}][^\\x00-\\x7f]")
_SELECTOR = "\ufe0f"
_OFTEN_SELECTED = "⏸️ ▶️ ⏯️ ⏹️ ⚠️ ℹ️ 🛠️ 🗺️ 🖥️ ✔️ ✍️ ☑️ 🏗️ ⚙️ ✏️ ⏱️ ➡️ ⬆️ ⬇️ ↩️ ❤️"
"""Signs beside those of statuses and priorities that stand with a variation selector."""
_LATIN = frozenset("ąćčďęėěğıłńňőřśšşťůűźżžČŁŘŚŠŞŻŽİ")
"""Letters, beyond those of Latin-1, that words of Europe have."""
_PUNCTUATION = frozenset("‘’“”‚„–—…›»«·•ºª°™§¡¿\u00a0")
"""What may follow a letter in sound text."""
_HALF_MATHS = frozenset("πΩ∑∞µ∂∏∫")


class Garbled(NamedTuple):
    """A stretch that was read wrongly."""

    span: Span
    meant: str
    """What it was before; U+FFFD when that is lost."""
    read_as: str
    """The table of characters that it was read with."""
    certain: bool = True


class Table(NamedTuple):
    """What the bytes from 0x80 look like in one or several tables that are much alike."""

    name: str
    bytes: dict[str, int]
    run: re.Pattern[str]

    @property
    def western(self) -> bool:
        return self.name == "Windows-1252"


def _table(name: str, *codecs: str) -> Table:
    looks: dict[str, int] = {}
    for byte, codec in product(range(0x80, 0x100), codecs):
        looks.setdefault(bytes([byte]).decode(codec, "replace").replace("\ufffd", chr(byte)), byte)

    def among(first: int, last: int) -> str:
        return "[" + "".join(re.escape(sign) for sign, byte in looks.items() if first <= byte <= last) + "]"

    follow = among(0x80, 0xBF)
    two, three, four = among(0xC2, 0xDF), among(0xE0, 0xEF), among(0xF0, 0xF4)
    return Table(name, looks, re.compile(f"(?:{two}{follow}|{three}{follow}{{2}}|{four}{follow}{{3}})+"))


@cache
def tables() -> tuple[Table, ...]:
    """The tables of Western Europe, the Mac, and terminals."""
    return (
        _table("Windows-1252", "cp1252", "latin-1", "cp1254"),
        _table("Mac Roman", "mac_roman"),
        _table("code page 437", "cp437"),
    )


_LOST_FIRST = re.compile(r"(?<![^\W\d_])ü[^\x00-\x7f]{2}(?:Ô∏è)?(?![^\W\d_])")
"""An emoji in Mac Roman without its first character, which lies in a private area and so is often lost."""


@cache
def _losses() -> tuple[re.Pattern[str], dict[str, str]]:
    """How signs with a variation selector look when a control or a no-break space among them did not survive."""
    signs = {sign for value in (*TASK_STATUSES.canonical, *PRIORITIES) if _SELECTOR in (sign := value.split(" ")[0])}
    found: dict[str, set[str]] = {}
    for sign in {*signs, *_OFTEN_SELECTED.split()}:
        whole = "".join(
            bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte)) for byte in sign.encode()
        )
        bare = "".join(character for character in whole if not 0x80 <= ord(character) < 0xA0)
        for form in {bare, whole.replace("\u00a0", " "), bare.replace("\u00a0", " ")} - {whole}:
            found.setdefault(form, set()).add(sign)
    sure = {form: signs.pop() for form, signs in found.items() if len(signs) == 1}
    return re.compile("|".join(map(re.escape, sorted(sure, key=len, reverse=True)))), sure


def may_be_garbled(text: str) -> bool:
    """Whether it is worth looking: most texts have no two characters that could be the first of a garbled one."""
    return _GATE.search(text) is not None


def find_garbled(text: str) -> list[Garbled]:
    """The garbled stretches of a text, in order."""
    found: list[Garbled] = []
    for one in sorted(_candidates(text), key=lambda one: one.span.start - one.span.end):
        rival = next((other for other in found if _overlap(one.span, other.span)), None)
        if rival is None:
            found.append(one)
        elif rival.span == one.span and rival.meant != one.meant:
            found[found.index(rival)] = rival._replace(certain=False)
    return sorted(found)


def mended(text: str) -> str:
    """A text with all that is garbled as it was meant."""
    if text.isascii() or not may_be_garbled(text):
        return text
    for one in reversed(find_garbled(text)):
        text = text[: one.span.start] + one.meant + text[one.span.end :]
    return text


def _candidates(text: str) -> Iterator[Garbled]:
    western, mac, _ = tables()
    loss, meanings = _losses()
    for match in loss.finditer(text):
        yield Garbled(Span(*match.span()), meanings[match[0]], western.name)
    for table in tables():
        for match in table.run.finditer(text):
            meant = _read(table, match[0])
            before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
            if meant and _is_sure(table, match[0], meant, before, after):
                again = _between(mended(f"{before}{meant}{after}"), before, after)
                if _is_text(again):
                    yield Garbled(Span(*match.span()), again, _name(table, match[0]))
    for match in _LOST_FIRST.finditer(text):
        meant = _read(mac, "\uf8ff" + match[0])
        if meant and meant[0] >= "\U0001f000" and _is_text(meant):
            yield Garbled(Span(*match.span()), meant, mac.name)


def _between(text: str, before: str, after: str) -> str:
    """What stands between two characters that a text was given so that its neighbours are seen."""
    return text.removeprefix(before).removesuffix(after)


def _read(table: Table, run: str) -> str:
    """What a run was meant to be; empty when its bytes are not UTF-8."""
    try:
        return bytes([table.bytes[character] for character in run]).decode()
    except (KeyError, UnicodeDecodeError):
        return ""


def _is_sure(table: Table, run: str, meant: str, before: str, after: str) -> bool:
    """Whether no sound text has such a run between two such characters."""
    largest = ord(max(meant))
    if largest >= 0x10000:
        return 0x1F000 <= largest < 0x1FB00
    if any(0x2000 <= ord(character) < 0x2C00 or character in "\ufe0f\ufffd" for character in meant):
        return "\u00a0\u00bb" not in run  # which in French text ends a quotation
    if largest >= 0x800:
        return len(meant) > 1 and "\u00a0\u00bb" not in run
    if largest >= 0x370:
        return len(meant) > (1 if table.western else 2)
    return _is_sure_in_word(table, run, meant, before, after)


def _is_sure_in_word(table: Table, run: str, meant: str, before: str, after: str) -> bool:
    """Whether letters of Europe, or signs such as ‹°›, can only be garbled where they stand."""
    if table.western and len(meant) > 1:
        return True
    letters = before.isalpha() or after.isalpha()
    if not table.western:  # whose lists of characters show such pairs between other letters
        letters = any(neighbour.isascii() and neighbour.isalpha() for neighbour in (before, after))
    first, last = meant[0], run[-1]
    if "\u00a0" <= first < "\u00c0":
        if not table.western:
            return first == "°" and (before.isdigit() or after in ("C", "F"))
        return not before.isalpha() if first == "\u00a0" else not before.isupper()
    if first in "×÷":
        return table.western and not letters
    if not all("\u00c0" <= letter <= "\u00ff" or letter in _LATIN for letter in meant):
        return False
    if last in _PUNCTUATION or last in _HALF_MATHS:
        return after.isalpha() and (last in _PUNCTUATION or before.isalpha())
    return letters


def _is_text(meant: str) -> bool:
    return all(unicodedata.category(character) not in ("Cc", "Cn", "Co", "Cs") for character in meant)


def _name(table: Table, run: str) -> str:
    if not table.western:
        return table.name
    if any("\u0080" <= character < "\u00a0" for character in run):
        return "Latin-1"
    return "Windows-1254" if any(character in "ĞğİıŞş" for character in run) else table.name


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
