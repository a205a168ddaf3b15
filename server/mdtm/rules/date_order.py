from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Fix, Problem, Related, Severity
from mdtm.times import Moment

_ORDERS = (
    ("created_date", "updated_date", True),
    ("created_date", "due_date", False),
    ("start_date", "end_date", False),
)
"""Pairs of keys whose dates follow each other, and whether the second may be set to the first."""


def date_order(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """A date is earlier than one that it must follow.

    A task cannot be changed, or be due, before it was made, and a sprint does not end before it starts.
    Reports that count days from these dates come out negative.
    Dates are compared as days; where only one of the two names its zone, a day more or less is no fault.

    Bad:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🟡 To Do"
        type = "🌟 Feature"
        created_date = "2025-06-05"
        updated_date = "2025-05-06"
        +++

    Good:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🟡 To Do"
        type = "🌟 Feature"
        created_date = "2025-06-05"
        updated_date = "2025-06-05"
        +++
    """
    for before, after, may_copy in _ORDERS:
        if before not in frontmatter.values or after not in frontmatter.values:
            continue
        first, second = frontmatter.get(before), frontmatter.get(after)
        if not first or not second or not second.value.data or first.value.data == second.value.data:
            continue
        start, end = frontmatter.moment(before), frontmatter.moment(after)
        if start and end and _is_earlier(end, start):
            message = f"{after} is earlier than {before}"
            new = document.text[first.value.span]
            fix = Fix(f"Take {before}, {new}", (Edit(second.value.span, new),), safe=False)
            related = (Related(first.value.span, before),)
            fixes = (fix,) if may_copy else ()
            yield Problem("date-order", Severity.INFORMATION, second.value.span, message, fixes, related)


def _is_earlier(moment: Moment, other: Moment) -> bool:
    """Whether a time is surely on an earlier day than another."""
    if moment.zoned and other.zoned:
        return moment.utc.date() < other.utc.date() and moment.when.date() < other.when.date()
    slack = timedelta(days=moment.zoned is not other.zoned and "day" not in (moment.precision, other.precision))
    return moment.when.date() + slack < other.when.date()
