from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from mdtm.asking import only
from mdtm.context.log import tells_of_context
from mdtm.context.stack import KEY, stack_in
from mdtm.document import Document
from mdtm.field_edit import remove_item
from mdtm.fields import Edit, Value
from mdtm.near import slipped
from mdtm.problem import Fix, Problem, Severity
from mdtm.toml.writing import text_value
from mdtm.workspace import Workspace


@only("session-log", when=tells_of_context)
def dangling_context(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """A task or a sprint that the session works on does not exist.

    What is said and done there goes to nothing, and its time is counted for nothing.
    Nothing is said of tasks in a workspace without tasks, nor of sprints in one without sprints.

    Bad:
        -- .mdtm/sessions/SESSION-001/session_log.md --
        +++
        id = "SESSION-001"
        title = "Slots"
        status = "active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        context = [{type = "task", id = "TASK-DEV-20250605-10150", pushed_at = "2025-06-05T03:05:00Z"}]
        +++

        ## Log Entries

        - [2025-06-05T03:01:44Z] `dev-api`: Session started: Slots
        -- .mdtm/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        +++

    Good:
        -- .mdtm/sessions/SESSION-001/session_log.md --
        +++
        id = "SESSION-001"
        title = "Slots"
        status = "active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        context = [{type = "task", id = "TASK-DEV-20250605-101500", pushed_at = "2025-06-05T03:05:00Z"}]
        +++

        ## Log Entries

        - [2025-06-05T03:01:44Z] `dev-api`: Session started: Slots
        -- .mdtm/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md --
        +++
        id = "TASK-DEV-20250605-101500"
        title = "Pick up slots"
        status = "🔵 In Progress"
        type = "🌟 Feature"
        +++
    """
    field, trace = document.frontmatter.get(KEY), workspace.trace
    if field is None or field.value.kind != "array" or trace is None:
        return
    for number, item in enumerate(field.value.items):
        for level in stack_in([item.data]):
            if not trace.lacks(level.type, level.id):
                continue
            rows = trace.sprints.values() if level.type == "sprint" else chain.from_iterable(trace.tasks.values())
            known = [row.id for row in rows]
            place = next((one.value for one in item.fields if one.key == "id"), item)
            fixes = [*_meant(place, level.id, known)]
            if document.frontmatter.syntax == "toml":
                fixes.append(Fix("Take the level off", (remove_item(document, field.value, number),), safe=False))
            message = f"there is no {'sprint' if level.type == 'sprint' else 'task'} {level.id}"
            yield Problem("dangling-context", Severity.WARNING, place.span, message, tuple(fixes))


def _meant(place: Value, own_id: str, known: list[str]) -> Iterator[Fix]:
    """The cure that writes the id that was meant."""
    if meant := slipped(own_id, frozenset(known)):
        yield Fix(f"Write {meant}", (Edit(place.span, text_value(meant)),), safe=False)
