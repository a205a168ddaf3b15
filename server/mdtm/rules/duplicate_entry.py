from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.events import kind_of
from mdtm.problem import Fix, Problem, Related, Severity
from mdtm.timeline import Timeline, irregular, removed_lines
from mdtm.workspace import Workspace


@only(when=irregular)
def duplicate_entry(timeline: Timeline, workspace: Workspace) -> Iterator[Problem]:
    """An entry of the log stands there twice, with the same time and the same words.

    Whoever reads the log takes it for two events.
    The fix removes the later one; only the writer knows whether something happened twice at once, so it is not safe.
    Entries with the same words and another time are no fault.

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

        - [2025-06-05T03:10:00Z] `dev-api`: Read the calendar.
        - [2025-06-05T03:10:00Z] `dev-api`: Read the calendar.

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
    """
    seen = dict[str, int]()
    for number, (entry, _, moment) in enumerate(timeline.entries):
        if moment is None:
            continue
        first = seen.setdefault(entry.line, number)
        if first == number or not entry.text:
            continue
        if _same(timeline, first, number) and not _came_and_went(timeline, first, number):
            span, other = timeline.entries[number].span, timeline.entries[first].stamp_span
            message = f"the same entry of {entry.stamp} stands further up"
            yield Problem(
                "duplicate-entry", Severity.WARNING, span, message, (_fix(timeline, number),),
                (Related(other, "the first one"),), unnecessary=True,
            )  # fmt: skip


def _same(timeline: Timeline, one: int, other: int) -> bool:
    """Whether all the lines of two entries are equal."""
    first, second = (str(timeline.document.text[timeline.wholes[number].span]).rstrip() for number in (one, other))
    return first == second


def _came_and_went(timeline: Timeline, one: int, other: int) -> bool:
    """Whether a session was paused or resumed, or its context changed, twice in a second, with something between."""
    entry = timeline.entries[one].entry
    return other - one > 1 and kind_of(entry.text) in ("pause", "resume", "context")


def _fix(timeline: Timeline, number: int) -> Fix:
    edit = removed_lines(timeline.document, timeline.wholes[number].span)
    return Fix("Remove the second one", (edit,), safe=False)
