from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.clock.estimate import estimate_of
from mdtm.completion.checks import VARIANCE
from mdtm.document import Document
from mdtm.problem import Problem, Severity
from mdtm.tasks import DONE, status_meant, task_id
from mdtm.workspace import Workspace


def is_estimated(document: Document, workspace: object) -> bool:
    """Whether a task may say how long it should take."""
    get = document.frontmatter.get
    return get("estimated_hours") is not None or get("estimated_effort") is not None


@only("task", when=is_estimated)
def estimate_exceeded(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A task that is done took more than 25 % longer than its estimate.

    Plans that rest on such estimates come out too short; the next task of the kind should be given more time.
    What it took is `actual_hours`, else the time in which it was on the stack of a session that was at work.
    An `estimated_effort` in hours counts as an estimate, a range by its upper end; sizes, days and weeks do not.

    Bad:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🟢 Done"
        type = "🌟 Feature"
        estimated_hours = 8
        actual_hours = 12
        +++
    """
    estimate = estimate_of(document.frontmatter)
    if not estimate.estimated or status_meant(document.frontmatter.text("status") or "") != DONE:
        return
    clocked = 0
    if estimate.actual is None and workspace.trace is not None:
        clocked = workspace.trace.clocks.on_task(task_id(document))
    variance = estimate.variance(clocked)
    if variance is None or variance <= VARIANCE:
        return
    took = estimate.actual if estimate.actual is not None else round(clocked / 3600, 2)
    by = "" if estimate.actual is not None else " by the clock of its sessions"
    names = ("actual_hours", "estimated_hours", "estimated_effort")
    field = next(field for name in names if (field := document.frontmatter.get(name)))
    message = f"the task took {took:g} hours{by}, {variance:g} % more than the {estimate.estimated:g} of its estimate"
    yield Problem("estimate-exceeded", Severity.WARNING, field.value.span, message)
