from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mdtm.asking import only
from mdtm.problem import Problem, Severity
from mdtm.timeline import Timeline, form_of, irregular
from mdtm.workspace import Workspace


@only("session-log", when=irregular)
def mixed_forms(timeline: Timeline, workspace: Workspace) -> Iterator[Problem]:
    """The entries of a log are written in more than one form.

    A log in one form is read faster, and searched with simpler tools.
    The forms are told apart by what stands before the time and around it.
    `mdtm fmt` writes all entries of a log in the form of the templates, so this rule has no fix of its own.

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
        * **2025-06-05T03:20:00Z** `dev-api`: Slots are ten minutes long.
    """
    forms = [(entry, form_of(entry.entry)) for entry in timeline.entries if entry.moment]
    counts = Counter(form for _, form in forms)
    if len(counts) < 2:
        return
    usual = counts.most_common(1)[0][0]
    odd = next(entry for entry, form in forms if form != usual)
    listed = ", ".join(f'{count} like "{form}"' for form, count in counts.most_common())
    message = f"the entries are written in {len(counts)} forms: {listed}; `mdtm fmt` writes them in one"
    yield Problem("mixed-forms", Severity.HINT, odd.span, message)
