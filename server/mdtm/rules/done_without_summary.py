from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.completion.forced import was_forced
from mdtm.document import Document
from mdtm.problem import Problem, Severity
from mdtm.task_summary import has_place_for_summary, summary_in
from mdtm.tasks import DONE, status_meant
from mdtm.workspace import Workspace


@only("task")
def done_without_summary(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A task is done and has a section for what came of it, but nothing says that there or elsewhere.

    Who reads the task later learns what was wanted, and not what was made.
    Such a section is a log, or one called "Summary", "Outcome", "Results" or the like.
    An entry of the log such as `Result: …` will do, and so will the key `outcome`.
    `mdtm task done ID "what came of it"` writes one; with `--force` it notes why there is none.
    Then nothing is said of it.

    Bad:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🟢 Done"
        type = "🌟 Feature"
        +++

        ## Summary
    """
    status = document.frontmatter.get("status")
    if status is None or status.value.kind != "string" or status_meant(status.value.data) != DONE:
        return
    if has_place_for_summary(document) and not summary_in(document) and not was_forced(document, "no summary"):
        message = "the task is done, but nothing says what came of it; one sentence where it belongs will do"
        yield Problem("done-without-summary", Severity.HINT, status.value.span, message)
