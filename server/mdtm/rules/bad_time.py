from __future__ import annotations

from collections.abc import Callable, Iterator

from mdtm.document import Document
from mdtm.entry import Entry
from mdtm.fields import Edit
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Fix, Problem, Severity
from mdtm.text import Span
from mdtm.times import LOOKS_RIGHT, PLACEHOLDER, is_certain, read_time, respelled
from mdtm.toml.writing import text_value
from mdtm.usual import odd_times


def bad_time(part: Frontmatter | Entry, document: Document | None = None) -> Iterator[Problem]:
    """A time cannot be read, or names a moment that does not exist.

    An entry or a session without its time loses its place in the record, and nobody can tell how long it took.
    A placeholder in the log is a placeholder-entry.
    mdtm reads every usual spelling, with and without a zone; it writes `YYYY-MM-DDTHH:MM:SSZ`, in UTC.

    Bad:
        start_time = "2025-06-05T03-01-44Z"

    Good:
        start_time = "2025-06-05T03:01:44Z"
    """
    if isinstance(part, Entry):
        stamp = part.stamp
        if stamp and not is_certain(stamp) and part.moment is None and not PLACEHOLDER.search(stamp):
            yield _problem(stamp, part.stamp_span, part.stamp_span, str)
    elif document and document.schema and odd_times(part, document):
        for key in document.schema.times:
            for field in part.every(key):
                text = field.value.data
                if text and isinstance(text, str) and not is_certain(text) and read_time(text) is None:
                    yield _problem(text, field.value.span, field.value.span, text_value)


def _problem(stamp: str, place: Span, edited: Span, written: Callable[[str], str]) -> Problem:
    if PLACEHOLDER.search(stamp):
        message = f"the placeholder {stamp} still stands where a time belongs"
    else:
        what = "is no time that exists" if LOOKS_RIGHT.fullmatch(stamp) else "cannot be read as a time"
        message = f"{stamp} {what}; a time is written like 2025-06-05T10:15:00Z"
    right = respelled(stamp)
    fixes: tuple[Fix, ...] = ()
    if right:
        fixes = (Fix(f"Write {right}", (Edit(edited, written(right)),)),)
    return Problem("bad-time", Severity.ERROR, place, message, fixes)
