from __future__ import annotations

from collections.abc import Iterator

from mdtm.asking import only
from mdtm.context.log import stack_of, stack_told, switches_in, tells_of_context, with_stack
from mdtm.context.stack import KEY, Item, in_words
from mdtm.document import Document
from mdtm.plan import Refused
from mdtm.problem import Fix, Problem, Related, Severity
from mdtm.schema.statuses import OVER
from mdtm.sessions import place_by_status
from mdtm.workspace import Workspace


@only("session-log", when=tells_of_context)
def context_mismatch(document: Document, workspace: Workspace) -> Iterator[Problem]:
    """The context in the frontmatter is not the one that the entries of the log lead to.

    The frontmatter says what the session works on now, the entries how it came to that; one of them is wrong, and
    with it where notes go and what time is counted for.
    Nothing is said where no entry tells of the context, nor of a session that is over.
    A level that does not exist may be missing in the frontmatter, and no fix puts it there.

    Bad:
        -- .mdtm/sessions/SESSION-001/session_log.md --
        +++
        id = "SESSION-001"
        title = "Slots"
        status = "active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        context = []
        +++

        ## Log Entries

        - [2025-06-05T03:01:44Z] `dev-api`: Session started: Slots
        - [2025-06-05T03:05:00Z] `dev-api`: Context: pushed sprint `SPRINT-1`

    Good:
        -- .mdtm/sessions/SESSION-001/session_log.md --
        +++
        id = "SESSION-001"
        title = "Slots"
        status = "active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        context = [{type = "sprint", id = "SPRINT-1", pushed_at = "2025-06-05T03:05:00Z"}]
        +++

        ## Log Entries

        - [2025-06-05T03:01:44Z] `dev-api`: Session started: Slots
        - [2025-06-05T03:05:00Z] `dev-api`: Context: pushed sprint `SPRINT-1`
    """
    field, told = document.frontmatter.get(KEY), list(switches_in(document))
    there, right = stack_of(document), stack_told(document)
    whole = field is None or (field.value.kind == "array" and len(field.value.items) == len(there))
    over = place_by_status(document) in OVER
    real = tuple(item for item in right if not (workspace.trace and workspace.trace.lacks(item.type, item.id)))
    if not told or over or not whole or _names(there) in (_names(right), _names(real)):
        return  # a level that cannot be read is a broken-context
    last = told[-1]
    place = last.entry.span.moved(last.start)
    message = f"the entries lead to {in_words(right) or 'an empty context'}, not to {in_words(there) or 'an empty one'}"
    related = (Related(place, "the last entry on it"),) if field else ()
    span = field.value.span if field else place
    fixes = _fixes(document, right) if real == right else ()
    yield Problem("context-mismatch", Severity.WARNING, span, message, fixes, related)


def _names(stack: tuple[Item, ...]) -> list[tuple[str, str]]:
    return [(item.type, item.id) for item in stack]


def _fixes(document: Document, right: tuple[Item, ...]) -> tuple[Fix, ...]:
    """The cure that follows the log."""
    try:
        edits = with_stack(document, right)
    except Refused:  # the frontmatter is broken at that place, which has a problem of its own
        return ()
    return (Fix("Write the context that the entries lead to", edits, safe=False),)
