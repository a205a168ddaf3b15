from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.problem import Fix, Problem, Related, Severity
from mdtm.schema.sessions import SESSION_LOG
from mdtm.timeline import Timed, Timeline, irregular, moved_lines
from mdtm.times import surely_earlier
from mdtm.workspace import Workspace

FARTHEST = 50
"""How many entries a fix looks at, and moves one past."""


@only(when=irregular)
def out_of_order(timeline: Timeline, workspace: Workspace) -> Iterator[Problem]:
    """An entry stands before or behind others where its time does not belong.

    Entries are appended, so whoever reads the log from top to bottom takes the order of the lines for that of time.
    Only times that both name their zone, or both name none, are compared: one with and one without are no fault.
    Times that name only the day or the minute are in order when they may be.
    In a task the newest entry may stand first, in a session log it may not; dates outside of the log are not meant.
    As few entries as possible are named: those that are out of place when all the others stay.
    The fix moves the entry to where its time belongs, in a plain list of entries whose zones are all known.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        +++
        ## Log Entries

        - [2025-06-05T03:20:00Z] `dev-api`: Slots are ten minutes long.
        - [2025-06-05T03:10:00Z] `dev-api`: Read the calendar.
          It has no holidays.

    Good:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        +++
        ## Log Entries

        - [2025-06-05T03:10:00Z] `dev-api`: Read the calendar.
          It has no holidays.
        - [2025-06-05T03:20:00Z] `dev-api`: Slots are ten minutes long.
    """
    outside = _outside(timeline.document)
    judged = [(n, entry.moment) for n, entry in enumerate(timeline.entries) if entry.start not in outside]
    for zoned in (True, False):
        numbers = [number for number, moment in judged if moment and moment.zoned is zoned]
        if len(numbers) > 1:
            yield from _among(timeline, numbers)


def _outside(document: Document) -> set[int]:
    """Where the entries begin that stand outside of the section for entries, in a document that has one."""
    if not any(reading.outside for reading in document.body) or not any(part.log_lines for part in document.body):
        return set()
    return {
        document.text.block_start(index)[1] + reading.line_start(number)
        for index, reading in enumerate(document.body)
        for number in reading.outside
    }


def _among(timeline: Timeline, numbers: list[int]) -> Iterator[Problem]:
    """The problems of entries whose times can be compared."""
    entries = timeline.entries
    kept = _longest_in_order([_rank(entries[number]) for number in numbers])
    stay = [numbers[place] for place in kept]
    if len(stay) == 1 and timeline.document.schema is not SESSION_LOG:
        return
    newest_first = len(stay) == 1 and len(numbers) > 2
    for number in numbers[:2] if newest_first else numbers:
        at = bisect_right(stay, number)
        if at and stay[at - 1] == number:
            continue
        before, behind = (entries[n] for n in (stay[at - 1] if at else number, stay[at] if at < len(stay) else number))
        if _is_earlier(entries[number], before):
            yield _problem(timeline, number, stay, before, "earlier than {}, which stands before it")
        elif _is_earlier(behind, entries[number]):
            yield _problem(timeline, number, stay, behind, "later than {}, which stands behind it")


def _longest_in_order(times: list[float]) -> list[int]:
    """The places of the most times that are in order; where there is a choice, of those that stand first."""
    tails, places, before = list[float](), list[int](), [-1] * len(times)
    for place in range(len(times) - 1, -1, -1):
        key = -times[place]
        at = bisect_right(tails, key)
        before[place] = places[at - 1] if at else -1
        tails[at : at + 1], places[at : at + 1] = [key], [place]
    found, place = list[int](), places[-1]
    while place >= 0:
        found.append(place)
        place = before[place]
    return found


def _problem(timeline: Timeline, number: int, stay: list[int], other: Timed, what: str) -> Problem:
    entry = timeline.entries[number]
    message = f"{entry.entry.stamp} is {what.format(other.entry.stamp)}"
    related = (Related(other.stamp_span, "the other time"),)
    fixes = _fixes(timeline, number, stay)
    return Problem("out-of-order", Severity.INFORMATION, entry.stamp_span, message, fixes, related)


def _fixes(timeline: Timeline, number: int, stay: list[int]) -> tuple[Fix, ...]:
    """Moves an entry between two that stay, when nothing but entries whose zones are known is passed.

    A long log that is newest first is let be: with some of its entries moved it would be in no order at all.
    """
    if len(stay) == 1 and len(timeline.entries) > FARTHEST:
        return ()
    entries, wholes = timeline.entries, timeline.wholes
    at = bisect_right(stay, _rank(entries[number]), key=lambda n: _rank(entries[n]))
    up = at < len(stay) and stay[at] < number
    first, last = (stay[at], number) if up else (number, stay[at - 1] if at else number)
    if not 0 < last - first < FARTHEST or any(whole.followed for whole in wholes[first:last]):
        return ()
    passed = entries[first : last + 1]
    if not all(entry.entry.form == "list" and entry.moment and entry.moment.zoned for entry in passed):
        return ()
    target = entries[first].start if up else wholes[last].span.end
    edits = moved_lines(timeline.document, wholes[number].span, target)
    return (Fix("Move it to where its time belongs", edits, safe=False),)


def _is_earlier(one: Timed, other: Timed) -> bool:
    return bool(one.moment and other.moment and surely_earlier(one.moment, other.moment))


def _rank(entry: Timed) -> float:
    return entry.moment.rank if entry.moment else 0.0
