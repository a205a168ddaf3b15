"""Every spelling of a timestamp, read; one spelling, written.

Written is `YYYY-MM-DDTHH:MM:SSZ` (UTC). A time that names no zone has none: it is never guessed.
"""

from __future__ import annotations

import functools
import re
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "AEST": 600, "AEDT": 660, "JST": 540, "CET": 60, "CEST": 120, "BST": 60,
    "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420,
}  # fmt: skip
"""Minutes east of UTC of the zone names that logs use; where a name has several meanings, the American one."""

AMBIGUOUS = frozenset({"BST", "EST", "EDT", "CST", "CDT", "MST", "PST"})
"""Those names that mean another zone elsewhere in the world."""

_ZONE = r"(?P<zone>[Zz]|[ ]?[+-]\d\d:?\d\d|[ ](?:{})\b)".format("|".join(ZONES))
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
STAMP = rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?:(?:[Tt]|[ ]+){_CLOCK}(?:{_ZONE})?)?"
"""A date with or without a clock time and a zone, as a regular expression with named groups."""

DIGITS = r"\d{8}-\d{6}|\d{8}T?\d{6}|\d{8}-\d{4}|\d{12}|\d{10}|\d{8}"
"""The times in ids and file names: `YYYYMMDD-HHMMSS`, `YYMMDDHHMM` and their like."""

LOOKS_RIGHT = re.compile(STAMP, re.ASCII)
"""A spelling that is read, though the time may not exist."""
PLACEHOLDER = re.compile(r"[{}<>\[\]]|YYYY|timestamp|HH:MM", re.IGNORECASE)
"""What a template has where a time belongs."""
_DIGITS = re.compile(DIGITS, re.ASCII)
_COMMON = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\dZ?", re.ASCII)
"""The spellings of nearly all times, which the standard library reads."""
CERTAIN = r"[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])[T ](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ?"
"""One of the usual spellings, of a day that every month has: as a regular expression."""
_CERTAIN = re.compile(CERTAIN, re.ASCII)
_YEARS = {8: (4,), 10: (2,), 12: (2, 4), 14: (4,)}
"""How many digits the year may have in a time of so many digits; two follow for each smaller unit."""


class Moment(NamedTuple):
    """A time as it was written: `when` knows its zone only when the writer named one."""

    when: datetime
    precision: str
    """The smallest unit that was written: "day", "minute" or "second"."""

    @property
    def zoned(self) -> bool:
        return self.when.tzinfo is not None

    @property
    def utc(self) -> datetime:
        """The time in UTC; raises ValueError when the zone is not known."""
        if self.when.tzinfo is None:
            raise ValueError("the zone of this time is not known")
        return self.when.astimezone(timezone.utc)

    @property
    def rank(self) -> float:
        """A number by which times are compared; those with a zone are not compared to those without."""
        return (self.when if self.zoned else self.when.replace(tzinfo=timezone.utc)).timestamp()


@functools.lru_cache(maxsize=1024)
def is_certain(text: str) -> bool:
    """Whether a text surely spells a time that exists."""
    return _CERTAIN.fullmatch(text) is not None


@functools.lru_cache(maxsize=1024)
def read_time(text: str) -> Moment | None:
    """The time that a text spells; None when it spells none, or one that does not exist."""
    if _COMMON.fullmatch(text):
        return _from_iso(text)
    text = text.strip()
    match = LOOKS_RIGHT.fullmatch(text)
    try:
        if match:
            return _from_parts(match.groupdict())
        if _DIGITS.fullmatch(text):
            return _from_digits(re.sub(r"\D", "", text))
        if text.endswith("Z") and _DIGITS.fullmatch(text[:-1]) and "T" in text:
            moment = _from_digits(re.sub(r"\D", "", text))
            return moment._replace(when=moment.when.replace(tzinfo=timezone.utc))
    except (ValueError, OverflowError):
        return None
    return None


def in_order(first: str, second: str) -> bool:
    """Whether two texts surely spell times in one form, the second not earlier; False where it takes more to know."""
    if len(first) != len(second) or first > second or first[10:11] != second[10:11]:
        return False
    return is_certain(first) and is_certain(second)


def surely_earlier(one: Moment, other: Moment, by: timedelta = timedelta()) -> bool:
    """Whether a time is earlier than another, and by more than `by`, as far as both say.

    A time with a zone and one without are not compared, and the coarser of both decides how exactly.
    """
    if one.zoned != other.zoned:
        return False
    first, second = one.when, other.when
    precisions = (one.precision, other.precision)
    if "day" in precisions:
        return first.date() < second.date()
    if "minute" in precisions:
        first, second = (when.replace(second=0, microsecond=0) for when in (first, second))
    return second - first > by


def has_certain_zone(text: str) -> bool:
    """Whether the zone that a time names has one meaning only."""
    word = text.strip().rpartition(" ")[2].upper()
    return word not in AMBIGUOUS


@functools.lru_cache(maxsize=16)
def day_of(when: datetime) -> str:
    """The day of a time, as most times begin with it; many are compared with the same few."""
    return f"{when:%Y-%m-%d}"


def spell_time(when: datetime) -> str:
    """The one spelling that mdtm writes; `when` must know its zone."""
    return when.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def respelled(text: str) -> str | None:
    """A time in a near miss of a spelling, spelled right in its own zone; None when it is not certain."""
    loose = re.sub(r"\s+", " ", text.strip().strip("[]()`*\"'")).replace("_", " ")
    loose = re.sub(r"(?<=\d{4}-\d\d-\d\d)[ T]+(?=\d)", "T", loose)
    loose = re.sub(r"T(\d{2})[.-](\d{2})[.-](\d{2})", r"T\1:\2:\3", loose)
    match = LOOKS_RIGHT.fullmatch(loose)
    if not match or not match["hour"] or read_time(loose) is None:
        return None
    day = f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}"
    clock = f"{int(match['hour']):02}:{match['minute']}" + (f":{match['second']}" if match["second"] else "")
    return f"{day}T{clock}{match['zone'] or ''}"


def _from_iso(text: str) -> Moment | None:
    try:
        when = datetime.fromisoformat(text[:19])
    except ValueError:
        return None
    return Moment(when.replace(tzinfo=timezone.utc) if text[-1] == "Z" else when, "second")


def _from_parts(parts: dict[str, str | None]) -> Moment:
    numbers = {name: int(parts[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")}
    micro = int((parts["fraction"] or "")[:6].ljust(6, "0"))
    when = datetime(**numbers, microsecond=micro, tzinfo=_zone(parts["zone"]))
    if when.tzinfo:
        when.astimezone(timezone.utc)  # raises OverflowError where UTC has no such day
    precision = "second" if parts["second"] else "minute" if parts["hour"] else "day"
    return Moment(when, precision)


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    name = text.strip().upper()
    if name in ZONES:
        return timezone(timedelta(minutes=ZONES[name]))
    hours, minutes = int(name[1:3]), int(name[-2:])
    if minutes > 59:
        raise ValueError("an hour has 60 minutes")
    return timezone((-1 if name[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))


def _from_digits(digits: str) -> Moment:
    for years in _YEARS[len(digits)]:
        year = int(digits[:years])
        rest = [int(digits[at : at + 2]) for at in range(years, len(digits), 2)]
        try:
            when = datetime(year if years == 4 else year + (1900 if year >= 69 else 2000), *rest)  # type: ignore[arg-type]
        except ValueError:
            continue
        return Moment(when, {5: "second", 4: "minute"}.get(len(rest), "day"))
    raise ValueError("no such time")
