from __future__ import annotations

import re
from collections.abc import Iterator

from mdtm.dialect import TASK_ROOTS
from mdtm.document import Document
from mdtm.fields import Edit
from mdtm.paths import plain
from mdtm.problem import Fix, Problem, Severity
from mdtm.task_links import Link, is_placed_task, links, removal
from mdtm.tasks import CLOSED, status_meant, status_of
from mdtm.toml.writing import text_value
from mdtm.trace import Trace
from mdtm.workspace import Workspace

_PATH = re.compile(
    r"(?P<path>(?:\./)?(?:{})/(?:[\w.@+-]+/)*[\w.@+-]*\.\w+)(?P<place>#.*|:\d+(?:[-:]\d+)?)?".format(
        "|".join(map(re.escape, TASK_ROOTS))
    )
)
"""What is surely meant for the path of a file of ours, with the place in it that may stand behind."""


def dangling_document(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A path in `related_docs`, `input_artifacts` or `output_artifacts` of a task names a file that is not there.

    Whoever takes up the task looks in vain for what it builds on.
    Only paths below the folders of the systems, such as `.ruru/`, are looked up, from the root of the workspace.
    What a task shall make, its `output_artifacts`, has to be there when it is done.

    Bad:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        related_docs = [".roo/commander/docs/slots.md"]
        +++
        -- .ruru/docs/slots.md --
        Slots are ten minutes long.

    Good:
        -- .ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        related_docs = [".ruru/docs/slots.md"]
        +++
        -- .ruru/docs/slots.md --
        Slots are ten minutes long.
    """
    trace = workspace.trace
    if trace is None or not is_placed_task(document):
        return
    over = status_meant(status_of(document)) in CLOSED
    for link in links(document, "related_docs", "input_artifacts", *(("output_artifacts",) if over else ())):
        found = _PATH.fullmatch(link.id)
        if found and ".." not in found["path"] and not trace.exists(plain(found["path"])):
            message = f"there is no file {found['path']}"
            fixes = (*_elsewhere(link, found, trace), *removal(document, link))
            yield Problem("dangling-document", Severity.HINT, link.span, message, fixes)


def _elsewhere(link: Link, found: re.Match[str], trace: Trace) -> tuple[Fix, ...]:
    """The same path in the folder of another system: projects move from one to the next."""
    path = plain(found["path"])
    root = next(root for root in TASK_ROOTS if path.startswith(f"{root}/"))
    others = (f"{other}{path[len(root) :]}" for other in TASK_ROOTS)
    there = next((other for other in others if trace.exists(other)), None)
    if there is None:
        return ()
    new = there + (found["place"] or "")
    return (Fix(f"Write {new}", (Edit(link.span, text_value(new)),), safe=False),)
